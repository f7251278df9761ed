"""Who else printed a document: its copies, kept in a temporary file so that a large ledger does not fill the memory."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sayso.export.dates import moment
from sayso.export.selection import Row, Source, rows

_COLUMNS = ("document", "publisher", "published", "title", "origin", "characters", "coded", "copy_of", "copies")
_AT_ONCE = 10_000


class Copies:
    """The copies of each document; ``newest`` is when the last of all documents was put into the ledger."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.newest: datetime | None = None

    def load(self, source: Source) -> None:
        """Note every document that is a copy of another."""
        found: list[Row] = []
        for row in rows(source, "documents", _COLUMNS, all_copies=True):
            row["coded"] = moment(row["coded"])
            if row["coded"] is not None and (self.newest is None or row["coded"] > self.newest):
                self.newest = row["coded"]
            if row["copy_of"] is not None:
                found.append(row)
            if len(found) >= _AT_ONCE:
                self._note(found)
                found = []
        self._note(found)
        self._database.execute("CREATE INDEX by_original ON copies (copy_of)")

    def of(self, document: str) -> list[Row]:
        """Return the copies of a document, in order of arrival."""
        found = self._database.execute("SELECT * FROM copies WHERE copy_of = ? ORDER BY rowid", (document,))
        return [dict(zip(_COLUMNS, row, strict=True)) for row in found]

    def _note(self, found: list[Row]) -> None:
        marks = ", ".join("?" for _ in _COLUMNS)
        self._database.executemany(
            f"INSERT INTO copies VALUES ({marks})",  # noqa: S608 - question marks alone
            ([_storable(row[column]) for column in _COLUMNS] for row in found),
        )


@contextmanager
def copies_of(source: Source) -> Iterator[Copies]:
    """Give the copies of all documents of a source; the temporary file goes when the block ends."""
    with tempfile.TemporaryDirectory(prefix="sayso-") as directory:
        database = sqlite3.connect(Path(directory) / "copies.sqlite", isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute(f"CREATE TABLE copies ({', '.join(_COLUMNS)})")
            copies = Copies(database)
            copies.load(source)
            yield copies
        finally:
            database.close()


def _storable(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
