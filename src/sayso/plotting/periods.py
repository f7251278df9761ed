"""Spans of time that events are counted in: days, weeks, months, years or decades, as the range asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from sayso.plotting.tables import counted

if TYPE_CHECKING:
    import pyarrow as pa

_DATE = re.compile(r"([12]\d{3})(?:-(\d\d))?(?:-(\d\d))?")

_EPOCH = date(1970, 1, 1)
_MILLISECONDS = 86_400_000


class Period(IntEnum):
    """How long a span is, from the finest; a date is as precise as the finest that it can be counted under."""

    day = 0
    week = 1
    month = 2
    year = 3
    decade = 4

    def start(self, day: date) -> date:
        """Return the first day of the span that a day lies in; weeks begin on Monday."""
        if self is Period.week:
            return day - timedelta(days=day.weekday())
        if self is Period.month:
            return day.replace(day=1)
        if self is Period.year:
            return day.replace(month=1, day=1)
        if self is Period.decade:
            return day.replace(year=max(1, day.year // 10 * 10), month=1, day=1)
        return day

    def after(self, start: date) -> date:
        """Return the first day after the span that begins on a day."""
        if self is Period.day:
            return start + timedelta(days=1)
        if self is Period.week:
            return start + timedelta(days=7)
        if self is Period.month:
            return (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        return start.replace(year=min(9999, start.year + (1 if self is Period.year else 10)))

    def in_words(self, start: date) -> str:
        """Return what the span that begins on a day is called."""
        if self is Period.week:
            return f"week of {start:%d %B} {start.year}".replace(" 0", " ")
        if self is Period.month:
            return f"{start:%B} {start.year}"
        if self is Period.year:
            return f"{start.year}"
        if self is Period.decade:
            return f"{start.year}s"
        return day_in_words(start)


def day_in_words(day: date) -> str:
    """Return a day as "3 March 2024"."""
    return f"{day.day} {day:%B} {day.year}"


_LONGEST = ((Period.day, 62), (Period.week, 550), (Period.month, 366 * 15), (Period.year, 366 * 150))
"""Up to how many days a range is counted in each span: between some twenty and some two hundred bars."""


_FEWEST = 12
"""Spans that a range has at least: one day alone is a bar among others, not a wall."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as precise as it is known: its first day, and the finest span that it can be counted under."""

    day: date
    precision: Period


def moment(value: str | None) -> Moment | None:
    """Return the moment of an ISO 8601 prefix, None where it has none or is no date."""
    found = _DATE.match(value or "")
    if not found:
        return None
    year, month, day = found.groups()
    precision = Period.day if day else Period.month if month else Period.year
    try:
        return Moment(date(int(year), int(month or 1), int(day or 1)), precision)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Range:
    """What a picture over time covers: spans of one length from ``first`` up to, not including, ``end``."""

    period: Period
    first: date
    end: date

    def holds(self, at: Moment) -> bool:
        """Say whether something of that moment can be counted under one of the spans."""
        return at.precision <= self.period and self.first <= at.day < self.end

    def ends_in_words(self, days: Iterable[date]) -> tuple[str, str]:
        """Return the first and the last of the days that are shown, as precise as the spans, such as "March 2024"."""
        ordered = sorted(days) or [self.first, self.end - timedelta(days=1)]
        period = Period.day if self.period is Period.week else self.period
        return period.in_words(period.start(ordered[0])), period.in_words(period.start(ordered[-1]))


def range_of(counts: Mapping[Moment, int]) -> Range | None:
    """Return the range that shows most of what is counted, None where nothing has a date.

    A few dates far from all others, most often misread ones, do not stretch the range: where the middle 98 % of more
    than fifty lie within a tenth of the whole, the range ends a little outside of them.
    """
    if not counts:
        return None
    precision, precise = _precise(counts)
    first, last = _extent(precise)
    days = (last - first).days
    period = max(precision, next((period for period, longest in _LONGEST if days <= longest), Period.decade))
    start, end = period.start(first), period.after(period.start(last))
    while _count(period, start, end) < _FEWEST:
        start, end = period.start(_minus(start, timedelta(days=1))), period.after(end)
    return Range(period, start, end)


def _count(period: Period, start: date, end: date) -> int:
    """Return about how many spans lie between two days."""
    return round((end - start).days / (period.after(start) - start).days)


def _extent(counts: Mapping[Moment, int]) -> tuple[date, date]:
    ordered = sorted((at.day, count) for at, count in counts.items())
    first, last = ordered[0][0], ordered[-1][0]
    total = sum(count for _, count in ordered)
    if total < 50:
        return first, last
    low, high = _quantile(ordered, total * 0.01), _quantile(ordered, total * 0.99)
    middle = max((high - low).days, 7)
    if (last - first).days <= 10 * middle:
        return first, last
    margin = timedelta(days=middle // 4)
    inside = [day for day, _ in ordered if _minus(low, margin) <= day <= _plus(high, margin)]
    return inside[0], inside[-1]


def _minus(day: date, by: timedelta) -> date:
    return day - by if day - date.min > by else date.min


def _plus(day: date, by: timedelta) -> date:
    return day + by if date.max - day > by else date.max


def _quantile(ordered: list[tuple[date, int]], rank: float) -> date:
    seen = 0
    for day, count in ordered:
        seen += count
        if seen >= rank:
            return day
    return ordered[-1][0]


def _precise(counts: Mapping[Moment, int]) -> tuple[Period, Mapping[Moment, int]]:
    """Return the dates that are known to the day where those are half of them, else to the month, else all."""
    total = sum(counts.values())
    for precision in (Period.day, Period.month):
        precise = {at: count for at, count in counts.items() if at.precision <= precision}
        if 2 * sum(precise.values()) >= total:
            return precision, precise
    return Period.year, counts


def milliseconds(day: date) -> int:
    """Return a day as Vega counts time: milliseconds since 1970, UTC."""
    return (day - _EPOCH).days * _MILLISECONDS


def period_of(table: pa.Table, column: str) -> str:
    """Return ", 3 March 2024 to May 2025" for the first and last date of a column, empty where it has none."""
    query = f"""SELECT min({column}) AS first, max({column}) AS last FROM t
                WHERE regexp_matches({column}, '^[12][0-9]{{3}}')"""  # noqa: S608 - a column of ours
    ends = counted(table, query)[0]
    first, last = moment(ends["first"]), moment(ends["last"])
    if not first or not last:
        return ""
    words = [at.precision.in_words(at.day) for at in (first, last)]
    return f", {words[0]}" if words[0] == words[1] else f", {words[0]} to {words[1]}"
