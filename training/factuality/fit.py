"""Fit the scale of factuality: weighted ridge regression over the named features of the walk.

usage: python -m training.factuality.fit GOLD_DIR     (GOLD_DIR holds uw.jsonl, uds_ih2.jsonl and meantime.jsonl)

Writes ``src/sayso/models/factuality/weights.json`` and prints what it reaches on the dev splits. Deterministic.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from sayso.knowledge.factuality import load
from sayso.reading.factuality import DocFactuality
from sayso.reading.factuality_scale import WEIGHTS, Scale
from sayso.reading.pipeline import base_pipeline

SEED = 7
RIDGE = 8.0
SEEN_AT_LEAST = 8
NEGLIGIBLE = 0.01


@dataclass(frozen=True)
class GoldSet:
    """One gold set, and what it counts for.

    Sets ask different questions. UDS asks whether something *has happened*, so that the future is a no; its scores are
    pulled to the certain end (``shift + slope * score``), and where the text negates they are hardly used, as its
    annotators disagree there about what is asked.
    """

    name: str
    weight: float
    shift: float = 0.0
    slope: float = 1.0
    where_negated: float = 1.0
    sentences: int = 1_000_000


SETS = (
    GoldSet("uw", 1.0),
    GoldSet("uds_ih2", 0.4, shift=0.7, slope=0.8, where_negated=0.1, sentences=4500),
    GoldSet("meantime", 1.0),
)


@dataclass(frozen=True)
class Row:
    """One predicate: its features, whether the rules call it negative, and its gold score."""

    features: list[str]
    negative: bool
    score: float


def read(directory: Path, gold: GoldSet, split: str) -> list[Row]:
    """Parse the sentences of a split and return the features of their predicates."""
    sentences: dict[tuple[str, ...], list[tuple[int, float]]] = {}
    for line in (directory / f"{gold.name}.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["split"] == split:
            sentences.setdefault(tuple(row["tokens"]), []).append((row["pred_start"], row["score"]))
    chosen = list(sentences.items())
    if split == "train" and len(chosen) > gold.sentences:
        chosen = random.Random(SEED).sample(chosen, gold.sentences)  # noqa: S311 - a sample, not a secret
    nlp, lexicon = base_pipeline(), load()
    rows = []
    docs = nlp.pipe((Doc(nlp.vocab, words=list(words)) for words, _ in chosen), batch_size=64)
    for doc, (_, predicates) in zip(docs, chosen, strict=True):
        reading = DocFactuality(doc, lexicon, Scale(0.0, {}))
        for position, score in predicates:
            value = reading.commitment(doc[position]).value
            rows.append(Row(reading.features(doc[position]), value.endswith("-"), score))
    return rows


def fit(rows: list[tuple[GoldSet, Row]]) -> tuple[float, dict[str, float]]:
    """Return intercept and weights."""
    seen = Counter(name for _, row in rows for name in set(row.features))
    names = sorted(name for name, count in seen.items() if count >= SEEN_AT_LEAST)
    column = {name: i for i, name in enumerate(names)}
    design = np.zeros((len(rows), len(names) + 1), dtype=np.float32)
    design[:, -1] = 1
    for i, (_, row) in enumerate(rows):
        for name in row.features:
            if name in column:
                design[i, column[name]] += 1
    weight = np.array([g.weight * (g.where_negated if r.negative else 1) for g, r in rows])[:, None]
    target = np.array([g.shift + g.slope * r.score for g, r in rows])
    gram = (design * weight).T.astype(float) @ design
    gram[np.arange(len(names)), np.arange(len(names))] += RIDGE
    solved = np.linalg.solve(gram, (design * weight).T @ target)
    weights = {name: round(float(w), 3) for name, w in zip(names, solved, strict=False) if abs(w) >= NEGLIGIBLE}
    return round(float(solved[-1]), 3), weights


def main() -> None:
    """Fit, write, and report the correlation on the dev splits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    directory = parser.parse_args().gold
    rows = [(gold, row) for gold in SETS for row in read(directory, gold, "train")]
    intercept, weights = fit(rows)
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    WEIGHTS.write_text(json.dumps({"intercept": intercept, "weights": weights}, indent=0) + "\n", encoding="utf-8")
    for gold in SETS:
        held = read(directory, gold, "dev")
        predicted = [max(-3.0, min(3.0, intercept + sum(weights.get(f, 0.0) for f in row.features))) for row in held]
        r = np.corrcoef(predicted, [row.score for row in held])[0, 1]
        print(f"{gold.name:10s} n {len(held):6d}  r {r:.3f}")


if __name__ == "__main__":
    main()
