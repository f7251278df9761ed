"""When a telling's occurrence took place, as far as its text lets one guess, and from where that is known.

A telling has a date of its own, or its sentence speaks of one, or the sentence before set the scene, or nothing says
more than that it stands in news of a certain day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta

from sayso.corroboration.telling import Telling
from sayso.records import Record

OWN, SENTENCE, SCENE, PUBLISHED, UNKNOWN = 4, 3, 2, 1, 0
"""From where it is known when something happened: its own date, one in its sentence, one in the sentence before,
the day of publication, or from nowhere."""

_PREFIX = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=T|$)")
_LATELY = 3
"""What news tells without a date happened at most so many days before."""

_WEEK = 7

When = tuple[int, int, int]
"""First and last day as ordinals, and from where they are known; zeros where they are not."""


class Whens:
    """The times of one Record, by position."""

    def __init__(self, record: Record) -> None:
        dated = [(t.span[0], ordinals(m.group())) for t in record.times if (m := _PREFIX.match(t.value))]
        self._dated = sorted(dated)
        self._starts = [start for start, _ in self._dated]
        self._published = ordinals(record.published)
        self._contents = {s.id: s.content for s in record.statements}
        self._scene: tuple[int, When] = (-1, (0, 0, UNKNOWN))

    def of(self, telling: Telling) -> When:
        """Return when a telling's occurrence took place; tellings must be asked for in text order."""
        own = self._past(ordinals(telling.date), telling)
        if own[0]:
            return self._set(telling, (*own, OWN))
        near = self._nearest(telling)
        if near is not None:
            near = self._past(near, telling)
            return self._set(telling, (*near, SENTENCE))
        start, scene = self._scene
        if scene[2] and start < telling.passage[0]:
            return scene[0], scene[1], SCENE
        if self._published[0]:
            return self._published[0] - _LATELY, self._published[1], PUBLISHED
        return 0, 0, UNKNOWN

    def _set(self, telling: Telling, when: When) -> When:
        self._scene = (telling.passage[0], when)
        return when

    def _past(self, days: tuple[int, int], telling: Telling) -> tuple[int, int]:
        """Put a weekday that was taken for the coming one a week back where what happened on it is told as past."""
        ahead = days[0] - self._published[1] if days[0] and self._published[1] else 0
        if telling.tense in ("past", "none") and days[0] == days[1] and 0 < ahead < _WEEK:
            return days[0] - _WEEK, days[1] - _WEEK
        return days

    def _nearest(self, telling: Telling) -> tuple[int, int] | None:
        start, end = telling.passage
        span = range(bisect_left(self._starts, start), bisect_left(self._starts, end))
        within = [i for i in span if self._is_of(telling, self._starts[i])]
        if not within:
            return None
        return self._dated[min(within, key=lambda i: abs(self._starts[i] - telling.anchor[0]))][1]

    def _is_of(self, telling: Telling, position: int) -> bool:
        """Say whether a time stands in the statement that holds a telling: "said on Friday" is when it was said."""
        if not telling.sayings:
            return True
        content = self._contents[telling.sayings[0].statement]
        return any(start <= position < end for start, end in content)


def ordinals(prefix: str | None) -> tuple[int, int]:
    """Return the first and last day of an ISO 8601 prefix as ordinals, zeros where there is none."""
    if not prefix:
        return 0, 0
    try:
        year, month, day = (int(part) if part else 0 for part in (prefix[:4], prefix[5:7], prefix[8:10]))
        begin = date(year, month or 1, day or 1)
        if day:
            return begin.toordinal(), begin.toordinal()
        end = date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1) - timedelta(days=1)
    except (ValueError, OverflowError):
        return 0, 0
    return begin.toordinal(), end.toordinal()
