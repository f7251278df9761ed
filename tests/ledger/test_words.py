"""What people type, made an expression that FTS5 takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import LedgerError
from sayso.ledger.words import expression


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    texts = ["grain deal signed", "grain deals off, wheat up", "wheat harvest", "deal: grain", "Ukraine, Übermut"]
    texts += ["naïve"]
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            'CREATE VIRTUAL TABLE words USING fts5 (title, text, tokenize="porter unicode61 remove_diacritics 2")'
        )
        database.executemany("INSERT INTO words VALUES ('', ?)", ((text,) for text in texts))
        yield database


def matching(index: sqlite3.Connection, words: str) -> list[int]:
    query = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid"
    return [row for (row,) in index.execute(query, (expression(words),))]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("grain", [1, 2, 4]),
        ("GRAINS", [1, 2, 4]),
        ("grain deal", [1, 2, 4]),
        ('"grain deal"', [1, 2]),
        ('"deal grain"', [4]),
        ("wheat OR signed", [1, 2, 3]),
        ("grain wheat OR signed", [1, 2]),
        ("signed OR harvest OR naïve", [1, 3, 6]),
        ("grain -wheat", [1, 4]),
        ('grain -"grain deal"', [4]),
        ("grain -wheat -signed", [4]),
        ("ukrain*", [5]),
        ("ubermut", [5]),
        ("naive", [6]),
        ("wheat -harvest*", [2]),
        ("OR wheat", [2, 3]),
        ("wheat OR", [2, 3]),
        ("wheat OR OR harvest", [2, 3]),
        ('grain "', [1, 2, 4]),
        ('"wheat harvest', [3]),
        ("grain & deal!", [1, 2, 4]),
        ("grain-deal", [1, 2]),
        ("text:grain", []),
        ("{title}:grain", []),
        ("NEAR(grain deal)", []),
        ("grain NOT wheat", []),
        ("(wheat)", [2, 3]),
        ("^wheat", [2, 3]),
        ("wheat\0", [2, 3]),
        ("grain\0deal", [1, 2]),
        ("grain _", [1, 2, 4]),
        ("grain ''; DROP TABLE words", []),
        ("grain\ud800", [1, 2, 4]),
    ],
)
def test_words_find_what_they_say(index: sqlite3.Connection, words: str, found: list[int]) -> None:
    assert matching(index, words) == found


@pytest.mark.parametrize("words", ["", "  ", '""', "-", "-grain", "OR", "*", '"*"', "!?", "\0", "_", "\ud800"])
def test_words_that_say_nothing_are_an_error(words: str) -> None:
    with pytest.raises(LedgerError, match="holds no word to search for"):
        expression(words)


@pytest.mark.parametrize("joined", [" ", " OR ", " -", ' "'])
def test_many_words_are_no_more_trouble_than_few(index: sqlite3.Connection, joined: str) -> None:
    assert isinstance(matching(index, "wheat " + joined.join(f"word{number}" for number in range(3000))), list)


@given(st.text() | st.text("ab\"*-OR NEAR()^:{}+\0'_\ud800"))
def test_nothing_that_is_typed_is_an_error_to_the_index(index: sqlite3.Connection, words: str) -> None:
    try:
        found = matching(index, words)
    except LedgerError:
        return
    assert found == sorted(found)
