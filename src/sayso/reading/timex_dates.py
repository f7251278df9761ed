"""Dates in full or in part: days, months, years, decades, centuries."""

from __future__ import annotations

from datetime import date

from sayso.reading.timex_calendar import Point, valid_day
from sayso.reading.timex_context import follows, is_count, is_month
from sayso.reading.timex_setting import DIGITS, Parts, Reading, Readings, dated, nearest, of_which_year, on
from sayso.reading.timex_tape import Word

YEAR_STEPS = {"last": -1, "this": 0, "next": 1, "previous": -1, "following": 1}
_FIRST_YEAR = 1400
"""A four-digit number that stands alone is a year from here on; smaller ones count or label more often."""


def stated_year(parts: Parts) -> int | None:
    """Return the year that the words give: by its number, or as last, this or next year."""
    if parts.word("year"):
        return parts.number("year")
    point = parts.setting.at("year", YEAR_STEPS.get(parts.which, 0))
    return point.day.year if point else None


def _iso(parts: Parts) -> Readings:
    numbers = DIGITS.findall("-".join(word.text for word in parts.match.words))
    year, month, day, *clock = map(int, numbers)
    found = valid_day(year, month, day)
    if found is None:
        return None
    point = Point("day", found)
    if clock:
        return [Reading("TIME", f"{point.value}T{clock[0]:02}:{clock[1]:02}", point, explicit=True)]
    return dated(point, "", explicit=True)


def _numeric(parts: Parts) -> Readings:
    """Read 10/25/2024: month first, as in US copy, unless that cannot be, dots are used, or the text is day-first."""
    text = parts.match.words[0].text
    first, second, year = map(int, DIGITS.findall(text))
    orders = [(first, second), (second, first)]
    if "." in text or parts.setting.day_first:
        orders.reverse()
    for month, day in orders:
        found = valid_day(year, month, day)
        if found:
            return dated(Point("day", found), "", explicit=True)
    return None


def _fused(parts: Parts) -> Readings:
    name, day = parts.match.words[0].text.lower().split(".")
    meaning = parts.setting.knowledge.words[name]
    return _day_of_month(parts, int(meaning.value), int(day), parts.number("year"))


def calendar_date(parts: Parts) -> Readings:
    """Read a month with a day, a year or both."""
    month, year = parts.number("month"), parts.number("year")
    day_word = parts.word("small", "nth")
    if day_word is None:
        found = valid_day(year, month, 1)
        return dated(on(found, "month"), "", explicit=True)
    if day_word is parts.match.words[-1] and counts(parts, day_word):
        return None
    return _day_of_month(parts, month, parts.number("small", "nth"), year)


def counts(parts: Parts, word: Word) -> bool:
    """Say whether a number after a month counts what follows: "In March 15 people"."""
    after = follows(parts.setting.doc, word.end)
    return after is not None and after.tag_ == "NNS" and parts.setting.doc[word.start].head.i == after.i


def _day_of_month(parts: Parts, month: int, day: int, year: int) -> Readings:
    if day < 1 or valid_day(2000, month, day) is None:
        return None
    year = year or _known_year(parts, month, day) or _year_of_weekday(parts, month, day)
    found = valid_day(year, month, day) if year else nearest(parts, lambda y: valid_day(y, month, day))
    return dated(on(found), f"XXXX-{month:02}-{day:02}", explicit=True)


def _known_year(parts: Parts, month: int, day: int) -> int:
    after = parts.after
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
    if len(parts.match.words) == 1 and not is_month(parts.setting.doc, word.start, parts.setting.knowledge):
        return None
    month = int(word.meaning.value)
    found = nearest(parts, lambda year: valid_day(year, month, 1), span=31)
    return dated(on(found, "month"), f"XXXX-{month:02}", explicit=True)


def _which_month(parts: Parts) -> Readings:
    month, day = parts.number("month"), parts.number("small", "nth") or 1
    if not parts.which:
        return None
    unit = "day" if parts.word("small", "nth") else "month"
    found = of_which_year(parts, lambda year: valid_day(year, month, day), unit)
    unknown = f"XXXX-{month:02}" + (f"-{day:02}" if unit == "day" else "")
    return dated(on(found, unit), unknown)


def _month_of_year(parts: Parts) -> Readings:
    month = parts.number("month")
    if parts.unit != "year" or parts.which not in YEAR_STEPS:
        return None
    year = stated_year(parts)
    return dated(on(date(year, month, 1), "month") if year else None, f"XXXX-{month:02}")


def _nth(parts: Parts) -> Readings:
    after = parts.after
    if after is not None and after.tag_ in ("NN", "NNS", "NNP", "NNPS", "JJ", "CD", "HYPH", "VBN"):
        return None
    origin = parts.setting.narrated or parts.setting.now
    day = parts.number("nth")
    found = valid_day(origin.day.year, origin.day.month, day) if origin and origin.unit in ("day", "month") else None
    return dated(on(found), f"XXXX-XX-{day:02}")


def _days_of_month(parts: Parts) -> Readings:
    """Read "Oct. 24-26" and "24 and 26 October" as two days; both take the month, the second holds the year."""
    words = parts.match.words
    days = [i for i, word in enumerate(words) if word.meaning.name in ("small", "nth")]
    if len(days) != 2 or counts(parts, words[days[1]]):
        return None
    readings: list[Reading] = []
    for position, covered in zip(days, (words[: days[0] + 1], words[days[1] :]), strict=True):
        digits = DIGITS.search(words[position].text)
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
    alone = len(parts.match.words) == 1 and word.meaning.name == "year"
    if alone and (year < _FIRST_YEAR or is_count(parts.setting.doc, word.start, parts.setting.knowledge)):
        return None
    return dated(Point("year", date(year, 1, 1)), "", explicit=True)


def _years(parts: Parts) -> Readings:
    """Read "2003-04" and "1914–1918" as two years."""
    text = "".join(word.text for word in parts.match.words)
    first, second = DIGITS.findall(text)[:2]
    end = int(first[: 4 - len(second)] + second)
    if len(second) not in (2, 4) or not int(first) < end <= int(first) + 150:
        return None
    words, years = parts.match.words, (int(first), end)
    halves = _halves(words[0], len(first), len(second)) if len(words) == 1 else ([words[0]], [words[-1]])
    return [
        Reading("DATE", f"{year}", Point("year", date(year, 1, 1)), covered, explicit=True)
        for year, covered in zip(years, halves, strict=True)
    ]


def _halves(word: Word, first: int, second: int) -> tuple[list[Word], list[Word]]:
    """Return the two numbers within one token, such as "1914–18"."""
    tail = len(word.text) - second
    return (
        [Word(word.start, word.end, word.text[:first], word.meaning, 0)],
        [Word(word.start, word.end, word.text[tail:], word.meaning, tail)],
    )


def _decade(parts: Parts) -> Readings:
    named = parts.word("decade", "short_decade")
    if named is None:
        year = parts.text("year")
        return dated(None, year[:3]) if year.endswith("0") else None
    if named.meaning.name == "short_decade":
        return dated(None, "19" + named.text[0]) if parts.word("quote") or _points_at_decade(parts, named) else None
    digits = DIGITS.search(named.text)
    if digits:
        return dated(None, digits.group()[:3])
    return dated(None, str(named.meaning.value)) if parts.word("the") or parts.word("edge") else None


def _points_at_decade(parts: Parts, named: Word) -> bool:
    after = follows(parts.setting.doc, named.end)
    counted = after is not None and after.lower_ in ("degrees", "percent")
    return bool(parts.word("the")) and named.text[0] in "6789" and not counted


def _century(parts: Parts) -> Readings:
    number = parts.number("nth", "ordinal")
    return dated(None, f"{number - 1:02}") if parts.unit == "century" and number > 0 else None


READINGS = {
    "bare_month": _bare_month,
    "calendar": calendar_date,
    "century": _century,
    "days_of_month": _days_of_month,
    "decade": _decade,
    "fused": _fused,
    "iso": _iso,
    "month_of_year": _month_of_year,
    "nth": _nth,
    "numeric": _numeric,
    "which_month": _which_month,
    "year": _year,
    "years": _years,
}
"""The ways of reading that rules may name."""
