"""Fit the model of likeness and write its weights.

    python -m training.occurrences GOLD

Needs scikit-learn. Two minutes on one core. The seed is fixed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from sayso.corroboration.comparison import FEATURES
from sayso.corroboration.likeness import WEIGHTS
from sayso.reading.reader import Reader
from training.occurrences.examples import Pairs, ecb_plus, own, pairs

OWN = 5.0
"""What a pair of our own set weighs against one of ECB+, of which there are twenty times as many."""
FOLDS = 5
TUNING = Path("benchmarks/occurrences/tuning")


def main() -> None:
    """Fit, say how well it does on topics that it was not fitted to, and write the weights."""
    reader = Reader()
    sets = [pairs(ecb_plus(Path(sys.argv[1]), reader)), pairs(own(TUNING, reader))]
    for name, values in zip(("ECB+", "our own"), _held_out(sets), strict=True):
        print(f"average precision on held-out topics of {name}: {values:.3f}")
    model = _fitted(sets, [np.ones(len(s.same), bool) for s in sets])
    weights = {name: round(float(w), 4) for name, w in zip(FEATURES, model.coef_[0], strict=True)}
    content = {"bias": round(float(model.intercept_[0]), 4), "weights": weights}
    WEIGHTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _fitted(sets: list[Pairs], taken: list[np.ndarray]) -> LogisticRegression:
    features = np.vstack([s.features[t] for s, t in zip(sets, taken, strict=True)])
    same = np.concatenate([s.same[t] for s, t in zip(sets, taken, strict=True)])
    weights = np.concatenate([np.full(t.sum(), w) for t, w in zip(taken, (1.0, OWN), strict=True)])
    return LogisticRegression(C=1.0, max_iter=3000).fit(features, same, sample_weight=weights)


def _held_out(sets: list[Pairs]) -> list[float]:
    folds = [_folds(s.topics) for s in sets]
    found = [np.zeros(len(s.same)) for s in sets]
    for fold in range(FOLDS):
        model = _fitted(sets, [numbers != fold for numbers in folds])
        for s, numbers, values in zip(sets, folds, found, strict=True):
            values[numbers == fold] = model.predict_proba(s.features[numbers == fold])[:, 1]
    return [float(average_precision_score(s.same, values)) for s, values in zip(sets, found, strict=True)]


def _folds(topics: list[str]) -> np.ndarray:
    fold_of = {topic: number % FOLDS for number, topic in enumerate(sorted(set(topics)))}
    return np.array([fold_of[topic] for topic in topics])


if __name__ == "__main__":
    main()
