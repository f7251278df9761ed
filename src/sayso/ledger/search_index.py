"""The full-text index of a ledger: SQLite's FTS5 over titles and texts, which can be thrown away and made again.

It knows every entry that any version had; which of them count is the ledger's to say. An entry is known by its number,
so that data files that compaction has put together are not indexed twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from sayso.errors import LedgerError
from sayso.ledger.derived import Derived, home_of, transaction

_VERSION = 1
_BATCH = 256
_TABLES = """
CREATE TABLE covered (file TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE known (row INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE words USING fts5 (title, text, content='', tokenize="porter unicode61 remove_diacritics 2");
"""

MATCHES = pa.schema([("row", pa.int64()), ("score", pa.float64())])
"""What matching gives: the number of an entry, and a score that is higher the better it fits (BM25)."""


class SearchIndex:
    """The index of one ledger. Raises LedgerError where it can be neither read nor made anew."""

    def __init__(self, ledger: str) -> None:
        self._derived = Derived(home_of(ledger) / "search.sqlite", _VERSION, _TABLES)
        self.path = self._derived.path

    def update(self, files: Sequence[str]) -> int:
        """Take in the entries of data files that are new; return how many entries those were.

        Of several processes that do so at once, one does and the others wait for it.
        """
        return self._derived.use(lambda database: _update(database, files))

    def found(self, expression: str, files: Sequence[str]) -> pa.Table:
        """Take in data files that are new, and return the entries that match an FTS5 expression, as ``MATCHES``."""
        return self._derived.use(lambda database: _found(database, expression, files))

    def matching(self, expression: str, files: Sequence[str]) -> pa.Table:
        """Return the entries that match an FTS5 expression, as ``MATCHES``, of those that were taken in.

        Data files are taken in only where none are: where the index was damaged, it is empty again.
        """
        return self._derived.use(lambda database: _found(database, expression, () if _covered(database) else files))


def snippets(expression: str, texts: Iterable[tuple[str, str]], marks: tuple[str, str] = ("[", "]")) -> list[str]:
    """Return for each title and text the words around what matches, matches within [ and ], or other marks."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            'CREATE VIRTUAL TABLE words USING fts5 (title, text, tokenize="porter unicode61 remove_diacritics 2")'
        )
        database.executemany("INSERT INTO words VALUES (?, ?)", texts)
        cut = "SELECT snippet(words, 1, ?, ?, ' … ', 24), rowid FROM words WHERE words MATCH ?"
        found = {row: " ".join(text.split()) for text, row in database.execute(cut, (*marks, expression))}
        [(last,)] = database.execute("SELECT coalesce(max(rowid), 0) FROM words")
    return [found.get(row, "") for row in range(1, last + 1)]


def _found(database: sqlite3.Connection, expression: str, files: Sequence[str]) -> pa.Table:
    _update(database, files)
    found = database.execute("SELECT rowid, -bm25(words, 4.0, 1.0) FROM words WHERE words MATCH ?", (expression,))
    pairs = found.fetchall()
    return pa.table([[row for row, _ in pairs], [score for _, score in pairs]], schema=MATCHES)


def _update(database: sqlite3.Connection, files: Sequence[str]) -> int:
    covered = _covered(database) if files else set()
    added = 0
    for file in (file for file in files if file not in covered):
        with transaction(database):
            if database.execute("INSERT OR IGNORE INTO covered VALUES (?)", (file,)).rowcount:
                added += _take_in(database, file)
    return added


def _covered(database: sqlite3.Connection) -> set[str]:
    """Return the data files that were taken in."""
    return {file for (file,) in database.execute("SELECT file FROM covered")}


def _take_in(database: sqlite3.Connection, file: str) -> int:
    added = 0
    for entry in _texts(file):
        if database.execute("INSERT OR IGNORE INTO known VALUES (?)", (entry["row"],)).rowcount:
            words = (entry["row"], entry["title"] or "", entry["text"] or "")
            database.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", words)
            added += 1
    return added


def _texts(file: str) -> Iterator[dict[str, Any]]:
    """Yield the accounts in a data file, of each only what is indexed."""
    try:
        with parquet.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=_BATCH, columns=["row", "entry", "title", "text"]):
                yield from (entry for entry in batch.to_pylist() if entry["entry"] == "record")
    except (OSError, pa.ArrowException) as error:
        raise LedgerError(f"{file} cannot be read ({error}); sayso ledger verify tells what is wrong") from error
