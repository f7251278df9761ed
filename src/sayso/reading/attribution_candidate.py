"""A candidate attribution: what may be one person's words, before it is weighed.

Positions here are tokens, ranges end exclusive. The helpers trim ranges to what an annotator would mark: no white
space and no punctuation at the edges, and never half a quotation.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from sayso.records import Span

Range = tuple[int, int]
Part = Literal["verb", "noun", "adjective", "phrase", "colon"]

LEARNED = "learned"
"""The frame of a candidate that the network alone proposes."""

OPENING = frozenset("“\"‘«`'")
_DASHES = frozenset(("-", "–", "—", "--"))
_LONGEST_DATELINE = 16
_LOOSE = frozenset((",", ".", ":", ";", "-", "–", "—", "--", "...", "…", "!", "?", "|"))


@dataclass(slots=True, eq=False)
class Candidate:
    """A cue with its source and content; ``frame`` says how the content hangs on the cue.

    ``misparsed``: the cue is the verb of its sentence, of which the parser made a participle.
    """

    part: Part
    lemma: str
    frame: str
    cue_head: int
    cue: list[Range]
    content: list[Range]
    source: Range | None = None
    source_head: int | None = None
    content_head: int | None = None
    addressee_head: int | None = None
    quotations: list[Range] = field(default_factory=list)
    logit: float = 0.0
    misparsed: bool = False

    @property
    def probability(self) -> float:
        """The probability that this is an attribution, by its log-odds."""
        return 1 / (1 + math.exp(-self.logit))


class Quotations:
    """The outermost quotations of a document, found by position."""

    def __init__(self, doc: Doc) -> None:
        self.ranges: list[Range] = [(q.start, q.end) for q in doc._.quotations if not q.nested]
        self._starts = [start for start, _ in self.ranges]

    def around(self, token: int) -> Range | None:
        """Return the quotation that a token is in."""
        at = bisect_right(self._starts, token) - 1
        return self.ranges[at] if at >= 0 and token < self.ranges[at][1] else None

    def within(self, start: int, end: int) -> list[Range]:
        """Return the quotations that share a token with a range."""
        first = bisect_right(self._starts, start) - 1
        found = self.ranges[max(first, 0) : bisect_left(self._starts, end)]
        return [one for one in found if one[1] > start]


def trim(doc: Doc, start: int, end: int) -> Range:
    """Drop white space and loose punctuation from both edges of a range."""
    while start < end and (doc[start].is_space or doc[start].text in _LOOSE):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _LOOSE):
        end -= 1
    return start, end


def subtree(token: Token) -> Range:
    """Return the range from the first to the last token under a token."""
    return token.left_edge.i, token.right_edge.i + 1


def without(whole: Range, hole: Range) -> list[Range]:
    """Return what is left of a range when another one is cut out of it."""
    parts = [(whole[0], min(whole[1], hole[0])), (max(whole[0], hole[1]), whole[1])]
    return [(a, b) for a, b in parts if a < b]


def chars_of(doc: Doc, part: Range) -> Span:
    """Return the character offsets of a token range."""
    last = doc[part[1] - 1]
    return doc[part[0]].idx, last.idx + len(last)


def after_dateline(doc: Doc, start: int, end: int) -> int:
    """Return where a range goes on behind a dateline that it begins with: WASHINGTON (Reuters) - ..."""
    if not doc[start].is_upper:
        return start
    for i in range(start + 1, min(end - 1, start + _LONGEST_DATELINE)):
        if doc[i].text in _DASHES and doc[i - 1].text == ")":
            return i + 1
    return start
