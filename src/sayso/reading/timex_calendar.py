"""Calendar arithmetic in TIMEX3 values: points of a certain coarseness, steps by a unit, feasts and seasons."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.knowledge.times import Holiday

UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "fortnight": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
    "millennium": "X",
}
"""What a calendar unit looks like when nothing says which one."""

DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3, "season": 12, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
SECONDS = {"second": 1, "minute": 60, "hour": 3600}

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of a season; winter belongs to the year in which it begins."""

_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y",
    "decade": "DE", "century": "CE", "millennium": "ML",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of the calendar, named by its unit and a day within it."""

    unit: str
    day: date
    season: str = ""

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        year, month = self.day.year, self.day.month
        iso_year, week, _ = self.day.isocalendar()
        match self.unit:
            case "day":
                return self.day.isoformat()
            case "week" | "fortnight":
                return f"{iso_year:04}-W{week:02}"
            case "weekend":
                return f"{iso_year:04}-W{week:02}-WE"
            case "month":
                return f"{year:04}-{month:02}"
            case "quarter":
                return f"{year:04}-Q{(month + 2) // 3}"
            case "season":
                return f"{year:04}-{self.season}"
            case "year":
                return f"{year:04}"
        return f"{year:04}"[: {"decade": 3, "century": 2, "millennium": 1}[self.unit]]

    def shifted(self, count: float) -> Point | None:
        """Return the point so many of its own units later; None beyond the calendar's years."""
        moved = shift(self.day, self.unit, count)
        return None if moved is None else Point(self.unit, moved, self.season)


def shift(day: date, unit: str, count: float) -> date | None:
    """Return the day so many units later (earlier where negative); None beyond the calendar's years."""
    try:
        if unit in DAYS:
            return day + timedelta(days=round(DAYS[unit] * count))
        months = day.year * 12 + day.month - 1 + round(MONTHS[unit] * count)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def valid_day(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def duration(unit: str, count: float | str) -> str:
    """Return the TIMEX3 value of so many units; the count may be "X" for an unknown one."""
    if unit == "fortnight":
        unit, count = "week", count if isinstance(count, str) else count * 2
    if unit == "weekend":
        unit, count = "day", count if isinstance(count, str) else count * 2
    letters = _LETTERS[unit]
    if unit == "hour" and isinstance(count, float) and count % 1 == 0.5 and count > 1:
        return f"PT{int(count)}H30M"
    if unit == "hour" and count == 0.5:
        return "PT30M"
    number = count if isinstance(count, str) else f"{count:g}" if count < 1e6 else f"{count:.0f}"
    return f"PT{number}{letters[1]}" if letters[0] == "T" else f"P{number}{letters}"


def season_year(day: date, season: str) -> int:
    """Return the year whose season of this name holds the day or comes next."""
    return day.year - 1 if season == "WI" and day.month <= 2 else day.year


def season_start(year: int, season: str) -> date | None:
    """Return the first day of a season; None beyond the calendar's years."""
    return valid_day(year, SEASON_MONTHS[season], 1)


def season_end(year: int, season: str) -> date | None:
    """Return the first day after a season; None beyond the calendar's years."""
    start = season_start(year, season)
    return start and shift(start, "month", 3)


def holiday_date(holiday: Holiday, year: int) -> date | None:
    """Return the day of a holiday in a year."""
    if holiday.easter is not None:
        easter = easter_sunday(year)
        return easter and shift(easter, "day", holiday.easter)
    assert holiday.month is not None
    if holiday.day is not None:
        return valid_day(year, holiday.month, holiday.day)
    assert holiday.weekday is not None
    assert holiday.nth is not None
    return _nth_weekday(year, holiday.month, holiday.weekday, holiday.nth)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    first, length = calendar.monthrange(year, month)
    days = range(1 + (weekday - 1 - first) % 7, length + 1, 7)
    return date(year, month, days[nth if nth < 0 else nth - 1])


def easter_sunday(year: int) -> date | None:
    """Return the Gregorian Easter Sunday (the anonymous algorithm, after Meeus, Astronomical Algorithms)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return valid_day(year, month, day + 1)
