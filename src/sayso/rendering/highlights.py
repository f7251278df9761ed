"""Highlights: the text cut into paragraphs and pieces, so that overlapping items can all be marked in it.

Spans of items overlap and nest. The text is cut wherever one of them begins or ends, and each piece knows the items
that cover it: sorting the cuts and sweeping over them once costs n log n.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sayso.records import Record, Span
from sayso.rendering.account import left_out
from sayso.rendering.evidence import merged
from sayso.rendering.neutral import neutral

Role = Literal["content", "source", "cue", "anchor", "actor", "recipient", "number", "place", "time"]

DEEPEST = 12
"""A piece names no more items than this: those whose spans began last. Hostile nesting stays linear so."""

_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_WRAPPED_LINE = range(45, 101)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the items that cover it, each with the role that the stretch has in it.

    ``anchor`` is the item that the piece itself names: an event by its word, a statement by its cue. ``opens`` are the
    items whose first evidence begins here, ``label`` is the anchor's item where the piece is the first to name it.
    """

    text: str
    marks: tuple[tuple[str, Role], ...] = ()
    opens: tuple[str, ...] = ()
    anchor: str | None = None
    label: str | None = None
    outside: bool = False

    @property
    def items(self) -> str:
        """The ids of the items, in the form of an attribute's list of words."""
        return " ".join(dict.fromkeys(item for item, _ in self.marks))

    @property
    def roles(self) -> str:
        """The items with their roles: "e1:actor s2:content"."""
        return " ".join(f"{item}:{role}" for item, role in self.marks)

    @property
    def classes(self) -> str:
        """The roles alone, as names of classes."""
        return " ".join(dict.fromkeys(role for _, role in self.marks))


@dataclass(slots=True)
class Paragraph:
    """A paragraph; ``heading`` where it looks like a line between paragraphs, ``outside`` where it is not article."""

    pieces: list[Piece] = field(default_factory=list)
    heading: bool = False
    outside: bool = False


def paragraphs(record: Record) -> list[Paragraph]:
    """Return the text of a Record as paragraphs of pieces."""
    breaks = list(_paragraph_spans(record.text))
    pieces = iter(_pieces(record, breaks))
    found: list[Paragraph] = []
    pending = next(pieces, None)
    for start, end in breaks:
        paragraph = Paragraph(heading=_is_heading(record.text, start, end))
        while pending is not None and pending[0] < end:
            if pending[0] >= start:
                paragraph.pieces.append(pending[1])
            pending = next(pieces, None)
        paragraph.outside = bool(paragraph.pieces) and all(piece.outside for piece in paragraph.pieces)
        found.append(paragraph)
    return found


def _pieces(record: Record, breaks: list[Span]) -> Iterator[tuple[int, Piece]]:
    """Sweep over the text; yield each piece with its start."""
    text = neutral(record.text)
    roles = [(start, end, item, role) for item, role, spans in _evidence(record) for start, end in spans]
    cuts = sorted(
        {0, len(text), *(edge for span in breaks for edge in span)}
        | {edge for start, end, _, _ in roles for edge in (start, end)}
        | {edge for span in record.body for edge in span}
    )
    starting = sorted(roles, key=lambda mark: mark[0])
    gaps = left_out(record)
    active: dict[tuple[str, Role, int], int] = {}
    seen = _Seen()
    mark = gap = 0
    for start, end in itertools.pairwise(cuts):
        active = {key: stop for key, stop in active.items() if stop > start}
        while mark < len(starting) and starting[mark][0] <= start:
            _, stop, item, role = starting[mark]
            active[item, role, mark] = stop
            mark += 1
        if len(active) > 4 * DEEPEST:
            active = dict(list(active.items())[-DEEPEST:])
        while gap < len(gaps) and gaps[gap][1] <= start:
            gap += 1
        outside = gap < len(gaps) and gaps[gap][0] <= start
        yield start, _piece(text[start:end], active, seen, outside=outside)


@dataclass(slots=True)
class _Seen:
    """The items that earlier pieces have opened and labelled."""

    opened: set[str] = field(default_factory=set)
    labelled: set[str] = field(default_factory=set)


def _piece(text: str, active: dict[tuple[str, Role, int], int], seen: _Seen, *, outside: bool) -> Piece:
    marks = tuple(dict.fromkeys((item, role) for item, role, _ in list(active)[-DEEPEST:]))
    opens = tuple(dict.fromkeys(item for item, _ in marks if item not in seen.opened))
    anchor = next((item for item, role in reversed(marks) if role in ("anchor", "cue")), None)
    label = anchor if anchor not in seen.labelled else None
    seen.opened.update(opens)
    seen.labelled.update([anchor] if anchor else [])
    return Piece(text, marks, opens, anchor, label, outside)


def _evidence(record: Record) -> Iterator[tuple[str, Role, list[Span]]]:
    """Yield the spans of each item by the role that they have in it."""
    places = {place.id or place.name: sorted(place.mentions) for place in record.places}
    times = {time.id: [time.span] for time in record.times}
    for statement in record.statements:
        yield statement.id, "content", merged(statement.content)
        yield statement.id, "source", merged(statement.source)
        yield statement.id, "cue", merged(statement.cue)
    for event in record.events:
        yield event.id, "anchor", [event.anchor]
        yield event.id, "actor", merged(event.actor_spans)
        yield event.id, "recipient", merged(event.recipient_spans)
        yield event.id, "number", merged(quantity.span for quantity in event.quantities)
        yield event.id, "time", times.get(event.time or "", [])
        yield event.id, "place", _nearest(places.get(event.place or "", []), event.anchor)


def _nearest(mentions: list[Span], anchor: Span) -> list[Span]:
    """Return the mention of a place that is nearest to an event, if any: the others speak of other things."""
    after = bisect_left(mentions, anchor)
    around = mentions[max(0, after - 1) : after + 1]
    return [min(around, key=lambda span: abs(span[0] - anchor[0]))] if around else []


def _paragraph_spans(text: str) -> Iterator[Span]:
    """Yield the paragraphs: blank lines part them, single line feeds too unless the text is wrapped at a width."""
    position = 0
    separators = _BLANK_LINES if _is_wrapped(text) else re.compile(r"\n\s*")
    for match in separators.finditer(text):
        if text[position : match.start()].strip():
            yield position, match.start()
        position = match.end()
    if text[position:].strip():
        yield position, len(text)


def _is_wrapped(text: str) -> bool:
    """Say whether most lines that another one follows are as long as lines wrapped at a width are."""
    lines = text.splitlines()
    followed = [len(line) for line, after in itertools.pairwise(lines) if line.strip() and after.strip()]
    return len(followed) > 3 and sum(length in _WRAPPED_LINE for length in followed) > 0.7 * len(followed)


def _is_heading(text: str, start: int, end: int) -> bool:
    line = text[start:end].strip()
    return len(line) <= 90 and "\n" not in line and not line.endswith((".", "!", "?", ":", ";", ",", "”", '"', ")"))
