"""Which occurrence an event is a report of, in every format that has room for it."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from sayso.corroboration import Casebook
from sayso.export import columns, export, read_plover
from sayso.ledger import Ledger

Belonging = dict[tuple[str, str], tuple[str, str, int]]


@pytest.fixture
def belonging(ledger: Ledger) -> Belonging:
    """Return of each document and event the occurrence, its status and how many voices it has, as the casebook says."""
    with Casebook(ledger) as casebook:
        casebook.update()
        return {
            (report.document, report.event): (found.id, found.status, found.independent)
            for found in casebook.occurrences(untyped=True)
            for report in found.reports
        }


def own(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["occurrence"], row["occurrence_status"], row["independent_voices"]


def test_tables_have_the_id_status_and_voices_of_each_events_occurrence(
    ledger: Ledger, target: Path, belonging: Belonging
) -> None:
    export("parquet", ledger, target, view="events", copies=True)
    rows = pq.read_table(target).to_pylist()
    assert len(rows) == ledger.events(copies=True).count()
    assert {(row["document"], row["event"]): own(row) for row in rows} == {
        key: belonging[key] for key in ((row["document"], row["event"]) for row in rows)
    }


def test_a_copy_is_a_report_of_the_same_occurrence(ledger: Ledger, target: Path) -> None:
    export("parquet", ledger, target, view="events", copies=True, type="CONSULT")
    one, other = pq.read_table(target).to_pylist()
    assert one["document"] != other["document"]
    assert own(one) == own(other)


def test_events_join_the_rows_of_their_occurrences(ledger: Ledger, target: Path) -> None:
    export("csv", ledger, target)
    found = {}
    for name in ("events", "occurrences"):
        with (target / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = list(csv.DictReader(file))
    by_id = {row["occurrence"]: row for row in found["occurrences"]}
    assert len(by_id) == len(found["occurrences"])
    for event in found["events"]:
        joined = by_id[event["occurrence"]]
        assert (joined["status"], joined["independent"]) == (event["occurrence_status"], event["independent_voices"])
        assert joined["type"] == event["type"]


def test_an_id_in_an_export_is_one_that_finds_the_occurrence(ledger: Ledger, target: Path) -> None:
    export("parquet", ledger, target, view="events")
    with Casebook(ledger) as casebook:
        for row in pq.read_table(target).to_pylist():
            found = casebook.occurrence(row["occurrence"])
            assert (row["document"], row["event"]) in {(report.document, report.event) for report in found.reports}


def test_plover_carries_it_and_gives_it_back(ledger: Ledger, target: Path, belonging: Belonging) -> None:
    export("plover", ledger, target, unreal=True)
    rows = list(read_plover(target))
    assert rows
    assert {(row["document"], row["event"]): own(row) for row in rows} == {
        key: belonging[key] for key in ((row["document"], row["event"]) for row in rows)
    }


def test_gdelt_has_the_id_with_every_mention(ledger: Ledger, target: Path, belonging: Belonging) -> None:
    _, mentions = export("gdelt", ledger, target, unreal=True).files
    with zipfile.ZipFile(mentions) as archive:
        lines = archive.read(archive.namelist()[0]).decode().splitlines()
    extras = {dict(zip(columns.names("gdelt_mentions"), line.split("\t"), strict=True))["Extras"] for line in lines}
    events = {(row["document"], row["event"]) for row in ledger.events().rows() if row["date"] or row["published"]}
    assert extras == {f"occurrence:{belonging[key][0]}" for key in events}


def _notes(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        entity = json.loads(line)
        if entity["schema"] == "Event":
            yield entity["properties"]["notes"]


def test_ftm_has_it_in_the_notes_of_the_event(ledger: Ledger, target: Path, belonging: Belonging) -> None:
    found = list(_notes(export("ftm", ledger, target, unreal=True).files[0]))
    assert found
    known = {id_: (status, voices) for id_, status, voices in belonging.values()}
    for notes in found:
        told = dict(note.split(": ", 1) for note in notes)
        assert known[told["occurrence"]] == (told["occurrence_status"], int(told["independent_voices"]))


def test_what_has_no_room_for_it_makes_no_casebook(tmp_path: Path, ledger: Ledger, target: Path) -> None:
    alone = Ledger(tmp_path / "alone", create=True)
    alone.append(ledger.records())
    export("polecat", alone, target)
    export("csv", alone, tmp_path / "actors.csv", view="actors")
    assert not (tmp_path / "alone" / "index").exists()


def test_the_rows_of_occurrences_can_be_chosen(ledger: Ledger, target: Path) -> None:
    assert export("csv", ledger, target, view="occurrences", type="CONSULT").rows == 1
    with target.open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["type"], row["document_count"], row["copies"]) == ("CONSULT", "2", "1")
    assert export("csv", ledger, target, view="occurrences", type="CONSULT", status="denied").rows == 0
