"""Direct, indirect or mixed, and which statement is part of which other."""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.tokens import Doc

from sayso.reading.annotations import Statement
from sayso.records import Span, StatementKind

_WORD = re.compile(r"\w+|[^\w\s]")
_MOSTLY = 0.8
_DEEPEST = 32
"""Statements within statements that are kept in view."""


class Quoted:
    """Which characters of a document are between quotation marks."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.spans: list[Span] = [q.chars for q in doc._.quotations if not q.nested]
        self.starts = [start for start, _ in self.spans]

    def at(self, position: int) -> bool:
        """Say whether a character is between quotation marks."""
        i = bisect_right(self.starts, position) - 1
        return i >= 0 and position < self.spans[i][1]

    def kind(self, content: list[Span]) -> StatementKind:
        """Return ``direct`` where four fifths of the words are quoted, ``indirect`` where none is, else ``mixed``."""
        words = [m.start() for start, end in content for m in _WORD.finditer(self.text, start, end)]
        inside = sum(map(self.at, words))
        if not inside:
            return "indirect"
        return "direct" if inside >= _MOSTLY * len(words) else "mixed"


def add_parents(statements: list[Statement]) -> None:
    """Set the parent of each statement: the innermost other one whose content holds its cue and its content."""
    parts = sorted((start, end, i) for i, s in enumerate(statements) for start, end in s.content)
    asked = sorted(((s.cue or s.content)[0][0], i) for i, s in enumerate(statements))
    around: list[tuple[int, int, int]] = []
    following = 0
    for position, i in asked:
        while following < len(parts) and parts[following][0] <= position:
            around.append(parts[following])
            following += 1
        around = [part for part in around if part[1] > position][-_DEEPEST:]
        holders = [(end - start, j) for start, end, j in around if j != i and _holds(statements[j], statements[i])]
        statements[i].parent = statements[min(holders)[1]] if holders else None


def _holds(outer: Statement, inner: Statement) -> bool:
    """Say whether a content holds all of a smaller one, so that no two statements hold each other."""
    sizes = [sum(end - start for start, end in s.content) for s in (outer, inner)]
    return sizes[0] > sizes[1] and all(outer.holds(start) for start, _ in inner.content)
