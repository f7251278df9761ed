"""Which utterance a statement is a variant of, in every format that carries statements."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from sample_ledgers import coded
from sayso.cli import app
from sayso.corroboration import Utterances
from sayso.export import export
from sayso.export.utterances import OF_A_STATEMENT
from sayso.ledger import Ledger

Belonging = dict[tuple[str, str], tuple[str, int, int]]
OWN = tuple(column.name for column in OF_A_STATEMENT)


@pytest.fixture(scope="module")
def orle(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Five reports of what an engineer and a mayor say of a bridge."""
    return Ledger(coded("utterances/orle.jsonl", tmp_path_factory.mktemp("ledger")))


@pytest.fixture(scope="module")
def belonging(orle: Ledger) -> Belonging:
    """Of each document and statement the utterance, its outlets, and those that are independent."""
    with Utterances(orle) as utterances:
        utterances.update()
        return {
            (variant.document, variant.statement): (told.id, told.outlets, told.independent)
            for told in utterances.told(single=True)
            for variant in told.variants
        }


def test_tables_have_the_id_and_outlets_of_each_statements_utterance(
    orle: Ledger, target: Path, belonging: Belonging
) -> None:
    export("parquet", orle, target, view="statements")
    rows = pq.read_table(target).to_pylist()
    assert len(rows) == orle.statements().count()
    assert {(row["document"], row["statement"]): tuple(row[name] for name in OWN) for row in rows} == {
        (row["document"], row["statement"]): belonging.get((row["document"], row["statement"]), (None, None, None))
        for row in rows
    }
    assert max(row["utterance_outlets"] or 0 for row in rows) == 4


def test_a_copy_is_a_variant_of_the_same_utterance(ledger: Ledger, target: Path) -> None:
    export("parquet", ledger, target, view="statements", copies=True, act="deny")
    one, other = pq.read_table(target).to_pylist()
    assert one["document"] != other["document"]
    assert one["utterance"] == other["utterance"] is not None


def test_statements_join_the_rows_of_their_utterances(orle: Ledger, target: Path) -> None:
    export("csv", orle, target)
    found = {}
    for name in ("statements", "utterances"):
        with (target / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = list(csv.DictReader(file))
    by_id = {row["utterance"]: row for row in found["utterances"]}
    assert len(by_id) == len(found["utterances"])
    joined = [(by_id[row["utterance"]], row) for row in found["statements"] if row["utterance"]]
    assert {told["utterance"] for told, _ in joined} == by_id.keys()
    for told, row in joined:
        assert (told["outlets"], told["independent"]) == (row["utterance_outlets"], row["utterance_independent"])


def test_ftm_has_it_in_the_notes_of_the_statement(orle: Ledger, target: Path, belonging: Belonging) -> None:
    entities = map(json.loads, export("ftm", orle, target).files[0].read_text(encoding="utf-8").splitlines())
    notes = [entity["properties"]["notes"] for entity in entities if entity["schema"] == "Note"]
    known = {id_: (str(outlets), str(independent)) for id_, outlets, independent in belonging.values()}
    told = [dict(note.split(": ", 1) for note in lines) for lines in notes]
    found = [one for one in told if "utterance" in one]
    assert len(found) == len(belonging)
    for one in found:
        assert known[one["utterance"]] == (one["utterance_outlets"], one["utterance_independent"])


def test_what_tells_of_no_statement_groups_none(tmp_path: Path, ledger: Ledger) -> None:
    alone = Ledger(tmp_path / "alone", create=True)
    alone.append(ledger.records())
    export("gdelt", alone, tmp_path / "gdelt")
    export("csv", alone, tmp_path / "events.csv", view="events")
    assert not list((tmp_path / "alone" / "index").glob("utterances*"))


@pytest.mark.parametrize(
    ("filters", "speakers"),
    [
        ({"speaker": "Tom Quist"}, {"Tom Quist"}),
        ({"omitted_by": "Meridian Post"}, {"Ada Brenn"}),
        ({"omitted": True, "speaker": "Tom Quist"}, set()),
        ({"document": "sha256:none"}, set()),
    ],
)
def test_the_rows_of_utterances_can_be_chosen(
    orle: Ledger, target: Path, filters: dict[str, str], speakers: set[str]
) -> None:
    export("parquet", orle, target, view="utterances", **filters)
    assert {row["speaker"] for row in pq.read_table(target).to_pylist()} == speakers


def test_the_command_writes_them(orle: Ledger, target: Path) -> None:
    asked = ("--to", "csv", "--view", "utterances", "-o", str(target), "--omitted-by", "Lowland Courier")
    done = CliRunner().invoke(app, ["export", *asked, "--ledger", str(orle.path)])
    assert done.exit_code == 0, done.stderr
    with target.open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["speaker"], row["outlets"], row["omitting"]) == ("Ada Brenn", "4", "2")
