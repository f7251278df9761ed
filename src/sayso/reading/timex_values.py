"""From a match to its TIMEX3 type and value: every way of reading that a rule of ``times.yaml`` may name.

A reading is empty for words that look like a time and are none, and None where the rule does not apply after all and
the next may try. Granularity follows the unit: two years before is a year, three days before a day. Where neither a
day of publication nor a date in the story tells, digits are X.
"""

from __future__ import annotations

from collections.abc import Callable

from sayso.errors import KnowledgeError
from sayso.knowledge.times import TimeKnowledge
from sayso.reading import timex_clock, timex_dates, timex_durations, timex_relative, timex_seasons
from sayso.reading.timex_setting import Parts, Reading, Readings, Setting, dated
from sayso.reading.timex_tape import Match


def read(match: Match, setting: Setting) -> Readings:
    """Return what a match says, or None where its rule does not apply."""
    return READINGS[match.rule.rule.reading](Parts(match, setting))


def require_readings(knowledge: TimeKnowledge) -> None:
    """Raise KnowledgeError where a rule names a way of reading that there is not."""
    for compiled in knowledge.rules:
        if compiled.rule.reading not in READINGS:
            known = ", ".join(sorted(READINGS))
            problem = f"there is no reading {compiled.rule.reading!r}; known are {known}"
            raise KnowledgeError("times.yaml", f"rule {compiled.rule.name}", problem)


def _nothing(_: Parts) -> Readings:
    return []


def _stated(parts: Parts) -> Readings:
    """Read a word that says its value itself: "daily", but not the Daily of a newspaper's name; "recently"."""
    word = parts.match.expression[0]
    token = parts.setting.doc[word.start]
    if word.meaning.name != "often":
        return [Reading("DATE", str(word.meaning.value))]
    named = token.text[0].isupper() and not token.is_sent_start
    return None if named else [Reading("SET", str(word.meaning.value))]


def _the_moment(parts: Parts) -> Readings:
    """Read "at the moment", not "at the moment they arrived"."""
    after = parts.after
    alone = after is None or after.tag_ not in ("DT", "PRP", "PRP$", "NNP", "NN", "NNS", "IN", "WRB", "WDT")
    return dated(None, "PRESENT_REF") if alone and parts.text("at", "for").lower() in ("at", "for") else None


READINGS: dict[str, Callable[[Parts], Readings]] = {
    "nothing": _nothing,
    "stated": _stated,
    "the_moment": _the_moment,
    **timex_clock.READINGS,
    **timex_dates.READINGS,
    **timex_durations.READINGS,
    **timex_relative.READINGS,
    **timex_seasons.READINGS,
}
