from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import IntakeError
from sayso.intake.feed import Entry
from sayso.intake.opml import FeedAddress
from sayso.intake.subscriptions import State
from sayso.records import Document

FEED = "https://example.org/feed"


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with State(tmp_path / "watch.sqlite") as opened:
        opened.subscribe([FeedAddress(FEED, "Wire")])
        yield opened


def entry(number: int, **more: object) -> Entry:
    return Entry(guid=f"g{number}", url=f"https://example.org/{number}", **more)  # type: ignore[arg-type]


def heard(state: State, *entries: Entry, feed: str = FEED) -> int:
    return state.heard(feed, 100.0, entries, etag='"1"', modified=None)


def pending(state: State, now: float = 1.0) -> list[int]:
    return [waiting.id for waiting in state.pending(now, 100, 100)]


def test_an_entry_is_new_once(state: State) -> None:
    assert heard(state, entry(1), entry(2), entry(1)) == 2
    assert heard(state, entry(1), entry(2), entry(3)) == 1
    assert [waiting.entry for waiting in state.pending(0, 100, 100)] == [entry(1), entry(2), entry(3)]


def test_one_page_in_two_feeds_is_one_entry_and_so_is_one_guid_with_a_new_address(state: State) -> None:
    heard(state, entry(1), Entry(guid="g2", url="https://example.org/2"))
    same_page = Entry(guid="other", url="http://example.org/1?utm_source=rss")
    same_guid = Entry(guid="g2", url="https://example.org/2-updated")
    assert heard(state, same_page, feed="https://example.com/feed") == 0
    assert heard(state, same_guid) == 0
    assert heard(state, same_guid, feed="https://example.com/feed") == 1


def test_an_entry_without_guid_and_address_is_told_by_what_it_says(state: State) -> None:
    assert heard(state, Entry(content="<p>one</p>"), Entry(content="<p>two</p>"), Entry(content="<p>one</p>")) == 2


def test_what_was_handed_out_comes_again_the_same_until_it_is_done(tmp_path: Path) -> None:
    document = Document(
        text="Zürich \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), authors=["A"], ref="g1"
    )
    with State(tmp_path / "s") as state:
        state.subscribe([FeedAddress(FEED)])
        heard(state, entry(1))
        assert state.hold(1, document)
    with State(tmp_path / "s") as state:
        (waiting,) = state.pending(0, 9, 9)
        assert waiting.document == document
        state.done([1])
    with State(tmp_path / "s") as state:
        assert pending(state) == []
        assert state.counts() == {"pending": 0, "done": 1, "failed": 0}
        assert heard(state, entry(1)) == 0


def test_two_addresses_that_lead_to_one_page_are_one_article(state: State) -> None:
    heard(state, entry(1), Entry(guid="short", url="https://short.example/x"))
    assert state.hold(1, Document(text="a", origin="https://example.org/1"))
    assert not state.hold(2, Document(text="a", origin="https://example.org/1?utm_medium=feed"))
    assert pending(state) == [1]


def test_only_so_many_of_each_host_the_longest_waiting_first(state: State) -> None:
    others = [Entry(guid=f"o{n}", url=f"https://example.com/{n}") for n in range(3)]
    heard(state, *(entry(n) for n in range(5)), *others)
    taken = [waiting.id for waiting in state.pending(0, 100, 2)]
    assert taken == [1, 2, 6, 7]
    assert [waiting.id for waiting in state.pending(0, 3, 2, without=[1])] == [2, 3, 6]


def test_what_is_put_off_comes_when_it_is_due_and_what_failed_does_not(state: State) -> None:
    heard(state, entry(1), entry(2))
    state.put_off(1, 50.0, "busy")
    state.failed(2, "no such page")
    assert (pending(state, 49), pending(state, 50)) == ([], [1])
    assert state.next_due() == 50.0
    assert state.failures() == [("https://example.org/2", "no such page")]
    assert state.retry_failed() == 1
    assert pending(state, 1) == [2]


def test_what_a_wrong_clock_put_off_for_years_is_due(state: State) -> None:
    heard(state, entry(1))
    state.put_off(1, 9e9, "busy")
    assert pending(state, 1e9) == [1]


def test_feeds_remember_how_it_went(state: State) -> None:
    heard(state, entry(1))
    state.missed(FEED, 200.0, "no connection")
    state.missed(FEED, 300.0, "no connection")
    (feed,) = state.subscriptions()
    assert (feed.title, feed.etag, feed.due, feed.failures, feed.error) == ("Wire", '"1"', 300.0, 2, "no connection")
    heard(state)
    (feed,) = state.subscriptions()
    assert (feed.failures, feed.error) == (0, None)


def test_a_state_in_use_is_not_opened_twice(state: State, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"watch\.sqlite: another watch is using this state"):
        State(tmp_path / "watch.sqlite")


@pytest.mark.parametrize("damage", ["text", "middle", "foreign", "newer", "folder", "nowhere"])
def test_a_file_that_cannot_be_used_is_named_with_the_remedy(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "watch.sqlite"
    said = "damaged"
    if damage == "text":
        path.write_text("this is no database " * 100)
    elif damage == "middle":
        with State(path) as state:
            heard(state, *(entry(n) for n in range(200)))
        data = bytearray(path.read_bytes())
        data[4096:-4096] = b"\xa5" * (len(data) - 8192)
        path.write_bytes(data)
    elif damage == "foreign":
        sqlite3.connect(path).execute("CREATE TABLE bookmarks (url)").connection.close()
        said = "not the state of a watch"
    elif damage == "newer":
        State(path).close()
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
        said = "newer Sayso"
    elif damage == "folder":
        path.mkdir()
        said = "check the folder"
    else:
        path = tmp_path / "missing" / "watch.sqlite"
        said = "check the folder"
    with pytest.raises(IntakeError, match=said) as caught:
        State(path)
    assert str(path) in str(caught.value)
