"""Where an axis has its ticks, and what they are called: days, months and years, or round numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LOG_BEYOND = 20.0
"""Numbers that span more than this factor stand on a scale of powers of ten: on a linear one the small ones touch."""

_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 1000)


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers between ``low`` and ``high`` on a line of so many pixels, by value or by power of ten."""

    low: float
    high: float
    left: float
    right: float
    is_log: bool = False

    def at(self, value: float) -> float:
        """Return where a number stands; what lies outside stands at the nearer end."""
        inside = min(max(value, self.low), self.high)
        if self.is_log:
            share = math.log(inside / self.low) / math.log(self.high / self.low)
        else:
            share = (inside - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)

    def ticks(self, most: int) -> list[float]:
        """Return at most about so many round numbers between the ends."""
        return list(_powers(self.low, self.high) if self.is_log else _steps(self.low, self.high, most))


def scale_of(values: list[float], left: float, right: float) -> Scale:
    """Return a scale that holds all of some numbers that are not negative, from nought where it is linear."""
    positive = [value for value in values if value > 0] or [1.0]
    least, greatest = min(positive), max(positive)
    if greatest / least > LOG_BEYOND:
        return Scale(_rounded(least / 1.5, down=True), _rounded(greatest * 1.2), left, right, is_log=True)
    return Scale(0.0, greatest * 1.08, left, right)


def _rounded(value: float, *, down: bool = False) -> float:
    """Return the nearest of 1, 2 and 5 times a power of ten above, or below, a number."""
    power = 10.0 ** math.floor(math.log10(value))
    steps = [factor * power for factor in (1, 2, 5, 10)]
    return max(s for s in steps if s <= value * 1.0001) if down else min(s for s in steps if s >= value * 0.9999)


def _powers(low: float, high: float) -> Iterator[float]:
    factors = (1, 2, 5) if high / low < 1_000 else (1,)
    for exponent in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        yield from (f * 10.0**exponent for f in factors if low * 0.999 <= f * 10.0**exponent <= high * 1.001)


def _steps(low: float, high: float, most: int) -> Iterator[float]:
    step = _rounded(max((high - low) / most, 1e-9))
    step = max(1.0, step) if high > 2 else step
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield number * step


def days(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """Return at most about so many days from the first to the last, with what they are called: "11 Mar", "2025"."""
    span = (last - first).days + 1
    for step in _DAYS:
        if span / step <= most:
            found = [first + timedelta(days=n) for n in range(0, span, step)]
            return _named(found, "{d.day} {d:%b}")
    for months in _MONTHS:
        if span / (months * 30.4) <= most:
            return _named([d for d in _firsts(first, last) if (d.month - 1) % months == 0], "{d:%b}")
    years = next((years for years in _YEARS if span / (years * 365.25) <= most), _YEARS[-1])
    found = [d for d in _firsts(first, last) if d.month == 1 and d.year % years == 0]
    return [(d, f"{d.year}") for d in found]


def _firsts(first: date, last: date) -> Iterator[date]:
    """Yield the first days of the months between two days."""
    at = first if first.day == 1 else _next_month(first)
    while at <= last and at.year < date.max.year:
        yield at
        at = _next_month(at)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _named(found: list[date], form: str) -> list[tuple[date, str]]:
    """Return days with their names, and with the year where it is another than before."""
    named, year = [], None
    for day in found:
        name = form.format(d=day)
        named.append((day, name if day.year == year else f"{name} {day.year}"))
        year = day.year
    return named
