"""Questions to a ledger: a DuckDB connection that sees the views, and nothing else of the machine.

The connection may read the ledger's data files and no others, write nothing, load no extension and change none of its
own settings; of the statements only a single SELECT is let through.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, count
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
from pyarrow import parquet

from sayso.errors import LedgerError
from sayso.ledger import views
from sayso.ledger.shape import schema

if TYPE_CHECKING:
    import pandas
    import polars
    from pyarrow import dataset

Parameters = Mapping[str, object]
Tables = Mapping[str, "pa.Table | dataset.Dataset"]
"""Tables in memory, or in files, by the names by which they can be selected from."""

_STORED = "stored"
"""The name of the rows that lie in an object store."""

_MEMORY = "1GB"
"""More than this is written to a temporary folder."""
_ECHO = "\nLINE 1:"
"""What stands between what is wrong and the query that it is wrong in."""
_DATA_FILE = re.compile(r"""["'][^"']+\.parquet["']""")
"""A data file as errors name it."""


class Connection:
    """A connection to the views over data files. Any number of Selections may be read from it, in any thread.

    ``complete`` is whether the data files, all together, have all columns: those of an older Sayso may lack some.
    ``stored`` are the rows of files in an object store, which Arrow reads: DuckDB would have to load an extension.
    Without ``viewed`` there are the bare ``entries`` and no views, which take a look at all of them.
    """

    def __init__(
        self,
        files: list[str],
        *,
        complete: bool = True,
        stored: dataset.Dataset | None = None,
        viewed: bool = True,
    ) -> None:
        spill = tempfile.mkdtemp(prefix="sayso-")
        self._clean_up = weakref.finalize(self, shutil.rmtree, spill, ignore_errors=True)
        self._db = duckdb.connect(
            config={
                "memory_limit": _MEMORY,
                "temp_directory": spill,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "preserve_insertion_order": "false",
            }
        )
        with explained():
            if stored is not None:
                files = []
                self._db.register(_STORED, stored)
            elif not files or not complete:
                files = [*files, _no_entries(spill)]
            rows = _STORED if stored is not None else views.over_files(files)
            self._db.execute(views.entries(rows))
            for statement in views.statements() if viewed else ():
                self._db.execute(statement)
        self._stored: Tables = {_STORED: stored} if stored is not None else {}
        self._db.execute("SET allowed_paths = $files", {"files": files})
        self._db.execute("SET enable_external_access = false")
        self._db.execute("SET lock_configuration = true")

    def select(self, query: str, parameters: Parameters | None = None, tables: Tables | None = None) -> Selection:
        """Return what a single SELECT selects; raise LedgerError where it is anything else.

        ``$name`` in the query stands for a parameter; ``tables`` can be selected from by their names besides the views.
        """
        with explained():
            parsed = duckdb.extract_statements(_sound(query))
        if len(parsed) != 1 or parsed[0].type != duckdb.StatementType.SELECT:
            raise LedgerError("a query is one SELECT, without a second statement: the ledger changes only by appending")
        return Selection(self, query, dict(parameters or {}), dict(tables or {}))

    def understands(self, selection: Selection) -> bool:
        """Say whether the query of a selection can be answered with its tables, without answering it."""
        try:
            self.relation(selection.query, selection)
        except LedgerError:
            return False
        return True

    def relation(self, query: str, of: Selection) -> duckdb.DuckDBPyRelation:
        """Return a query with the parameters and tables of a selection, on a cursor of its own; nothing is run yet."""
        with explained():
            cursor = self._db.cursor()
            for name, table in (*self._stored.items(), *of.tables.items()):
                cursor.register(name, table)
            cursor.execute("BEGIN TRANSACTION READ ONLY")  # a WITH can delete and insert, too
            return cursor.sql(query, params=dict(of.parameters) or None)

    def close(self) -> None:
        """Close the connection and remove what it wrote to its temporary folder."""
        self._db.close()
        self._clean_up()


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows that a query selects. Nothing is read before it is asked for, and each asking reads anew."""

    connection: Connection
    query: str
    parameters: Parameters
    tables: Tables = field(default_factory=dict)

    def reader(self, size: int = 10_000) -> pa.RecordBatchReader:
        """Return the rows as a stream of Arrow record batches of at most so many rows, with its schema."""
        relation = self.connection.relation(self.query, self)
        with explained():
            stream = relation.to_arrow_reader(size)
        names = _told_apart(stream.schema.names)
        form = pa.schema([field.with_name(name) for field, name in zip(stream.schema, names, strict=True)])
        return pa.RecordBatchReader.from_batches(form, (batch.rename_columns(names) for batch in _explained(stream)))

    def batches(self, size: int = 10_000) -> Iterator[pa.RecordBatch]:
        """Yield the rows as Arrow record batches of at most so many rows."""
        yield from self.reader(size)

    def arrow(self) -> pa.Table:
        """Return the rows as an Arrow table."""
        relation = self.connection.relation(self.query, self)
        with explained():
            table = relation.to_arrow_table()
        return table.rename_columns(_told_apart(table.schema.names))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows as dictionaries by column."""
        for batch in self.batches():
            yield from batch.to_pylist()

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a pandas DataFrame; needs pandas (``pip install sayso[frames]``)."""
        _require("pandas")
        return self.arrow().to_pandas()

    def pl(self) -> polars.DataFrame:
        """Return the rows as a polars DataFrame; needs polars (``pip install sayso[frames]``)."""
        _require("polars")
        import polars

        frame = polars.from_arrow(self.arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def count(self) -> int:
        """Return how many rows there are."""
        relation = self.connection.relation(f"SELECT count(*) FROM ({self.query})", self)
        with explained():
            [(counted,)] = relation.fetchall()
        return int(counted)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self.rows()


def _no_entries(folder: str) -> str:
    """Write a data file that holds no entry but has all columns, and return its path.

    To be given a table, DuckDB would load pandas.
    """
    file = os.path.join(folder, "none.parquet")
    parquet.ParquetWriter(file, schema()).close()
    return file


@contextmanager
def explained() -> Iterator[None]:
    """Turn what DuckDB says into an error that a user can act on."""
    try:
        yield
    except (duckdb.Error, OSError, pa.ArrowException) as error:  # what comes late in a stream, Arrow tells
        told = str(error).strip()
        if _is_of_file(error):
            raise LedgerError(
                f"a data file of the ledger cannot be read ({told.split(_ECHO)[0].strip()}); sayso ledger verify tells "
                "which. Versions whose files were deleted by compact --prune are gone"
            ) from error
        raise LedgerError(f"the query cannot be answered: {told}") from error


def _is_of_file(error: Exception) -> bool:
    """Say whether an error is one of reading a data file; to those of its Parquet reader DuckDB gives no class."""
    if isinstance(error, duckdb.InvalidInputException):
        return _DATA_FILE.search(str(error).split(_ECHO)[0]) is not None
    return isinstance(error, duckdb.IOException) or type(error) is duckdb.Error


def _explained(stream: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    with explained():
        yield from stream


def _told_apart(names: Sequence[str]) -> list[str]:
    """Return names of columns, each once: a second "title" is "title_1", as it is in a subquery."""
    apart: list[str] = []
    for name in names:
        candidates = chain([name], (f"{name}_{number}" for number in count(1)))
        apart.append(next(candidate for candidate in candidates if candidate not in apart))
    return apart


def _sound(query: str) -> str:
    try:
        query.encode()
    except UnicodeEncodeError:
        raise LedgerError("the query holds bytes that are no text in UTF-8") from None
    return query


def _require(library: str) -> None:
    from importlib.util import find_spec

    if find_spec(library) is None:
        raise LedgerError(f"this needs {library}: pip install {library}, or take .arrow() instead")
