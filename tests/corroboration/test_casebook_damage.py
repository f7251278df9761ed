"""A casebook whose file is damaged is made again from its ledger, whoever finds that out, and when."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from stories import PATIENCE, TOWNS, by_story, follow, likeness, made_again, report, told

from sample_damage import DAMAGES, Damage, empty, flipped, garbage, without_a_table
from sayso.corroboration import Casebook, book
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.damage import DamagedError


@pytest.fixture
def filled(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Return a ledger with its casebook."""
    likeness(monkeypatch, by_story)
    ledger.append([report(f"{letter}{number}", TOWNS[number]) for letter in "abcd" for number in range(4)])
    with Casebook(ledger) as made:
        made.update()
    return ledger


def file_of(ledger: Ledger) -> Path:
    return Path(ledger.path, "index", "occurrences.sqlite")


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_casebook_is_made_again_and_says_so_once(
    filled: Ledger, damage: Damage, logged: pytest.LogCaptureFixture
) -> None:
    with Casebook(filled) as before:
        expected = told(before)
    damage(file_of(filled))
    with Casebook(filled) as found:
        found.update()
        assert told(found) == expected
        assert found.update() == (0, 0, 0)
    assert logged.messages == [f"{file_of(filled)} is damaged; it is made again"]
    with Casebook(filled) as after:
        assert told(after) == expected
    assert len(logged.messages) == 1


@pytest.mark.parametrize(
    "ask",
    [
        told,
        lambda casebook: casebook.count(untyped=True),
        lambda casebook: casebook.occurrence(told(casebook)[0][7:23]).model_dump_json(),
        lambda casebook: casebook.rebuild(),
    ],
)
def test_damage_that_only_shows_when_something_is_asked_is_mended_then(
    filled: Ledger, ask: Callable[[Casebook], object]
) -> None:
    with Casebook(filled) as casebook:
        expected = ask(casebook)
    flipped(file_of(filled))
    with Casebook(filled) as casebook:
        assert ask(casebook) == expected


def test_a_list_that_breaks_off_goes_on_where_it_was(filled: Ledger) -> None:
    with Casebook(filled) as casebook:
        expected = told(casebook)
    with closing(sqlite3.connect(file_of(filled))) as database:
        database.execute("UPDATE occurrences SET account = x'00' WHERE occurrence = ?", (expected[5][7:23],))
        database.commit()
    with Casebook(filled) as casebook:
        assert told(casebook) == expected


def test_an_account_that_is_neither_there_nor_to_be_made_is_damage(filled: Ledger) -> None:
    with Casebook(filled) as casebook:
        [first, *_] = casebook.occurrences()
    with closing(sqlite3.connect(file_of(filled))) as database:
        database.execute("DELETE FROM occurrences WHERE occurrence = ?", (first.id,))
        database.commit()
    with Casebook(filled) as casebook:
        assert casebook.occurrence(first.id) == first


def test_an_account_that_is_just_being_made_is_no_damage(filled: Ledger, logged: pytest.LogCaptureFixture) -> None:
    with Casebook(filled) as casebook:
        [first, *_] = casebook.occurrences()
    with closing(sqlite3.connect(file_of(filled))) as database:
        database.execute("INSERT INTO stale SELECT grouping FROM occurrences")
        database.execute("DELETE FROM occurrences")
        database.commit()
    with Casebook(filled) as casebook, pytest.raises(LedgerError, match="just being made; ask again in a moment"):
        casebook.occurrence(first.id)
    assert logged.messages == []


def test_who_has_a_damaged_casebook_open_never_touches_the_one_that_is_made_in_its_place(filled: Ledger) -> None:
    with Casebook(filled) as casebook:
        expected = told(casebook)
    flipped(file_of(filled))
    with Casebook(filled) as late, Casebook(filled) as early:
        assert told(early) == expected
        made = file_of(filled).stat().st_ino
        filled.append([report("e1")])
        assert early.update().added == 1
        assert told(late) == told(early)
        assert file_of(filled).stat().st_ino == made
    assert file_of(filled).stat().st_ino == made
    with Casebook(filled) as after:
        assert after.update() == (0, 0, 0)
        assert told(after) == made_again(filled)


def test_a_casebook_that_is_damaged_again_and_again_is_an_error_that_says_what_to_do(
    filled: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Casebook(filled) as casebook:
        begin = book.Derived._begin

        def spoil(derived: book.Derived) -> None:
            begin(derived)
            garbage(derived.path)

        monkeypatch.setattr(book.Derived, "_begin", spoil)
        flipped(file_of(filled))
        with pytest.raises(LedgerError, match="damaged as soon as it is made; see whether the disk is sound"):
            list(islice(casebook.occurrences(), 1))


def test_what_cannot_be_read_for_another_reason_is_not_thrown_away(
    filled: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    inode = file_of(filled).stat().st_ino

    def locked(*_: object) -> int:
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    with Casebook(filled) as casebook:
        monkeypatch.setattr("sayso.corroboration.accounts.Accounts.count", locked)
        with pytest.raises(LedgerError, match="another process is bringing the index up to date") as caught:
            casebook.count()
        assert not isinstance(caught.value, DamagedError)
    assert file_of(filled).stat().st_ino == inode


@pytest.mark.parametrize("damage", [empty, garbage, without_a_table, flipped], ids=lambda damage: damage.__name__)
def test_several_processes_that_find_it_damaged_make_one_casebook(ledger: Ledger, damage: Damage) -> None:
    ledger.append([report(f"r{n}", TOWNS[n % 4]) for n in range(12)])
    with Casebook(ledger) as casebook:
        casebook.update()
        expected = told(casebook)
    damage(file_of(ledger))
    ledger.append([report("new")])  # so that they all have something to do
    processes = [follow(ledger) for _ in range(4)]
    outputs = [process.communicate(timeout=PATIENCE) for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, outputs
    said = [line for _, errors in outputs for line in errors.splitlines()]
    assert said == [f"{file_of(ledger)} is damaged; it is made again"]
    assert sorted(int(output.splitlines()[-1]) for output, _ in outputs) == [0, 0, 0, 13]
    with Casebook(ledger) as casebook:
        assert casebook.update() == (0, 0, 0)
        assert len(told(casebook)) >= len(expected)
        assert told(casebook) == made_again(ledger)


def test_processes_that_begin_a_casebook_at_once_find_no_damage(ledger: Ledger) -> None:
    ledger.append([report(f"r{n}", TOWNS[n % 4]) for n in range(4)])
    processes: list[subprocess.Popen[str]] = [follow(ledger) for _ in range(4)]
    outputs = [process.communicate(timeout=PATIENCE) for process in processes]
    assert [errors for _, errors in outputs] == [""] * 4
