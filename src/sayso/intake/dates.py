"""Dates of publication as people and programs write them, made ISO 8601 and no more precise than they are.

A date is a day ("2024-10-25"), a datetime, or only the month or the year of one ("2024-10", "2024").
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = 1600
"""No newspaper is older: an earlier year is a mistake, or a year that was made up for want of one."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = r"(?P<month>(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b{_DAY}[\s-]+{_MONTH},?[\s-]+{_YEAR}",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"^{_YEAR}[/.](?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}})(?!\d)",
        rf"^(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        r"^(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:\d{6})?$",
        # 10/25/2024 and 25/10/2024, but not 5/10/2024, which is May here and October there
        rf"^(?P<month>\d{{1,2}})/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}",
        rf"^(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{{1,2}})/{_YEAR}",
    )
)
_PREFIXES = (
    re.compile(r"(?P<year>\d{4})(?:[-/](?P<month>\d\d))?"),
    re.compile(rf"{_MONTH},?[\s-]{_YEAR}"),
    re.compile(r"(?P<month>\d\d)/(?P<year>\d{4})"),
)


def iso(value: str | date) -> str | None:
    """Return a date, datetime, month or year as ISO 8601, or None where it cannot be told which one is meant.

    Understood are ISO 8601 itself, RFC 2822, "25 Oct 2024", "October 25, 2024", "2024/10/25", "25.10.2024",
    "20241025" and "20241025093000", and of less "2024-10", "October 2024" and "2024". A time of day is kept only in the
    first two. A datetime at exactly midnight, which is how programs write a day, comes out as a date.
    """
    if isinstance(value, date):
        return _plain(value)
    text = " ".join(value.split())[:80]
    if prefix := _prefix(text):
        return prefix
    found = _standard(text) or _written(text)
    return None if found is None or found.year < EARLIEST else _plain(found)


def first_day(published: str) -> date:
    """Return the first day of an ISO date, datetime, month or year."""
    return date.fromisoformat(f"{published}-01-01"[: len("2024-10-25")])


def last_day(published: str) -> date:
    """Return the last day of an ISO date, datetime, month or year."""
    if len(published) == len("2024"):
        return date(int(published), 12, 31)
    first = first_day(published)
    return first.replace(day=monthrange(first.year, first.month)[1]) if len(published) == len("2024-10") else first


def days_apart(one: str, other: str) -> int:
    """Return how many days lie between two ISO dates, months or years; 0 where they overlap."""
    return max(0, (first_day(other) - last_day(one)).days, (first_day(one) - last_day(other)).days)


def is_future(published: str, today: str | None = None) -> bool:
    """Say whether an ISO date, or the month or year, begins more than a day ahead: writers may be in another zone.

    ``today`` is the day on which a document was fetched, where that was not today: nothing is published after it.
    """
    now = first_day(today) if today else datetime.now(UTC).date()
    return first_day(published) > now + timedelta(days=1)


def _plain(value: date) -> str:
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    return value.isoformat()


def _prefix(text: str) -> str | None:
    for form in _PREFIXES:
        if found := form.fullmatch(text):
            year, month = found["year"], found["month"]
            number = _month(month) if month else 1
            if int(year) < EARLIEST or not 1 <= number <= 12:
                return None
            return f"{year}-{number:02}" if month else year
    return None


def _standard(text: str) -> date | None:
    with suppress(ValueError):
        if re.match(r"\d{4}-\d\d-\d\d$", text):
            return date.fromisoformat(text)
        if re.match(r"\d{4}-\d\d-\d\d[T ]\d\d", text):
            return datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(text)
    return None


def _written(text: str) -> date | None:
    for form in _FORMS:
        if found := form.search(text):
            with suppress(ValueError):
                return date(int(found["year"]), _month(found["month"]), int(found["day"]))
    return None


def _month(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS.index(word[:3].lower()) + 1
