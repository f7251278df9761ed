"""When something was said, as far as a report tells: a day or a month near the cue, and that it was before the report.

Days are ordinals (``date.toordinal``), 0 where unknown; a range of them has both ends included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sayso.corroboration.sentences import Sentences
from sayso.corroboration.whens import ordinals
from sayso.records import Record, Span, Statement

_PREFIX = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=T|$)")
_BEFORE = re.compile(r"\bhad (?:\w+ )?$")
_REACH = 20
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Occasion:
    """When somebody spoke: between two days, where that is told; ``earlier`` than others of the report it tells."""

    first: int
    last: int
    published: int
    earlier: bool

    @property
    def known(self) -> bool:
        """Whether the report tells the day or the month."""
        return self.first > 0

    @property
    def day(self) -> bool:
        """Whether the report tells the day."""
        return self.first > 0 and self.first == self.last

    @property
    def prefix(self) -> str | None:
        """The day, month or year as an ISO 8601 prefix, None where it is not told."""
        if not self.known:
            return None
        first, last = date.fromordinal(self.first).isoformat(), date.fromordinal(self.last).isoformat()
        return first if first == last else first[:7] if first[:7] == last[:7] else first[:4]


class Occasions:
    """The occasions on which was said what one Record tells."""

    def __init__(self, record: Record, sentences: Sentences) -> None:
        self._record, self._sentences = record, sentences
        self._published = ordinals(record.published)
        dated = ((time.span, _PREFIX.match(time.value)) for time in record.times)
        self._times = [(span, ordinals(found.group())) for span, found in dated if found]

    def of(self, statement: Statement) -> Occasion:
        """Return when a statement was made, as its own sentence tells."""
        cue = statement.cue[0] if statement.cue else statement.source[0]
        first, last = self._told(cue, statement.content)
        before = self._record.text[max(cue[0] - _REACH, 0) : cue[0]]
        earlier = _BEFORE.search(before) is not None or self._record.text[slice(*cue)].lower().startswith("had ")
        return Occasion(first, last, self._published[1], earlier)

    def _told(self, cue: Span, content: list[Span]) -> tuple[int, int]:
        start, end = self._sentences.of(cue)
        near = [
            (abs(span[0] - cue[0]), days)
            for span, days in self._times
            if start <= span[0] < end and not any(a <= span[0] < b for a, b in content)
        ]
        past = [(distance, self._past(days)) for distance, days in near]
        return min(((distance, days) for distance, days in past if days[0]), default=(0, (0, 0)))[1]

    def _past(self, days: tuple[int, int]) -> tuple[int, int]:
        """Put a weekday that was taken for the coming one a week back; drop what lies ahead all the same."""
        last = self._published[1]
        if last and days[0] > last:
            days = (days[0] - _WEEK, days[1] - _WEEK) if days[0] == days[1] else (0, 0)
        return days if not last or days[0] <= last else (0, 0)
