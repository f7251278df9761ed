"""The front page: where to begin; and an article that somebody pastes, read at once and kept nowhere."""

from __future__ import annotations

from typing import Annotated, Any

import pyarrow as pa
from fastapi import APIRouter, Form, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sayso.explorer.asked import Day
from sayso.explorer.desk import MOST_CHARACTERS, Desk, DeskError
from sayso.explorer.holdings import Holdings, Reading
from sayso.explorer.margin import article
from sayso.explorer.sheets import Pages, Sheet, table_of
from sayso.explorer.shelf import Row
from sayso.explorer.templating import render
from sayso.explorer.texts import texts
from sayso.records import Document

pages = Pages(tags=["front"])
reading = APIRouter(include_in_schema=False)

_FEW = 6
_SCHEMA = pa.schema([("view", pa.string()), ("count", pa.int64())])
_VIEWS = ("documents", "statements", "events", "occurrences", "utterances")


class Pasted(BaseModel):
    """An article that somebody pastes, with what they know of it."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=MOST_CHARACTERS)
    title: str = Field("", max_length=500)
    publisher: str = Field("", max_length=200)
    published: Day = None


@pages.page("/")
def front(request: Request, holdings: Reading) -> Sheet:
    """What the ledger holds, what is disputed in it, what came last."""
    counts = [{"view": view, "count": holdings.select(f"SELECT count(*) AS n FROM {view}")[0]["n"]} for view in _VIEWS]
    told = {"counts": counts, "disputes": _disputes(holdings), "newest": _newest(holdings), "most": MOST_CHARACTERS}
    return Sheet("front.html", told, table_of(counts, _SCHEMA), len(counts))


@reading.post("/read")
def read(request: Request, pasted: Annotated[Pasted, Form()]) -> Response:
    """Show the account of an article that was pasted."""
    if not pasted.text.strip():
        raise HTTPException(422, texts().front.empty)
    desk: Desk = request.app.state.desk
    given = Document(
        text=pasted.text,
        title=pasted.title.strip() or None,
        publisher=pasted.publisher.strip() or None,
        published=pasted.published,
        language="en",
    )
    try:
        record = desk.read(given).record
    except DeskError as error:
        raise HTTPException(503, str(error)) from error
    nothing_kept: dict[str, Any] = {
        "copies": [],
        "original": None,
        "others": [],
        "standings": None,
        "judged": 0,
        "show": "coded",
    }
    told = {**article(record, {}), **nothing_kept}
    return render(request, "pasted.html", told)


def _disputes(holdings: Holdings) -> list[Row]:
    """Return what is contested by most independent voices, of what was reported last."""
    return holdings.select(
        f"""SELECT * EXCLUDE (spot) FROM occurrences WHERE status IN ('disputed', 'denied') AND type IS NOT NULL
        ORDER BY left(last_reported, 7) DESC NULLS LAST, independent DESC, occurrence LIMIT {_FEW}"""
    )


def _newest(holdings: Holdings) -> list[Row]:
    return holdings.select(
        f"""SELECT document, title, publisher, published, copies, statement_count, event_count FROM documents
        WHERE error IS NULL ORDER BY published DESC NULLS LAST, document LIMIT {_FEW}"""
    )
