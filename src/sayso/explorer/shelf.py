"""The shelf: a ledger's views as tables in memory, so that a page is answered in milliseconds.

The ledger keeps nested accounts, which a view takes apart anew for each query; the shelf takes each data file apart
once. It follows the ledger: a new data file is added, files that were compacted are read anew, and which documents
count is worked out for the newest version. All names and columns are those of the ledger's views, so that its filters
fit. Besides, ``account`` is the number of the account that a row is of, by which rows of different views join quickly,
and ``spot`` finds a row again at once, as long as nothing is added. DuckDB writes to a temporary folder what does not
fit into its share of memory.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import Any

import duckdb
import pyarrow as pa

from sayso.errors import LedgerError
from sayso.ledger import Ledger, views
from sayso.ledger.columns import VIEWS, View
from sayso.ledger.queries import Connection, explained

Row = dict[str, Any]
Tables = Mapping[str, pa.Table]
"""Tables of a caller's, by name."""

LONGEST = 10.0
"""Seconds after which a query is given up."""
_MEMORY = "1GB"
_OWN = ("copies", "copy_of", "copy_similarity", "copy_reason")
"""Columns that depend on what else the ledger holds: they change for rows that do not."""
_APART = {"documents": ", text"}
"""Columns that views leave out, for most pages have no use for them: they are in the view ``texts``."""


class Shelf:
    """The tables of one ledger. Any number of threads may select from them while one lets it catch up."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._catching_up = Lock()
        self._files: dict[str, int] = {}
        self._next = 1
        spill = tempfile.mkdtemp(prefix="sayso-")
        self._clean_up = weakref.finalize(self, shutil.rmtree, spill, ignore_errors=True)
        # Many readers ask at once: a query that took all processors would only make others wait.
        threads = max((os.cpu_count() or 1) // 2, 1)
        self._db = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": spill, "threads": threads})
        self._version = -1
        self._make()
        self.catch_up()

    @property
    def version(self) -> int:
        """The version of the ledger whose rows are on the shelf."""
        return self._version

    def catch_up(self) -> bool:
        """Take in what the ledger has got since last time; return whether there was anything."""
        with self._catching_up, explained():
            self._ledger.refresh()
            if self._ledger.version == self._version:
                return False
            files = self._ledger.store.files()
            with self._db.cursor() as cursor:
                cursor.execute("BEGIN")
                try:
                    self._arrange(cursor, files)
                except BaseException:
                    cursor.execute("ROLLBACK")
                    raise
                cursor.execute("COMMIT")
            self._version = self._ledger.version
            return True

    def select(
        self, query: str, parameters: Mapping[str, object] | None = None, tables: Tables | None = None
    ) -> list[Row]:
        """Return the rows that a query selects; ``$name`` in it stands for a parameter.

        ``tables`` can be selected from by their names besides those of the shelf.
        """
        rows: list[Row] = self.arrow(query, parameters, tables).to_pylist()
        return rows

    def arrow(
        self, query: str, parameters: Mapping[str, object] | None = None, tables: Tables | None = None
    ) -> pa.Table:
        """Return the same as an Arrow table. Raises LedgerError for a query that takes too long."""
        with explained(), self._db.cursor() as cursor:
            for name, table in (tables or {}).items():
                cursor.register(name, table)
            giving_up = Timer(LONGEST, cursor.interrupt)
            giving_up.daemon = True
            giving_up.start()
            try:
                return cursor.sql(query, params=dict(parameters or {}) or None).to_arrow_table()
            except duckdb.InterruptException as error:
                raise LedgerError(f"this takes longer than {LONGEST:.0f} seconds; ask for less") from error
            finally:
                giving_up.cancel()

    def put(self, name: str, table: pa.Table | Path, schema: pa.Schema) -> None:
        """Put a table of the caller's on the shelf, in place of the one of that name: a Parquet file, or in memory."""
        with self._catching_up, explained(), self._db.cursor() as cursor:
            source = f"read_parquet('{_quoted(table)}')" if isinstance(table, Path) else "given"
            if isinstance(table, pa.Table):
                cursor.register("given", table)
            names = ", ".join(f'"{name}"' for name in schema.names)
            cursor.execute("BEGIN")
            cursor.execute(f"CREATE OR REPLACE TABLE flat_{name} AS SELECT {names} FROM {source}")
            cursor.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT *, rowid AS spot FROM flat_{name}")
            cursor.execute("COMMIT")

    def file_of(self, document: str) -> tuple[str, int] | None:
        """Return the data file that has the newest account of a document, and its row; None where there is none."""
        found = self.select(
            "SELECT file, row FROM live JOIN held USING (document, generation) WHERE document = $document",
            {"document": document},
        )
        names = {number: file for file, number in self._files.items()}
        return (names[found[0]["file"]], found[0]["row"]) if found and found[0]["file"] in names else None

    def close(self) -> None:
        """Give back what the shelf takes."""
        with suppress(duckdb.Error):
            self._db.close()
        self._clean_up()

    def _make(self) -> None:
        nothing = Connection([])
        with explained(), self._db.cursor() as cursor:
            cursor.execute("CREATE TABLE held (file INTEGER, document VARCHAR, generation BIGINT, row BIGINT)")
            cursor.register("no_headings", _headings(nothing))
            cursor.execute("CREATE TABLE headings AS SELECT 0 AS file, * FROM no_headings")
            cursor.execute(f"CREATE TABLE live AS {_LIVE}")
            for view in VIEWS:
                cursor.register("nothing", _rows(nothing, view))
                cursor.execute(f"CREATE TABLE flat_{view.name} AS {_linked('nothing', 0)}")
                left_out = f"file, is_live{_APART.get(view.name, '')}"
                cursor.execute(
                    f"CREATE VIEW {views.TWIN}{view.name} AS "
                    f"SELECT * EXCLUDE ({left_out}), rowid AS spot FROM flat_{view.name} WHERE is_live"
                )
                cursor.execute(
                    f"CREATE VIEW {view.name} AS SELECT * FROM {views.TWIN}{view.name} WHERE copy_of IS NULL"
                )
            cursor.execute(
                "CREATE VIEW texts AS SELECT document, account, title, text FROM flat_documents WHERE is_live"
            )
        nothing.close()

    def _arrange(self, cursor: duckdb.DuckDBPyConnection, files: Iterable[str]) -> None:
        """Bring the tables to the state of data files, within a transaction."""
        wanted = list(files)
        for file in self._files.keys() - set(wanted):
            number = self._files[file]
            for table in ("held", "headings", *(f"flat_{view.name}" for view in VIEWS)):
                cursor.execute(f"DELETE FROM {table} WHERE file = {number}")
        kept = {file: number for file, number in self._files.items() if file in set(wanted)}
        arrived = {file: number for number, file in enumerate((f for f in wanted if f not in kept), self._next)}
        connections = {number: Connection([file], complete=False) for file, number in arrived.items()}
        try:
            for number, connection in connections.items():
                cursor.register("coming", _headings(connection))
                cursor.execute(f"INSERT INTO headings SELECT {number}, * FROM coming")
            self._look_again(cursor)
            for number, connection in connections.items():
                _take_in(cursor, connection, number)
        finally:
            for connection in connections.values():
                connection.close()
        self._next += len(arrived)
        self._files = kept | arrived

    def _look_again(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Work out which documents count now, and note it in the rows that are there."""
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE now AS {_LIVE}")
        cursor.execute("CREATE OR REPLACE TEMP TABLE changed AS (FROM now EXCEPT FROM live)")
        cursor.execute("CREATE OR REPLACE TEMP TABLE gone AS FROM live ANTI JOIN now USING (document, generation)")
        cursor.execute("CREATE OR REPLACE TABLE live AS FROM now")
        for view in VIEWS:
            cursor.execute(_UPDATED.format(table=f"flat_{view.name}"))
            cursor.execute(_HIDDEN.format(table=f"flat_{view.name}"))


_LIVE = f"SELECT id AS document, generation, {', '.join(_OWN)} FROM ({views.LIVE})"
_UPDATED = f"""
UPDATE {{table}} SET is_live = true, {", ".join(f"{column} = changed.{column}" for column in _OWN)}
FROM changed WHERE {{table}}.document = changed.document AND {{table}}.generation = changed.generation
"""
_HIDDEN = """
UPDATE {table} SET is_live = false
FROM gone WHERE {table}.document = gone.document AND {table}.generation = gone.generation
"""


def _take_in(cursor: duckdb.DuckDBPyConnection, connection: Connection, number: int) -> None:
    """Take one data file apart. Of two accounts of one document in it the newer is taken: no other will ever count."""
    cursor.register("held_here", connection.select("SELECT id, generation, row FROM live").arrow())
    cursor.execute(f"INSERT INTO held SELECT {number}, * FROM held_here")
    for view in VIEWS:
        cursor.register("taken", _rows(connection, view))
        cursor.execute(f"INSERT INTO flat_{view.name} {_linked('taken', number)}")


def _linked(rows: str, file: int) -> str:
    """Return the SELECT of rows with the number of their file, whether they count, and what they are copies of."""
    own = ", ".join(f"live.{column}" for column in _OWN)
    return (
        f"SELECT {file} AS file, held.row AS account, live.document IS NOT NULL AS is_live, {rows}.*, {own} "
        f"FROM {rows} LEFT JOIN held ON held.file = {file} AND held.document = {rows}.document "
        f"LEFT JOIN live ON live.document = {rows}.document AND live.generation = {rows}.generation"
    )


def _rows(connection: Connection, view: View) -> pa.Table:
    return connection.select(f"SELECT * EXCLUDE ({', '.join(_OWN)}) FROM {views.TWIN}{view.name}").arrow()


def _headings(connection: Connection) -> pa.Table:
    return connection.select("SELECT row, entry, id, generation, copy_of FROM entries").arrow()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
