"""Precision, recall and F1, with the counts that they come from and how far chance may have moved them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Counts(NamedTuple):
    """What was counted of one kind of item in one document or several.

    ``found`` of the ``gold`` items were matched, and ``right`` of the ``predicted`` ones. The two differ where one kind
    is counted by itself: a gold item may be matched with a predicted one of another kind.
    """

    found: int
    right: int
    predicted: int
    gold: int


class Interval(NamedTuple):
    """Where a figure lies in 95 of 100 samples of documents like these."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a report; a quotient with nothing below the line is 0."""

    name: str
    counts: Counts
    interval: Interval | None = None

    @property
    def precision(self) -> float:
        """The part of the predicted items that is right."""
        return self.counts.right / self.counts.predicted if self.counts.predicted else 0.0

    @property
    def recall(self) -> float:
        """The part of the gold items that was found."""
        return self.counts.found / self.counts.gold if self.counts.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0
