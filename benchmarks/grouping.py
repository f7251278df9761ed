"""How well things are grouped that should be: B3 (Bagga & Baldwin 1998), and pairs across documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

Place = tuple[str, int]
"""What is grouped: the id of a report, and a number within it."""


def scores(gold: Mapping[Place, str], found: Mapping[Place, str]) -> dict[str, float]:
    """Return precision, recall and F1 of B3, and those of pairs across reports; both have the same places."""
    by_gold, by_found = groups(gold), groups(found)
    shared = {place: len(by_gold[gold[place]] & by_found[found[place]]) for place in gold}
    precision = sum(shared[place] / len(by_found[found[place]]) for place in gold) / len(gold)
    recall = sum(shared[place] / len(by_gold[gold[place]]) for place in gold) / len(gold)
    wanted, made = _pairs(by_gold), _pairs(by_found)
    both = len(wanted & made)
    p, r = both / max(len(made), 1), both / max(len(wanted), 1)
    return {
        "B3 precision": precision,
        "B3 recall": recall,
        "B3 F1": harmonic(precision, recall),
        "pairs precision": p,
        "pairs recall": r,
        "pairs F1": harmonic(p, r),
    }


def harmonic(precision: float, recall: float) -> float:
    """Return F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def groups(labels: Mapping[Place, str]) -> dict[str, set[Place]]:
    """Return the places of each label."""
    found: dict[str, set[Place]] = defaultdict(set)
    for place, label in labels.items():
        found[label].add(place)
    return found


def _pairs(labelled: Mapping[str, set[Place]]) -> set[tuple[Place, Place]]:
    return {(a, b) for group in labelled.values() for a in group for b in group if a < b and a[0] != b[0]}
