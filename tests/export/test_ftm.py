from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sayso.export import checks, export, ftm
from sayso.export.ftm_entities import _date, actor_id
from sayso.ledger import Ledger


def entities(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def statements(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, dialect=csv.unix_dialect))


def test_entities_and_statements_follow_their_lists(ledger: Ledger, target: Path) -> None:
    lines, table = export("ftm", ledger, target, unreal=True).files
    assert checks.ftm_entities(lines) == []
    assert checks.ftm_statements(table) == []


def test_every_link_leads_to_an_entity_of_the_file(ledger: Ledger, target: Path) -> None:
    found = entities(export("ftm", ledger, target, unreal=True).files[0])
    ids = {entity["id"] for entity in found}
    links = {
        id_
        for entity in found
        for name in ("organizer", "involved", "proof", "entity")
        for id_ in entity["properties"].get(name, [])
    }
    assert links
    assert links <= ids


def test_an_actor_of_many_documents_is_one_entity(ledger: Ledger, target: Path) -> None:
    found = entities(export("ftm", ledger, target, copies=True).files[0])
    assert max(Counter(entity["id"] for entity in found).values()) == 1


def test_a_statement_is_a_note_on_its_speaker(ledger: Ledger, target: Path) -> None:
    found = entities(export("ftm", ledger, target).files[0])
    note = next(entity for entity in found if entity["schema"] == "Note")
    assert note["properties"]["entity"] == ["sayso-actor-amelie-roux"]
    assert note["properties"]["description"] == ["“We will not send troops,”"]


def test_the_direction_of_an_event_and_its_word_are_kept(ledger: Ledger, target: Path) -> None:
    found = entities(export("ftm", ledger, target, type="THREATEN", unreal=True).files[0])
    event = next(entity["properties"] for entity in found if entity["schema"] == "Event")
    assert (event["organizer"], event["involved"]) == (["sayso-actor-germany"], ["sayso-actor-russia"])
    assert {"voucher: actor:germany", "factuality: CT-"} <= set(event["notes"])


def test_filters_leave_only_what_the_selected_events_need(ledger: Ledger, target: Path) -> None:
    found = entities(export("ftm", ledger, target, type="THREATEN", unreal=True).files[0])
    assert Counter(entity["schema"] for entity in found) == {"Article": 1, "Event": 1, "Note": 1, "PublicBody": 2}


def test_statements_say_which_document_a_value_is_from(ledger: Ledger, target: Path) -> None:
    table = export("ftm", ledger, target, copies=True).files[1]
    (row,) = [r for r in statements(table) if r["entity_id"] == "sayso-actor-russia" and r["prop"] == "country"]
    assert (row["value"], row["original_value"], row["prop_type"]) == ("ru", "RUS", "country")
    assert row["origin"].startswith("sha256:")
    assert row["first_seen"] <= row["last_seen"]


@pytest.mark.parametrize(("name", "kept"), [("x.csv", [0]), ("x.json", [1]), ("x.jsonl", [1])])
def test_a_file_takes_one_of_the_two(ledger: Ledger, tmp_path: Path, name: str, kept: list[int]) -> None:
    (file,) = export("ftm", ledger, tmp_path / name).files
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith('{"id"' if kept == [1] else "canonical_id")


def test_an_id_that_is_too_long_is_cut_and_stays_unique() -> None:
    long, longer = actor_id("actor:" + "x" * 500), actor_id("actor:" + "x" * 501)
    assert len(long) < 200
    assert long != longer


def test_the_followthemoney_library_takes_every_value_as_it_is(ledger: Ledger, target: Path) -> None:
    model = pytest.importorskip("followthemoney").model
    proxy = pytest.importorskip("followthemoney.proxy").EntityProxy
    found = entities(export("ftm", ledger, target, unreal=True).files[0])
    read = {entity["id"]: proxy.from_dict(entity, cleaned=False) for entity in found}
    for entity in found:
        model.get(entity["schema"]).validate(entity)
        kept = read[entity["id"]].to_dict()["properties"]
        assert {name: sorted(values) for name, values in kept.items()} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }
    for one in read.values():
        for prop, value in one.itervalues():
            assert prop.type.name != "entity" or read[value].schema.is_a(prop.range)


def test_the_followthemoney_library_puts_statements_together_to_the_entities(ledger: Ledger, target: Path) -> None:
    serialize = pytest.importorskip("followthemoney.statement.serialize")
    lines, table = export("ftm", ledger, target, unreal=True).files
    kept = {
        (entity["id"], name, value)
        for entity in entities(lines)
        for name, values in entity["properties"].items()
        for value in values
    }
    read = list(serialize.read_path_statements(table, "csv"))
    assert {(one.entity_id, one.prop, one.value) for one in read if one.prop != "id"} == kept
    assert all(one.id == one.generate_key() for one in read)
    assert {one.dataset for one in read} == {ftm.DATASET}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("2024", "2024"),
        ("2024-10", "2024-10"),
        ("2024-10-25", "2024-10-25"),
        ("20241025", "2024-10-25"),
        ("2024-10-25T23:30:00+02:00", "2024-10-25T21:30:00"),
        ("2024-10-25TMO", "2024-10-25"),
        ("2024-W43", None),
    ],
)
def test_dates_are_those_that_the_library_knows(value: str | None, expected: str | None) -> None:
    assert _date(value) == expected
