"""Ledgers that an older Sayso has written, whose table lacks a column, and those of a newer one, which has more."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake
from making import account, bare

from sayso.errors import LedgerError
from sayso.ledger import Ledger, shape
from sayso.ledger.changes import changes
from sayso.ledger.search import search
from sayso.ledger.verification import verify
from sayso.records import EventMention, Record

NEW = "event_mentions"
OLD = pa.schema([field for field in shape.schema() if field.name != NEW])


@pytest.fixture
def older(tmp_path: Path) -> str:
    """Return the path of a ledger of two documents by a Sayso that knew no mentions of events."""
    path = tmp_path / "ledger"
    DeltaTable.create(str(path / "records"), schema=OLD, configuration={"delta.appendOnly": "true"})
    for number, record in enumerate((account(), bare("An old report.")), 1):
        row = shape.row_of(record, number, 0, b"")
        del row[NEW]
        write_deltalake(str(path / "records"), pa.Table.from_pylist([row], schema=OLD), mode="append")
    return str(path)


def mentioning(**given: Any) -> Record:
    mention = EventMention(id="m1", anchor=(2, 8), lemma="attack", factuality="Uu", tense="none", hypothetical=False)
    return bare("An attack, no more is known.", event_mentions=[mention], **given)


def test_what_an_older_ledger_lacks_is_empty(older: str) -> None:
    ledger = Ledger(older)
    assert [record.event_mentions for record in ledger.records()] == [[], []]
    assert ledger.documents().count() == 2
    assert ledger.events().count() == 1
    assert ledger.sql("SELECT DISTINCT event_mentions FROM entries").arrow()[NEW].to_pylist() == [None]
    assert verify(ledger).problems == []
    assert search(ledger, "old report").total == 1


def test_an_older_ledger_takes_the_new_column_with_the_first_append(older: str) -> None:
    ledger, other = Ledger(older), Ledger(older)
    ledger.append([mentioning()])
    other.append([bare("A new report.")])
    assert NEW in {field.name for field in DeltaTable(f"{older}/records").schema().fields}
    ledger.refresh()
    assert [len(record.event_mentions) for record in ledger.records()] == [0, 0, 1, 0]
    assert verify(ledger).problems == []
    assert {change.kind for change in changes(Ledger(older, as_of=2), ledger)} == {"added"}


def test_an_older_ledger_is_read_as_it_was_and_compacted_when_it_has_grown(older: str) -> None:
    Ledger(older).append([mentioning()])
    assert [len(record.event_mentions) for record in Ledger(older, as_of=2).records()] == [0, 0]
    assert Ledger(older, as_of=1).documents().count() == 1
    ledger = Ledger(older)
    assert ledger.store.compact() == (3, 1)
    ledger.refresh()
    assert [len(record.event_mentions) for record in ledger.records()] == [0, 0, 1]
    assert verify(ledger).problems == []


def test_an_older_ledger_can_be_compacted_before_it_grows(older: str) -> None:
    ledger = Ledger(older)
    assert ledger.store.compact() == (2, 1)
    ledger.append([mentioning()])
    assert [len(record.event_mentions) for record in ledger.records()] == [0, 0, 1]


def test_several_may_be_the_first_to_append_to_an_older_ledger(older: str) -> None:
    ledgers = [Ledger(older) for _ in range(4)]
    failed: list[Exception] = []

    def write(ledger: Ledger, name: str) -> None:
        try:
            for number in range(3):
                ledger.append([mentioning(ref=f"{name} {number}")])
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=write, args=(ledger, f"w{n}")) for n, ledger in enumerate(ledgers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    assert Ledger(older).documents(copies=True).count() == 2 + 4 * 3


def test_a_ledger_to_which_a_newer_sayso_has_written_is_refused(ledger: Ledger) -> None:
    ledger.append([account()])
    table = shape.table_of([shape.row_of(bare("From the future."), 2, 0, b"")])
    table = table.append_column("moods", pa.array([["glad"]]))
    write_deltalake(f"{ledger.path}/records", table, mode="append", schema_mode="merge")
    refused = r"a newer Sayso has written to this ledger, .* column moods; update Sayso"
    for options in ({}, {"create": True}, {"as_of": 1}):
        with pytest.raises(LedgerError, match=refused):
            Ledger(ledger.path, **options)  # type: ignore[arg-type]
