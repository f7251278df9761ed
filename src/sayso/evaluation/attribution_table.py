"""A report as a table, for people: 80 columns wide but for the excerpts, each of which stays on its line."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.evaluation.attribution import Report
from sayso.evaluation.attribution_mistakes import Fault, Mistake
from sayso.evaluation.calibration import Bin, Calibration
from sayso.evaluation.figures import Figure, Interval
from sayso.rendering.neutral import one_line
from sayso.rendering.wording import counted

_EXPLAINED = {
    Fault.source: "Right content, wrong source",
    Fault.overlap: "Contents that overlap by less than half",
    Fault.missed: "Missed",
    Fault.false: "False",
}


def render(report: Report) -> str:
    """Return a report as lines of text."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    without = f" ({report.sourceless:,} without a source)" if report.sourceless else ""
    gold = counted(report.statements, "gold statement") + without
    yield f"{counted(report.documents, 'document')}, {gold}, {report.predicted:,} predicted"
    yield ""
    yield f"{'':17}{'P':>6}{'R':>6}{'F1':>6}{'95 % of F1':>13}{'right':>8}{'predicted':>10}{'found':>7}{'gold':>7}"
    yield from map(_figure, report.figures)
    yield ""
    yield from _calibration(report.calibration)
    for fault, number in report.faults.items():
        shown = [mistake for mistake in report.mistakes if mistake.fault is fault]
        if shown:
            yield ""
            yield f"{_EXPLAINED[fault]}: {number:,}" + (f", the first {len(shown):,}" if len(shown) < number else "")
            for mistake in shown:
                yield from _mistake(mistake)


def _figure(figure: Figure) -> str:
    found, right, predicted, gold = figure.counts
    quotients = f"{figure.precision:6.3f}{figure.recall:6.3f}{figure.f1:6.3f}"
    return f"{figure.name:17}{quotients}{_reach(figure.interval):>13}{right:8,}{predicted:10,}{found:7,}{gold:7,}"


def _reach(interval: Interval | None) -> str:
    return f"{interval.low:.3f}-{interval.high:.3f}" if interval else "-"


def _calibration(calibration: Calibration) -> Iterator[str]:
    if calibration.error is None:
        yield "Calibration: no predicted statement has a confidence"
        return
    yield f"Calibration: expected error {calibration.error:.3f}"
    yield ""
    yield f"{'confidence':17}{'statements':>12}{'mean':>8}{'right':>8}"
    yield from map(_bin, calibration.bins)


def _bin(bin_: Bin) -> str:
    means = "".join("       -" if mean is None else f"{mean:8.3f}" for mean in (bin_.confidence, bin_.right))
    return f"{f'{bin_.low:.1f} to {bin_.high:.1f}':17}{bin_.items:12,}{means}"


def _mistake(mistake: Mistake) -> Iterator[str]:
    start, end = mistake.span
    overlap = f", overlap {mistake.overlap:.0%}" if mistake.overlap else ""
    yield ""
    yield f"  {one_line(mistake.document)}, characters {start} to {end}{overlap}"
    if mistake.gold_excerpt:
        yield f"    gold       {mistake.gold_excerpt}"
    if mistake.predicted_excerpt:
        yield f"    predicted  {mistake.predicted_excerpt}"
