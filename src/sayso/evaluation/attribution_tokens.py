"""A text as scoring sees it: its words and symbols by number, which are quoted, and statements as ranges of them.

Ranges are in order and apart from one another, so that everything done with them takes one pass.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sayso.evaluation.attribution_spans import Attribution
from sayso.records import Span, StatementKind

Ranges = tuple[tuple[int, int], ...]
"""Numbers of tokens, from and up to, in order and apart."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = re.compile(r"``|''|[\"“”\n]")
_OPENING = frozenset({"“", "``", '"', "''"})
_CLOSING = frozenset({"”", '"', "''", "\n"})
_SINGLE = re.compile(r"(?<!\w)‘[^‘\n]{2,400}?’(?!\w)")
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Tokenised:
    """A statement by the tokens of its roles, and whether its content is ``direct``, ``indirect`` or ``mixed``."""

    attribution: Attribution
    source: Ranges
    cue: Ranges
    content: Ranges
    kind: StatementKind

    def tokens(self, role: str) -> Ranges:
        """Return the tokens of a role by its name."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[role]


class Tokens:
    """The tokens of one text."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        inside = [False] * len(spans)
        for start, end in _quotations(text):
            for number in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
                inside[number] = True
        self._quoted_before = list(accumulate(inside, initial=0))

    def statements(self, attributions: Iterable[Attribution]) -> list[Tokenised]:
        """Return those statements that have a content."""
        return [made for made in map(self._tokenised, attributions) if made.content]

    def _tokenised(self, attribution: Attribution) -> Tokenised:
        source, cue, content = (
            self._covered(spans) for spans in (attribution.source, attribution.cue, attribution.content)
        )
        return Tokenised(attribution, source, cue, content, self._kind(content))

    def _covered(self, spans: Iterable[Span]) -> Ranges:
        """Return the tokens of which a span covers any character."""
        return united((bisect_right(self.ends, start), bisect_left(self.starts, end)) for start, end in spans)

    def _kind(self, content: Ranges) -> StatementKind:
        quoted = sum(self._quoted_before[end] - self._quoted_before[start] for start, end in content)
        if not quoted:
            return "indirect"
        return "direct" if quoted / size(content) >= _MOSTLY else "mixed"


def united(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return what ranges cover together."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def size(ranges: Ranges) -> int:
    """Return how many tokens ranges hold."""
    return sum(end - start for start, end in ranges)


def common(one: Ranges, other: Ranges) -> int:
    """Return how many tokens two lots of ranges share."""
    shared = i = j = 0
    while i < len(one) and j < len(other):
        shared += max(0, min(one[i][1], other[j][1]) - max(one[i][0], other[j][0]))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return shared


def overlaps(ones: Sequence[Ranges], others: Sequence[Ranges]) -> dict[tuple[int, int], int]:
    """Return how many tokens each of the ones shares with each of the others, pairs that share none left out."""
    parts = sorted(
        (start, end, side, i)
        for side, lots in enumerate((ones, others))
        for i, ranges in enumerate(lots)
        for start, end in ranges
    )
    shared: dict[tuple[int, int], int] = {}
    open_: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, i in parts:
        facing = open_[1 - side]
        facing[:] = [(until, j) for until, j in facing if until > start]
        for until, j in facing:
            pair = (j, i) if side else (i, j)
            shared[pair] = shared.get(pair, 0) + min(end, until) - start
        open_[side].append((end, i))
    return shared


def _quotations(text: str) -> Iterator[Span]:
    """Yield what stands between quotation marks; a quotation that is not closed ends with its paragraph."""
    for match in _SINGLE.finditer(text):
        yield match.span()
    opened: int | None = None
    for mark in _MARKS.finditer(text):
        if opened is None and mark.group() in _OPENING:
            opened = mark.start()
        elif opened is not None and mark.group() in _CLOSING:
            yield opened, mark.end()
            opened = None
    if opened is not None:
        yield opened, len(text)
