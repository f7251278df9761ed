"""A database that another process puts away and makes anew while it is used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sayso.errors import LedgerError
from sayso.ledger.derived import Derived

TABLES = "CREATE TABLE words (word TEXT)"


@pytest.fixture
def derived(tmp_path: Path) -> Derived:
    return Derived(tmp_path / "words.sqlite", 1, TABLES)


def put_away_by_another(path: Path) -> None:
    with closing(Derived(path, 1, TABLES).connect()) as database:
        Derived(path, 1, TABLES).put_away(database)


def test_what_is_put_away_while_it_is_opened_is_opened_anew(derived: Derived, monkeypatch: pytest.MonkeyPatch) -> None:
    derived.connect().close()
    is_sound = Derived._is_sound

    def disturbed(self: Derived, database: sqlite3.Connection) -> bool:
        monkeypatch.setattr(Derived, "_is_sound", is_sound)
        put_away_by_another(self.path)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Derived, "_is_sound", disturbed)
    with closing(derived.connect()) as database:
        assert database.execute("SELECT count(*) FROM words").fetchone() == (0,)


def test_what_cannot_be_opened_and_is_still_there_is_an_error(
    derived: Derived, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived.connect().close()

    def failing(self: Derived, database: sqlite3.Connection) -> bool:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Derived, "_is_sound", failing)
    with pytest.raises(LedgerError, match="disk I/O error"), derived.explained():
        derived.connect()
