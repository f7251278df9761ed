"""From what a ledger gives to a table that can be counted: only the columns that a picture needs, never rows in Python.

Half a million events have hundreds of megabytes of columns, of which a picture needs a dozen. Batches are therefore cut
down as they come, and DuckDB counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from sayso.errors import PlotError

if TYPE_CHECKING:
    import pyarrow as pa


class Batches(Protocol):
    """A selection of a ledger: rows that come in batches."""

    def batches(self, size: int = 10_000) -> Iterable[pa.RecordBatch]:
        """Yield the rows, so many at a time."""


Rows: TypeAlias = "pa.Table | Batches | Iterable[Mapping[str, Any]]"
"""Rows of a view of a ledger: a selection, an Arrow table, or mappings."""

TEXT, TEXTS, NUMBER, TRUTH, DAY = "string", "texts", "number", "truth", "day"


def taken(rows: Rows, columns: Mapping[str, str], picture: str) -> pa.Table:
    """Return the named columns of rows as a table; each column's kind is one of TEXT, TEXTS, NUMBER, TRUTH, DAY.

    Raises PlotError where a column is missing, which is named.
    """
    import pyarrow as pa

    if isinstance(rows, pa.Table):
        return _cut(rows, columns, picture)
    if hasattr(rows, "batches"):
        batches = [_cut(batch, columns, picture) for batch in cast("Batches", rows).batches(50_000)]
        return pa.Table.from_batches(batches) if batches else _schema(columns).empty_table()
    picked = [{name: row.get(name) for name in columns} for row in cast("Iterable[Mapping[str, Any]]", rows)]
    return pa.Table.from_pylist(picked, schema=_schema(columns))


def _cut(rows: Any, columns: Mapping[str, str], picture: str) -> Any:
    if missing := [name for name in columns if name not in rows.schema.names]:
        raise PlotError(f"{picture}: the rows lack {', '.join(missing)}: give it a selection of the view that it shows")
    return rows.select(list(columns))


def _schema(columns: Mapping[str, str]) -> pa.Schema:
    import pyarrow as pa

    kinds = {
        TEXT: pa.string(),
        TEXTS: pa.list_(pa.string()),
        NUMBER: pa.float64(),
        TRUTH: pa.bool_(),
        DAY: pa.date32(),
    }
    return pa.schema([(name, kinds[kind]) for name, kind in columns.items()])


def counted(table: pa.Table, query: str, **parameters: Any) -> list[dict[str, Any]]:
    """Return what a DuckDB query over the table ``t`` gives; parameters are written $name in it."""
    import duckdb

    with closing(duckdb.connect(config={"enable_external_access": False})) as connection:
        connection.register("t", table)
        found = connection.execute(query, parameters)
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
