"""Quotations: the passages between quotation marks.

Marks are read by family (double, single, guillemets, typewriter) and by the side that they lean on, so that an
apostrophe, an inch mark or a stray closing mark opens nothing. A quotation ends with its paragraph at the latest;
where the next paragraph opens with a mark again, the attribution step joins the two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from sayso.reading.annotations import Quotation
from sayso.reading.paragraphs import is_hard_wrapped
from sayso.records import Span

_MARK = re.compile(r"``|''|[\"“”„‟«»‘’']")
_LINE = re.compile(r"[^\r\n]+")
_WRAPPED = re.compile(r"[^\r\n]+(?:(?:\r\n|\n|\r)[^\r\n]+)*")
_ELISION = re.compile(r"['’‘](?:\d0s|em|til|tis|twas|cause|n)\b", re.IGNORECASE)

_FAMILY = {'"': "double", "“": "double", "”": "double", "„": "double", "‟": "double", "``": "double", "''": "double",
           "«": "guillemet", "»": "guillemet", "‘": "single", "’": "single", "'": "single"}  # fmt: skip
_ONLY_OPENS = frozenset(("“", "„", "‟", "``", "«", "‘"))
_ONLY_CLOSES = frozenset(("”", "»", "’"))
_DEEPEST = 3
_LONGEST_SINGLE = 600
"""Characters between single marks: farther apart they are more likely an apostrophe and a plural possessive."""


class _Open(NamedTuple):
    family: str
    start: int


def paragraphs_of(text: str) -> Iterator[Span]:
    """Yield the paragraphs of a text; single newlines do not end one in text wrapped at a fixed width."""
    for match in (_WRAPPED if is_hard_wrapped(text) else _LINE).finditer(text):
        yield match.span()


def _leans(text: str, start: int, end: int, bounds: Span) -> tuple[bool, bool]:
    """Say whether a mark may open (nothing before it, something after) and may close (the reverse)."""
    before = text[start - 1] if start > bounds[0] else " "
    after = text[end] if end < bounds[1] else " "
    opens = not after.isspace() and not before.isalnum() and before not in ".,!?;"
    closes = not before.isspace() and not after.isalnum()
    return opens, closes


def _possessive(text: str, start: int, end: int) -> bool:
    """Say whether a closing single mark looks like a plural possessive: ``the voters' choice``."""
    return text[start - 1 : start] == "s" and text[end : end + 1] == " " and text[end + 1 : end + 2].islower()


def _single_closers(text: str, bounds: Span) -> list[int]:
    """Return where a single quotation of the paragraph may end, possessives last resort and so left out."""
    return [
        m.start()
        for m in re.compile(r"['’]").finditer(text, *bounds)
        if _leans(text, m.start(), m.end(), bounds)[1] and not _possessive(text, m.start(), m.end())
    ]


class _Paragraph:
    """The marks of one paragraph, matched from left to right."""

    def __init__(self, text: str, bounds: Span) -> None:
        self.text, self.bounds = text, bounds
        self.open: list[_Open] = []
        self.closers: list[int] | None = None
        self.found: list[tuple[int, int, bool, bool]] = []

    def read(self) -> list[tuple[int, int, bool, bool]]:
        """Return (start, end, closed, nested) of every quotation."""
        for mark in _MARK.finditer(self.text, *self.bounds):
            self._take(mark.group(), mark.start(), mark.end())
        end = self.bounds[0] + len(self.text[slice(*self.bounds)].rstrip())
        while self.open:
            self._close(len(self.open) - 1, end, closed=False)
        return self.found

    def _take(self, mark: str, start: int, end: int) -> None:
        family = _FAMILY[mark]
        may_open, may_close = _leans(self.text, start, end, self.bounds)
        depth = self._depth_of(family)
        if mark in _ONLY_CLOSES or (depth >= 0 and may_close and not (mark in _ONLY_OPENS and may_open)):
            if depth >= 0 and may_close:
                self._close(depth, end, closed=True)
        elif may_open and len(self.open) < _DEEPEST and (family != "single" or self._single_opens(start, depth)):
            self.open.append(_Open(family, start))

    def _depth_of(self, family: str) -> int:
        return max((i for i, opened in enumerate(self.open) if opened.family == family), default=-1)

    def _single_opens(self, start: int, depth: int) -> bool:
        if depth >= 0 or _ELISION.match(self.text, start):
            return False
        if self.closers is None:
            self.closers = _single_closers(self.text, self.bounds)
        at = bisect_left(self.closers, start + 2)
        return at < len(self.closers) and self.closers[at] - start <= _LONGEST_SINGLE

    def _close(self, depth: int, end: int, closed: bool) -> None:
        """Close the quotation at a depth; what was opened inside it and never closed was no quotation."""
        opened = self.open[depth]
        if closed and opened.family == "single" and _possessive(self.text, end - 1, end) and self._closes_later(end):
            return
        del self.open[depth:]
        if closed or opened.family != "single":
            self.found.append((opened.start, end, closed, depth > 0))

    def _closes_later(self, end: int) -> bool:
        closers = self.closers or []
        at = bisect_left(closers, end)
        return at < len(closers) and closers[at] - end <= _LONGEST_SINGLE


def _words_inside(text: str, start: int, end: int) -> bool:
    return any(c.isalnum() for c in text[start : min(end, start + 50)])


def find_quotations(doc: Doc) -> Doc:
    """Set ``doc._.quotations``: every passage between quotation marks, in text order, the marks included.

    Straight, curly, typewriter (`` and '') and single marks and guillemets are known; a quotation that is not closed
    ends with its paragraph. A quotation inside another one is ``nested``. Time is linear in the length of the text.
    """
    text = doc.text
    if not _MARK.search(text):
        doc._.quotations = []
        return doc
    starts = doc.to_array(["IDX"]).ravel().astype(np.int64)
    spans = [found for bounds in paragraphs_of(text) for found in _Paragraph(text, bounds).read()]
    spans = sorted(s for s in spans if _words_inside(text, s[0], s[1]))
    first = np.searchsorted(starts, [s[0] for s in spans], side="right") - 1
    last = np.searchsorted(starts, [s[1] for s in spans], side="left")
    doc._.quotations = [
        Quotation(int(i), int(j), (start, end), closed, nested)
        for (start, end, closed, nested), i, j in zip(spans, first, last, strict=True)
    ]
    return doc
