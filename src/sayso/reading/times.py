"""Times: TIMEX3 expressions with their values, and the time that dates a predicate.

After TimeML (Pustejovsky et al. 2003; TIMEX3 as in TempEval-3): expressions leave out a leading preposition and keep
determiners and modifiers ("early this year"); a range is two expressions. Values are anchored to the day of
publication or, for "the same day" and "two years later", to the last date that the story gave. A date in digits
alone, such as 4/5/2019, is read month first as in US copy, unless the text shows elsewhere that it writes days first.
"""

from __future__ import annotations

import re
from datetime import datetime

from spacy.language import Language
from spacy.tokens import Doc

from sayso.knowledge.times import TimeKnowledge, load_times
from sayso.reading.annotations import Timex
from sayso.reading.timex_attachment import event_date
from sayso.reading.timex_context import in_name, is_title
from sayso.reading.timex_setting import Reading, Setting
from sayso.reading.timex_tape import WINDOW, Match, Tape, Word
from sayso.reading.timex_values import read, require_readings

__all__ = ["TimeTagger", "event_date"]

STORY = 120
"""So many tokens after a date the story may still refer to it."""

_UNDATED = "XXXX-XX-XX"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BESIDE = 10
_NAMEABLE = frozenset({"duration", "hyphened", "past-units", "first-units", "for-a-unit", "for-units", "all-unit"})
"""Rules whose expressions make titles of books, films and papers."""


class TimeTagger:
    """Writes ``doc._.times``: the time expressions of a Doc in text order, none overlapping another."""

    def __init__(self, nlp: Language, knowledge: str | None = None) -> None:
        self._user = knowledge
        self._knowledge = load_times(knowledge)
        require_readings(self._knowledge)
        self._tape = Tape(nlp.vocab.strings, self._knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Find the times of a Doc that was tagged and parsed; ``doc._.published`` is their anchor."""
        if self._user:
            doc.user_data["sayso_knowledge"] = self._user  # for what is asked of the Doc later; a str can be serialised
        story = _Story(doc, self._tape, self._knowledge)
        for words in self._tape.stretches(doc):
            story.read(words)
        story.date_clocks()
        doc._.times = story.times
        return doc


class _Story:
    """One text as it is read: its times so far, and what the next may refer to."""

    def __init__(self, doc: Doc, tape: Tape, knowledge: TimeKnowledge) -> None:
        moment = _moment(doc._.published)
        hour_known = len(doc._.published or "") > len(_UNDATED)
        self.doc = doc
        self.tape = tape
        self.times: list[Timex] = []
        self.setting = Setting(doc, knowledge, moment and moment.date(), moment if hour_known else None)
        self.told_at = 0

    def read(self, words: list[Word]) -> None:
        """Find the times of a stretch of words, from left to right."""
        position = 0
        while position < len(words):
            if words[position].start - self.told_at > STORY:
                self.setting.narrated = self.setting.year = None
            match, readings = self._at(words, position)
            if match is None:
                position += 1
                continue
            for reading in readings:
                self._keep(match, reading)
            position += match.last

    def _at(self, words: list[Word], position: int) -> tuple[Match | None, list[Reading]]:
        """Return the first of the rules that fit at a place, longest first, that has a reading."""
        for fit in self.tape.fits(_window(words, position)):
            match = self.tape.match(words, position, fit)
            readings = read(match, self.setting)
            if readings is None or (match.first and self._reaches_further(words, position, match)):
                continue
            return match, [] if readings and _is_name(self.doc, match) else readings
        return None, []

    def _reaches_further(self, words: list[Word], position: int, match: Match) -> bool:
        """Say whether an expression that needed a word before it is the beginning of a longer one that needs none."""
        start, length = position + match.first, match.last - match.first
        longer = [fit for fit in self.tape.fits(_window(words, start)) if fit[1] > length and not fit[2]]
        return any(read(self.tape.match(words, start, fit), self.setting) is not None for fit in longer)

    def _keep(self, match: Match, reading: Reading) -> None:
        covered = reading.words or match.expression
        self.times.append(_timex(self.doc, covered, reading, match.rule.rule.name))
        if reading.point is None:
            return
        self.told_at = covered[-1].end
        self.setting.narrated = reading.point
        # Only a text without a day of publication needs the year of its story: in news a bare "December" after "in
        # 1990" is the December next to publication far more often than that of 1990.
        if reading.explicit and not self.setting.published:
            self.setting.year = reading.point.day.year

    def date_clocks(self) -> None:
        """Give clock times the day that is named next to them in their sentence, else the day of publication."""
        for i, timex in enumerate(self.times):
            if timex.type == "TIME" and timex.value.startswith(_UNDATED + "T"):
                beside = (self._day_beside(i, j) for j in (i + 1, i + 2, i - 1, i - 2))
                published = self.setting.published.isoformat() if self.setting.published else _UNDATED
                timex.value = next(filter(None, beside), published) + timex.value[len(_UNDATED) :]

    def _day_beside(self, i: int, j: int) -> str | None:
        if not 0 <= j < len(self.times):
            return None
        first, second = sorted((self.times[i], self.times[j]), key=lambda timex: timex.start)
        apart = range(first.end, second.start)
        if len(apart) > _BESIDE or any(self.doc[k].is_sent_start for k in apart):
            return None
        day = _DAY.match(self.times[j].value)
        return day.group() if day else None


def _window(words: list[Word], position: int) -> str:
    return "".join([word.meaning.code for word in words[position : position + WINDOW]])


def _moment(published: str | None) -> datetime | None:
    """Return an ISO 8601 date or datetime; None where there is none or it is not one."""
    try:
        return datetime.fromisoformat(published) if published else None
    except ValueError:
        return None


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
