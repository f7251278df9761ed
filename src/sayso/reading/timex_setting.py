"""What a time expression is read against, and what reading it yields.

An expression is seen as the classes of its words. It is read against the day of publication, the last date of the
story, and the way its clause looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from spacy.tokens import Doc, Token

from sayso.knowledge.times import TimeKnowledge
from sayso.reading.timex_calendar import MONTHS, Point
from sayso.reading.timex_context import FUTURE, PAST, direction, follows
from sayso.reading.timex_tape import Match, Word
from sayso.records import TimexType

DIGITS = re.compile(r"\d+")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/\d{1,2}/\d{4}(?!\d)")
_NEAR = 60
_SEASON = 90


@dataclass(slots=True)
class Reading:
    """What an expression says; ``point`` is where it lies, for what follows to refer to."""

    type: TimexType
    value: str
    point: Point | None = None
    words: list[Word] | None = None
    explicit: bool = False


Readings = list[Reading] | None
"""What a rule yields: None where it does not apply after all, nothing for words that are no time."""


@dataclass(slots=True)
class Setting:
    """What an expression is read against: its place, the day of publication, and the story so far."""

    doc: Doc
    knowledge: TimeKnowledge
    published: date | None
    moment: datetime | None
    narrated: Point | None = None
    year: int | None = None
    _day_first: bool | None = None

    @property
    def day_first(self) -> bool:
        """Say whether some date of the text can only be read day first."""
        if self._day_first is None:
            self._day_first = any(int(m[1]) > 12 for m in _SLASHED.finditer(self.doc.text))
        return self._day_first

    @property
    def now(self) -> Point | None:
        """The day of publication as a point."""
        return Point("day", self.published) if self.published else None

    def at(self, unit: str, count: float = 0) -> Point | None:
        """Return the unit of the calendar that lies so many units from the day of publication."""
        return Point(unit, self.published).shifted(count) if self.published else None

    def in_story(self, unit: str, count: float = 0) -> Point | None:
        """Return the unit so many from the last date of the story, or from publication where it has none."""
        origin = self.narrated or self.now
        if origin is None or not fine_enough(origin.unit, unit):
            return None
        return Point(unit, origin.day).shifted(count)


@dataclass(slots=True)
class Parts:
    """A match by the classes of its words."""

    match: Match
    setting: Setting
    by_class: dict[str, list[Word]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_class = {}
        for word in self.match.words:
            self.by_class.setdefault(word.meaning.name, []).append(word)

    def word(self, *names: str) -> Word | None:
        """Return the first word of any of these classes."""
        return next((self.by_class[name][0] for name in names if name in self.by_class), None)

    def text(self, *names: str) -> str:
        """Return the spelling of the first word of these classes, or nothing."""
        word = self.word(*names)
        return word.text if word else ""

    def name(self, *names: str) -> str:
        """Return what the first word of these classes stands for, as a string; or nothing."""
        word = self.word(*names)
        return str(word.meaning.value) if word else ""

    def number(self, *names: str) -> int:
        """Return the digits or the value of the first word of these classes; 0 where there is none."""
        word = self.word(*names)
        if word is None:
            return 0
        digits = DIGITS.search(word.text)
        return int(digits.group()) if digits else int(word.meaning.value or 0)

    def looks(self) -> int:
        """Say whether the clause looks back, ahead, or does not tell."""
        words = self.match.expression
        return direction(self.setting.doc, words[0].start, words[-1].end, self.setting.knowledge)

    def determines(self, word: Word) -> bool:
        """Say whether the word points at what follows: no "that" which opens a clause, no "following" for "after"."""
        if word.text.lower() == "following":
            return self.word("the") is not None
        return word.text.lower() != "that" or self.setting.doc[word.start].tag_ == "DT"

    @property
    def which(self) -> str:
        """The word that says which: last, next, this ...; nothing where there is none."""
        word = self.word("which")
        return str(word.meaning.value) if word and self.determines(word) else ""

    @property
    def after(self) -> Token | None:
        """The token after all that the rule matched."""
        return follows(self.setting.doc, self.match.words[-1].end)

    @property
    def unit(self) -> str:
        """The unit named last."""
        words = self.by_class.get("units", []) + self.by_class.get("unit", [])
        return str(words[-1].meaning.value) if words else ""


def dated(point: Point | None, unknown: str, explicit: bool = False) -> list[Reading]:
    """Return a date as a reading, its unknown form where nothing tells which."""
    return [Reading("DATE", point.value if point else unknown, point, explicit=explicit)]


def on(day: date | None, unit: str = "day") -> Point | None:
    """Return the unit of the calendar that begins on a day, if there is such a day."""
    return Point(unit, day) if day else None


def nearest(parts: Parts, in_year: Callable[[int], date | None], span: int = 1) -> date | None:
    """Return the day of the year that is meant: of the story's year, or as the clause looks from publication.

    ``span`` is how many days long the thing is: a month in which the text was published has begun.
    """
    now, year = parts.setting.published, parts.setting.year
    if year is not None:
        return in_year(year)
    if now is None:
        return None
    days = [day for y in (now.year - 1, now.year, now.year + 1) if 1 <= y <= 9999 and (day := in_year(y))]
    begun = [day for day in days if day <= now]
    coming = [day for day in days if (day - now).days > -span]
    looks = parts.looks()
    if looks == PAST and begun and not (span < _SEASON and coming and _overdue(coming[0] - now, now - begun[-1])):
        return begun[-1]
    if looks == FUTURE and coming and not (span == 1 and begun and _overdue(now - begun[-1], coming[0] - now)):
        return coming[0]
    return min(days, key=lambda day: abs((day - now).days), default=None)


def _overdue(other: timedelta, looked_for: timedelta) -> bool:
    """Say whether the date on the side where the clause looks is most of a year off, and the other one near.

    A writer who means the far one names its year, or says "last" and "next": "he must leave by January 14", read on
    the 15th, and "she was subpoenaed to testify on February 10", read on the 7th of January, mean the near one.
    """
    return other.days <= _NEAR and looked_for.days > 365 - 2 * _NEAR


def of_which_year(parts: Parts, in_year: Callable[[int], date | None], unit: str) -> date | None:
    """Return the last, next, this, previous ... of the days that come once a year."""
    which = parts.which
    story = which in ("previous", "following", "that")
    origin = parts.setting.narrated or parts.setting.now if story else parts.setting.now
    if origin is None:
        return None
    start = date(origin.day.year, origin.day.month, 1) if unit == "month" else origin.day
    if which in ("this", "that"):
        return in_year(start.year)
    days = [day for y in range(max(1, start.year - 1), min(9999, start.year + 1) + 1) if (day := in_year(y))]
    if which in ("last", "past", "previous"):
        return max((day for day in days if day < start), default=None)
    return min((day for day in days if day > start), default=None)


def fine_enough(known: str, wanted: str) -> bool:
    """Say whether a point of one unit lies within one of another: a day within a month, not the reverse."""
    size = {"day": 0, "week": 1, "weekend": 1, "fortnight": 1}
    return size.get(known, 2 + MONTHS.get(known, 0)) <= size.get(wanted, 2 + MONTHS.get(wanted, 0))


def amount(parts: Parts) -> float | str:
    """Return the number that the words give, "X" where they are vague."""
    total = 0.0
    for word in parts.match.words:
        name, value = word.meaning.name, word.meaning.value
        if value == "X":
            return "X"
        if name in ("small", "number_token", "year"):
            total += float(word.text.replace(",", ""))
        elif name == "word" and isinstance(value, int | float):
            total = total * value if value >= 100 and total else total + value
        elif name in ("fraction", "half"):
            total += float(value)
    return total or 1.0
