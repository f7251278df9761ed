"""The full-text index of a ledger: SQLite's FTS5 over titles and texts, which can be thrown away and made again.

It lies in the folder ``index`` of the ledger, or in the user's cache where that cannot be written to. It knows every
entry that any version had; which of them count is the ledger's to say. An entry is known by its number, so that data
files that compaction has put together are not indexed twice.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from sayso.errors import LedgerError

_VERSION = 1
_BATCH = 256
_PATIENCE = 600.0
"""Seconds to wait for another process that is bringing the index up to date."""

_TABLES = f"""
CREATE TABLE covered (file TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE known (row INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE words USING fts5 (title, text, content='', tokenize="porter unicode61 remove_diacritics 2");
PRAGMA user_version = {_VERSION};
"""

MATCHES = pa.schema([("row", pa.int64()), ("score", pa.float64())])
"""What matching gives: the number of an entry, and a score that is higher the better it fits (BM25)."""


class SearchIndex:
    """The index of one ledger. Raises LedgerError where it can be neither read nor made anew."""

    def __init__(self, ledger: str) -> None:
        self.path = _home(ledger) / "search.sqlite"

    def update(self, files: Sequence[str]) -> int:
        """Take in the entries of data files that are new; return how many entries those were.

        Of several processes that do so at once, one does and the others wait for it.
        """
        with self._opened() as database:
            covered = {file for (file,) in database.execute("SELECT file FROM covered")}
            added = 0
            for file in (file for file in files if file not in covered):
                with _transaction(database):
                    if database.execute("INSERT OR IGNORE INTO covered VALUES (?)", (file,)).rowcount:
                        added += _take_in(database, file)
            return added

    def matching(self, expression: str) -> pa.Table:
        """Return the entries that match an FTS5 expression, as ``MATCHES`` has it."""
        with self._opened() as database:
            found = database.execute(
                "SELECT rowid, -bm25(words, 4.0, 1.0) FROM words WHERE words MATCH ?", (expression,)
            )
            pairs = found.fetchall()
        return pa.table([[row for row, _ in pairs], [score for _, score in pairs]], schema=MATCHES)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._connect()) as database:
                yield database
        except sqlite3.Error as error:
            raise LedgerError(f"{self.path}: {error}; {_remedy(error)}") from error
        except OSError as error:
            raise LedgerError(f"{self.path}: the index cannot be written ({error.strerror})") from error

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version == _VERSION:
            return database
        if version:
            database.close()
            self.path.unlink()
            return self._connect()
        with _transaction(database):
            if not database.execute("PRAGMA user_version").fetchone()[0]:
                for statement in filter(str.strip, _TABLES.split(";")):
                    database.execute(statement)
        return database


def _remedy(error: sqlite3.Error) -> str:
    said = str(error).lower()
    if "locked" in said:
        return "another process is bringing the index up to date; try again when it is done"
    if "full" in said:
        return "make room on the disk"
    return "delete the file, it is made again"


def snippets(expression: str, texts: Iterable[tuple[str, str]]) -> list[str]:
    """Return for each title and text the words around what matches, matches within [ and ]."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            'CREATE VIRTUAL TABLE words USING fts5 (title, text, tokenize="porter unicode61 remove_diacritics 2")'
        )
        database.executemany("INSERT INTO words VALUES (?, ?)", texts)
        cut = "SELECT snippet(words, 1, '[', ']', ' … ', 24), rowid FROM words WHERE words MATCH ?"
        found = {row: " ".join(text.split()) for text, row in database.execute(cut, (expression,))}
        [(last,)] = database.execute("SELECT coalesce(max(rowid), 0) FROM words")
    return [found.get(row, "") for row in range(1, last + 1)]


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


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _home(ledger: str) -> Path:
    """Return the folder for what is made from a ledger and can be made again."""
    beside = Path(ledger, "index")
    if os.access(beside if beside.exists() else ledger, os.W_OK):
        return beside
    cache = Path(os.environ.get("XDG_CACHE_HOME") or _cache())
    name = os.path.abspath(ledger)
    return cache / "sayso" / hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _cache() -> Path:
    try:
        return Path.home() / ".cache"
    except RuntimeError as error:  # a user of whom the system knows nothing
        raise LedgerError("there is no place for the index; set XDG_CACHE_HOME to a folder") from error
