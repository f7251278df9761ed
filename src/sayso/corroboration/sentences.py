"""Sentences of a text, near enough: what is shown around a word, and what a statement stands in."""

from __future__ import annotations

from bisect import bisect_right

from sayso.records import Span

_ENDS = frozenset(".!?…\n")
_CLOSING = frozenset("\"'”’)]»")
_LONGEST = 1_000
"""A sentence that does not end is cut this many characters before and after its word."""


class Sentences:
    """The sentences of one text, by position."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = _starts(text)

    def of(self, anchor: Span, beyond: int = 0) -> Span:
        """Return the sentences in which a span stands, with so many before and after it, without white space around."""
        first = max(bisect_right(self._starts, anchor[0]) - 1 - beyond, 0)
        last = bisect_right(self._starts, max(anchor[1] - 1, anchor[0])) + beyond
        start = max(self._starts[first], anchor[0] - _LONGEST)
        end = self._starts[last] if last < len(self._starts) else len(self._text)
        end = max(min(end, anchor[1] + _LONGEST), anchor[1])
        words = self._text[start:end]
        return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _starts(text: str) -> list[int]:
    """Return where sentences begin: after a line, or after a stop that a space and no small letter follow."""
    starts, at, size = [0], 0, len(text)
    while at < size:
        if text[at] not in _ENDS:
            at += 1
            continue
        line = text[at] == "\n"
        at += 1
        while at < size and text[at] in _CLOSING:
            at += 1
        following = at
        while following < size and text[following].isspace():
            line = line or text[following] == "\n"
            following += 1
        if following < size and following > at - line and (line or not text[following].islower()):
            starts.append(following)
        at = max(at, following)
    return starts
