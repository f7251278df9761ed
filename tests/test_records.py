from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from sayso.records import (
    Actor,
    CodedWith,
    Document,
    Event,
    Record,
    Statement,
    Time,
    canonical_text,
    document_id,
    iso_date,
    json_schema,
    text_hash,
)

CODED_WITH = CodedWith(sayso="0.1.0", pipeline="fast", knowledge="sha256:0", ontology="PLOVER 1")


def record(text: str, **items: object) -> Record:
    return Record(id="sha256:1", text_hash=text_hash(text), text=text, coded_with=CODED_WITH, **items)


def actor(actor_id: str, *mentions: tuple[int, int]) -> Actor:
    return Actor(id=actor_id, name="A", kind="person", mentions=list(mentions), confidence=0.5)


def statement(statement_id: str, text_length: int, **more: object) -> Statement:
    spans = {"source": [(0, 1)], "cue": [], "content": [(0, text_length)], "speaker": None}
    return Statement(id=statement_id, kind="indirect", act="say", confidence=0.5, **{**spans, **more})


def event(event_id: str, **more: object) -> Event:
    fixed = {"anchor": (0, 1), "type": "AID", "quad": 2, "cameo": "07", "intensity": 10.0}
    certain = {"factuality": "CT+", "tense": "past", "hypothetical": False, "confidence": 0.5}
    return Event(id=event_id, **{**fixed, **certain, **more})


def test_a_record_survives_json_to_the_character() -> None:
    text = "\ufeffKyiv \U0001f1fa\U0001f1e6 said:\r\n“e\u0301te\u0301”\u2028"
    whole = record(
        text,
        published="2024-10-25",
        body=[(0, len(text))],
        actors=[actor("actor:ukraine", (1, 5))],
        statements=[statement("s1", len(text), speaker="actor:ukraine")],
        times=[Time(id="t1", span=(1, 2), type="DATE", value="2024")],
        events=[event("e1", actors=["actor:ukraine"], time="t1", statement="s1")],
    )
    again = Record.model_validate_json(whole.model_dump_json())
    assert again == whole
    assert again.quote([(1, 5), (6, 8)]) == "Kyiv … \U0001f1fa\U0001f1e6"


@pytest.mark.parametrize("span", [(-1, 2), (3, 3), (4, 2), (0, 6)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValidationError, match="lies outside the text of 5 characters"):
        record("Hello", actors=[actor("actor:a", span)])


@pytest.mark.parametrize(
    ("items", "problem"),
    [
        ({"statements": [statement("s1", 5, speaker="actor:nobody")]}, "actor actor:nobody"),
        ({"statements": [statement("s1", 5, addressee="actor:nobody")]}, "actor actor:nobody"),
        ({"statements": [statement("s1", 5, parent="s2")]}, "statement s2"),
        ({"events": [event("e1", recipients=["actor:nobody"])]}, "actor actor:nobody"),
        ({"events": [event("e1", time="t1")]}, "time t1"),
        ({"events": [event("e1", place="geonames:1")]}, "place geonames:1"),
        ({"events": [event("e1", statement="s1")]}, "statement s1"),
    ],
)
def test_an_id_that_leads_nowhere_is_refused(items: dict[str, object], problem: str) -> None:
    with pytest.raises(ValidationError, match=f"{problem} is referred to but not in the record"):
        record("Hello", **items)


@pytest.mark.parametrize("value", ["2024-10-25", "2024-10-25T10:00:00", "2024-10-25T10:00:00+02:00"])
def test_iso_dates_pass_unchanged(value: str) -> None:
    assert iso_date(value) == value


@pytest.mark.parametrize("value", ["yesterday", "25/10/2024", "2024-13-01", ""])
def test_other_dates_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        iso_date(value)


@given(st.text())
@example("\ufeff")
@example("a\ufeff\u0301 b")
def test_the_text_hash_ignores_what_copying_changes(text: str) -> None:
    assert text_hash(" " + text.replace(" ", " \r\n") + "\n") == text_hash(text)
    assert canonical_text(canonical_text(text)) == canonical_text(text)


def test_the_id_is_of_one_publication_and_not_of_a_path() -> None:
    here = Document(text="One.", publisher="A", origin="/tmp/one.txt")
    assert document_id(here) == document_id(Document(text="One. ", publisher="A", origin="elsewhere.txt"))
    others = [
        Document(text="One.", publisher="B"),
        Document(text="Two.", publisher="A"),
        Document(text="One.", publisher="A", ref="7"),
        Document(text="One.", publisher="A", origin="https://example.org/1"),
    ]
    assert len({document_id(d) for d in [here, *others]}) == 5


def test_the_schema_names_every_field_of_a_record() -> None:
    schema = json_schema()
    assert set(schema["properties"]) == set(Record.model_fields)
    assert json.loads(json.dumps(schema)) == schema
