"""Days of the week, parts of the day, and the clock."""

from __future__ import annotations

from sayso.reading.timex_calendar import UNKNOWN, Point
from sayso.reading.timex_context import FUTURE
from sayso.reading.timex_dates import calendar_date
from sayso.reading.timex_setting import DIGITS, Parts, Reading, Readings, dated
from sayso.reading.timex_tape import Match


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
    return _part(parts, origin.shifted(steps.get(which, this)), f"XXXX-WXX-{weekday}")


def _weekday_of_week(parts: Parts) -> Readings:
    steps = {"last": -1, "this": 0, "next": 1, "previous": -1, "following": 1}
    weekday = parts.number("weekday")
    if parts.unit != "week" or parts.which not in steps:
        return None
    now = parts.setting.now
    if now is None:
        return dated(None, f"XXXX-WXX-{weekday}")
    return dated(now.shifted(weekday - now.day.isoweekday() + 7 * steps[parts.which]), f"XXXX-WXX-{weekday}")


def _day_part(parts: Parts) -> Readings:
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
    found = calendar_date(parts)
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
    digits = [int(d) for d in DIGITS.findall(word.text)]
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
    if named is not None and (named.meaning.value == "X" or named.text[2:3] in ("6", "7", "8", "9")):
        return None
    return [Reading("TIME", "XXXX-XX-XX" + _clock_value(parts))]


def _clock_day(parts: Parts) -> Readings:
    if parts.word("month"):
        month = next(i for i, word in enumerate(parts.match.words) if word.meaning.name == "month")
        words = parts.match.words[month:]
        found = calendar_date(Parts(Match(parts.match.rule, words, 0, len(words)), parts.setting))
    else:
        found = _day_part(parts) if parts.word("moment") else _weekday(parts)
    if not found:
        return None
    point = found[0].point
    day = point.value if point else found[0].value.split("T")[0]
    return [Reading("TIME", day + _clock_value(parts), point)]


READINGS = {
    "clock": _clock,
    "clock_day": _clock_day,
    "day_part": _day_part,
    "overnight": _overnight,
    "part_of_day": _part_of_day,
    "weekday": _weekday,
    "weekday_of_week": _weekday_of_week,
    "which_part": _which_part,
    "which_weekday": _which_weekday,
}
"""The ways of reading that rules may name."""
