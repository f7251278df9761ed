"""What is to be said of a figure beside its baseline, and the table of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from baseline import Baseline, Standard
from measurement import Measurement

HEAD = ("figure", "now", "baseline", "change", "floor", "verdict")


class Verdict(Enum):
    """How a figure stands to its baseline."""

    OK = "ok"
    BETTER = "better: --update raises the floor"
    NEW = "new: write it with --update"
    SHOWN = "shown only"
    FELL = "FELL below its floor"
    UNKNOWN = "UNKNOWN: add it to baseline.json"

    @property
    def fails(self) -> bool:
        """Whether the run must fail."""
        return self in {Verdict.FELL, Verdict.UNKNOWN}


@dataclass(frozen=True)
class Comparison:
    """A measurement beside its standard, None where the baseline does not know the figure."""

    measurement: Measurement
    standard: Standard | None

    @property
    def verdict(self) -> Verdict:
        """What is to be said of it."""
        value, standard = self.measurement.value, self.standard
        if standard is None:
            return Verdict.UNKNOWN
        if not standard.held:
            return Verdict.SHOWN
        if standard.value is None:
            return Verdict.NEW
        if standard.falls_short(value):
            return Verdict.FELL
        return Verdict.BETTER if standard.would_raise(value) else Verdict.OK

    @property
    def change(self) -> str:
        """The change since the baseline: in points of a score, else in per cent."""
        if self.standard is None or self.standard.value is None:
            return ""
        before, now = self.standard.value, self.measurement.value
        if self.standard.kind == "score":
            return f"{_unsigned_zero(now - before, 3):+.3f}"
        return f"{_unsigned_zero(now / before - 1, 3):+.1%}" if before else ""

    def cells(self) -> tuple[str, ...]:
        """Return the row of the table."""
        before, floor = (self.standard.value, self.standard.floor) if self.standard else (None, None)
        numbers = (_number(self.measurement.value), _number(before), self.change, _number(floor))
        return (self.measurement.figure, *numbers, self.verdict.value)


def compared(found: Iterable[Measurement], baseline: Baseline) -> list[Comparison]:
    """Return each measurement beside its standard."""
    return [Comparison(one, baseline.figures.get(one.figure)) for one in found]


def best(runs: Sequence[Sequence[Measurement]], baseline: Baseline) -> list[Measurement]:
    """Return the best of several measurements of each figure: noise makes a figure worse, hardly ever better."""
    chosen = {one.figure: one for one in runs[0]}
    for one in (one for run in runs[1:] for one in run):
        standard = baseline.figures.get(one.figure)
        if standard is not None and standard.is_worse(chosen[one.figure].value, one.value):
            chosen[one.figure] = one
    return list(chosen.values())


def table(rows: Iterable[Comparison]) -> str:
    """Return the comparisons as lines of text, in columns."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    return "\n".join(_aligned(row, widths) for row in cells) + "\n"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    numbers = "  ".join(cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True))
    return f"{row[0].ljust(widths[0])}  {numbers}  {row[-1]}".rstrip()


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if abs(value) < 10 else f"{value:,.0f}"


def _unsigned_zero(value: float, digits: int) -> float:
    """Return a rounded value that is never the zero with a minus."""
    return round(value, digits) + 0.0
