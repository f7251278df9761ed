"""Times: TIMEX3 expressions with their values, and the time that dates a predicate.

After TimeML (Pustejovsky et al. 2003; TIMEX3 as in TempEval-3): expressions leave out a leading preposition and keep
determiners and modifiers ("early this year"); a range is two expressions. Values are anchored to the day of
publication or, for "the same day" and "two years later", to the last date that the story gave.
"""

from __future__ import annotations

import re
from datetime import datetime

from spacy.language import Language
from spacy.tokens import Doc

from sayso.knowledge.times import load_times
from sayso.reading.annotations import Timex
from sayso.reading.timex_attachment import event_date
from sayso.reading.timex_context import in_name, is_title
from sayso.reading.timex_setting import Reading, Setting
from sayso.reading.timex_tape import WINDOW, Match, Tape, Word
from sayso.reading.timex_values import read, require_readings

__all__ = ["TimeTagger", "event_date"]

STORY = 120
"""So many tokens after a date the story may still refer to it."""

_CLOCKED = "XXXX-XX-XXT"
_NAMEABLE = frozenset({"duration", "hyphened", "past-units", "first-units", "for-a-unit", "for-units", "all-unit"})


class TimeTagger:
    """Writes ``doc._.times``: the time expressions of a Doc in text order, none overlapping another."""

    def __init__(self, nlp: Language, knowledge: str | None = None) -> None:
        self._knowledge = load_times(knowledge)
        require_readings(self._knowledge)
        self._tape = Tape(nlp.vocab.strings, self._knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Find the times of a Doc that was tagged and parsed; ``doc._.published`` is their anchor."""
        moment = _moment(doc._.published)
        setting = Setting(doc, self._knowledge, moment and moment.date(), moment if _has_hour(doc) else None)
        found: list[Timex] = []
        clocks: list[int] = []
        narrated_at = -STORY
        for words in self._tape.stretches(doc):
            position = 0
            while position < len(words):
                if words[position].start - narrated_at > STORY:
                    setting.narrated = setting.year = None
                match, readings = self._read(words, position, setting)
                if match is None:
                    position += 1
                    continue
                for reading in readings:
                    covered = reading.words or match.expression
                    found.append(_timex(doc, covered, reading, match.rule.rule.name))
                    if reading.value.startswith(_CLOCKED):
                        clocks.append(len(found) - 1)
                    if reading.point:
                        narrated_at = covered[-1].end
                        setting.narrated = reading.point
                        setting.year = _story_year(reading, setting)
                position += max(match.last, 1)
        _date_clocks(doc, found, clocks, setting)
        doc._.times = found
        return doc

    def _read(self, words: list[Word], position: int, setting: Setting) -> tuple[Match | None, list[Reading]]:
        """Return the first of the rules that fit at a place, longest first, that has a reading."""
        for fit in self._tape.fits(_window(words, position)):
            match = self._tape.match(words, position, fit)
            readings = read(match, setting)
            if readings is None or (match.first and self._reaches_further(words, position, match, setting)):
                continue
            return match, [] if readings and _is_name(setting.doc, match) else readings
        return None, []

    def _reaches_further(self, words: list[Word], position: int, match: Match, setting: Setting) -> bool:
        """Say whether an expression that needed a word before it is the beginning of a longer one that needs none."""
        start, length = position + match.first, match.last - match.first
        longer = [fit for fit in self._tape.fits(_window(words, start)) if fit[1] > length and not fit[2]]
        return any(read(self._tape.match(words, start, fit), setting) is not None for fit in longer)


def _window(words: list[Word], position: int) -> str:
    return "".join([word.meaning.code for word in words[position : position + WINDOW]])


def _moment(published: str | None) -> datetime | None:
    """Return an ISO 8601 date or datetime; None where there is none or it is not one."""
    try:
        return datetime.fromisoformat(published) if published else None
    except ValueError:
        return None


def _has_hour(doc: Doc) -> bool:
    return len(doc._.published or "") > len("2024-10-25")


def _story_year(reading: Reading, setting: Setting) -> int | None:
    """Return the year that later dates without one belong to.

    Only a text without a day of publication needs the year of its story: in news a bare "December" after "in 1990" is
    the December next to publication far more often than that of 1990.
    """
    if setting.published or not reading.explicit or reading.point is None:
        return setting.year
    return reading.point.day.year


def _timex(doc: Doc, covered: list[Word], reading: Reading, rule: str) -> Timex:
    start, end = covered[0].start, covered[-1].end
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    if covered[0].cut is not None:
        first, last = first + covered[0].cut, first + covered[0].cut + len(covered[0].text)
    return Timex(start, end, (first, last), reading.type, reading.value, rule)


def _is_name(doc: Doc, match: Match) -> bool:
    """Say whether an expression is part of a title or a name: "Seven Days", "Friday Agreement"."""
    words = match.expression
    start, end = words[0].start, words[-1].end
    if match.rule.rule.name in _NAMEABLE:
        return is_title(doc, start, end)
    return len(words) == 1 and in_name(doc, end)


def _date_clocks(doc: Doc, found: list[Timex], clocks: list[int], setting: Setting) -> None:
    """Give clock times the day that is named next to them in their sentence, else the day of publication."""
    for i in clocks:
        day = next((day for j in (i + 1, i + 2, i - 1, i - 2) if (day := _day_beside(doc, found, i, j))), None)
        if day is None and setting.published:
            day = setting.published.isoformat()
        if day:
            found[i].value = day + found[i].value[len("XXXX-XX-XX") :]


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day_beside(doc: Doc, found: list[Timex], i: int, j: int) -> str | None:
    if not 0 <= j < len(found) or abs(found[j].start - found[i].start) > 12:
        return None
    between = doc[min(found[i].end, found[j].end) : max(found[i].start, found[j].start)]
    if any(token.is_sent_start for token in between):
        return None
    day = _DAY.match(found[j].value)
    return day.group() if day else None
