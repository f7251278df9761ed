"""Statements as spans and nothing else: all that gold tells of them, and all of them that is scored."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.errors import GoldError
from sayso.records import Record, Span

ROLES = ("source", "cue", "content")

_SHAPE = '{"source": [[start, end], ...], "cue": [...], "content": [...]}'


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement: who says (``source``), by which words (``cue``), what (``content``).

    ``confidence`` is that of a predicted statement; gold has none.
    """

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    confidence: float | None = None

    def spans(self, role: str) -> tuple[Span, ...]:
        """Return the spans of a role by its name."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[role]


def attributions_of(record: Record) -> tuple[Attribution, ...]:
    """Return the statements of a Record."""
    return tuple(Attribution(tuple(s.source), tuple(s.cue), tuple(s.content), s.confidence) for s in record.statements)


def attributions(row: Mapping[str, object], length: int) -> tuple[Attribution, ...]:
    """Return the statements of a row whose text has so many characters; raise GoldError where one is not sound."""
    items = row.get("statements")
    if items is None:
        raise GoldError('no "statements"; give a list of them, an empty one where nobody says anything')
    if not isinstance(items, list):
        raise GoldError(f'"statements" is {reprlib.repr(items)}, not a list; write [{_SHAPE}, ...]')
    return tuple(_attribution(item, number, length) for number, item in enumerate(items, 1))


def checked(start: int, end: int, length: int) -> Span:
    """Return a span; raise GoldError where it covers nothing, or lies outside a text of so many characters."""
    if start >= end:
        raise GoldError(f"the span {start} to {end} covers nothing; write the start first, then the end, exclusive")
    if start < 0 or end > length:
        raise GoldError(
            f"the span {start} to {end} lies outside the text, which has {length:,} characters; "
            "count in Unicode characters, the end exclusive"
        )
    return start, end


def _attribution(item: object, number: int, length: int) -> Attribution:
    if not isinstance(item, dict):
        raise GoldError(f"statement {number} is {reprlib.repr(item)}; write {_SHAPE}")
    try:
        source, cue, content = (_role(item.get(role), role, length) for role in ROLES)
        return Attribution(source, cue, content, _confidence(item.get("confidence")))
    except GoldError as error:
        raise GoldError(f"statement {number}, {error}") from error


def _role(spans: object, role: str, length: int) -> tuple[Span, ...]:
    if spans is None:
        return ()
    if not isinstance(spans, list):
        raise GoldError(f"{role}: {reprlib.repr(spans)} is not a list of spans; write [[start, end], ...]")
    try:
        return tuple(checked(*_pair(span), length) for span in spans)
    except GoldError as error:
        raise GoldError(f"{role}: {error}") from error


def _pair(span: object) -> Span:
    match span:
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            return start, end
    raise GoldError(f"{reprlib.repr(span)} is not a span; write [start, end] in whole numbers")


def _confidence(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise GoldError(
            f"confidence: {reprlib.repr(value)} is not a probability; write a number from 0 to 1, or nothing"
        )
    return float(value)
