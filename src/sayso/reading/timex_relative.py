"""Times that are told from another: from the day of publication ("last week") or from the story ("a year later")."""

from __future__ import annotations

from datetime import timedelta

from sayso.reading.timex_calendar import SECONDS, UNKNOWN, Point, shift
from sayso.reading.timex_context import PAST
from sayso.reading.timex_dates import calendar_date
from sayso.reading.timex_setting import Parts, Reading, Readings, amount, dated, fine_enough, on


def _which_unit(parts: Parts) -> Readings:
    """Read "last week" from publication, "that week" and "the following week" from the story."""
    unit, which = parts.unit, parts.which
    narrated = (
        bool(parts.word("same"))
        or which in ("that", "previous", "following")
        or (bool(parts.word("the")) and which == "next")
    )
    if unit in SECONDS or (not which and not parts.word("same")) or which in ("past", "coming"):
        return None
    if parts.word("the") and which == "last" and unit in ("day", "quarter"):
        return None
    step = 0 if parts.word("same") else {"last": -1, "previous": -1, "next": 1, "following": 1}.get(which, 0)
    if parts.setting.narrated is None and (which == "following" or (narrated and step > 0 and unit == "day")):
        return dated(None, UNKNOWN[unit])  # what followed a day that the text does not give
    point = parts.setting.in_story(unit, step) if narrated else parts.setting.at(unit, step)
    return dated(point, UNKNOWN[unit])


def _edge_unit(parts: Parts) -> Readings:
    unit, edge = parts.unit, parts.word("edge", "edge_in")
    if unit in SECONDS or unit in ("century", "decade") or (edge is None and unit != "weekend"):
        return None
    if unit != "weekend":
        return dated(parts.setting.at(unit), UNKNOWN[unit])
    now = parts.setting.at("weekend")
    if now and parts.looks() == PAST and parts.setting.published and parts.setting.published.isoweekday() < 5:
        now = now.shifted(-1)
    return dated(now, UNKNOWN[unit])


def _ago(parts: Parts) -> Readings:
    word = parts.word("ago")
    assert word is not None
    return _shifted(parts, int(word.meaning.value), parts.setting.now, "PAST_REF")


def _earlier(parts: Parts) -> Readings:
    """Read "two days later" from the story; "two days before" only where no event follows to be before."""
    word = parts.word("later", "before")
    assert word is not None
    after = parts.after
    if word.meaning.name == "before" and not (after is None or after.is_punct):
        return None
    step = int(word.meaning.value)
    origin = parts.setting.narrated or (parts.setting.now if step < 0 else None)
    return _shifted(parts, step, origin, "PAST_REF" if step < 0 else "FUTURE_REF")


def _shifted(parts: Parts, sign: int, origin: Point | None, vague: str) -> Readings:
    count, unit = amount(parts), parts.unit
    if isinstance(count, str) or (parts.word("units") and len(parts.match.words) == 2):
        return dated(None, vague)
    if unit in SECONDS:
        return [Reading("TIME", _hours_from(parts, sign * count * SECONDS[unit], origin))]
    if origin is None or not fine_enough(origin.unit, unit):
        return dated(None, UNKNOWN[unit])
    moved = shift(origin.day, unit, sign * count)
    return dated(on(moved, unit), UNKNOWN[unit])


def _hours_from(parts: Parts, seconds: float, origin: Point | None) -> str:
    """Return the clock time that lies so far from publication where its hour is known; else an unknown one."""
    moment = parts.setting.moment
    if moment is not None and origin == parts.setting.now:
        try:
            return (moment + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M")
        except OverflowError:
            return UNKNOWN["day"] + "TXX:XX"
    return (origin.value if origin and origin.unit == "day" else UNKNOWN["day"]) + "TXX:XX"


def _unit_before(parts: Parts) -> Readings:
    word, unit = parts.word("before"), parts.unit
    assert word is not None
    after = parts.after
    if unit in SECONDS or not (after is None or after.is_punct) or word.meaning.value == 0:
        return None
    step = int(word.meaning.value)
    if step > 0 and parts.setting.narrated is None:
        return dated(None, UNKNOWN[unit])
    return dated(parts.setting.in_story(unit, step), UNKNOWN[unit])


def _week_of(parts: Parts) -> Readings:
    found = calendar_date(parts) if parts.unit == "week" else None
    if not found:
        return None
    point = found[0].point
    return dated(point and Point("week", point.day), UNKNOWN["week"])


READINGS = {
    "ago": _ago,
    "earlier": _earlier,
    "edge_unit": _edge_unit,
    "unit_before": _unit_before,
    "week_of": _week_of,
    "which_unit": _which_unit,
}
"""The ways of reading that rules may name."""
