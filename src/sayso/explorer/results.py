"""Results: a page of the rows of a view that fit what is asked, and how many there are in all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pyarrow as pa

from sayso.explorer.cursors import Order
from sayso.explorer.holdings import Holdings
from sayso.explorer.shelf import Row, Tables
from sayso.ledger import filters
from sayso.ledger.filters import Value
from sayso.ledger.views import TWIN

T = TypeVar("T")

NEWEST = {
    "documents": Order(("coalesce(published, '')", "generation", "document")),
    "statements": Order(("coalesce(published, '')", "generation", "document", "start", "statement")),
    "events": Order(("coalesce(date, published, '')", "generation", "document", "start", "event")),
    "occurrences": Order(("coalesce(date, first_reported, '')", "occurrence")),
}
"""View -> its order: what came last comes first; of events, what happened last."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A page of rows, how many there are in all, and the cursor of the next page, None on the last."""

    table: pa.Table
    rows: list[Row]
    total: int
    after: str | None


def condition(view: str, given: Mapping[str, Value]) -> tuple[str, dict[str, Any]]:
    """Return filters of the ledger as a condition, "true" without any, and its parameters."""
    where, parameters = filters.condition(view, given)
    return where.removeprefix("WHERE ") or "true", dict(parameters)


def page_of(
    holdings: Holdings,
    view: str,
    conditions: Sequence[str],
    parameters: Mapping[str, object],
    *,
    after: str,
    limit: int,
    order: Order | None = None,
    tables: Tables | None = None,
) -> Selected:
    """Return a page of the rows of a view that meet all conditions, which speak of parameters as ``$name``.

    ``tables`` are tables of the caller's that conditions name. Only the keys are sorted; the rows of the page alone are
    put together whole. Raises CursorError.
    """
    order = order or NEWEST[view.removeprefix(TWIN)]
    where = " AND ".join(["true", *conditions])
    [counted] = holdings.select(
        f"SELECT count(*) AS n FROM {view} WHERE {where}", used(f"{view} {where}", parameters), tables
    )
    beyond, position = order.condition(after)
    found = holdings.arrow(
        f"""WITH found AS MATERIALIZED (
            SELECT spot, {order.selected()} FROM {view} WHERE {where} AND {beyond}
            ORDER BY {order.sql()} LIMIT {limit + 1}
        )
        SELECT whole.* EXCLUDE (spot), found.* EXCLUDE (spot)
        FROM {view} AS whole JOIN found ON whole.spot = found.spot ORDER BY {order.sorted()}""",
        {**used(f"{view} {where}", parameters), **position},
        tables,
    )
    more, table = found.num_rows > limit, found.slice(0, limit)
    cursor = order.cursor_of(table.slice(limit - 1).to_pylist()[0]) if more else None
    table = table.drop_columns([name for name in table.schema.names if name in (*order.names, "account")])
    return Selected(table, table.to_pylist(), counted["n"], cursor)


def named(ids: str, names: str) -> str:
    """Return the expression that gives a row for each id of a list, with its name: ``pair.who`` and ``pair.name``."""
    return f"unnest(list_transform({ids}, lambda w, i: {{'who': w, 'name': {names}[i]}})) AS pair"


def part_of(found: Sequence[T], name_of: Callable[[T], str], after: str, limit: int) -> tuple[Sequence[T], str | None]:
    """Return a page of what is all at hand, and the cursor of the next: the name of the last that is shown."""
    begun = next((n + 1 for n, one in enumerate(found) if name_of(one) == after), 0)
    shown = found[begun : begun + limit]
    return shown, name_of(shown[-1]) if shown and begun + limit < len(found) else None


def used(query: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters that a query names: DuckDB takes no others."""
    return {name: value for name, value in parameters.items() if f"${name}" in query}
