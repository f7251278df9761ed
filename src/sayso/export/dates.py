"""Dates as other formats want them: a whole day for every event, and times of the clock in UTC."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

_YEAR, _MONTH = re.compile(r"\d{4}"), re.compile(r"\d{4}-\d\d")


@dataclass(frozen=True, slots=True)
class Days:
    """The days between which something happened, both included; ``reported`` if only its report has a date."""

    first: date
    last: date
    reported: bool


def days(happened: str | None, published: str | None) -> Days | None:
    """Return the days of an event, from its own date, else from that of its report; None where neither is known.

    Both are ISO 8601 prefixes: a month lasts from its first day to its last.
    """
    for prefix, reported in ((happened, False), (published, True)):
        spanned = _spanned(prefix) if prefix else None
        if spanned is not None:
            return Days(*spanned, reported)
    return None


def _spanned(prefix: str) -> tuple[date, date] | None:
    year, month = prefix[:4], prefix[5:7]
    try:
        if _MONTH.fullmatch(prefix):
            first = date(int(year), int(month), 1)
            return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
        if _YEAR.fullmatch(prefix):
            return date(int(year), 1, 1), date(int(year), 12, 31)
        day = _day(prefix)
    except ValueError:  # what is in no calendar
        return None
    return day, day


def _day(text: str) -> date:
    """Return the day of a date or time, whatever stands after it: parts of a day have no ISO form. A week has none."""
    if "W" in text:
        raise ValueError(text)
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return date.fromisoformat(text[:10])


def moment(value: Any) -> datetime | None:
    """Return a time in UTC, to the second; a time without a zone is taken for UTC, and what is no time for none."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).replace(microsecond=0)
