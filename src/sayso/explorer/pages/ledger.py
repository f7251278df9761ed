"""The ledger itself: how much it holds, whence, what could not be read and why, what made it, how it came about."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
from fastapi import Request

from sayso.explorer.holdings import LASTING, Holdings, Reading
from sayso.explorer.sheets import Pages, Sheet, table_of
from sayso.explorer.shelf import Row

pages = Pages(tags=["ledger"])

_COUNTED = ("documents", "statements", "events", "actors", "places", "occurrences", "utterances")
_SCHEMA = pa.schema([("version", pa.int64()), ("at", pa.string()), ("operation", pa.string()), ("told", pa.string())])
_MOST_COMMITS = 200
_MOST = 100


@pages.page("/ledger")
def ledger(request: Request, holdings: Reading) -> Sheet:
    """What the ledger holds, and what was done to it."""
    around = holdings.cached("ledger", lambda: _around(holdings), LASTING)
    commits = holdings.cached("commits", lambda: _commits(holdings))
    return Sheet("ledger.html", {**around, "commits": commits}, table_of(commits, _SCHEMA), about=around)


def _around(holdings: Holdings) -> Row:
    return {
        "counts": {view: holdings.select(f"SELECT count(*) AS n FROM {view}")[0]["n"] for view in _COUNTED},
        "copies": holdings.select("SELECT count(*) AS n FROM all_documents WHERE copy_reason IS NOT NULL")[0]["n"],
        "bytes": _size(holdings.path),
        "sources": holdings.select(
            f"""SELECT publisher, count(*) AS documents, count(*) FILTER (copy_reason IS NOT NULL) AS copies,
                min(published) AS first, max(published) AS last, sum(statement_count)::BIGINT AS statements,
                sum(event_count)::BIGINT AS events
            FROM all_documents GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST}"""
        ),
        "languages": holdings.select(
            "SELECT language, count(*) AS documents FROM all_documents GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
        "failures": holdings.select(
            f"""SELECT regexp_replace(error, '[0-9]+', '…', 'g') AS error, count(*) AS documents,
                arg_min({{'document': document, 'title': title, 'origin': origin}}, document) AS example
            FROM all_documents WHERE error IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST}"""
        ),
        "makers": _makers(holdings),
    }


def _makers(holdings: Holdings) -> list[Row]:
    """Return what made the accounts, with the models of one of each: all of its accounts were made by the same."""
    makers = holdings.select(
        f"""SELECT sayso, pipeline, knowledge, ontology, count(*) AS documents, max(coded)::VARCHAR AS last,
            arg_max(document, coded) AS example
        FROM all_documents GROUP BY 1, 2, 3, 4 ORDER BY last DESC LIMIT {_MOST}"""
    )
    for maker in makers:
        record = holdings.record(maker.pop("example"))
        maker["models"] = record.coded_with.models if record else {}
    return makers


def _commits(holdings: Holdings) -> list[Row]:
    return [
        {"version": c.version, "at": c.time.isoformat(), "operation": c.operation, "told": _told(c.details)}
        for c in reversed(holdings.ledger.history()[-_MOST_COMMITS:])
    ]


def _size(folder: Path) -> int:
    """Return the bytes of all files of a ledger."""
    found = 0
    for at, _, files in os.walk(folder):
        for name in files:
            try:
                found += os.path.getsize(os.path.join(at, name))
            except OSError:  # it has just been put together with others
                continue
    return found


def _told(details: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in details.items())
