"""Texts of our own with their statements, named by the words that fill the roles."""

from __future__ import annotations

from sayso.evaluation.attribution import Attribution, GoldDocument
from sayso.records import Document, Span

Words = str | tuple[str, ...] | None

ROAD = "Anna Bell said the road is shut. Carl denied that it was."
QUOTED = "“The road,” Anna Bell told us, “is shut,” and Carl, who “knows,” agreed."


def at(text: str, words: Words) -> tuple[Span, ...]:
    """Return where words stand, each of them for the first time."""
    each = () if words is None else (words,) if isinstance(words, str) else words
    return tuple((text.index(one), text.index(one) + len(one)) for one in each)


def said(text: str, source: Words, cue: Words, content: Words, confidence: float | None = None) -> Attribution:
    return Attribution(at(text, source), at(text, cue), at(text, content), confidence)


def gold(text: str, *statements: Attribution, ref: str = "a") -> GoldDocument:
    return GoldDocument(Document(text=text, ref=ref), statements)
