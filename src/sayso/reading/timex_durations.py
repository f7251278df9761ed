"""How long and how often."""

from __future__ import annotations

from sayso.reading.timex_calendar import SECONDS, UNKNOWN, duration
from sayso.reading.timex_setting import Parts, Reading, Readings, amount
from sayso.reading.timex_tape import Word


def _span_of_units(parts: Parts) -> Readings:
    """Read "the past three months" and "the past year" as durations; "last week" is a date and read elsewhere."""
    counted = parts.word("small", "number_token", "word", "year")
    if counted is None and not parts.word("units") and parts.which not in ("past", "coming"):
        return None
    if not parts.which and not parts.word("ordinal"):
        return None
    count = amount(parts) if counted or not parts.word("units") else "X"
    return [Reading("DURATION", duration(parts.unit, count))]


def _duration(parts: Parts) -> Readings:
    first = parts.match.words[0]
    if parts.unit == "quarter" or (parts.unit == "second" and parts.word("unit")):
        return None
    if _is_money(parts, first):
        return None
    return [Reading("DURATION", duration(parts.unit, amount(parts)))]


def _is_money(parts: Parts, word: Word) -> bool:
    """Say whether a number follows a currency sign or a label."""
    before = parts.setting.doc[word.start - 1] if word.start else None
    return before is not None and (before.is_currency or before.lower_ in parts.setting.knowledge.numbered)


def _bare_units(parts: Parts) -> Readings:
    unit = parts.unit
    if unit == "quarter":
        return None  # a fourth part of something, as often as not
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
    if other is not None:
        count: float | str = 2.0
    else:
        count = float(parts.number("ordinal")) or amount(parts) if counted else 1.0
    return [Reading("SET", duration(parts.unit, count))]


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


READINGS = {
    "bare_units": _bare_units,
    "duration": _duration,
    "every": _every,
    "every_named": _every_named,
    "nth_unit": _nth_unit,
    "span_of_units": _span_of_units,
}
"""The ways of reading that rules may name."""
