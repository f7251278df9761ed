"""Fit how probable a proposed attribution is: five numbers, by logistic regression on articles the network never saw.

A statement counts as right when it would score: matched one-to-one to a gold attribution whose content it overlaps by
half of all their words, with a source that touches (Newell et al. 2018 score so).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from sayso.reading.attribution_candidate import Candidate
from sayso.reading.attribution_kinds import Quoted
from sayso.reading.attribution_learned import Learned, evidence
from sayso.reading.attribution_rules import Rules
from sayso.reading.quotes import find_quotations
from training.attribution.corpus import parsed

HALF = 0.5
BINS = 10


def calibrate(nlp: Language, learned: Learned, rules: Rules, gold: Path, cache: Path | None, config: Path) -> None:
    """Fit the figures, write them into the network's config, and print a cross-validated reliability table."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    docs = parsed(nlp, rows, cache)
    made = [
        pair for row, doc in zip(rows, docs, strict=True) for pair in outcomes(learned, rules, doc, row["statements"])
    ]
    names = list(made[0][0])
    x = np.array([[values[name] for name in names] for values, _ in made])
    y = np.array([right for _, right in made], float)
    held_out = np.zeros(len(y))
    for fold in range(5):
        inside = np.arange(len(y)) * 5 // len(y) == fold
        held_out[inside] = _sigmoid(x[inside] @ fit(x[~inside], y[~inside]))
    _report(held_out, y)
    shape = json.loads(config.read_text(encoding="utf-8"))
    shape["calibration"] = {name: round(float(w), 4) for name, w in zip(names, fit(x, y), strict=True)}
    config.write_text(json.dumps(shape, indent=1) + "\n", encoding="utf-8")


def outcomes(
    learned: Learned, rules: Rules, doc: Doc, statements: Iterable[dict[str, list[list[int]]]]
) -> Iterator[tuple[dict[str, float], bool]]:
    """Yield the evidence for each candidate of the network, and whether it is right."""
    find_quotations(doc)
    proposals = list(learned.propose(doc, list(rules.read(doc, Quoted(doc)))))
    gold = [(_characters(s["source"]), _characters(s["content"])) for s in statements]
    scored = sorted(
        ((-_score(doc, c, *g), i, k) for i, (c, _, _) in enumerate(proposals) for k, g in enumerate(gold)),
    )
    right: set[int] = set()
    taken: set[int] = set()
    for value, i, k in scored:
        if value < 0 and i not in right and k not in taken:
            right.add(i)
            taken.add(k)
    for i, (_, proposal, rule) in enumerate(proposals):
        yield evidence(proposal, rule), i in right


def _score(doc: Doc, candidate: Candidate, source: set[int], content: set[int]) -> float:
    own = _positions(doc, candidate.content)
    common = len(own & content) / len(own | content) if own | content else 0.0
    touches = not source or (candidate.source is not None and bool(source & _positions(doc, [candidate.source])))
    return common if common >= HALF and touches else 0.0


def _positions(doc: Doc, parts: Iterable[tuple[int, int]]) -> set[int]:
    return {c for a, b in parts for c in range(doc[a].idx, doc[b - 1].idx + len(doc[b - 1]))}


def _characters(spans: Iterable[list[int]]) -> set[int]:
    return {c for start, end in spans for c in range(start, end)}


def fit(x: np.ndarray, y: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Return the weights of a logistic regression, by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(25):
        p = _sigmoid(x @ w)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        w -= np.linalg.solve(hessian, x.T @ (p - y) + ridge * w)
    return w


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def _report(predicted: np.ndarray, right: np.ndarray) -> None:
    error = 0.0
    print("stated   right   statements")
    for low in np.arange(BINS) / BINS:
        inside = (predicted >= low) & (predicted < low + 1 / BINS)
        if inside.any():
            print(f"{predicted[inside].mean():6.3f}  {right[inside].mean():6.3f}  {inside.sum():6d}")
            error += inside.mean() * abs(predicted[inside].mean() - right[inside].mean())
    print(f"expected calibration error {error:.3f}")
