"""A Record as rows of one table: a row for each statement and each event, and one for a document that failed.

The columns never change with the content; those that do not apply to a kind of row are empty. Lists are separated by
"; ". Cells hold no line breaks, so a row is a line, and a cell that a spreadsheet would take for a formula begins
with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from sayso.records import Actor, Event, Place, Record, Statement
from sayso.rendering.neutral import cell
from sayso.rendering.wording import quantity_in_words

COLUMNS: dict[str, str] = {
    "kind": "statement, event or error",
    "document": "id of the Record",
    "ref": "the id that the input gave the document",
    "origin": "path or URL of the document",
    "title": "title of the document",
    "publisher": "who published it",
    "published": "when, ISO 8601",
    "item": "id of the statement or event within the document",
    "start": "first character of the evidence, in code points",
    "end": "where the evidence ends, exclusive",
    "evidence": "the words that the row rests on: a statement's content, the word that names an event",
    "speaker": "actor id of who speaks",
    "speaker_name": "name of who speaks",
    "source": "who speaks, as written",
    "cue": "how it is said, as written",
    "act": "kind of speech act",
    "manner": "direct, indirect or mixed",
    "addressee": "actor id of who is spoken to",
    "type": "PLOVER event type",
    "mode": "PLOVER mode",
    "contexts": "PLOVER contexts",
    "categories": "categories of the user's own ontologies",
    "quad": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
    "cameo": "CAMEO root code",
    "intensity": "PLOVER score, -10 to 10",
    "actors": "actor ids of who acts",
    "actor_names": "their names, or the words for them where nobody is resolved",
    "recipients": "actor ids of who is acted upon",
    "recipient_names": "their names, or the words for them where nobody is resolved",
    "place": "GeoNames id, or the name of a place that has none",
    "place_name": "name of the place",
    "place_country": "ISO 3166-1 alpha-3",
    "lat": "latitude of the place",
    "lon": "longitude of the place",
    "date": "when it happened, an ISO 8601 prefix as precise as known",
    "factuality": "CT+, PR+, PS+, CT-, PR-, PS- or Uu",
    "tense": "past, present, future or none",
    "hypothetical": "true or false",
    "quantities": "numbers, in words",
    "statement": "id of the innermost statement around the row",
    "voucher": "on whose word: actor id or publisher",
    "confidence": "probability that a careful annotator agrees",
    "error": "why the document was not coded",
}
"""The columns of the table, with what they mean."""

Value = str | int | float | bool | None


def header() -> str:
    """Return the first line of the table."""
    return _lines([dict(zip(COLUMNS, COLUMNS, strict=True))])


def render(record: Record) -> str:
    """Return the rows of a Record as lines of CSV; a document without items has none."""
    return _lines(_cells(row) for row in rows(record))


def rows(record: Record) -> Iterator[dict[str, Value]]:
    """Yield the rows of a Record by column; columns that are absent are empty."""
    document: dict[str, Value] = {
        "document": record.id,
        "ref": record.ref,
        "origin": record.origin,
        "title": record.title,
        "publisher": record.publisher,
        "published": record.published,
    }
    if record.error:
        yield document | {"kind": "error", "error": record.error}
    actors = {actor.id: actor for actor in record.actors}
    places = {place.id or place.name: place for place in record.places}
    for statement in record.statements:
        yield document | _statement(statement, record, actors)
    for event in record.events:
        yield document | _event(event, record, actors) | _where(places.get(event.place or ""))


def _statement(statement: Statement, record: Record, actors: dict[str, Actor]) -> dict[str, Value]:
    start, end = _extent(statement.content)
    return {
        "kind": "statement",
        "item": statement.id,
        "start": start,
        "end": end,
        "evidence": record.quote(statement.content),
        "speaker": statement.speaker,
        "speaker_name": _names([statement.speaker] if statement.speaker else [], actors),
        "source": record.quote(statement.source),
        "cue": record.quote(statement.cue),
        "act": statement.act,
        "manner": statement.kind,
        "addressee": statement.addressee,
        "statement": statement.parent,
        "confidence": statement.confidence,
    }


def _event(event: Event, record: Record, actors: dict[str, Actor]) -> dict[str, Value]:
    return {
        "kind": "event",
        "item": event.id,
        "start": event.anchor[0],
        "end": event.anchor[1],
        "evidence": record.quote([event.anchor]),
        "type": event.type,
        "mode": event.mode,
        "contexts": "; ".join(event.contexts),
        "categories": "; ".join(event.categories),
        "quad": event.quad,
        "cameo": event.cameo,
        "intensity": event.intensity,
        "actors": "; ".join(event.actors),
        "actor_names": _names(event.actors, actors) or record.quote(event.actor_spans),
        "recipients": "; ".join(event.recipients),
        "recipient_names": _names(event.recipients, actors) or record.quote(event.recipient_spans),
        "place": event.place,
        "date": event.date,
        "factuality": event.factuality,
        "tense": event.tense,
        "hypothetical": event.hypothetical,
        "quantities": "; ".join(quantity_in_words(quantity) for quantity in event.quantities),
        "statement": event.statement,
        "voucher": event.voucher,
        "confidence": event.confidence,
    }


def _where(place: Place | None) -> dict[str, Value]:
    if place is None:
        return {}
    return {"place_name": place.name, "place_country": place.country, "lat": place.lat, "lon": place.lon}


def _names(ids: Iterable[str], actors: dict[str, Actor]) -> str:
    return "; ".join(actors[actor].name for actor in ids if actor in actors)


def _extent(spans: list[tuple[int, int]]) -> tuple[int | None, int | None]:
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else (None, None)


def _cells(row: dict[str, Value]) -> dict[str, Value]:
    return {column: _cell(row.get(column)) for column in COLUMNS}


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell(value) if isinstance(value, str) else value


def _lines(rows: Iterable[dict[str, Value]]) -> str:
    buffer = io.StringIO()
    csv.DictWriter(buffer, fieldnames=list(COLUMNS), lineterminator="\n").writerows(rows)
    return buffer.getvalue()
