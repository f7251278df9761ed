"""The bootstrap: how much F1 would vary if other documents of the same sort had been annotated (Efron 1979)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sayso.evaluation.figures import Counts, Interval

PERCENTILES = (2.5, 97.5)

_DRAWS_AT_ONCE = 2_000_000
"""So many documents are drawn at a time, so that memory stays small however many there are."""

Floats = NDArray[np.float64]


def intervals(documents: list[list[Counts]], resamples: int, seed: int) -> list[Interval | None]:
    """Return the 95 % percentile interval of the F1 of each row.

    ``documents`` has the counts of every row for each document; whole documents are drawn, since what one holds is much
    alike. A sample that holds nothing of a row's kind says nothing of its F1; where none says anything, neither do we.
    """
    if not documents or resamples < 1:
        return [None] * (len(documents[0]) if documents else 0)
    counts = np.asarray(documents, dtype=np.float64)
    f1 = np.concatenate([_f1(sums) for sums in _samples(counts, resamples, np.random.default_rng(seed))])
    return [_interval(f1[:, row]) for row in range(f1.shape[1])]


def _samples(counts: Floats, resamples: int, random: np.random.Generator) -> list[Floats]:
    """Return the sums over resampled documents, in blocks of (resamples, rows, counts)."""
    number, rows, columns = counts.shape
    flat = counts.reshape(number, rows * columns)
    at_once = max(1, _DRAWS_AT_ONCE // number)
    blocks = []
    for done in range(0, resamples, at_once):
        size = min(at_once, resamples - done)
        drawn = random.integers(0, number, size=(size, number)) + np.arange(size)[:, None] * number
        times = np.bincount(drawn.ravel(), minlength=size * number).reshape(size, number)
        blocks.append((times @ flat).reshape(size, rows, columns))
    return blocks


def _f1(sums: Floats) -> Floats:
    """Return the F1 of each sample and row, NaN where there was neither anything to find nor anything found."""
    found, right, predicted, gold = np.moveaxis(sums, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.where(predicted > 0, right / predicted, 0.0)
        recall = np.where(gold > 0, found / gold, 0.0)
        f1 = np.where(precision + recall > 0, 2 * precision * recall / (precision + recall), 0.0)
    return np.where(predicted + gold > 0, f1, np.nan)


def _interval(f1: Floats) -> Interval | None:
    known = f1[~np.isnan(f1)]
    if not known.size:
        return None
    low, high = np.percentile(known, PERCENTILES)
    return Interval(float(low), float(high))
