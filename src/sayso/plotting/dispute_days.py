"""When the reports of an occurrence were published: where each stands between two days, and how the days are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import altair as alt

from sayso.corroboration.occurrence import Report
from sayso.plotting.paths import across, down, words
from sayso.plotting.periods import Period, moment
from sayso.plotting.theme import HAIRLINE, NOTE_SIZE, QUIET
from sayso.plotting.ticks import days

AXIS: Final = 24
"""Pixels for the axis."""
UNDATED: Final = 70
"""Pixels for what has no date, to the right of all days."""

_LABEL = 70
"""Pixels for the name of a day."""
_MIDDAY = time(12)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``first`` to ``last``, whole, between two pixels, if any; what has no date stands to their right.

    ``moments`` has where each dated report stands, by its id.
    """

    first: date | None
    last: date
    left: float
    right: float
    undated: float | None
    moments: Mapping[str, datetime]

    def of(self, report: Report) -> float:
        """Return where a report stands."""
        when = self.moments.get(report.id)
        return self.at(when) if when and self.first else self.undated or self.right

    def at(self, when: datetime) -> float:
        """Return where a time stands."""
        first = self.first or self.last
        share = (when - _midnight(first)) / ((self.last - first) + _DAY)
        return self.left + share * (self.right - self.left)

    @property
    def end(self) -> float:
        """Where the room for marks ends."""
        return self.right if self.undated is None else self.undated + UNDATED / 2


def moments(reports: Iterable[Report]) -> dict[str, datetime]:
    """Return where reports stand, by id: at their time by their own clock; in the middle of the day without one.

    Of a month or a year that is its first day. On the day of its original a copy stands no earlier than that does:
    where one of the two has no time of day, or another clock, it would seem that the original came after.
    """
    reports = list(reports)
    found = {report.id: when for report in reports if (when := _moment(report))}
    pairs = list(_copied_the_same_day(reports))
    for original, copy in pairs:
        if not has_time(original):
            found[original.id] = min(found[original.id], found[copy.id])
    for original, copy in pairs:
        found[copy.id] = max(found[original.id], found[copy.id])
    return found


def has_time(report: Report) -> bool:
    """Say whether it is known at what time of its day a report was published."""
    return _time(report) is not None


def is_of_day(report: Report) -> bool:
    """Say whether the day of publication is known."""
    found = moment(report.published)
    return found is not None and found.precision is Period.day


def _moment(report: Report) -> datetime | None:
    found = moment(report.published)
    return _time(report) or datetime.combine(found.day, _MIDDAY) if found else None


def _time(report: Report) -> datetime | None:
    if "T" not in (report.published or "") or not is_of_day(report):
        return None
    try:
        return datetime.fromisoformat(report.published or "").replace(tzinfo=None)
    except ValueError:
        return None


def _copied_the_same_day(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Yield each report with every copy of it that was published on its day."""
    by_document: dict[tuple[str, str], list[Report]] = {}
    for report in reports:
        if is_of_day(report):
            by_document.setdefault((report.document, (report.published or "")[:10]), []).append(report)
    for copy in reports:
        if copy.copy_of and is_of_day(copy):
            for original in by_document.get((copy.copy_of, (copy.published or "")[:10]), []):
                yield original, copy


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def span_of(reports: Sequence[Report], found: Mapping[str, datetime], left: float, right: float) -> Span:
    """Return the days that hold all reports; of many days, some on either side are free."""
    has_undated = any(report.id not in found for report in reports)
    end = right - (UNDATED if has_undated else _LABEL / 4)
    undated = right - UNDATED / 2 if has_undated else None
    known = [found[report.id].date() for report in reports if report.id in found]
    if not known:
        return Span(None, date.max, left, end, undated, found)
    first, last = min(known), max(known)
    margin = timedelta(days=(last - first).days // 25)
    return Span(first - margin, last + margin, left, end, undated, found)


def axis(span: Span, top: float, bottom: float) -> list[Any]:
    """Return the days: their names at the bottom, with a line down for each, or between them where all are named."""
    named = [(round(span.at(datetime.combine(day, _MIDDAY)), 1), name) for day, name in _named(span)]
    lines = _between(span) if span.first and len(named) == (span.last - span.first).days + 1 else [x for x, _ in named]
    if span.undated is not None:
        named.append((span.undated, "undated"))
        lines.append(span.undated)
    told = [{"x": x, "y": top, "y2": bottom} for x in lines]
    rules = alt.Chart(alt.InlineData(values=told)).mark_rule(color=HAIRLINE, strokeWidth=0.6)
    below = [{"x": x, "y": bottom + AXIS / 2, "words": name} for x, name in named]
    return [
        rules.encode(x=across("x"), y=down("y"), y2="y2:Q"),
        words(below, align="center", fontSize=NOTE_SIZE, color=QUIET),
    ]


def _named(span: Span) -> list[tuple[date, str]]:
    """Return the days that are named, but for those whose name would touch the "undated" beside them."""
    if not span.first:
        return []
    most = max(2, int((span.right - span.left) / _LABEL))
    found = days(span.first, span.last, most)
    if span.undated is None:
        return found
    room = span.undated - 0.8 * _LABEL
    return [(day, name) for day, name in found if span.at(datetime.combine(day, _MIDDAY)) < room]


def _between(span: Span) -> list[float]:
    """Return where each day begins, and the last one ends."""
    first = _midnight(span.first or span.last)
    return [round(span.at(first + n * _DAY), 1) for n in range((span.last - first.date()).days + 2)]
