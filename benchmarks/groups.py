"""The groups that figures are measured in, each by one function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cost
from baseline import Baseline
from gold_sets import gold_scores
from measurement import Measurement
from own_sets import occurrence_scores, tested_scores
from verdicts import best, compared

RETRIES = 2


@dataclass(frozen=True)
class Group:
    """How some figures are measured, given the folder with gold sets.

    ``gold`` says that nothing can be measured without them; ``noisy`` that what falls short is measured again before it
    counts; ``quick`` that every change is measured by it.
    """

    name: str
    measure: Callable[[Path], list[Measurement]]
    gold: bool = False
    noisy: bool = False
    quick: bool = False

    def measured(self, shared: Path, baseline: Baseline) -> list[Measurement]:
        """Return the figures, of a noisy group the best of up to three measurements."""
        runs = [self.measure(shared)]
        while self.noisy and len(runs) <= RETRIES and _falls_short(best(runs, baseline), baseline):
            runs.append(self.measure(shared))
        return best(runs, baseline)


def _falls_short(found: list[Measurement], baseline: Baseline) -> bool:
    return any(
        row.standard is not None and row.standard.falls_short(row.measurement.value)
        for row in compared(found, baseline)
    )


GROUPS = (
    Group("gold", gold_scores, gold=True),
    Group("tests", tested_scores),
    Group("occurrences", occurrence_scores, quick=True),
    Group("samples", cost.speed_on_samples, noisy=True, quick=True),
    Group("speed", cost.speed, gold=True, noisy=True),
    Group("process", cost.process),
    Group("workers", cost.two_processes, noisy=True),
    Group("ledger", cost.ledger),
    Group("copies", cost.copies, gold=True),
)
"""In the order of the table."""
