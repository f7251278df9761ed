"""Fit the confidence of events: logistic regression over named features of coded events.

usage: python -m training.events.fit GOLD_DIR     (GOLD_DIR holds quad_train.jsonl)

An event counts as right where its quad class is the one that an annotator gave the sentence. The set puts concessions
into material cooperation and sanctions into verbal conflict, which PLOVER does not: those count as right too. Writes
``src/sayso/models/events/weights.json`` and prints what five-fold cross-validation by sentence says. Deterministic; a
minute on one core.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.knowledge import ontology
from sayso.knowledge.cues import logit
from sayso.reading.event_confidence import PRIOR, WEIGHTS, Confidence, features
from sayso.reading.pipeline import pipeline
from training.design import counted, frequent

Floats = npt.NDArray[np.float64]

RIDGE = 5.0
RIDGE_OF_PRIOR = 0.1
SEEN_AT_LEAST = 3
FOLDS = 5
STEPS = 30
NEGLIGIBLE = 0.01
OTHERWISE_CLASSED = {("CONCEDE", 2), ("SANCTION", 3)}


@dataclass(frozen=True)
class Row:
    """One coded event: its features, the log-odds of its frame, and whether an annotator agrees."""

    sentence: int
    features: list[str]
    prior: float
    right: bool


def read(path: Path) -> list[Row]:
    """Code the sentences of the gold set, each by itself, and return their events."""
    gold = [json.loads(line) for line in path.open(encoding="utf-8")]
    nlp, types = pipeline(), ontology.load()
    # without weights the model leaves the confidence of frames as it is
    nlp.get_pipe("sayso_events").confidence = Confidence(0.0, {})  # type: ignore[attr-defined]
    rows = []
    for number, (row, doc) in enumerate(zip(gold, nlp.pipe(row["text"] for row in gold), strict=True)):
        quads = Counter(event["quad"] for event in row["events"])
        quad = quads.most_common(1)[0][0] if quads else 0
        for event, named in zip(doc._.events, features(doc, [0] * len(doc._.events)), strict=True):
            right = types.quad(event.type) == quad or (event.type, quad) in OTHERWISE_CLASSED
            rows.append(Row(number, named, logit(event.confidence), right))
    return rows


def columns(rows: list[Row], names: list[str]) -> Floats:
    """Return the features of each row, shape (rows, 2 + names): the intercept and the frame's log-odds come first."""
    first = [np.ones(len(rows)), np.array([row.prior for row in rows])]
    return np.column_stack([*first, counted([row.features for row in rows], names)])


def fit(rows: list[Row]) -> tuple[list[str], Floats]:
    """Return the names of the features and the weights, by Newton's method; the prior starts from 1."""
    names = frequent([row.features for row in rows], SEEN_AT_LEAST)
    design, right = columns(rows, names), np.array([row.right for row in rows], float)
    start = np.zeros(design.shape[1])
    start[1] = 1.0
    ridge = np.full(design.shape[1], RIDGE)
    ridge[0], ridge[1] = 0.0, RIDGE_OF_PRIOR
    weights = start.copy()
    for _ in range(STEPS):
        said = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (said - right) + ridge * (weights - start)
        curve = (design * (said * (1 - said))[:, None]).T @ design + np.diag(ridge)
        weights = weights - np.linalg.solve(curve, slope)
    return names, weights


def held_out(rows: list[Row]) -> Floats:
    """Return the confidence of each row by weights that have not seen its sentence."""
    fold = np.array([row.sentence % FOLDS for row in rows])
    found = np.zeros(len(rows))
    for held in range(FOLDS):
        names, weights = fit([row for row, own in zip(rows, fold, strict=True) if own != held])
        here = np.flatnonzero(fold == held)
        found[here] = 1 / (1 + np.exp(-columns([rows[i] for i in here], names) @ weights))
    return found


def area(said: Floats, right: npt.NDArray[np.bool_]) -> float:
    """Return the chance that a right event is rated above a wrong one (the area under the ROC curve)."""
    rank = np.argsort(np.argsort(said)).astype(float)
    yes, no = right.sum(), (~right).sum()
    return float((rank[right].mean() - (yes - 1) / 2) / no)


def error(said: Floats, right: npt.NDArray[np.bool_]) -> float:
    """Return the expected calibration error over ten bands."""
    band = np.minimum((said * 10).astype(int), 9)
    gaps = [abs(said[band == k].mean() - right[band == k].mean()) * (band == k).sum() for k in set(band.tolist())]
    return float(sum(gaps) / len(said))


def main() -> None:
    """Fit, write, and report what cross-validation says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    rows = read(parser.parse_args().gold / "quad_train.jsonl")
    names, weights = fit(rows)
    kept = {PRIOR: float(weights[1])} | dict(zip(names, map(float, weights[2:]), strict=True))
    content = {
        "intercept": round(float(weights[0]), 3),
        "weights": {name: round(w, 3) for name, w in kept.items() if abs(w) >= NEGLIGIBLE},
    }
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    WEIGHTS.write_text(json.dumps(content, indent=0) + "\n", encoding="utf-8")
    right = np.array([row.right for row in rows])
    before = np.array([1 / (1 + np.exp(-row.prior)) for row in rows])
    for name, said in (("frames alone", before), ("model, held out", held_out(rows))):
        print(f"{name:16s} area {area(said, right):.3f}  calibration error {error(said, right):.3f}")


if __name__ == "__main__":
    main()
