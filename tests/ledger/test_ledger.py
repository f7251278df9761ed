"""What becomes of documents: coded anew, retracted, restored, linked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from making import account, bare, failed, story

from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.columns import VIEWS
from sayso.records import Record

Titles = list[str | None]


def titles(ledger: Ledger, **given: bool) -> Titles:
    return [row["title"] for row in ledger.documents(**given)]


def wire(title: str, letters: str = "abcdef", published: str = "2024-05-01", **given: object) -> Record:
    return bare(story(letters), title=title, publisher=title, published=published, **given)


def copies(ledger: Ledger) -> dict[str, str | None]:
    """Return the title of each copy with that of its original."""
    names = {row["document"]: row["title"] for row in ledger.documents(copies=True)}
    return {row["title"]: names[row["copy_of"]] for row in ledger.documents(copies=True) if row["copy_of"] is not None}


def test_coding_anew_takes_the_place_of_the_account_before(ledger: Ledger) -> None:
    ledger.append([account(title="first"), bare("Another.")])
    ledger.append([account(title="second", events=[])])
    assert titles(ledger, copies=True) == [None, "second"]
    assert ledger.events(copies=True).count() == 0
    for view in VIEWS:
        rows = ledger.sql(f"SELECT document FROM all_{view.name}").arrow().num_rows
        assert rows == {"documents": 2, "statements": 1, "events": 0, "actors": 2, "places": 1, "times": 1}[view.name]
    assert [record.title for record in ledger.records()] == [None, "second"]
    assert set(titles(Ledger(ledger.path, as_of=1))) == {"first", None}
    assert Ledger(ledger.path, as_of=1).events().count() == 1


def test_records_are_given_whole_in_order_of_arrival_or_by_id(ledger: Ledger) -> None:
    first, second, third = account(), bare("Another.", title="another"), failed("odd.txt")
    ledger.append([first])
    ledger.append([second])
    ledger.append([third])
    assert list(ledger.records()) == [first, second, third]
    assert list(ledger.records([third.id, first.id])) == [first, third]
    assert list(ledger.records([])) == []
    assert list(ledger.records(["sha256:none", "'; DROP TABLE live; --"])) == []


def test_copies_are_counted_with_their_original_and_left_out(ledger: Ledger) -> None:
    ledger.append([wire("Wire"), wire("Echo", published="2024-05-02")])
    appended = ledger.append([wire("Later", published="2024-05-03"), bare("Something else.", title="else")])
    assert (appended.documents, appended.copies) == (2, 1)
    assert titles(ledger) == ["Wire", "else"]
    assert len(titles(ledger, copies=True)) == 4
    assert copies(ledger) == {"Echo": "Wire", "Later": "Wire"}
    assert {row["title"]: row["copies"] for row in ledger.documents()} == {"Wire": 2, "else": 0}
    reasons = {(row["copy_reason"], row["copy_similarity"]) for row in ledger.documents(copies=True)}
    assert reasons == {("same text", 1.0), (None, None)}
    links = {record.title: record.copy_of and record.copy_of.reason for record in ledger.records()}
    assert links == {"Wire": None, "Echo": "same text", "Later": "same text", "else": None}
    assert [record.title for record in ledger.records(copies=False)] == ["Wire", "else"]


def test_an_earlier_original_that_arrives_late_takes_over_the_copies(ledger: Ledger) -> None:
    ledger.append([wire("Echo", published="2024-05-02"), wire("Later", published="2024-05-03")])
    assert copies(ledger) == {"Later": "Echo"}
    ledger.append([wire("Wire", published="2024-05-01")])
    assert copies(ledger) == {"Echo": "Wire", "Later": "Wire"}
    assert copies(Ledger(ledger.path, as_of=1)) == {"Later": "Echo"}


def test_what_is_retracted_is_hidden_and_its_copies_get_another_original(ledger: Ledger) -> None:
    records = [wire("Wire"), wire("Echo", published="2024-05-02"), wire("Later", published="2024-05-03")]
    ledger.append(records)
    version = ledger.retract(records[0].id, "withdrawn by the publisher", "Anna")
    for opened in (ledger, Ledger(ledger.path)):
        assert titles(opened) == ["Echo"]
        assert copies(opened) == {"Later": "Echo"}
        assert list(opened.records([records[0].id])) == []
    assert copies(Ledger(ledger.path, as_of=version - 1)) == {"Echo": "Wire", "Later": "Wire"}
    commit = ledger.history()[-1]
    assert (commit.version, commit.operation) == (version, "retract")
    assert commit.details == {"document": records[0].id, "reason": "withdrawn by the publisher", "by": "Anna"}


def test_what_is_restored_is_shown_again_with_its_copies(ledger: Ledger) -> None:
    records = [wire("Wire"), wire("Echo", published="2024-05-02"), wire("Later", published="2024-05-03")]
    ledger.append(records)
    retracted = ledger.retract(records[0].id, "by mistake")
    version = ledger.restore(records[0].id, "it was a mistake")
    for opened in (ledger, Ledger(ledger.path)):
        assert titles(opened) == ["Wire"]
        assert copies(opened) == {"Echo": "Wire", "Later": "Wire"}
    assert titles(Ledger(ledger.path, as_of=retracted)) == ["Echo"]
    assert [commit.operation for commit in ledger.history()[-2:]] == ["retract", "restore"]
    assert ledger.history()[-1].version == version
    assert "by" not in ledger.history()[-1].details


def test_what_is_restored_keeps_its_place_in_the_order_of_arrival(ledger: Ledger) -> None:
    first, second = wire("First"), wire("Second")
    ledger.append([first])
    ledger.append([second])
    ledger.retract(first.id, "by mistake")
    ledger.restore(first.id, "it was a mistake")
    assert copies(ledger) == {"Second": "First"}
    assert ledger.relink() == 0


def test_a_retraction_counts_after_what_another_writer_appended_before_it(ledger: Ledger) -> None:
    ledger.append([wire("Echo", published="2024-05-02"), wire("Later", published="2024-05-03")])
    original = wire("Wire")
    Ledger(ledger.path).append([original])
    ledger.retract(original.id, "withdrawn")
    ledger.append([bare("Something else happened.", title="else")])
    assert copies(ledger) == {"Later": "Echo"}
    assert ledger.relink() == 0


@pytest.mark.parametrize("reopened", [False, True])
def test_a_retraction_survives_coding_anew_and_hands_no_copies_back(ledger: Ledger, reopened: bool) -> None:
    records = [wire("Wire"), wire("Echo", published="2024-05-02"), wire("Later", published="2024-05-03")]
    ledger.append(records)
    ledger.retract(records[0].id, "withdrawn")
    again = Ledger(ledger.path) if reopened else ledger
    again.append([records[0].model_copy(update={"language": "en"})])
    again.append([wire("Latest", published="2024-05-04")])
    assert titles(again) == ["Echo"]
    assert copies(again) == {"Later": "Echo", "Latest": "Echo"}
    assert again.relink() == 0
    again.restore(records[0].id, "after all")
    assert copies(again) == {"Echo": "Wire", "Later": "Wire", "Latest": "Wire"}
    [wired] = again.records([records[0].id])
    assert wired.language == "en"


def test_other_writers_see_what_is_retracted_and_restored(ledger: Ledger) -> None:
    records = [wire("Wire"), wire("Echo", published="2024-05-02")]
    ledger.append(records)
    other = Ledger(ledger.path)
    other.append([bare("So that it knows what is there.", title="else")])
    ledger.retract(records[0].id, "withdrawn")
    other.append([wire("Later", published="2024-05-03")])
    assert copies(other) == {"Later": "Echo"}
    ledger.restore(records[0].id, "after all")
    other.append([wire("Latest", published="2024-05-04")])
    assert copies(other) == {"Echo": "Wire", "Later": "Wire", "Latest": "Wire"}
    other.store.compact()
    ledger.append([wire("Last", published="2024-05-05")])
    assert copies(ledger) == {"Echo": "Wire", "Later": "Wire", "Latest": "Wire", "Last": "Wire"}
    assert ledger.relink() == 0


def test_what_could_not_be_read_is_no_copy_even_when_restored(ledger: Ledger) -> None:
    records = [failed("a.txt"), failed("b.txt")]
    ledger.append(records)
    assert copies(ledger) == {}
    for record in records:
        ledger.retract(record.id, "no use")
    assert ledger.documents(copies=True).count() == 0
    for record in records:
        ledger.restore(record.id, "after all")
    assert ledger.documents().count() == 2
    assert copies(ledger) == {}


def test_a_document_is_named_by_the_beginning_of_its_id(ledger: Ledger) -> None:
    one, other = account(), bare("Another.")
    ledger.append([one, other])
    ledger.retract(one.id[:23] + "…", "as a search shows it")
    assert ledger.documents().count() == 1
    ledger.restore(one.id[:12], "after all")
    assert ledger.documents().count() == 2


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda ledger: ledger.retract("sha256:", "x"), "give the id of a document"),
        (lambda ledger: ledger.retract("", "x"), "give the id of a document"),
        (lambda ledger: ledger.retract(account().id[:8], "x"), "more than one document sha256:d"),
        (lambda ledger: ledger.retract("sha256:zzz", "x"), "no document sha256:zzz; sayso search finds documents"),
        (lambda ledger: ledger.restore(account().id, "x"), "no retracted document"),
        (lambda ledger: ledger.retract("' OR true --", "x"), "no document ' OR true --"),
        (lambda ledger: ledger.retract("%", "x"), "no document %"),
    ],
)
def test_a_document_that_is_not_there_or_not_the_only_one_changes_nothing(
    ledger: Ledger, change: Callable[[Ledger], int], problem: str
) -> None:
    other = bare("Another.", id="sha256:d" + "0" * 63)
    ledger.append([account(), other])
    with pytest.raises(LedgerError, match=problem):
        change(ledger)
    assert Ledger(ledger.path).version == 1


def test_what_is_retracted_cannot_be_retracted_again(ledger: Ledger) -> None:
    ledger.append([account()])
    ledger.retract(account().id, "once")
    with pytest.raises(LedgerError, match="no document"):
        ledger.retract(account().id, "twice")
    ledger.restore(account().id, "once")
    with pytest.raises(LedgerError, match="no retracted document"):
        ledger.restore(account().id, "twice")


def test_links_of_writers_that_did_not_see_each_other_are_healed(ledger: Ledger) -> None:
    one, other = Ledger(ledger.path), Ledger(ledger.path)
    held = other.store.refresh
    other.store.refresh = lambda: None  # type: ignore[method-assign]
    one.append([wire("Wire")])
    other.append([wire("Echo", published="2024-05-02")])
    other.store.refresh = held  # type: ignore[method-assign]
    ledger.refresh()
    assert copies(ledger) == {}
    assert ledger.relink() == 1
    assert copies(ledger) == {"Echo": "Wire"}
    assert ledger.history()[-1].operation == "relink"
    assert Ledger(ledger.path).relink() == 0


def test_the_next_append_of_a_writer_mends_links_in_passing(ledger: Ledger) -> None:
    one, other = Ledger(ledger.path), Ledger(ledger.path)
    held = other.store.refresh
    other.store.refresh = lambda: None  # type: ignore[method-assign]
    one.append([wire("Wire")])
    other.append([wire("Echo", published="2024-05-02")])
    other.store.refresh = held  # type: ignore[method-assign]
    other.append([bare("Something else.", title="else")])
    assert copies(other) == {"Echo": "Wire"}


def test_a_writer_that_failed_works_out_copies_anew(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.append([wire("Wire")])

    def fail(*_: object) -> int:
        raise LedgerError("full")

    with monkeypatch.context() as patched:
        patched.setattr(ledger.store, "append", fail)
        with pytest.raises(LedgerError, match="full"):
            ledger.append([wire("Earlier", published="2024-04-30")])
    ledger.append([wire("Echo", published="2024-05-02")])
    assert copies(ledger) == {"Echo": "Wire"}


def test_a_selection_goes_on_with_the_version_that_it_was_made_of(ledger: Ledger) -> None:
    ledger.append([account()])
    selection = ledger.documents()
    rows = iter(ledger.documents())
    ledger.append([bare("Another.")])
    assert selection.count() == 1
    assert len(list(rows)) == 1
    assert ledger.documents().count() == 2
    ledger.close()
    assert ledger.documents().count() == 2


def test_a_ledger_reads_one_version_until_it_is_refreshed(ledger: Ledger) -> None:
    reader = Ledger(ledger.path)
    assert reader.documents().count() == 0
    ledger.append([account()])
    assert (reader.version, reader.documents().count()) == (0, 0)
    reader.refresh()
    assert (reader.version, reader.documents().count()) == (1, 1)


def test_what_is_coded_is_known_by_document_and_makers(ledger: Ledger) -> None:
    from sayso.ledger.shape import coding_key, coding_of

    one, bad = account(), failed("odd.txt")
    newer = one.coded_with.model_copy(update={"knowledge": "k2", "models": {"tagger": "a1", "parser": "b1"}})
    ledger.append([one, bad])
    ledger.append([one.model_copy(update={"coded_with": newer})])
    old, new = coding_of(one.coded_with), coding_of(newer)
    assert ledger.coded() == {coding_key(one.id, old), coding_key(one.id, new), coding_key(bad.id, old)}
    assert ledger.coded(failed=False) == {coding_key(one.id, old), coding_key(one.id, new)}
    turned = newer.model_copy(update={"models": {"parser": "b1", "tagger": "a1"}})
    assert coding_of(turned) == new
