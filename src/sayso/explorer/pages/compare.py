"""Compare: two articles, or two outlets, on the same occurrences."""

from __future__ import annotations

from typing import Annotated

import pyarrow as pa
from fastapi import HTTPException, Query, Request
from pydantic import Field, model_validator

from sayso.explorer.asked import Paged
from sayso.explorer.comparing import Shared, of_documents, of_publishers
from sayso.explorer.holdings import Holdings, Reading
from sayso.explorer.results import part_of
from sayso.explorer.sheets import Pages, Sheet, table_of
from sayso.explorer.shelf import Row

pages = Pages(tags=["compare"])

_SCHEMA = pa.schema(
    [("occurrence", pa.string()), ("side", pa.string()), ("document", pa.string()), ("event", pa.string()),
     ("publisher", pa.string()), ("published", pa.string()), ("sentence", pa.string()), ("word", pa.string()),
     ("type", pa.string()), ("date", pa.string()), ("position", pa.string()), ("voice", pa.string()),
     ("voice_name", pa.string()), ("source", pa.string()), ("factuality", pa.string()),
     ("differing", pa.list_(pa.string()))]
)  # fmt: skip


class Asked(Paged):
    """Two documents by id, or two publishers by name."""

    one: str = Field("", max_length=100)
    other: str = Field("", max_length=100)
    untyped: bool = Field(False, description="what is of no PLOVER type too")
    outlet: list[str] = Field([], max_length=2, description="two publishers, as they are called")

    @model_validator(mode="after")
    def _are_two(self) -> Asked:
        if len(self.outlet) not in (0, 2) or (bool(self.one) != bool(self.other)):
            raise ValueError("give two documents, one and other, or two publishers: outlet and outlet")
        return self


@pages.page("/compare")
def compare(request: Request, asked: Annotated[Asked, Query()], holdings: Reading) -> Sheet:
    """What two articles, or two outlets, tell of the same occurrences, aligned, in their exact words."""
    publishers = holdings.select(
        "SELECT DISTINCT publisher FROM documents WHERE publisher IS NOT NULL ORDER BY 1 LIMIT 500"
    )
    told = {"asked": asked, "publishers": [row["publisher"] for row in publishers], "names": [], "heads": []}
    if asked.one:
        heads = [_document(holdings, one) for one in (asked.one, asked.other)]
        found = of_documents(holdings, asked.one, asked.other, untyped=asked.untyped)
        part, after = part_of(found, lambda shared: str(shared.occurrence["occurrence"]), asked.after, asked.limit)
        shown, total = list(part), len(found)
        told |= {"heads": heads, "names": [head["publisher"] or head["title"] for head in heads]}
    elif asked.outlet:
        one, other = asked.outlet
        shown, after, total = of_publishers(
            holdings, one, other, after=asked.after, limit=asked.limit, untyped=asked.untyped
        )
        told |= {"names": [one, other]}
    else:
        shown, after, total = [], None, 0
    told |= {"shown": shown, "total": total}
    rows = [_row(shared, side, telling) for shared in shown for side in (0, 1) for telling in shared.sides[side]]
    return Sheet("compare.html", told, table_of(rows, _SCHEMA), total, after)


def _document(holdings: Holdings, document: str) -> Row:
    found = holdings.select(
        "SELECT document, title, publisher, published, copies FROM all_documents WHERE document = $document",
        {"document": document},
    )
    if not found:
        raise HTTPException(404)
    return found[0]


def _row(shared: Shared, side: int, telling: Row) -> Row:
    return {**telling, "side": ("one", "other")[side], "differing": list(shared.differing)}
