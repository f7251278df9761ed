"""Selections as Parquet files."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import account
from pyarrow import parquet

from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.parquet_file import write


def test_a_file_holds_the_rows_and_their_types(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append([account()])
    write(ledger.events(), tmp_path / "events.parquet")
    table = parquet.read_table(tmp_path / "events.parquet")
    assert table.to_pylist() == list(ledger.events())
    write(ledger.events(type="AID"), tmp_path / "events.parquet")
    assert parquet.read_table(tmp_path / "events.parquet").schema.names == table.schema.names
    assert parquet.read_table(tmp_path / "events.parquet").num_rows == 0


def test_a_query_that_fails_late_leaves_the_file_that_was_there(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "out.parquet"
    file.write_text("before")
    late = ledger.sql("SELECT CASE WHEN i = 150000 THEN error('late') END AS x FROM range(200000) AS t(i)")
    with pytest.raises(LedgerError, match="late"):
        write(late, file)
    assert file.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.parquet"]


def test_a_place_that_cannot_be_written_to_is_an_error(ledger: Ledger, tmp_path: Path) -> None:
    for place in (tmp_path / "none" / "out.parquet", tmp_path):
        with pytest.raises(LedgerError, match=r"cannot be written to .* choose another place with -o"):
            write(ledger.events(), place)
