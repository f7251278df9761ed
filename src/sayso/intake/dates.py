"""Dates of publication as people and programs write them, made ISO 8601."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = 1600
"""No newspaper is older: an earlier year is a mistake, or a year that was made up for want of one."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
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


def iso(value: str | date) -> str | None:
    """Return a date or datetime as ISO 8601, or None where it cannot be told which one is meant.

    Understood are ISO 8601 itself, RFC 2822, "25 Oct 2024", "October 25, 2024", "2024/10/25", "25.10.2024",
    "20241025" and "20241025093000". A time of day is kept only in the first two. A date and a datetime at midnight
    without a zone, which is how tables hold dates, come out as a date.
    """
    if isinstance(value, date):
        return _plain(value)
    text = " ".join(value.split())[:80]
    found = _standard(text) or _written(text)
    return None if found is None or found.year < EARLIEST else _plain(found)


def is_future(published: str) -> bool:
    """Say whether an ISO date lies more than a day ahead: it may be tomorrow where the writer is."""
    day = date.fromisoformat(published[:10])
    return day > datetime.now(UTC).date() + timedelta(days=1)


def _plain(value: date) -> str:
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == datetime.min.time():
        value = value.date()
    return value.isoformat()


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
            month = found["month"].lower()
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
            with suppress(ValueError):
                return date(int(found["year"]), number, int(found["day"]))
    return None
