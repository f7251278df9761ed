"""Views of reviews: `reviews`, and the ledger's views as reviewers left them: `reviewed_events`, `reviewed_statements`.

They are made when a query names them: `events` and `statements` stay as they were coded.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet

from sayso.ledger.columns import LEDGER_COLUMNS, Column, View
from sayso.ledger.queries import Connection
from sayso.ledger.shape import row_of, table_of
from sayso.ledger.views import TWIN
from sayso.records import Record
from sayso.reviews.applied import reviewed
from sayso.reviews.docket import Docket
from sayso.reviews.judgement import Judgement

if TYPE_CHECKING:
    from sayso.ledger import Ledger

_OF_ITEMS = ("events", "statements")
_OWN = [column.name for column in LEDGER_COLUMNS]


def _column(name: str, meaning: str, type_: str = "VARCHAR") -> Column:
    return Column(name, type_, meaning)


REVIEWS = View(
    "reviews",
    "One row per judgement that stands: of each reviewer the last on each item.",
    "",
    (
        _column("review", "id of the judgement"),
        _column("document", "id of the document, sha256:..."),
        _column("item", "id of the statement or event within the document"),
        _column("kind", "statement or event"),
        _column("verdict", "right, wrong or fixed"),
        _column("fixes", "what is right instead, as JSON"),
        _column("reviewer", "who judged"),
        _column("at", "when, ISO 8601 in UTC"),
        _column("why", "why, in the reviewer's words"),
        _column("label", "type or act of the item as it was seen"),
        _column("words", "its words as they were seen"),
        _column("start", "where these began, in code points of the text", "BIGINT"),
        _column("end", "where they ended, exclusive", "BIGINT"),
    ),
)
SCHEMA = pa.schema([(c.name, pa.int64() if c.type == "BIGINT" else pa.string()) for c in REVIEWS.columns])


def tables(ledger: Ledger, query: str) -> dict[str, pa.Table]:
    """Return the views of reviews that a query may name, by name."""
    docket = Docket(ledger.path)
    found = {"reviews": reviews(docket.standing())} if _names(query, "reviews") else {}
    for view in _OF_ITEMS:
        if _names(query, f"reviewed_{view}"):
            found[f"reviewed_{view}"] = reviewed_items(ledger, docket, view)
    return found


def reviews(judgements: Iterable[Judgement]) -> pa.Table:
    """Return judgements as the view `reviews` has them."""
    rows = [
        {
            "review": one.id,
            "fixes": one.model_dump_json(include={"fixes"})[len('{"fixes":') : -1] if one.fixes else None,
            **{name: getattr(one, name) for name in ("document", "item", "kind", "verdict", "reviewer", "at", "why")},
            "label": one.seen.label,
            "words": one.seen.words,
            "start": one.seen.span[0],
            "end": one.seen.span[1],
        }
        for one in judgements
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def reviewed_items(ledger: Ledger, docket: Docket, view: str) -> pa.Table:
    """Return a view of originals with the items of reviewed documents as reviewers left them."""
    by_document: dict[str, list[Judgement]] = {}
    for judgement in docket.judgements():
        by_document.setdefault(judgement.document, []).append(judgement)
    judged = list(by_document)
    if not judged:
        return ledger.sql(f"SELECT * FROM {view}").arrow()
    others = ledger.sql(f"SELECT * FROM {view} WHERE document NOT IN (SELECT unnest($judged))", {"judged": judged})
    after = [reviewed(record, by_document[record.id]) for record in ledger.records(judged, copies=False)]
    untouched = others.arrow()
    return pa.concat_tables(
        [untouched, _rows(ledger, after, view).select(untouched.schema.names).cast(untouched.schema)]
    )


def _names(query: str, view: str) -> bool:
    return re.search(rf"\b{view}\b", query, re.IGNORECASE) is not None


def _rows(ledger: Ledger, records: list[Record], view: str) -> pa.Table:
    """Return the rows of a view that Records would have in the ledger."""
    ids = {"ids": [record.id for record in records] or [""]}
    query = f"SELECT document, {', '.join(_OWN)} FROM documents WHERE document IN (SELECT unnest($ids))"
    own = ledger.sql(query, ids).arrow()
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        path = os.path.join(folder, "reviewed.parquet")
        parquet.write_table(table_of([row_of(record, 0, 0, b"") for record in records]), path)
        connection = Connection([path])
        query = f"""SELECT item.* EXCLUDE ({", ".join(_OWN)}), {", ".join(f"own.{name}" for name in _OWN)}
            FROM {TWIN}{view} AS item JOIN own USING (document)"""
        rows = connection.select(query, tables={"own": own}).arrow()
        connection.close()
    return rows
