"""Where an axis has its ticks, and what they are called: days, months and years, or round numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sayso.plotting.lettering import width_of

LOG_BEYOND = 20.0
"""Numbers that span more than this factor stand on a scale of powers of ten: on a linear one the small ones touch."""

_DAYS = (1, 2, 3, 4, 7, 10, 14)
_WEEKS = (21, 28)
_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 1000)
_DAY, _YEAR = "{d.day} {d:%b}", "{d.year}"
_MOST_STEPS = 6
_APART = 8
"""Pixels between the names of two ticks."""
_NOUGHT = 48
"""Pixels from nought to the least power of ten on a logarithmic scale, which itself never comes to nought."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers between ``low`` and ``high`` on a line of so many pixels, by value or by power of ten.

    ``nought`` is where 0 stands on a scale by power of ten, apart from the line, None where there is no 0 to show;
    ``is_whole`` says that there is nothing between 1 and 2 to name.
    """

    low: float
    high: float
    left: float
    right: float
    is_log: bool = False
    is_whole: bool = False
    nought: float | None = None

    def at(self, value: float) -> float:
        """Return where a number stands; what lies outside stands at the nearer end."""
        if value <= 0 and self.nought is not None:
            return self.nought
        inside = min(max(value, self.low), self.high)
        if self.is_log:
            share = math.log(inside / self.low) / math.log(self.high / self.low)
        else:
            share = (inside - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)

    def ticks(self, size: float) -> list[tuple[float, str]]:
        """Return round numbers between the ends with what they are called: as many as have room in such letters."""
        named = [(0.0, "0")] if self.nought is not None else []
        for found in self._rounds():
            ticks = [*named, *((value, f"{value:,.15g}") for value in found)]
            if all(self._apart(one, other, size) for one, other in pairwise(ticks)):
                return ticks
        return named or [(self.low, f"{self.low:,.15g}")]

    def _apart(self, one: tuple[float, str], other: tuple[float, str], size: float) -> bool:
        room = self.at(other[0]) - self.at(one[0])
        return (width_of(one[1], size) + width_of(other[1], size)) / 2 + _APART <= room

    def _rounds(self) -> Iterator[list[float]]:
        """Yield round numbers between the ends, fewer and fewer."""
        if self.is_log:
            if self.high / self.low < 1_000:
                yield list(_powers(self.low, self.high, (1, 2, 5)))
            powers = list(_powers(self.low, self.high, (1,)))
            yield from (powers[::step] for step in range(1, len(powers) + 1))
        else:
            yield from (list(_steps(self.low, self.high, most, self.is_whole)) for most in range(_MOST_STEPS, 1, -1))


def scale_of(values: list[float], left: float, right: float) -> Scale:
    """Return a scale that holds all of some numbers that are not negative, from nought where it is linear."""
    positive = [value for value in values if value > 0] or [1.0]
    least, greatest = min(positive), max(positive)
    is_whole = all(value == int(value) for value in values)
    if greatest / least > LOG_BEYOND:
        low = max(_rounded(least / 1.5, down=True), 1.0 if is_whole else 0.0)
        nought = left if min(values) <= 0 else None
        first = left if nought is None else left + _NOUGHT
        return Scale(low, _rounded(greatest * 1.2), first, right, is_log=True, is_whole=is_whole, nought=nought)
    return Scale(0.0, greatest * 1.08, left, right, is_whole=is_whole)


def _rounded(value: float, *, down: bool = False) -> float:
    """Return the nearest of 1, 2 and 5 times a power of ten above, or below, a number."""
    power = 10.0 ** math.floor(math.log10(value))
    steps = [factor * power for factor in (1, 2, 5, 10)]
    return max(s for s in steps if s <= value * 1.0001) if down else min(s for s in steps if s >= value * 0.9999)


def _powers(low: float, high: float, factors: Iterable[int]) -> Iterator[float]:
    for exponent in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        yield from (f * 10.0**exponent for f in factors if low * 0.999 <= f * 10.0**exponent <= high * 1.001)


def _steps(low: float, high: float, most: int, is_whole: bool) -> Iterator[float]:
    step = _rounded(max((high - low) / most, 1e-9))
    step = max(1.0, step) if is_whole else step
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield number * step


def days(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """Return at most so many days from the first to the last, with what they are called: "11 Mar", "2025".

    The finest steps that are few enough and leave three, or two; where none does, the first and the last day.
    """
    steps = list(_calendar(first, last, most))
    for fewest in (3, 2):
        for found, form in steps:
            if fewest <= len(found) <= most:
                return _named(found, form)
    return _named(sorted({first, last}), _DAY)


def _calendar(first: date, last: date, most: int) -> Iterator[tuple[list[date], str]]:
    """Yield days that could be named between two days, with the form of their names: whole months before odd weeks."""
    least = ((last - first).days + 1) / most
    months = list(_firsts(first, last))
    yield from ((_every(step, first, last), _DAY) for step in _DAYS if step >= least)
    yield from (([d for d in months if (d.month - 1) % step == 0], "{d:%b}") for step in _MONTHS)
    yield from ((_every(step, first, last), _DAY) for step in _WEEKS if step >= least)
    yield from (([d for d in months if d.month == 1 and d.year % step == 0], _YEAR) for step in _YEARS)


def _every(step: int, first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]


def _firsts(first: date, last: date) -> Iterator[date]:
    """Yield the first days of the months between two days."""
    at = first if first.day == 1 else _next_month(first)
    while at <= last and at.year < date.max.year:
        yield at
        at = _next_month(at)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _named(found: list[date], form: str) -> list[tuple[date, str]]:
    """Return days with their names, and with the year where it is another than before and no part of the name."""
    named: list[tuple[date, str]] = []
    year = None
    for day in found:
        name = form.format(d=day)
        named.append((day, name if day.year == year or form == _YEAR else f"{name} {day.year}"))
        year = day.year
    return named
