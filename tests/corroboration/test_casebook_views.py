"""Occurrences, their reports and voices as views beside those of the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from stories import by_story, likeness, report

from sayso.corroboration import Casebook, select, views
from sayso.corroboration.columns import VIEWS
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.columns import View


@pytest.fixture(autouse=True)
def _alike(monkeypatch: pytest.MonkeyPatch) -> None:
    likeness(monkeypatch, by_story)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    killed = {"kind": "killed", "low": 3, "high": 3, "span": (0, 3)}
    ledger.append([report("a1", event={"quantities": [killed]})])
    ledger.append([report("a2", event={"factuality": "CT-"}), report("b1", "Hoek", verb="stormed")])
    return ledger


def rows(ledger: Ledger, query: str, **parameters: object) -> list[dict[str, Any]]:
    return list(select(ledger, query, parameters or None).rows())


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_has_the_columns_that_are_documented(filled: Ledger, view: View) -> None:
    described = rows(filled, f"DESCRIBE SELECT * FROM {view.name}")
    assert [(row["column_name"], row["column_type"]) for row in described] == [
        (column.name, column.type) for column in view.columns
    ]
    assert all(column.meaning for column in view.columns)


def test_occurrences_have_what_can_be_counted_in_columns(filled: Ledger) -> None:
    [row] = rows(filled, "SELECT * FROM occurrences WHERE type = 'ASSAULT' AND report_count = 2")
    assert row["place_name"] == "Elst"
    assert row["actor_countries"] == ["RUS"]
    assert (row["asserting"], row["denying"], row["independent"]) == (1, 1, 2)
    assert row["figures"] == [{"kind": "killed", "low": 3.0, "high": 3.0}]
    assert row["document_count"] == 2


def test_reports_join_the_events_that_they_are(filled: Ledger) -> None:
    joined = rows(
        filled,
        "SELECT e.anchor, r.word, r.start = e.start AS same FROM events AS e JOIN reports AS r USING (document, event)",
    )
    assert len(joined) == filled.events().count() == 3
    assert all(row["anchor"] == row["word"] and row["same"] for row in joined)


def test_voices_say_who_stands_for_what(filled: Ledger) -> None:
    found = rows(
        filled,
        "SELECT v.name, v.position FROM voices AS v JOIN occurrences USING (occurrence) "
        "WHERE place_name = $town AND type IS NOT NULL ORDER BY v.name",
        town="Elst",
    )
    assert found == [{"name": "a1 Post", "position": "asserts"}, {"name": "a2 Post", "position": "denies"}]


def test_a_query_of_the_ledgers_own_views_makes_no_casebook(filled: Ledger) -> None:
    for query in (
        "SELECT count(*) AS reports FROM events",
        "WITH voices AS (SELECT 1 AS n) SELECT * FROM voices",
        "SELECT * FROM statements WHERE content LIKE '%occurrences%'",
        "SELECT title AS occurrences FROM documents -- of all reports",
    ):
        rows(filled, query)
    assert not Path(filled.path, "index").exists()


def test_a_view_is_written_once_for_as_long_as_nothing_changes(filled: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    write = views._write

    def counted(casebook: Casebook, view: View, path: Path) -> None:
        written.append(view.name)
        write(casebook, view, path)

    monkeypatch.setattr(views, "_write", counted)
    for _ in range(2):
        assert rows(filled, "SELECT count(*) AS n FROM Reports") == [{"n": 6}]
    assert written == ["reports"]
    filled.append([report("c1")])
    assert rows(filled, "SELECT count(*) AS n FROM reports JOIN occurrences USING (occurrence)") == [{"n": 8}]
    assert written == ["reports", "occurrences", "reports"]


def test_files_that_have_been_out_of_date_for_long_are_deleted(filled: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    before = select(filled, "SELECT count(*) AS n FROM reports")
    filled.append([report("c1")])
    assert rows(filled, "SELECT count(*) AS n FROM reports") == [{"n": 8}]
    assert list(before.rows()) == [{"n": 6}]  # somebody may still be reading it
    monkeypatch.setattr(views, "_KEPT", -1)
    filled.append([report("d1")])
    assert rows(filled, "SELECT count(*) AS n FROM reports") == [{"n": 10}]
    assert len(list(Path(filled.path, "index").glob("reports-*"))) == 1


def test_an_older_version_is_seen_as_it_was(filled: Ledger) -> None:
    past = Ledger(filled.path, as_of=1)
    selection = select(past, "SELECT document FROM reports JOIN all_documents USING (document)")
    assert selection.count() == 2
    assert [row["document"] for row in selection.rows()] == [report("a1").id] * 2


def test_an_empty_ledger_has_empty_views(ledger: Ledger) -> None:
    for view in VIEWS:
        assert rows(ledger, f"SELECT * FROM {view.name}") == []


@pytest.mark.parametrize(
    "query", ["SELECT colour FROM occurrences", "DROP VIEW reports", "SELECT * FROM voices; SELECT 1", "SELEC voices"]
)
def test_a_query_that_cannot_be_answered_is_an_error_and_makes_no_casebook(filled: Ledger, query: str) -> None:
    with pytest.raises(LedgerError):
        rows(filled, query)
    assert not Path(filled.path, "index").exists()


def test_a_selection_can_be_read_again_as_a_table(filled: Ledger) -> None:
    selection = select(filled, "SELECT * FROM voices ORDER BY occurrence, voice")
    table = selection.arrow()
    assert isinstance(table, pa.Table)
    assert table.equals(selection.arrow())
    assert table.num_rows == selection.count()
