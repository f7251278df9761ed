"""Cursors lead through all rows once, and nothing that is no cursor is taken for one."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.explorer.cursors import CursorError, Order, decoded, encoded

VALUES = st.lists(st.text() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9))


@given(VALUES)
def test_keep_their_values(values: list[object]) -> None:
    assert decoded(encoded(values)) == values


@pytest.mark.parametrize("cursor", ["?", "abc", "bnVsbA", "e30", "W251bGxd", "é", "W1tdXQ", "[" * 500])
def test_are_only_what_a_page_gave(cursor: str) -> None:
    with pytest.raises(CursorError):
        decoded(cursor)


def test_need_all_keys() -> None:
    with pytest.raises(CursorError):
        Order(("a", "b")).condition(encoded(["x"]))


@pytest.mark.parametrize("descending", [True, False])
def test_lead_through_all_rows_once(descending: bool) -> None:
    order = Order(("coalesce(day, '')", "n"), descending)
    database = duckdb.connect()
    database.execute(
        "CREATE TABLE t AS SELECT CASE WHEN n % 3 > 0 THEN (n % 5)::VARCHAR END AS day, n FROM range(23) AS all_(n)"
    )
    seen: list[int] = []
    cursor = ""
    for _ in range(10):
        condition, values = order.condition(cursor)
        query = f"SELECT n, {order.selected()} FROM t WHERE {condition} ORDER BY {order.sql()} LIMIT 4"
        rows = database.sql(query, params=values or None).to_arrow_table().to_pylist()
        if not rows:
            break
        seen += [row["n"] for row in rows]
        cursor = order.cursor_of(rows[-1])
    expected = [n for (n,) in database.sql(f"SELECT n FROM t ORDER BY {order.sql()}").fetchall()]
    assert seen == expected
