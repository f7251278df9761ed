"""Precision from reviews: how many of the items that were judged are right, by type and by field, with intervals.

An item counts once, by what its reviewers agree on: it is right where they say so, and a field of an item that is no
mistake altogether is right where they did not fix it. Contested items do not count. The items that reviewers chose to
judge are no random sample of a ledger: ``sayso reviews sample`` draws one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sayso.reviews.docket import last_of
from sayso.reviews.judgement import EventFixes, ItemKind, Judgement, StatementFixes
from sayso.reviews.standing import agreed

_Z = 1.959963984540054
"""The normal quantile of a 95 % interval."""
FIELDS: Mapping[ItemKind, tuple[str, ...]] = {
    "event": tuple(EventFixes.model_fields),
    "statement": tuple(StatementFixes.model_fields),
}


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the judged are right: ``of`` says of what, ``low`` and ``high`` are Wilson's 95 % interval."""

    kind: ItemKind
    of: str
    right: int
    judged: int
    low: float
    high: float

    @property
    def precision(self) -> float:
        """The share that is right."""
        return self.right / self.judged


def precision(judgements: Iterable[Judgement]) -> list[Precision]:
    """Return the precision of all statements and of all events, of each act and type, and of each field."""
    right: Counter[tuple[ItemKind, str]] = Counter()
    judged: Counter[tuple[ItemKind, str]] = Counter()
    for judgement in _settled(judgements):
        for name, is_right in _points(judgement):
            judged[judgement.kind, name] += 1
            right[judgement.kind, name] += is_right
    order = sorted(judged, key=lambda key: (key[0], key[1] != "all", key[1].startswith("field "), -judged[key], key[1]))
    return [Precision(kind, of, right[kind, of], judged[kind, of], *wilson(right[kind, of], judged[kind, of]))
            for kind, of in order]  # fmt: skip


def wilson(right: int, judged: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    if not judged:
        return 0.0, 1.0
    share, z2 = right / judged, _Z**2
    middle = (share + z2 / (2 * judged)) / (1 + z2 / judged)
    half = _Z / (1 + z2 / judged) * math.sqrt(share * (1 - share) / judged + z2 / (4 * judged**2))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def contested(judgements: Iterable[Judgement]) -> int:
    """Return how many items reviewers disagree on."""
    return sum(not agreed(of) for of in _by_item(judgements))


def _settled(judgements: Iterable[Judgement]) -> Iterator[Judgement]:
    """Yield one judgement for each item that reviewers agree on."""
    yield from (of[-1] for of in _by_item(judgements) if agreed(of))


def _by_item(judgements: Iterable[Judgement]) -> Iterable[list[Judgement]]:
    """Return the judgements that stand, by item as it was coded."""
    found: dict[tuple[object, ...], list[Judgement]] = {}
    for one in last_of(judgements):
        found.setdefault((one.document, one.kind, one.seen.span, one.seen.coding), []).append(one)
    return found.values()


def _points(judgement: Judgement) -> Iterator[tuple[str, bool]]:
    is_right = judgement.verdict == "right"
    yield "all", is_right
    yield judgement.seen.label, is_right
    if judgement.verdict != "wrong":
        for name in FIELDS[judgement.kind]:
            yield f"field {name}", name not in judgement.fixes
