"""Holdings follow a ledger: rows at once, occurrences when another process has grouped them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

import sayso
from sayso.errors import LedgerError
from sayso.explorer import Holdings
from sayso.explorer.follower import Progress
from sayso.ledger import Ledger

TEXT = "Police arrested 20 protesters in Minsk on Thursday, the Interior Ministry said."
PATIENCE = 60.0


def told(publisher: str) -> sayso.Record:
    return sayso.code(TEXT, published="2024-10-25", publisher=publisher)


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Say whether something becomes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Ledger(tmp_path / "ledger", create=True).append([told("Sample Wire")])
    return tmp_path / "ledger"


def test_have_accounts_as_the_ledger_has_them(path: Path) -> None:
    ledger, holdings = Ledger(path), Holdings(path)
    ledger.append([told("Copying Times")])
    holdings.catch_up()
    for record in ledger.records():
        assert holdings.record(record.id) == record
    assert holdings.record("sha256:none") is None


def test_have_occurrences_once_these_are_grouped(path: Path) -> None:
    holdings = Holdings(path)
    assert holdings.select("SELECT count(*) AS n FROM occurrences") == [{"n": 0}]
    holdings.catch_up()
    [occurrence] = holdings.select("SELECT occurrence FROM occurrences WHERE type IS NOT NULL")
    with holdings.casebook() as casebook:
        assert casebook.occurrence(occurrence["occurrence"]).independent == 1


def test_follow_what_is_appended(path: Path) -> None:
    holdings = Holdings(path)
    holdings.follow()
    try:
        Ledger(path).append([sayso.code("Turkey and Iraq met in Ankara.", published="2024-10-26", publisher="Paper")])
        assert within(PATIENCE, lambda: holdings.select("SELECT count(*) AS n FROM documents") == [{"n": 2}])
        reports = "SELECT count(DISTINCT document) AS n FROM reports"
        assert within(PATIENCE, lambda: holdings.select(reports) == [{"n": 2}])
        assert holdings.progress.problem is None
    finally:
        holdings.close()


def test_have_the_history_of_what_they_show(path: Path) -> None:
    holdings = Holdings(path)
    Ledger(path).append([told("Copying Times")])
    holdings.shelf.catch_up()
    assert holdings.ledger.history()[-1].version == holdings.version == 2


def test_cannot_be_had_of_what_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError):
        Holdings(tmp_path / "nothing")


def test_progress_remembers_what_went_wrong_last() -> None:
    def fail() -> None:
        raise LedgerError("no room")

    progress = Progress()
    progress.trying(fail)
    assert progress.problem == "no room"
    progress.trying(lambda: None)
    assert progress.problem is None
