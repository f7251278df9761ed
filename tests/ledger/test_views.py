"""Records go in and come out as they were, and the flat views say the same as the Records, whatever is in them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import account, bare
from strategies import records

from sayso.ledger import Ledger
from sayso.ledger.columns import LEDGER_COLUMNS, VIEWS, View
from sayso.ledger.views import columns_of
from sayso.records import Event, Record, Span

Row = dict[str, Any]

BATCHES = st.lists(records(), min_size=1, max_size=6, unique_by=attrgetter("id"))
THOROUGH = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def appended(batch: list[Record]) -> Ledger:
    """Return a ledger of these records, in a folder that goes with the test."""
    folder = tempfile.TemporaryDirectory()
    ledger = Ledger(folder.name, create=True)
    ledger.append(batch)
    ledger.folder = folder  # type: ignore[attr-defined]
    return ledger


@THOROUGH
@given(BATCHES)
def test_the_views_and_the_ledger_tell_what_the_records_tell(batch: list[Record]) -> None:
    ledger = appended(batch)
    wanted = sorted((record.model_copy(update={"copy_of": None}) for record in batch), key=attrgetter("id"))
    found = [record.model_copy(update={"copy_of": None}) for record in ledger.records()]
    assert found == wanted
    for view in VIEWS:
        own = [column.name for column in view.columns if column.name != "coded"]
        rows = ledger.sql(f"SELECT {', '.join(map(_quoted, own))} FROM all_{view.name}").arrow().to_pylist()
        expected = [row for record in batch for row in FLAT[view.name](record)]
        assert sorted(map(repr, rows)) == sorted(repr({name: row[name] for name in own}) for row in expected)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _documents(record: Record) -> Iterator[Row]:
    yield _of(record) | {
        "published_from": record.published_from,
        "origin": record.origin,
        "ref": record.ref,
        "authors": record.authors,
        "language": record.language,
        "characters": len(record.text),
        "text_hash": record.text_hash,
        "credits": [line.name for line in record.lineage],
        "statement_count": len(record.statements),
        "event_count": len(record.events),
        "error": record.error,
        "sayso": record.coded_with.sayso,
        "pipeline": record.coded_with.pipeline,
        "knowledge": record.coded_with.knowledge,
        "ontology": record.coded_with.ontology,
        "text": record.text,
    }


def _of(record: Record) -> Row:
    return {
        "document": record.id,
        "publisher": record.publisher,
        "published": record.published,
        "title": record.title,
    }


def _statements(record: Record) -> Iterator[Row]:
    actors = {actor.id: actor for actor in record.actors}
    for statement in record.statements:
        speaker = actors.get(statement.speaker or "")
        yield _of(record) | {
            "statement": statement.id,
            "speaker": statement.speaker,
            "speaker_name": speaker and speaker.name,
            "speaker_country": speaker and speaker.country,
            "speaker_sector": speaker and speaker.sector,
            "act": statement.act,
            "kind": statement.kind,
            "source": record.quote(statement.source),
            "cue": record.quote(statement.cue),
            "content": record.quote(statement.content),
            "start": statement.content[0][0] if statement.content else None,
            "end": statement.content[-1][1] if statement.content else None,
            "addressee": statement.addressee,
            "parent": statement.parent,
            "confidence": statement.confidence,
        }


def _events(record: Record) -> Iterator[Row]:
    places = {place.id or place.name: place for place in record.places}
    names = {actor.id: actor.name for actor in record.actors}
    for event in record.events:
        place = places.get(event.place or "")
        yield (
            _of(record)
            | _parties(event, record)
            | {
                "event": event.id,
                "type": event.type,
                "mode": event.mode,
                "contexts": event.contexts,
                "categories": event.categories,
                "quad": event.quad,
                "cameo": event.cameo,
                "intensity": event.intensity,
                "place": event.place,
                "place_name": place and place.name,
                "place_country": place and place.country,
                "place_admin1": place and place.admin1,
                "place_feature": place and place.feature,
                "lat": place and place.lat,
                "lon": place and place.lon,
                "date": event.date,
                "day": date.fromisoformat(event.date[:10]) if event.date and len(event.date) >= 10 else None,
                "factuality": event.factuality,
                "tense": event.tense,
                "hypothetical": event.hypothetical,
                "quantities": [
                    {"kind": q.kind, "low": q.low, "high": q.high, "words": record.quote([q.span])}
                    for q in event.quantities
                ],
                "anchor": record.quote([event.anchor]),
                "start": event.anchor[0],
                "end": event.anchor[1],
                "statement": event.statement,
                "voucher": event.voucher,
                "voucher_name": names.get(event.voucher or "", event.voucher),
                "confidence": event.confidence,
            }
        )


def _parties(event: Event, record: Record) -> Row:
    actors = {actor.id: actor for actor in record.actors}
    row: Row = {}
    sides: list[tuple[str, list[str], list[Span]]] = [
        ("actor", event.actors, event.actor_spans),
        ("recipient", event.recipients, event.recipient_spans),
    ]
    for side, ids, spans in sides:
        row[f"{side}s"] = ids
        for field in ("name", "country", "sector", "office"):
            several = f"{field}s".replace("ys", "ies")
            row[f"{side}_{several}"] = [getattr(actors[id_], field) for id_ in ids]
        row[f"{side}_words"] = record.quote(spans)
    return row


def _actors(record: Record) -> Iterator[Row]:
    for actor in record.actors:
        yield (
            _of(record)
            | actor.model_dump()
            | {
                "actor": actor.id,
                "mention_count": len(actor.mentions),
                "words": record.quote(actor.mentions[:1]),
            }
        )


def _places(record: Record) -> Iterator[Row]:
    for place in record.places:
        yield (
            _of(record)
            | place.model_dump()
            | {
                "place": place.id or place.name,
                "mention_count": len(place.mentions),
                "words": record.quote(place.mentions[:1]),
            }
        )


def _times(record: Record) -> Iterator[Row]:
    for time in record.times:
        start, end = time.span
        yield (
            _of(record)
            | time.model_dump()
            | {
                "time": time.id,
                "words": record.quote([time.span]),
                "start": start,
                "end": end,
            }
        )


FLAT: dict[str, Callable[[Record], Iterator[Row]]] = {
    "documents": _documents,
    "statements": _statements,
    "events": _events,
    "actors": _actors,
    "places": _places,
    "times": _times,
}


@pytest.mark.parametrize("view", VIEWS, ids=attrgetter("name"))
@pytest.mark.parametrize("full", [False, True])
def test_each_column_has_the_type_that_the_data_dictionary_says(ledger: Ledger, view: View, full: bool) -> None:
    if full:
        ledger.append([account()])
    wanted = [(column.name, _type(column.type)) for column in columns_of(view)]
    for name in (view.name, f"all_{view.name}"):
        found = [(row["column_name"], row["column_type"]) for row in ledger.sql(f"DESCRIBE {name}").rows()]
        assert found == wanted
    assert len({column.name for column in columns_of(view)}) == len(wanted)


def _type(told: str) -> str:
    """Return a type as DuckDB writes it out."""
    return told.replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE")


def test_the_order_of_rows_is_that_of_arrival_and_then_of_the_text(ledger: Ledger) -> None:
    base = account()
    late = base.events[0].model_copy(update={"id": "e2", "anchor": (66, 75)})
    ledger.append([bare("First.", title="first")])
    ledger.append([account(title="second", events=[late, base.events[0]])])
    assert [row["title"] for row in ledger.documents()] == ["first", "second"]
    assert [row["event"] for row in ledger.events()] == ["e1", "e2"]
    assert [row["anchor"] for row in ledger.events()] == ["shelled", "El Fasher"]


def test_all_views_have_the_columns_of_the_ledger(ledger: Ledger) -> None:
    ledger.append([account()])
    for view in VIEWS:
        for row in ledger.sql(f"SELECT * FROM {view.name}").rows():
            assert {name: row[name] for name in (column.name for column in LEDGER_COLUMNS)} == {
                "generation": 1,
                "copies": 0,
                "copy_of": None,
                "copy_similarity": None,
                "copy_reason": None,
            }
