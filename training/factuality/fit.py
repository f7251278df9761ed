"""Fit the scale of factuality: robust linear regression over the named features of the walk.

usage: python -m training.factuality.fit GOLD_DIR     (GOLD_DIR holds uw.jsonl, uds_ih2.jsonl and meantime.jsonl)

Writes ``src/sayso/models/factuality/weights.json`` and prints what it reaches on the dev splits. Deterministic; three
minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from sayso.knowledge.factuality import load
from sayso.reading.factuality import DocFactuality
from sayso.reading.factuality_scale import WEIGHTS, Scale, reconcile
from sayso.reading.pipeline import base_pipeline
from sayso.records import FactualityValue
from training.design import counted, frequent

Floats = npt.NDArray[np.float64]

SEED = 7
RIDGE = 4.0
SEEN_AT_LEAST = 6
NEGLIGIBLE = 0.01
ROUNDS = 6
FOLDS = 3
OUTLIER = 0.5
"""Points of the scale beyond which an error counts by its size rather than its square (Huber's loss)."""


@dataclass(frozen=True)
class GoldSet:
    """One gold set, and what it counts for.

    Sets ask different questions. UW and MEANTIME ask how certain the author is; UDS asks whether something *has
    happened*, so that the future is a no. A set with ``other_scale`` is therefore predicted by a line through the
    scale, fitted along with it, and counts little where the text negates, as its annotators disagree there.
    """

    name: str
    weight: float
    other_scale: bool = False
    where_negated: float = 1.0


SETS = (
    GoldSet("uw", 1.0),
    GoldSet("uds_ih2", 0.15, other_scale=True, where_negated=0.25),
    GoldSet("meantime", 1.0),
)


@dataclass(frozen=True)
class Row:
    """One predicate: its features, what the rules make of it, and its gold score."""

    gold: GoldSet
    features: list[str]
    value: FactualityValue
    score: float

    @property
    def weight(self) -> float:
        """What the row counts for."""
        return self.gold.weight * (self.gold.where_negated if self.value.endswith("-") else 1.0)


def read(directory: Path, gold: GoldSet, split: str) -> list[Row]:
    """Parse the sentences of a split and return the features of their predicates."""
    sentences: dict[tuple[str, ...], list[tuple[int, float]]] = {}
    for line in (directory / f"{gold.name}.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["split"] == split:
            sentences.setdefault(tuple(row["tokens"]), []).append((row["pred_start"], row["score"]))
    chosen = list(sentences.items())
    nlp, lexicon = base_pipeline(), load()
    rows = []
    docs = nlp.pipe((Doc(nlp.vocab, words=list(words)) for words, _ in chosen), batch_size=64)
    for doc, (_, predicates) in zip(docs, chosen, strict=True):
        reading = DocFactuality(doc, lexicon, Scale(0.0, {}))
        for position, score in predicates:
            token = doc[position]
            rows.append(Row(gold, reading.features(token), reading.commitment(token).value, score))
    return rows


def fit(rows: list[Row]) -> dict[str, float]:
    """Return the weight of each feature by name, the intercept as that of ``""``.

    Iteratively reweighted least squares for Huber's loss; each round but the first fits the lines of the sets with
    another scale too.
    """
    features = [row.features for row in rows]
    names = ["", *frequent(features, SEEN_AT_LEAST)]
    design = counted(features, names)
    design[:, 0] = 1
    score, weight = (np.array([getattr(row, field) for row in rows], float) for field in ("score", "weight"))
    shift, slope, weights = np.zeros(len(rows)), np.ones(len(rows)), np.zeros(len(names))
    weights[0] = float(np.median(score))
    ridge = np.full(len(names), RIDGE)
    ridge[0] = 0.0
    for turn in range(ROUNDS):
        scale = design @ weights
        error = np.abs(score - shift - slope * scale)
        robust = weight * np.minimum(1.0, OUTLIER / np.maximum(error, 1e-6))
        for gold in SETS if turn else ():
            if gold.other_scale:
                own = np.array([row.gold is gold for row in rows])
                slope[own], shift[own] = np.polyfit(scale[own], score[own], 1, w=np.sqrt(robust[own]))
        weighted = design * (robust * slope**2)[:, None].astype(np.float32)
        gram = weighted.T @ design + np.diag(ridge)
        weights = np.linalg.solve(gram, weighted.T @ ((score - shift) / slope))
    return {
        name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= NEGLIGIBLE or not name
    }


def predicted(rows: list[Row], weights: dict[str, float]) -> Floats:
    """Return the scale of each row before it is stretched."""
    totals = [weights[""] + sum(weights.get(name, 0.0) for name in row.features) for row in rows]
    return np.clip(totals, -3.0, 3.0)


def out_of_fold(rows: list[Row], others: list[Row]) -> Floats:
    """Return the scale of each row by weights that have not seen it."""
    fold = np.random.default_rng(SEED).integers(FOLDS, size=len(rows))
    found = np.zeros(len(rows))
    for held in range(FOLDS):
        weights = fit([row for row, own in zip(rows, fold, strict=True) if own != held] + others)
        here = np.flatnonzero(fold == held)
        found[here] = predicted([rows[i] for i in here], weights)
    return found


def stretched(scale: Floats, no: float, yes: float) -> Floats:
    """Return a scale on which ``no`` has become -1 and ``yes`` 1."""
    return np.interp(scale, [-3.0, no, yes, 3.0], [-3.0, -1.0, 1.0, 3.0])


def reconciled(rows: list[Row], scale: Floats) -> Floats:
    """Return the scale as Sayso reports it, in agreement with the rules' value."""
    return np.array([reconcile(row.value, float(one))[1] for row, one in zip(rows, scale, strict=True)])


def macro_f1(rows: list[Row], scale: Floats) -> float:
    """Return the mean F1 of happened (1 and more), not (-1 and less) and uncertain."""
    gold, own = (np.digitize(values, [-1 + 1e-9, 1]) for values in (np.array([row.score for row in rows]), scale))
    parts = [2 * np.sum((gold == k) & (own == k)) / max(1, np.sum(gold == k) + np.sum(own == k)) for k in range(3)]
    return float(np.mean(parts))


def best_stretch(rows: list[Row], scale: Floats) -> tuple[float, float]:
    """Return the two points of a scale that, stretched to -1 and 1, tell happened, not and uncertain apart best.

    A regression draws what is rare to the middle; without this, few predicates would ever count as uncertain.
    """
    grid = [(no, yes) for no in np.arange(-2.0, 1.0, 0.1) for yes in np.arange(no + 0.2, 2.6, 0.1)]
    no, yes = max(grid, key=lambda pair: macro_f1(rows, reconciled(rows, stretched(scale, *pair))))
    return round(float(no), 2), round(float(yes), 2)


def main() -> None:
    """Fit, write, and report what the dev splits say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    directory = parser.parse_args().gold
    rows = {gold: read(directory, gold, "train") for gold in SETS}
    first, *rest = SETS
    others = [row for gold in rest for row in rows[gold]]
    weights = fit(rows[first] + others)
    no, yes = best_stretch(rows[first], out_of_fold(rows[first], others))
    content = {"intercept": weights[""], "no": no, "yes": yes, "weights": {k: w for k, w in weights.items() if k}}
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    WEIGHTS.write_text(json.dumps(content, indent=0) + "\n", encoding="utf-8")
    for gold in SETS:
        held = read(directory, gold, "dev")
        scale = reconciled(held, stretched(predicted(held, weights), no, yes))
        r = np.corrcoef(scale, [row.score for row in held])[0, 1]
        print(f"{gold.name:10s} n {len(held):6d}  r {r:.3f}  macro F1 {macro_f1(held, scale):.3f}")


if __name__ == "__main__":
    main()
