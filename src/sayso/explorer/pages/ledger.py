"""The ledger itself: how much it holds, what could not be read and why, what made it, how it came about."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
from fastapi import Request

from sayso.explorer.holdings import Reading
from sayso.explorer.sheets import Pages, Sheet, table_of

pages = Pages(tags=["ledger"])

_COUNTED = ("documents", "statements", "events", "actors", "places", "occurrences")
_SCHEMA = pa.schema([("version", pa.int64()), ("at", pa.string()), ("operation", pa.string()), ("told", pa.string())])
_MOST_COMMITS = 200


@pages.page("/ledger")
def ledger(request: Request, holdings: Reading) -> Sheet:
    """What the ledger holds, and what was done to it."""
    counts = {view: holdings.select(f"SELECT count(*) AS n FROM {view}")[0]["n"] for view in _COUNTED}
    commits = [
        {"version": c.version, "at": c.time.isoformat(), "operation": c.operation, "told": _told(c.details)}
        for c in reversed(holdings.ledger.history()[-_MOST_COMMITS:])
    ]
    failures = holdings.select(
        "SELECT document, title, origin, publisher, error FROM documents "
        "WHERE error IS NOT NULL ORDER BY error, document LIMIT 100"
    )
    told = {"counts": counts, "failures": failures, "commits": commits}
    return Sheet("ledger.html", told, table_of(commits, _SCHEMA), about={"counts": counts, "failures": failures})


def _told(details: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in details.items())
