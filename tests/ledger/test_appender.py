"""When records that come one by one are committed."""

from __future__ import annotations

import pytest
from making import bare

from sayso.errors import LedgerError
from sayso.ledger import Appended, Ledger, appender
from sayso.ledger.appender import CHARACTERS, SECONDS, Appender
from sayso.records import Record


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appender, "RECORDS", 3)


def report(number: int) -> Record:
    return bare(f"Report {number} of many.")


@pytest.mark.usefixtures("few")
def test_so_many_records_are_one_commit(ledger: Ledger) -> None:
    told: list[tuple[Appended, list[Record]]] = []
    gathering = Appender(ledger, committed=lambda appended, records: told.append((appended, records)), clock=Clock())
    for number in range(7):
        gathering.add(report(number))
    assert [(appended.version, appended.documents) for appended, _ in told] == [(1, 3), (2, 3)]
    assert [record for _, records in told for record in records] == [report(number) for number in range(6)]
    assert Ledger(ledger.path).documents(copies=True).count() == 6
    gathering.flush()
    assert Ledger(ledger.path).documents(copies=True).count() == 7
    gathering.flush()
    assert len(told) == 3


def test_long_texts_are_committed_sooner(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    assert CHARACTERS >= 1_000_000
    monkeypatch.setattr(appender, "CHARACTERS", 100)
    gathering = Appender(ledger, clock=Clock())
    gathering.add(bare("a" * 60))
    assert ledger.version == 0
    gathering.add(bare("b" * 60))
    assert ledger.version == 1
    gathering.add(bare("c" * 60))
    assert ledger.version == 1


def test_no_record_waits_longer_than_it_may_while_others_come(ledger: Ledger) -> None:
    clock = Clock()
    gathering = Appender(ledger, clock=clock)
    gathering.add(report(1))
    clock.time += SECONDS - 1
    gathering.add(report(2))
    assert ledger.version == 0
    clock.time += 1
    gathering.add(report(3))
    assert (ledger.version, ledger.documents(copies=True).count()) == (1, 3)
    clock.time += SECONDS - 1
    gathering.add(report(4))
    assert ledger.version == 1


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, ValueError, None])
def test_what_waits_is_committed_at_the_end_however_it_comes(
    ledger: Ledger, interruption: type[BaseException] | None
) -> None:
    def work() -> None:
        with Appender(ledger) as gathering:
            gathering.add(report(1))
            if interruption:
                raise interruption

    if interruption:
        with pytest.raises(interruption):
            work()
    else:
        work()
    assert Ledger(ledger.path).documents().count() == 1


@pytest.mark.usefixtures("few")
def test_what_could_not_be_committed_goes_on_waiting(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    gathering = Appender(ledger, clock=Clock())

    def fail(*_: object) -> int:
        raise LedgerError("the disk is full")

    gathering.add(report(1))
    gathering.add(report(2))
    with monkeypatch.context() as patched:
        patched.setattr(ledger.store, "append", fail)
        with pytest.raises(LedgerError, match="full"):
            gathering.add(report(3))
    gathering.flush()
    assert [record.id for record in ledger.records()] == sorted(report(number).id for number in (1, 2, 3))
    assert ledger.version == 1
