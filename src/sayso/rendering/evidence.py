"""Evidence: the words of the text that an item rests on, with as much around them as makes them readable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.records import Span
from sayso.rendering.neutral import neutral

REACH = 240
"""How far, in characters, a passage may extend to either side in search of the ends of its sentence."""

_ENDS = re.compile(r"(?<!\b[A-Z])[.!?][\"'”’)\]]*(?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text; ``marked`` are the spans within it that matter, as offsets into the text."""

    text: str
    start: int
    marked: list[Span]
    cut_before: bool = False
    cut_after: bool = False

    @property
    def quotation_marks(self) -> tuple[str, str]:
        """The marks to put around the passage: single ones where it holds double ones, an ellipsis where it is cut."""
        opening, closing = ("‘", "’") if "“" in self.text or '"' in self.text else ("“", "”")
        return opening + "… " * self.cut_before, " …" * self.cut_after + closing

    def pieces(self) -> list[tuple[str, bool]]:
        """Return the passage on one line, cut where marking begins and ends: (words, whether marked)."""
        pieces, position = [], self.start
        for start, end in self.marked:
            pieces += [(self._slice(position, start), False), (self._slice(start, end), True)]
            position = end
        pieces.append((self._slice(position, self.start + len(self.text)), False))
        return [(words, marked) for words, marked in pieces if words]

    def _slice(self, start: int, end: int) -> str:
        return re.sub(r"\s+", " ", neutral(self.text[start - self.start : end - self.start]))


def sentence_around(text: str, anchor: Span, also: Iterable[Span]) -> Passage:
    """Return the sentence that holds an anchor, with those of the other spans that lie in it marked as well."""
    before = text[max(0, anchor[0] - REACH) : anchor[0]]
    after = text[anchor[1] : anchor[1] + REACH]
    ends = [match.end() for match in _ENDS.finditer(before)]
    end = _ENDS.search(after + "\n" if anchor[1] + REACH >= len(text) else after)
    start = anchor[0] - len(before) + (ends[-1] if ends else 0)
    stop = anchor[1] + (min(end.end(), len(after)) if end else len(after))
    while start < anchor[0] and text[start].isspace():
        start += 1
    while stop > anchor[1] and text[stop - 1].isspace():
        stop -= 1
    marked = merged(span for span in [anchor, *also] if start <= span[0] and span[1] <= stop)
    cut_before = not ends and start > 0 and anchor[0] > REACH
    return Passage(text[start:stop], start, marked, cut_before=cut_before, cut_after=end is None)


def opening_of(text: str, span: Span) -> Passage:
    """Return the beginning of a stretch of text."""
    start = next((position for position in range(*span) if not text[position].isspace()), span[0])
    stop = min(span[1], start + REACH)
    return Passage(text[start:stop].rstrip(), start, [], cut_after=stop < span[1])


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap made into one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
