"""Paragraphs: sentences never run across a heading, a by-line, a dateline or the end of a paragraph.

The parser is told where paragraphs begin, so that a headline without a full stop is a sentence of its own. In text
that was wrapped by hand at a fixed width a single newline is only white space, and blank lines alone separate.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"\n|\r(?!\n)")
_ENDS_SENTENCE = re.compile(r"[.!?:;…\"”’')\]]\s*$")

_DASHES = frozenset(("-", "–", "—", "--"))
_SHORTEST_PLACE = 2
_LONGEST_DATELINE = 16


def is_hard_wrapped(text: str) -> bool:
    """Say whether most lines were cut at a fixed width rather than where a paragraph ends."""
    lines = [m.group().rstrip() for m in _LINE.finditer(text)]
    if len(lines) < 4:
        return False
    width = max(map(len, lines))
    cut = [line for line in lines[:-1] if not _ENDS_SENTENCE.search(line) and len(line) > 0.6 * width]
    return width <= 120 and len(cut) >= 0.5 * (len(lines) - 1)


def mark_paragraphs(doc: Doc) -> Doc:
    """Set a sentence start on the first word of every paragraph."""
    needed = 2 if is_hard_wrapped(doc.text) else 1
    breaks = needed
    for token in doc:
        if token.is_space:
            breaks += len(_BREAK.findall(token.text_with_ws))
        else:
            if breaks >= needed:
                token.is_sent_start = True
                _mark_dateline(doc, token)
            breaks = 0
    return doc


def _mark_dateline(doc: Doc, first: Token) -> None:
    """Let a sentence start behind a dateline: "CONCORD, N.H. (Reuters) - The governor ..."."""
    if not (first.is_upper and first.is_alpha and len(first) > _SHORTEST_PLACE):
        return
    for i in range(first.i + 1, min(first.i + _LONGEST_DATELINE, len(doc) - 1)):
        token = doc[i]
        if token.text in _DASHES and doc[i - 1].whitespace_ and not doc[i + 1].is_space:
            doc[i + 1].is_sent_start = True
            return
        if token.is_space or token.is_lower:
            return
