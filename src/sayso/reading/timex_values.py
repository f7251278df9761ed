"""From the words of a time expression to its TIMEX3 type and value.

Each way of reading that ``times.yaml`` names is a function here. It returns what it read, an empty list for words that
look like a time and are none, or None where its rule does not apply after all and the next may try.

Granularity follows the unit: two years before is a year, three days before a day. Where there is no day of
publication and no date in the story, digits that nothing tells are X.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from spacy.tokens import Doc

from sayso.knowledge.times import TimeKnowledge
from sayso.reading.timex_calendar import (
    MONTHS,
    SECONDS,
    UNKNOWN,
    Point,
    duration,
    holiday_date,
    season_end,
    season_start,
    season_year,
    shift,
    valid_day,
)
from sayso.reading.timex_context import FUTURE, OPEN, PAST, direction, follows, is_count, is_month
from sayso.reading.timex_tape import Match, Word
from sayso.records import TimexType

_DIGITS = re.compile(r"\d+")
_YEAR_STEPS = {"last": -1, "this": 0, "next": 1, "previous": -1, "following": 1}
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/\d{1,2}/\d{4}(?!\d)")
_NEAR = 60
"""A date within so many days of publication is meant even where the verb looks the other way ..."""
_FAR = 365 - 2 * _NEAR
"""... and the date on the side where it looks is so many days off: "the deadline, set for January 14, was lifted"."""


@dataclass(slots=True)
class Reading:
    """What an expression says; ``point`` is where it lies, for what follows to refer to."""

    type: TimexType
    value: str
    point: Point | None = None
    words: list[Word] | None = None
    explicit: bool = False


Readings = list[Reading] | None


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
        if origin is None or not _fine_enough(origin.unit, unit):
            return None
        return Point(unit, origin.day).shifted(count)


def _fine_enough(known: str, wanted: str) -> bool:
    size = {"day": 0, "week": 1, "weekend": 1, "fortnight": 1}
    return size.get(known, 2 + MONTHS.get(known, 0)) <= size.get(wanted, 2 + MONTHS.get(wanted, 0))


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
        digits = _DIGITS.search(word.text)
        return int(digits.group()) if digits else int(word.meaning.value or 0)

    def looks(self) -> int:
        """Say whether the clause looks back, ahead, or does not tell."""
        words = self.match.expression
        return direction(self.setting.doc, words[0].start, words[-1].end, self.setting.knowledge)

    def determines(self, word: Word) -> bool:
        """Say whether a "that" points at what follows rather than opening a clause."""
        return word.text.lower() != "that" or self.setting.doc[word.start].tag_ == "DT"

    @property
    def which(self) -> str:
        """The word that says which: last, next, this ...; nothing where there is none."""
        word = self.word("which")
        return str(word.meaning.value) if word and self.determines(word) else ""

    @property
    def unit(self) -> str:
        """The unit named last."""
        words = self.by_class.get("units", []) + self.by_class.get("unit", [])
        return str(words[-1].meaning.value) if words else ""


def read(match: Match, setting: Setting) -> Readings:
    """Return what a match says, or None where its rule does not apply."""
    return READINGS[match.rule.rule.reading](Parts(match, setting))


def _date(point: Point | None, unknown: str, explicit: bool = False) -> list[Reading]:
    return [Reading("DATE", point.value if point else unknown, point, explicit=explicit)]


# -- which year: dates that name none -----------------------------------------------------------------------------------


def _nearest(parts: Parts, in_year: Callable[[int], date | None], span: int = 1) -> date | None:
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
    nearest = min(days, key=lambda day: abs((day - now).days), default=None)
    if nearest and abs((nearest - now).days) <= _NEAR:
        return nearest if looks == OPEN or not begun or not coming else _as_it_looks(looks, begun[-1], coming[0], now)
    if looks == FUTURE and coming:
        return coming[0]
    return begun[-1] if looks == PAST and begun else nearest


def _as_it_looks(looks: int, begun: date, coming: date, now: date) -> date:
    """Return the date on the side where the clause looks, unless it is most of a year off and the other is near."""
    back, ahead = (now - begun).days, (coming - now).days
    if looks == PAST:
        return coming if back > _FAR else begun
    return begun if ahead > _FAR else coming


# -- dates in full ------------------------------------------------------------------------------------------------------


def _nothing(parts: Parts) -> Readings:
    return []


def _stated(parts: Parts) -> Readings:
    word = parts.match.expression[0]
    if word.meaning.name == "often":
        token = parts.setting.doc[word.start]
        if token.text[0].isupper() and not token.is_sent_start:
            return None
        return [Reading("SET", str(word.meaning.value))]
    return [Reading("DATE", str(word.meaning.value))]


def _the_moment(parts: Parts) -> Readings:
    """Read "at the moment", not "at the moment they arrived"."""
    after = follows(parts.setting.doc, parts.match.words[-1].end)
    alone = after is None or after.tag_ not in ("DT", "PRP", "PRP$", "NNP", "NN", "NNS", "IN", "WRB", "WDT")
    return _date(None, "PRESENT_REF") if alone and parts.text("at", "for").lower() in ("at", "for") else None


def _iso(parts: Parts) -> Readings:
    numbers = _DIGITS.findall("-".join(word.text for word in parts.match.words))
    year, month, day, *clock = map(int, numbers)
    found = valid_day(year, month, day)
    if found is None:
        return None
    point = Point("day", found)
    if clock:
        return [Reading("TIME", f"{point.value}T{clock[0]:02}:{clock[1]:02}", point, explicit=True)]
    return _date(point, "", explicit=True)


def _numeric(parts: Parts) -> Readings:
    """Read 10/25/2024: month first, as in US copy, unless that cannot be, dots are used, or the text is day-first."""
    text = parts.match.words[0].text
    first, second, year = map(int, _DIGITS.findall(text))
    orders = [(first, second), (second, first)]
    if "." in text or parts.setting.day_first:
        orders.reverse()
    for month, day in orders:
        found = valid_day(year, month, day)
        if found:
            return _date(Point("day", found), "", explicit=True)
    return None


def _fused(parts: Parts) -> Readings:
    name, day = parts.match.words[0].text.lower().split(".")
    meaning = parts.setting.knowledge.words[name]
    return _day_of_month(parts, int(meaning.value), int(day), parts.number("year"))


def _calendar(parts: Parts) -> Readings:
    month, year = parts.number("month"), parts.number("year")
    day_word = parts.word("small", "nth")
    if day_word is None:
        found = valid_day(year, month, 1)
        return _date(found and Point("month", found), "", explicit=True)
    if day_word is parts.match.words[-1] and _counts(parts, day_word):
        return None
    return _day_of_month(parts, month, parts.number("small", "nth"), year)


def _counts(parts: Parts, word: Word) -> bool:
    """Say whether a number after a month counts what follows: "In March 15 people"."""
    after = follows(parts.setting.doc, word.end)
    return after is not None and after.tag_ == "NNS" and parts.setting.doc[word.start].head.i == after.i


def _day_of_month(parts: Parts, month: int, day: int, year: int) -> Readings:
    if day < 1 or valid_day(2000, month, day) is None:
        return None
    year = year or _known_year(parts, month, day) or _year_of_weekday(parts, month, day)
    found = valid_day(year, month, day) if year else _nearest(parts, lambda y: valid_day(y, month, day))
    return _date(found and Point("day", found), f"XXXX-{month:02}-{day:02}", explicit=True)


def _known_year(parts: Parts, month: int, day: int) -> int:
    after = follows(parts.setting.doc, parts.match.words[-1].end)
    for known in parts.setting.knowledge.known_days:
        if (known.month, known.day) == (month, day) and after is not None and after.lower_ in known.before:
            return known.year
    return 0


def _year_of_weekday(parts: Parts, month: int, day: int) -> int:
    """Return the year near publication in which the day falls on the weekday that the text gives it; or 0."""
    weekday, now = parts.number("weekday"), parts.setting.published
    if not weekday or now is None:
        return 0
    for year in (now.year, now.year - 1, now.year + 1):
        found = valid_day(year, month, day)
        if found and found.isoweekday() == weekday:
            return year
    return 0


def _bare_month(parts: Parts) -> Readings:
    word = parts.word("month")
    assert word is not None
    if len(parts.match.words) == 1 and not is_month(parts.setting.doc, word.start):
        return None
    month = int(word.meaning.value)
    found = _nearest(parts, lambda year: valid_day(year, month, 1), span=31)
    return _date(found and Point("month", found), f"XXXX-{month:02}", explicit=True)


def _which_month(parts: Parts) -> Readings:
    month, day = parts.number("month"), parts.number("small", "nth") or 1
    if not parts.which:
        return None
    unit = "day" if parts.word("small", "nth") else "month"
    found = _which_year(parts, lambda year: valid_day(year, month, day), unit)
    return _date(found and Point(unit, found), f"XXXX-{month:02}" + (f"-{day:02}" if unit == "day" else ""))


def _month_of_year(parts: Parts) -> Readings:
    year = _stated_year(parts) if parts.unit == "year" else None
    month = parts.number("month")
    if parts.unit != "year" or parts.which not in _YEAR_STEPS:
        return None
    return _date(year and Point("month", date(year, month, 1)) or None, f"XXXX-{month:02}")


def _which_year(parts: Parts, in_year: Callable[[int], date | None], unit: str) -> date | None:
    """Return the last, next, this, previous ... day that comes once a year."""
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


def _nth(parts: Parts) -> Readings:
    after = follows(parts.setting.doc, parts.match.words[-1].end)
    if after is not None and after.tag_ in ("NN", "NNS", "NNP", "NNPS", "JJ", "CD", "HYPH", "VBN"):
        return None
    origin = parts.setting.narrated or parts.setting.now
    day = parts.number("nth")
    found = valid_day(origin.day.year, origin.day.month, day) if origin and origin.unit in ("day", "month") else None
    return _date(found and Point("day", found), f"XXXX-XX-{day:02}")


def _days_of_month(parts: Parts) -> Readings:
    """Read "Oct. 24-26" and "24 and 26 October" as two days; both take the month, the second holds the year."""
    words = parts.match.words
    days = [i for i, word in enumerate(words) if word.meaning.name in ("small", "nth")]
    if len(days) != 2 or _counts(parts, words[days[1]]):
        return None
    readings: list[Reading] = []
    for position, covered in zip(days, (words[: days[0] + 1], words[days[1] :]), strict=True):
        digits = _DIGITS.search(words[position].text)
        found = _day_of_month(parts, parts.number("month"), int(digits.group()) if digits else 0, parts.number("year"))
        if not found:
            return None
        found[0].words = covered
        readings += found
    return readings


def _year(parts: Parts) -> Readings:
    word = parts.word("year", "prefixed_year")
    assert word is not None
    year = parts.number("year", "prefixed_year")
    alone = len(parts.match.words) == 1
    if alone and word.meaning.name == "year" and (year < 1400 or is_count(parts.setting.doc, word.start, parts.setting.knowledge)):
        return None
    return _date(Point("year", date(year, 1, 1)), "", explicit=True)


def _years(parts: Parts) -> Readings:
    """Read "2003-04" and "1914–1918" as two years."""
    text = "".join(word.text for word in parts.match.words)
    first, second = _DIGITS.findall(text)[:2]
    end = int(first[: 4 - len(second)] + second)
    if len(second) not in (2, 4) or not int(first) < end <= int(first) + 150:
        return None
    words, years = parts.match.words, (int(first), end)
    if len(words) == 1:
        halves = _halves(words[0], len(first), len(second))
    else:
        halves = ([words[0]], [words[-1]])
    return [
        Reading("DATE", f"{year}", Point("year", date(year, 1, 1)), covered, explicit=True)
        for year, covered in zip(years, halves, strict=True)
    ]


def _halves(word: Word, first: int, second: int) -> tuple[list[Word], list[Word]]:
    text = word.text
    return (
        [Word(word.start, word.end, text[:first], word.meaning)],
        [Word(word.start, word.end, text[len(text) - second :], word.meaning)],
    )


def _decade(parts: Parts) -> Readings:
    named = parts.word("decade", "short_decade")
    if named is None:
        year = parts.text("year")
        return _date(None, year[:3]) if year.endswith("0") else None
    if named.meaning.name == "short_decade":
        return _date(None, "19" + named.text[0]) if parts.word("quote") or _points_at_decade(parts, named) else None
    digits = _DIGITS.search(named.text)
    if digits:
        return _date(None, digits.group()[:3])
    return _date(None, str(named.meaning.value)) if parts.word("the") or parts.word("edge") else None


def _points_at_decade(parts: Parts, named: Word) -> bool:
    after = follows(parts.setting.doc, named.end)
    return bool(parts.word("the")) and named.text[0] in "6789" and not (after and after.lower_ in ("degrees", "percent"))


def _century(parts: Parts) -> Readings:
    number = parts.number("nth", "ordinal")
    return _date(None, f"{number - 1:02}") if parts.unit == "century" and number > 0 else None


# -- quarters, halves, seasons, holidays -----------------------------------------------------------------------------------


def _stated_year(parts: Parts) -> int | None:
    """Return the year that the words give: by its number, or as last, this or next year."""
    if parts.word("year"):
        return parts.number("year")
    point = parts.setting.at("year", _YEAR_STEPS.get(parts.which, 0))
    return point.day.year if point else None


def _quarter(parts: Parts) -> Readings:
    unit = parts.word("unit")
    number = parts.number("quarter_of_year") if parts.word("quarter_of_year") else parts.number("ordinal")
    quarter_word = parts.by_class.get("unit", [None])[0]
    if unit is not None and (quarter_word is None or quarter_word.meaning.value != "quarter") or not 1 <= number <= 4:
        return None
    if parts.word("year") or parts.word("which") or len(parts.by_class.get("unit", ())) > 1:
        year = _stated_year(parts)
        return _date(year and Point("quarter", date(year, 3 * number, 1)) or None, f"XXXX-Q{number}")
    found = _nearest(parts, lambda y: valid_day(y, 3 * number - 2, 1), span=92)
    return _date(found and Point("quarter", found), f"XXXX-Q{number}")


def _half_year(parts: Parts) -> Readings:
    number = parts.number("half_of_year") if parts.word("half_of_year") else parts.number("ordinal")
    if number not in (1, 2) or (parts.unit not in ("", "year")):
        return None
    year = _stated_year(parts)
    return [Reading("DATE", f"{year or 'XXXX'}-H{number}")]


def _season(parts: Parts) -> Readings:
    word = parts.word("season")
    assert word is not None
    season = str(word.meaning.value)
    after = follows(parts.setting.doc, word.end)
    if not parts.word("year") and not _is_season(parts, word, after.lower_ if after is not None else ""):
        return None
    if parts.word("year"):
        year: int | None = parts.number("year")
    else:
        year = _season_year(parts, season)
    point = Point("season", season_start(year, season), season) if year else None
    return _date(point, f"XXXX-{season}")


def _is_season(parts: Parts, word: Word, after: str) -> bool:
    """Say whether "fall" and "spring" are seasons where no year follows, and not a collapse, a leap or a well."""
    token = parts.setting.doc[word.start]
    if token.pos_ == "VERB" or after == "of" or (parts.word("which") and not parts.which):
        return False
    if not parts.which and word.text.lower() == "fall" and not parts.word("the"):
        return False
    return not (token.dep_ == "compound" and token.head.i > token.i and not parts.which)


def _season_year(parts: Parts, season: str) -> int | None:
    now = parts.setting.published
    if now is None:
        return parts.setting.year
    this = season_year(now, season)
    if parts.which in ("last", "past", "previous"):
        ended = season_end(this, season)
        return this if ended and ended <= now else this - 1
    if parts.which in ("next", "coming", "following"):
        return this if season_start(this, season) > now else this + 1
    if parts.which == "this":
        return this
    found = _nearest(parts, lambda year: valid_day(year, season_start(year, season).month, 1), span=90)
    return found.year if found else None


def _holiday(parts: Parts) -> Readings:
    word = parts.word("holiday")
    assert word is not None
    holiday = parts.setting.knowledge.holidays[str(word.meaning.value)]
    year = parts.number("year") or holiday.year
    if year:
        found = holiday_date(holiday, year)
    elif parts.which:
        found = _which_year(parts, lambda y: holiday_date(holiday, y), "day")
    else:
        found = _nearest(parts, lambda y: holiday_date(holiday, y))
    unknown = f"XXXX-{holiday.month:02}-{holiday.day:02}" if holiday.month and holiday.day else UNKNOWN["day"]
    return _date(found and Point("day", found), unknown)


# -- days of the week, parts of the day, the clock ---------------------------------------------------------------------------


def _part(parts: Parts, point: Point | None, unknown: str) -> list[Reading]:
    """Return a day, or the part of it that the words name."""
    value = point.value if point else unknown
    part = parts.name("part", "tonight", "overnight")
    if not part:
        return [Reading("DATE", value, point)]
    return [Reading("TIME", f"{value}T{part}", point)]


def _weekday(parts: Parts) -> Readings:
    weekday = parts.number("weekday")
    return _part(parts, _weekday_point(parts, weekday), f"XXXX-WXX-{weekday}")


def _weekday_point(parts: Parts, weekday: int) -> Point | None:
    """Return the last such weekday, publication day included; the coming one where the clause looks ahead."""
    now = parts.setting.now
    if now is None:
        return None
    back = (now.day.isoweekday() - weekday) % 7
    if parts.looks() == FUTURE:
        return now.shifted((7 - back) % 7)
    return now.shifted(-back)


def _which_weekday(parts: Parts) -> Readings:
    weekday, which = parts.number("weekday"), parts.which
    if not which:
        return None
    story = which in ("previous", "following", "that")
    origin = parts.setting.in_story("day") if story else parts.setting.now
    if origin is None:
        return _part(parts, None, f"XXXX-WXX-{weekday}")
    back = (origin.day.isoweekday() - weekday) % 7
    steps = {"last": -(back or 7), "past": -back, "previous": -(back or 7), "that": -back if back < 4 else 7 - back}
    ahead = (7 - back) % 7
    steps |= {"next": ahead or 7, "coming": ahead or 7, "following": ahead or 7}
    this = weekday - origin.day.isoweekday()
    return _part(parts, origin.shifted(steps.get(which, this)), "")


def _weekday_of_week(parts: Parts) -> Readings:
    steps = {"last": -1, "this": 0, "next": 1, "previous": -1, "following": 1}
    weekday = parts.number("weekday")
    if parts.unit != "week" or parts.which not in steps:
        return None
    now = parts.setting.now
    if now is None:
        return _date(None, f"XXXX-WXX-{weekday}")
    return _date(now.shifted(weekday - now.day.isoweekday() + 7 * steps[parts.which]), "")


def _day_part(parts: Parts) -> Readings:
    step = parts.number("moment") if parts.word("moment") else 0
    word = parts.word("moment")
    step = int(word.meaning.value) if word else 0
    return _part(parts, parts.setting.at("day", step), UNKNOWN["day"])


def _which_part(parts: Parts) -> Readings:
    which = parts.which
    if which in ("last", "this") and not parts.word("the"):
        return _part(parts, parts.setting.at("day", -1 if which == "last" else 0), UNKNOWN["day"])
    steps = {"that": 0, "next": 1, "following": 1, "previous": -1}
    if which not in steps:
        return None
    return _part(parts, parts.setting.in_story("day", steps[which]), UNKNOWN["day"])


def _part_of_day(parts: Parts) -> Readings:
    if parts.word("moment"):
        return _day_part(parts)
    if not parts.word("month"):
        return _weekday(parts)
    found = _calendar(parts)
    return found and _part(parts, found[0].point, found[0].value)


def _overnight(parts: Parts) -> Readings:
    token = parts.setting.doc[parts.match.words[0].start]
    return _part(parts, parts.setting.now, UNKNOWN["day"]) if token.pos_ == "ADV" else None


def _clock_value(parts: Parts) -> str:
    """Return "T20:00" for what the words say of the clock."""
    if parts.word("hour_name"):
        return "T" + parts.name("hour_name")
    word = parts.word("whole_clock", "clock", "dotted_clock", "military", "year", "small", "word")
    assert word is not None
    digits = [int(d) for d in _DIGITS.findall(word.text)]
    if word.meaning.name in ("military", "year"):
        return f"T{word.text[:2]}:{word.text[2:]}"
    hour, minute = (digits or [int(word.meaning.value)])[0], digits[1] if len(digits) > 1 else 0
    later = parts.name("ampm") == "12" or "p" in word.text.lower() or parts.name("part") in ("AF", "EV", "NI")
    if parts.word("ampm", "whole_clock", "part") and "o'" not in parts.text("ampm"):
        hour = hour % 12 + (12 if later and (hour != 12 or parts.name("part") != "NI") else 0)
    return f"T{hour % 24:02}:{minute:02}"


def _clock(parts: Parts) -> Readings:
    if parts.word("hour_name") and parts.text("hour_name").istitle():
        return None
    named = parts.word("year", "word")
    if named is not None and (named.meaning.value == "X" or not "0" <= named.text[2:3] <= "5" and named.meaning.name == "year"):
        return None
    return [Reading("TIME", "XXXX-XX-XX" + _clock_value(parts))]


def _clock_day(parts: Parts) -> Readings:
    if parts.word("month"):
        month = next(i for i, word in enumerate(parts.match.words) if word.meaning.name == "month")
        tail = Parts(Match(parts.match.rule, parts.match.words[month:], 0, len(parts.match.words) - month), parts.setting)
        found = _calendar(tail)
    else:
        found = _day_part(parts) if parts.word("moment") else _weekday(parts)
    if not found:
        return None
    point = found[0].point
    day = point.value if point else found[0].value.split("T")[0]
    return [Reading("TIME", day + _clock_value(parts), point)]


# -- relative to now or to the story -------------------------------------------------------------------------------------------


def _which_unit(parts: Parts) -> Readings:
    """Read "last week" from publication, "that week" and "the following week" from the story."""
    unit, which = parts.unit, parts.which
    narrated = bool(parts.word("same")) or which in ("that", "previous", "following") or (
        bool(parts.word("the")) and which == "next"
    )
    if unit in SECONDS or (not which and not parts.word("same")) or which in ("past", "coming"):
        return None
    if parts.word("the") and which == "last" and unit in ("day", "quarter"):
        return None
    step = 0 if parts.word("same") else {"last": -1, "previous": -1, "next": 1, "following": 1}.get(which, 0)
    point = parts.setting.in_story(unit, step) if narrated else parts.setting.at(unit, step)
    return _date(point, UNKNOWN[unit])


def _edge_unit(parts: Parts) -> Readings:
    unit, edge = parts.unit, parts.word("edge", "edge_in")
    if unit in SECONDS or unit in ("century", "decade") or (edge is None and unit != "weekend"):
        return None
    if unit != "weekend":
        return _date(parts.setting.at(unit), UNKNOWN[unit])
    now = parts.setting.at("weekend")
    if now and parts.looks() == PAST and parts.setting.published and parts.setting.published.isoweekday() < 5:
        now = now.shifted(-1)
    return _date(now, UNKNOWN[unit])


def _amount(parts: Parts) -> float | str:
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


def _ago(parts: Parts) -> Readings:
    word = parts.word("ago")
    assert word is not None
    return _shifted(parts, int(word.meaning.value), parts.setting.now, "PAST_REF")


def _earlier(parts: Parts) -> Readings:
    """Read "two days later" from the story; "two days before" only where no event follows to be before."""
    word = parts.word("later", "before")
    assert word is not None
    after = follows(parts.setting.doc, word.end)
    if word.meaning.name == "before" and not (after is None or after.is_punct):
        return None
    step = int(word.meaning.value)
    return _shifted(parts, step, parts.setting.narrated or parts.setting.now, "PAST_REF" if step < 0 else "FUTURE_REF")


def _shifted(parts: Parts, sign: int, origin: Point | None, vague: str) -> Readings:
    amount, unit = _amount(parts), parts.unit
    if isinstance(amount, str) or (parts.word("units") and len(parts.match.words) == 2):
        return _date(None, vague)
    if unit in SECONDS:
        return [Reading("TIME", _hours_from(parts, sign * amount * SECONDS[unit], origin))]
    if origin is None or not _fine_enough(origin.unit, unit):
        return _date(None, UNKNOWN[unit])
    moved = shift(origin.day, unit, sign * amount)
    return _date(moved and Point(unit, moved), UNKNOWN[unit])


def _hours_from(parts: Parts, seconds: float, origin: Point | None) -> str:
    """Return the clock time that lies so far from publication where its hour is known; else an unknown one."""
    moment = parts.setting.moment
    if moment is not None and origin == parts.setting.now:
        try:
            return datetime.fromtimestamp(moment.timestamp() + seconds, tz=moment.tzinfo).strftime("%Y-%m-%dT%H:%M")
        except (OverflowError, ValueError, OSError):
            return UNKNOWN["day"] + "TXX:XX"
    return (origin.value if origin and origin.unit == "day" else UNKNOWN["day"]) + "TXX:XX"


def _unit_before(parts: Parts) -> Readings:
    word, unit = parts.word("before"), parts.unit
    assert word is not None
    after = follows(parts.setting.doc, word.end)
    if unit in SECONDS or not (after is None or after.is_punct) or word.meaning.value == 0:
        return None
    return _date(parts.setting.in_story(unit, int(word.meaning.value)), UNKNOWN[unit])


def _week_of(parts: Parts) -> Readings:
    found = _calendar(parts) if parts.unit == "week" else None
    if not found:
        return None
    point = found[0].point
    return _date(point and Point("week", point.day), UNKNOWN["week"])


# -- how long, how often ---------------------------------------------------------------------------------------------------


def _span_of_units(parts: Parts) -> Readings:
    """Read "the past three months" and "the past year" as durations; "last week" is a date and read elsewhere."""
    counted = parts.word("small", "number_token", "word", "year")
    if counted is None and not parts.word("units") and parts.which not in ("past", "coming"):
        return None
    if not parts.which and not parts.word("ordinal"):
        return None
    amount = _amount(parts) if counted or not parts.word("units") else "X"
    return [Reading("DURATION", duration(parts.unit, amount))]


def _duration(parts: Parts) -> Readings:
    amount, first = _amount(parts), parts.match.words[0]
    if parts.unit == "quarter" or (parts.unit == "second" and parts.word("unit")):
        return None
    if is_money(parts, first):
        return None
    return [Reading("DURATION", duration(parts.unit, amount))]


def is_money(parts: Parts, word: Word) -> bool:
    """Say whether a number follows a currency sign or a label."""
    before = parts.setting.doc[word.start - 1] if word.start else None
    return before is not None and (before.is_currency or before.lower_ in parts.setting.knowledge.numbered)


def _bare_units(parts: Parts) -> Readings:
    unit = parts.unit
    if not unit:
        return [Reading("DURATION", "PT12H" if parts.name("part") != "NI" else "P1N")] if False else None
    plural = bool(parts.word("units"))
    return [Reading("DURATION", duration(unit, "X" if plural else 1.0))]


def _nth_unit(parts: Parts) -> Readings:
    if parts.unit in ("century", "quarter", *SECONDS):
        return None
    return [Reading("DURATION", duration(parts.unit, 1.0))]


def _every(parts: Parts) -> Readings:
    other = parts.word("every_other")
    every = parts.word("every")
    counted = every is not None and not parts.word("often_count")
    amount: float | str = 2.0 if other else float(parts.number("ordinal") or 0) or _amount(parts) if counted else 1.0
    return [Reading("SET", duration(parts.unit, amount))]


def _every_named(parts: Parts) -> Readings:
    if parts.word("weekday", "weekdays"):
        value = f"XXXX-WXX-{parts.number('weekday', 'weekdays')}"
    elif parts.word("month"):
        value = f"XXXX-{parts.number('month'):02}"
    elif parts.word("season"):
        value = f"XXXX-{parts.name('season')}"
    elif parts.word("holiday"):
        holiday = parts.setting.knowledge.holidays[parts.name("holiday")]
        value = f"XXXX-{holiday.month:02}-{holiday.day:02}" if holiday.month and holiday.day else "XXXX"
    else:
        value = UNKNOWN["day"]
    part = parts.name("part")
    return [Reading("SET", f"{value}T{part}" if part else value)]


READINGS: dict[str, Callable[[Parts], Readings]] = {
    "ago": _ago,
    "bare_month": _bare_month,
    "bare_units": _bare_units,
    "calendar": _calendar,
    "century": _century,
    "clock": _clock,
    "clock_day": _clock_day,
    "day_part": _day_part,
    "days_of_month": _days_of_month,
    "decade": _decade,
    "duration": _duration,
    "earlier": _earlier,
    "edge_unit": _edge_unit,
    "every": _every,
    "every_named": _every_named,
    "fused": _fused,
    "half_year": _half_year,
    "holiday": _holiday,
    "iso": _iso,
    "month_of_year": _month_of_year,
    "nothing": _nothing,
    "nth": _nth,
    "nth_unit": _nth_unit,
    "numeric": _numeric,
    "overnight": _overnight,
    "part_of_day": _part_of_day,
    "quarter": _quarter,
    "season": _season,
    "span_of_units": _span_of_units,
    "stated": _stated,
    "the_moment": _the_moment,
    "unit_before": _unit_before,
    "week_of": _week_of,
    "weekday": _weekday,
    "weekday_of_week": _weekday_of_week,
    "which_month": _which_month,
    "which_part": _which_part,
    "which_unit": _which_unit,
    "which_weekday": _which_weekday,
    "year": _year,
    "years": _years,
}
