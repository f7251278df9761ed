"""Calibration: whether what is said with confidence .8 is right eight times in ten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The items whose confidence lies from ``low`` up to ``high``: how many, their mean, and what part is right."""

    low: float
    high: float
    items: int
    confidence: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """A reliability table and the expected calibration error: how far, on average, confidence lies from what is right.

    The error is None where no item has a confidence.
    """

    bins: tuple[Bin, ...]
    error: float | None

    @property
    def items(self) -> int:
        """The number of items that have a confidence."""
        return sum(bin_.items for bin_ in self.bins)


def calibration(judged: Iterable[tuple[float, bool]]) -> Calibration:
    """Return the calibration of items of which a confidence is known, and whether they are right."""
    sorted_in: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in judged:
        sorted_in[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    bins = tuple(_bin(number, items) for number, items in enumerate(sorted_in))
    total = sum(bin_.items for bin_ in bins)
    gaps = (bin_.items * abs((bin_.confidence or 0.0) - (bin_.right or 0.0)) for bin_ in bins)
    return Calibration(bins, sum(gaps) / total if total else None)


def _bin(number: int, items: list[tuple[float, bool]]) -> Bin:
    low, high = number / BINS, (number + 1) / BINS
    if not items:
        return Bin(low, high, 0, None, None)
    mean = sum(confidence for confidence, _ in items) / len(items)
    return Bin(low, high, len(items), mean, sum(right for _, right in items) / len(items))
