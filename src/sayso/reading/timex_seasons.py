"""Parts of the year: quarters, halves, seasons, holidays."""

from __future__ import annotations

from datetime import date

from sayso.reading.timex_calendar import (
    UNKNOWN,
    Point,
    holiday_date,
    season_end,
    season_start,
    season_year,
    valid_day,
)
from sayso.reading.timex_context import follows
from sayso.reading.timex_dates import stated_year
from sayso.reading.timex_setting import Parts, Reading, Readings, dated, nearest, of_which_year, on
from sayso.reading.timex_tape import Word


def _quarter(parts: Parts) -> Readings:
    units = [word.meaning.value for word in parts.by_class.get("unit", ())]
    number = parts.number("quarter_of_year") or parts.number("ordinal")
    if not 1 <= number <= 4 or (units and units[0] != "quarter"):
        return None
    if parts.word("year") or parts.word("which") or len(units) > 1:
        year = stated_year(parts)
        found = date(year, 3 * number - 2, 1) if year else None
    else:
        found = nearest(parts, lambda y: valid_day(y, 3 * number - 2, 1), span=92)
    return dated(on(found, "quarter"), f"XXXX-Q{number}")


def _half_year(parts: Parts) -> Readings:
    number = parts.number("half_of_year") if parts.word("half_of_year") else parts.number("ordinal")
    if number not in (1, 2) or (parts.unit not in ("", "year")):
        return None
    year = stated_year(parts)
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
    start = season_start(year, season) if year else None
    point = Point("season", start, season) if start else None
    return dated(point, f"XXXX-{season}")


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
        start = season_start(this, season)
        return this if start and start > now else this + 1
    if parts.which == "this":
        return this
    found = nearest(parts, lambda year: season_start(year, season), span=90)
    return found.year if found else None


def _holiday(parts: Parts) -> Readings:
    word = parts.word("holiday")
    assert word is not None
    holiday = parts.setting.knowledge.holidays[str(word.meaning.value)]
    year = parts.number("year") or holiday.year
    if year:
        found = holiday_date(holiday, year)
    elif parts.which:
        found = of_which_year(parts, lambda y: holiday_date(holiday, y), "day")
    else:
        found = nearest(parts, lambda y: holiday_date(holiday, y))
    unknown = f"XXXX-{holiday.month:02}-{holiday.day:02}" if holiday.month and holiday.day else UNKNOWN["day"]
    return dated(on(found), unknown)


READINGS = {
    "half_year": _half_year,
    "holiday": _holiday,
    "quarter": _quarter,
    "season": _season,
}
"""The ways of reading that rules may name."""
