"""The shelf shows what the ledger's views show, whatever happens to the ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

import sayso
from sayso.errors import LedgerError
from sayso.explorer import shelf as shelves
from sayso.explorer.shelf import Shelf
from sayso.ledger import Ledger
from sayso.records import Record

VIEWS = ("documents", "statements", "events", "actors", "places", "times")


def told(text: str, **given: str) -> Record:
    return sayso.code(text, published="2024-10-25", publisher=given.get("publisher", "Sample Wire"))


FIRST = "Ukraine attacked Kursk on Friday, the Russian Defence Ministry said. France condemned the attack."
SECOND = "The foreign ministers of Turkey and Iraq met in Ankara. They agreed to cooperate, a spokesman said."
THIRD = "Police arrested 20 protesters in Minsk on Thursday, the Interior Ministry said. Poland protested."


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    found = Ledger(tmp_path / "ledger", create=True)
    found.append([told(FIRST), told(SECOND)])
    return found


def same(shelf: Shelf, ledger: Ledger) -> None:
    """Assert that each view of the shelf and its twin have the rows of the ledger's."""
    ledger.refresh()
    for view in (*VIEWS, *(f"all_{view}" for view in VIEWS)):
        left_out = "EXCLUDE (text)" if view.endswith("documents") else ""
        theirs = ledger.sql(f"SELECT * {left_out} FROM {view}").arrow().to_pylist()
        ours = shelf.select(f"SELECT * EXCLUDE (spot, account) FROM {view}")
        assert sorted(map(str, ours)) == sorted(map(str, theirs)), view


def append(ledger: Ledger) -> None:
    ledger.append([told(THIRD)])


def code_anew(ledger: Ledger) -> None:
    [newest] = [record for record in ledger.records() if record.text == FIRST]
    ledger.append([newest.model_copy(update={"events": newest.events[:1]})])


def append_copy(ledger: Ledger) -> None:
    ledger.append([told(FIRST, publisher="Copying Times")])


def retract(ledger: Ledger) -> None:
    ledger.retract(next(iter(ledger.records())).id, "a mistake")


def compacted(ledger: Ledger) -> None:
    append(ledger)
    ledger.store.compact()


CHANGES = [append, code_anew, append_copy, retract, compacted]


@pytest.mark.parametrize("change", CHANGES)
def test_follows_the_ledger(ledger: Ledger, change: Callable[[Ledger], None]) -> None:
    shelf = Shelf(Ledger(ledger.path))
    same(shelf, ledger)
    change(ledger)
    assert shelf.catch_up()
    same(shelf, ledger)
    assert not shelf.catch_up()
    same(Shelf(Ledger(ledger.path)), ledger)


def test_shows_an_empty_ledger(tmp_path: Path) -> None:
    shelf = Shelf(Ledger(tmp_path / "ledger", create=True))
    assert shelf.select("SELECT count(*) AS n FROM events") == [{"n": 0}]


def test_finds_the_file_of_an_account(ledger: Ledger) -> None:
    shelf = Shelf(Ledger(ledger.path))
    code_anew(ledger)
    shelf.catch_up()
    document = next(record.id for record in ledger.records() if record.text == FIRST)
    found = shelf.file_of(document)
    assert found is not None
    assert Path(found[0]).exists()
    assert shelf.file_of("sha256:none") is None


def test_takes_tables_of_others(ledger: Ledger, tmp_path: Path) -> None:
    shelf = Shelf(Ledger(ledger.path))
    table = pa.table({"name": ["one", "two"]})
    shelf.put("things", table, table.schema)
    shelf.put("things", table.slice(1), table.schema)
    assert shelf.select("SELECT name FROM things") == [{"name": "two"}]
    assert shelf.select("SELECT count(*) AS n FROM given", tables={"given": table}) == [{"n": 2}]


def test_gives_up_what_takes_too_long(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "LONGEST", 0.2)
    shelf = Shelf(Ledger(ledger.path))
    with pytest.raises(LedgerError, match="takes longer"):
        shelf.select("SELECT sum(hash(a.range * b.range)) FROM range(1000000) AS a, range(1000000) AS b")
    assert shelf.select("SELECT 1 AS one") == [{"one": 1}]
