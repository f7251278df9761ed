"""Paragraphs: sentences never run across a heading, a by-line or the end of a paragraph.

The parser is told where paragraphs begin, so that a headline without a full stop is a sentence of its own. In text
that was wrapped by hand at a fixed width a single newline is only white space, and blank lines alone separate.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"\n|\r(?!\n)")
_ENDS_SENTENCE = re.compile(r"[.!?:;…\"”’')\]]\s*$")


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
    breaks = 0
    for token in doc:
        if token.is_space:
            breaks += len(_BREAK.findall(token.text_with_ws))
        else:
            if breaks >= needed:
                token.is_sent_start = True
            breaks = 0
    return doc
