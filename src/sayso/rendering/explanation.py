"""Why each item was coded, by which rule and on which words; and what was not coded, and why not."""

from __future__ import annotations

from collections.abc import Iterable

from rich.padding import Padding
from rich.text import Text

from sayso.reading.assembly import Reason
from sayso.reading.reader import Explanation
from sayso.records import Event, Record, Span, Statement
from sayso.rendering.account import left_out
from sayso.rendering.evidence import opening_of, sentence_around
from sayso.rendering.neutral import one_line
from sayso.rendering.terminal import Screen, indented, quoted, section

_SECTIONS = {
    "statement": "Statements",
    "event": "Events",
    "quantity": "Numbers",
    "actor": "Actors",
    "place": "Places",
    "time": "Times",
}

MOST_WORDS = 6
"""So many mentions of an actor or a place are shown; the rest are counted."""


def render(explanation: Explanation, screen: Screen) -> str:
    """Return an explanation as it is to appear on a screen, ending in an empty line."""
    return screen.show([*_parts(explanation), Text()])


def _parts(explanation: Explanation) -> Iterable[Text | Padding]:
    record = explanation.record
    yield Text(one_line(record.title or record.origin or "Untitled"), style="bold")
    if record.error:
        yield Text.assemble("\n", ("Not coded: ", "bold red"), one_line(record.error))
        return
    subjects = _subjects(record)
    for kind, title in _SECTIONS.items():
        reasons = [reason for reason in explanation.reasons if reason.kind == kind]
        if reasons:
            yield section(title)
        for reason in reasons:
            yield from _reason(reason, record, subjects)
    yield section("Not coded")
    for rejection in explanation.rejections:
        word = one_line(record.text[slice(*rejection.chars)])
        yield from _because(f"“{word}”: {one_line(rejection.reason)}", rejection.rule, record, [rejection.chars])
    if not explanation.rejections:
        yield indented(Text("nothing that looked like an event was left out"), 2)
    for start, end in left_out(record):
        yield indented(Text("a passage that is not part of the article", style="bold"), 2)
        yield indented(quoted(opening_of(record.text, (start, end))), 6)


def _reason(reason: Reason, record: Record, subjects: dict[str, str]) -> Iterable[Text | Padding]:
    subject = one_line(f"{reason.item}  {subjects.get(reason.item, '')}").strip()
    if reason.kind in ("statement", "event", "quantity"):
        yield from _because(subject, reason.rule, record, reason.spans)
        return
    yield indented(Text.assemble((subject, "bold"), (f"  by {one_line(reason.rule)}", "cyan")), 2)
    words = [f"“{one_line(record.text[start:end])}”" for start, end in reason.spans[:MOST_WORDS]]
    more = f" and {len(reason.spans) - MOST_WORDS} more" if len(reason.spans) > MOST_WORDS else ""
    yield indented(Text(", ".join(words) + more, style="dim"), 6)


def _because(subject: str, rule: str, record: Record, spans: list[Span]) -> Iterable[Text | Padding]:
    yield indented(Text.assemble((subject, "bold"), (f"  by {one_line(rule)}", "cyan")), 2)
    if spans:
        yield indented(quoted(sentence_around(record.text, spans[0], spans[1:])), 6)


def _subjects(record: Record) -> dict[str, str]:
    """Return a few words for each item, by id."""
    named = {actor.id: f"{actor.name} ({actor.kind})" for actor in record.actors}
    placed = {place.id or place.name: place.name if place.id else "" for place in record.places}
    timed = {time.id: f"{time.type} {time.value}" for time in record.times}
    said = {statement.id: _statement(statement) for statement in record.statements}
    done = {event.id: _event(event) for event in record.events}
    return named | placed | timed | said | done


def _statement(statement: Statement) -> str:
    return f"{statement.act}, {statement.kind}, speaker {statement.speaker or 'unresolved'}"


def _event(event: Event) -> str:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    kind = ", ".join([kind, *event.categories])
    return f"{kind}, {event.factuality}"
