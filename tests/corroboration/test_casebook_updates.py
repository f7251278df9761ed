"""A casebook follows its ledger: in any batches, whatever comes, goes or changes, and whatever stops it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from stories import by_chance, by_story, groups, likeness, made_again, report, told

from sayso.corroboration import Casebook, accounts, book, regrouping
from sayso.errors import LedgerError
from sayso.ledger import Ledger, shape
from sayso.records import Record


def parts(records: list[Record], chance: random.Random) -> list[list[Record]]:
    """Return records in portions of one to six."""
    found = []
    while records:
        size = chance.randint(1, 6)
        found.append(records[:size])
        records = records[size:]
    return found


def written(ledger: Ledger, records: list[Record], generation: int) -> None:
    """Append records as a writer does that had seen an older version."""
    rows = [shape.row_of(record, generation, 0, b"") for record in records]
    Ledger(ledger.path).store.append(shape.table_of(rows), "append")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("largest", [regrouping.LARGEST, 8])
def test_batches_of_any_size_come_to_the_same_as_one(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, seed: int, largest: int
) -> None:
    likeness(monkeypatch, by_chance)
    monkeypatch.setattr(regrouping, "LARGEST", largest)
    chance = random.Random(seed)
    with Casebook(ledger) as followed:
        for some in parts([report(f"{chance.random()}") for _ in range(36)], chance):
            ledger.append(some)
            if chance.random() < 0.6:
                followed.update()
        followed.update()
        found = told(followed)
        assert found == made_again(ledger)
    assert max(text.count('"ref"') for text in found) >= 3
    assert len(found) >= 3


def test_an_update_says_what_it_did_and_a_second_has_nothing_to_do(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness(monkeypatch, by_story)
    ledger.append([report("a1"), report("b1")])
    seen: list[tuple[int, int]] = []
    with Casebook(ledger) as followed:
        assert followed.update(lambda done, of: seen.append((done, of))) == (2, 0, 4)
        assert seen == [(2, 2)]
        assert followed.update() == (0, 0, 0)
        state = followed.state
        ledger.append([report("a2")])
        assert followed.update() == (1, 0, 2)  # those of b1 are as they were
        assert followed.state != state


def test_what_others_append_is_seen_without_refreshing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    likeness(monkeypatch, by_story)
    with Casebook(ledger) as followed:
        Ledger(ledger.path).append([report("a1")])
        assert followed.update().added == 1


def test_documents_that_came_at_the_same_moment_are_taken_in_in_the_ledgers_order(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness(monkeypatch, by_chance)
    records = sorted((report(f"a{number}") for number in range(12)), key=lambda record: record.id)
    with Casebook(ledger) as followed:
        written(ledger, records[1::2], 1)
        followed.update()
        written(ledger, records[::2], 1)
        assert followed.update().added == 6
        assert told(followed) == made_again(ledger)


def test_a_document_that_is_retracted_tells_no_more_until_it_is_restored(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness(monkeypatch, by_story)
    first, second = report("a1"), report("a2")
    ledger.append([first])
    ledger.append([second, report("b1")])
    with Casebook(ledger) as followed:
        followed.update()
        before = groups(followed)
        [old] = {o.id for o in followed.occurrences() if o.reports[0].ref == "a1"}

        ledger.retract(first.id, "wrong")
        assert followed.update() == (0, 1, 2)
        assert groups(followed) == {frozenset({one}) for one in ("a2/e1", "a2/m1", "b1/e1", "b1/m1")}
        with pytest.raises(LedgerError, match="no occurrence has a report"):
            followed.occurrence(old)

        ledger.restore(first.id, "right after all")
        assert followed.update().added == 1
        assert groups(followed) == before
        assert followed.occurrence(old).independent == 2


def test_what_only_a_retracted_report_held_together_comes_apart(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def likelihood(one: str, other: str) -> float:
        if one[-2:] != other[-2:]:
            return 0
        return 0.95 if "c1" in one + other else 0.25

    likeness(monkeypatch, likelihood)
    between = report("c1")
    for record in (between, report("a1"), report("b1")):
        ledger.append([record])
    with Casebook(ledger) as followed:
        followed.update()
        assert frozenset({"a1/e1", "b1/e1", "c1/e1"}) in groups(followed)
        ledger.retract(between.id, "wrong")
        followed.update()
        assert groups(followed) == {frozenset({one}) for one in ("a1/e1", "a1/m1", "b1/e1", "b1/m1")}
        assert told(followed) == made_again(ledger)


def test_the_newest_account_of_a_document_counts(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    likeness(monkeypatch, by_story)
    ledger.append([report("a1")])
    ledger.append([report("a2")])
    with Casebook(ledger) as followed:
        followed.update()
        ledger.append([report("a1", event_mentions=[])])
        assert followed.update()[:2] == (1, 1)
        assert groups(followed) == {frozenset({"a1/e1", "a2/e1"}), frozenset({"a2/m1"})}
        assert told(followed) == made_again(ledger)


def test_a_document_becomes_a_copy_when_its_original_comes_and_none_when_that_goes(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness(monkeypatch, by_story)
    text = report("a1").text + " And so on, at length, with many a word besides, until the page is full at last." * 3
    copy = report("a1", text=text, publisher="Copy Post", published="2024-10-23")
    original = report("a2", text=text, publisher="Wire", published="2024-10-22")
    ledger.append([copy])
    with Casebook(ledger) as followed:
        followed.update()

        def seen() -> list[tuple[str, bool, str | None, int]]:
            [found] = followed.occurrences()
            return sorted((str(r.publisher), r.is_copy, r.copy_of, found.copies) for r in found.reports)

        assert seen() == [("Copy Post", False, None, 0)]
        ledger.append([original])
        followed.update()
        assert seen() == [("Copy Post", True, original.id, 1), ("Wire", False, None, 1)]
        assert told(followed) == made_again(ledger)
        ledger.retract(original.id, "wrong")
        followed.update()
        assert seen() == [("Copy Post", False, None, 0)]


def test_what_was_taken_in_before_an_interruption_is_not_taken_in_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness(monkeypatch, by_chance)
    monkeypatch.setattr(book, "_READ", 5)
    ledger.append([report(f"a{number}") for number in range(20)])

    def interrupt(done: int, _: int) -> None:
        if done >= 10:
            raise KeyboardInterrupt

    with Casebook(ledger) as followed:
        with pytest.raises(KeyboardInterrupt):
            followed.update(interrupt)
        assert followed.update().added == 10
        assert told(followed) == made_again(ledger)


def test_occurrences_that_were_not_made_before_an_interruption_are_made_by_the_next_update(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness(monkeypatch, by_story)
    monkeypatch.setattr(book, "_MADE", 3)
    ledger.append([report(f"{letter}1") for letter in "abcdef"])
    make, made = accounts.Accounts.make, []

    def failing(*arguments: object) -> bool:
        made.append(arguments)
        if len(made) == 5:
            raise KeyboardInterrupt
        return make(*arguments)  # type: ignore[arg-type]

    with Casebook(ledger) as followed:
        monkeypatch.setattr(accounts.Accounts, "make", failing)
        with pytest.raises(KeyboardInterrupt):
            followed.update()
        assert followed.count(untyped=True) == 3
        assert followed.update() == (0, 0, 9)
        assert told(followed) == made_again(ledger)


def test_a_casebook_that_was_deleted_or_is_of_another_form_is_made_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness(monkeypatch, by_story)
    ledger.append([report("a1"), report("a2")])
    with Casebook(ledger) as followed:
        followed.update()
        before, file = told(followed), followed.folder / "occurrences.sqlite"
    assert file.is_relative_to(ledger.path)
    file.unlink()
    with Casebook(ledger) as followed:
        assert followed.update().added == 2
        assert told(followed) == before
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA user_version = 99")
    with Casebook(ledger) as followed:
        assert followed.count(untyped=True) == 0
        followed.update()
        assert told(followed) == before


def test_an_older_version_of_the_ledger_has_its_own_occurrences_and_leaves_nothing_behind(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness(monkeypatch, by_story)
    ledger.append([report("a1")])
    ledger.append([report("a2")])
    with Casebook(ledger) as followed:
        followed.update()
        now = told(followed)
    with Casebook(Ledger(ledger.path, as_of=1)) as past:
        assert past.update().added == 1
        assert groups(past) == {frozenset({"a1/e1"}), frozenset({"a1/m1"})}
        folder = past.folder
        assert not folder.is_relative_to(ledger.path)
    assert not folder.exists()
    with Casebook(ledger) as followed:
        assert followed.update() == (0, 0, 0)
        assert told(followed) == now


def test_compaction_of_the_ledger_changes_no_occurrence(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    likeness(monkeypatch, by_story)
    ledger.append([report("a1")])
    ledger.append([report("a2")])
    with Casebook(ledger) as followed:
        followed.update()
        state = followed.state
        ledger.store.compact()
        assert followed.update() == (0, 0, 0)
        assert followed.state == state


def test_what_a_user_of_the_casebook_cannot_write_is_not_blamed_on_it(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), Casebook(ledger):
        (tmp_path / "none" / "out").write_text("x")
