"""Reviews: marking an item right or wrong, or fixing it; what was judged, and how much of it is right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args
from urllib.parse import quote

from fastapi import APIRouter, Form, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from sayso.explorer.address import to
from sayso.explorer.asked import Day, Paged
from sayso.explorer.guard import Writing, admit
from sayso.explorer.holdings import Holdings, Reading
from sayso.explorer.results import part_of
from sayso.explorer.sheets import PROBLEMS, Pages, Sheet
from sayso.explorer.templating import REVIEWER
from sayso.records import Act, EventType, FactualityValue, Record, StatementKind
from sayso.reviews import Judgement, judge, precision
from sayso.reviews.judgement import Verdict, item_of
from sayso.reviews.precision import contested
from sayso.reviews.views import reviews as as_table

pages = Pages(tags=["reviews"])
writing = APIRouter(tags=["reviews"])

_YEAR = 365 * 86_400
_LISTS = ("actors", "recipients")


class Asked(Paged):
    """Which judgements."""

    verdict: list[Verdict] = Field([], max_length=3)
    reviewer: str = Field("", max_length=100)
    since: Day = None


class Given(BaseModel):
    """A judgement as a program gives it; ``fixes`` as `sayso.reviews.EventFixes` and `StatementFixes` have them."""

    model_config = ConfigDict(extra="forbid")

    document: str = Field(min_length=1, max_length=100)
    item: str = Field(min_length=2, max_length=12)
    verdict: Verdict
    reviewer: str = Field(min_length=1, max_length=100)
    why: str = Field("", max_length=2_000)
    fixes: dict[str, Any] = Field(default_factory=dict, max_length=12)
    coding: str = Field("", max_length=16, description="digest of the item as it was seen, from `seen.coding`")


class Marked(BaseModel):
    """The same as the form beside an item sends it: what is as it was, is right."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field("", max_length=100)
    document: str = Field(min_length=1, max_length=100)
    item: str = Field(min_length=2, max_length=12)
    verdict: Literal["right", "wrong", "fixed"]
    reviewer: str = Field(min_length=1, max_length=100)
    why: str = Field("", max_length=2_000)
    coding: str = Field("", max_length=16)
    type: str | None = Field(None, max_length=60)
    mode: str | None = Field(None, max_length=60)
    actors: str | None = Field(None, max_length=2_000)
    recipients: str | None = Field(None, max_length=2_000)
    place: str | None = Field(None, max_length=300)
    date: str | None = Field(None, max_length=10)
    factuality: str | None = Field(None, max_length=3)
    speaker: str | None = Field(None, max_length=300)
    act: str | None = Field(None, max_length=20)
    kind: str | None = Field(None, max_length=20)
    span: str | None = Field(None, max_length=40, description="where an event's word, or a content, is: 10-52")

    def fixes(self, record: Record) -> dict[str, Any]:
        """Return the fields that differ from what was coded; an empty one says that there is nothing."""
        item = item_of(record, self.item)
        if item is None or self.verdict != "fixed":
            return {}
        found: dict[str, Any] = {}
        for name in ("type", "mode", "place", "date", "factuality", "speaker", "act", "kind", *_LISTS):
            given, before = getattr(self, name), getattr(item, name, None)
            if given is not None:
                value = _listed(given) if name in _LISTS else given.strip() or None
                found |= {name: value} if value != before else {}
        return found | self._span(item)

    def _span(self, item: Any) -> dict[str, Any]:
        start, dash, end = (self.span or "").partition("-")
        if not (dash and start.strip().isdecimal() and end.strip().isdecimal()):
            return {}
        span = (int(start), int(end))
        if hasattr(item, "anchor"):
            return {"anchor": span} if span != item.anchor else {}
        return {"content": [span]} if [span] != item.content else {}


@pages.page("/reviews")
def reviews(request: Request, asked: Annotated[Asked, Query()], holdings: Reading) -> Sheet:
    """What reviewers said, the last first, and how much of what they judged is right."""
    standing = holdings.docket.standing()
    fitting = [
        one
        for one in reversed(standing)
        if (not asked.verdict or one.verdict in asked.verdict)
        and (not asked.reviewer or one.reviewer == asked.reviewer)
        and (not asked.since or one.at >= asked.since)
    ]
    shown, after = part_of(fitting, lambda one: one.id, asked.after, asked.limit)
    measured = precision(standing)
    told = {
        "shown": shown,
        "standing": len(standing),
        "precision": measured,
        "contested": contested(standing),
        "asked": asked,
        "damaged": holdings.docket.damaged,
    }
    about = {
        "precision": [
            {"kind": p.kind, "of": p.of, "right": p.right, "judged": p.judged, "low": p.low, "high": p.high}
            for p in measured
        ],
        "contested": told["contested"],
    }
    return Sheet("reviews.html", told, as_table(shown), len(fitting), after, about)


@writing.post("/reviews.json", status_code=201, responses={401: {"description": "Give the token."}, **PROBLEMS})
def give(allowed: Writing, given: Given, holdings: Reading) -> Judgement:
    """Judge an item."""
    record = _record(holdings, given.document)
    judgement = judge(
        record, given.item, given.verdict, given.reviewer, why=given.why, fixes=given.fixes, coding=given.coding
    )
    holdings.docket.append(judgement)
    return judgement


@writing.post("/reviews", include_in_schema=False)
def mark(request: Request, marked: Annotated[Marked, Form()], holdings: Reading) -> Response:
    """Judge an item by the form beside it, and go back to it."""
    admit(request, marked.key)
    record = _record(holdings, marked.document)
    fixes = marked.fixes(record)
    verdict: Verdict = "right" if marked.verdict == "fixed" and not fixes else marked.verdict
    judgement = judge(record, marked.item, verdict, marked.reviewer, why=marked.why, fixes=fixes, coding=marked.coding)
    holdings.docket.append(judgement)
    response = RedirectResponse(f"{to('/documents', record.id)}#{marked.item}", 303)
    response.set_cookie(
        REVIEWER, quote(judgement.reviewer, safe=""), max_age=_YEAR, httponly=True, samesite="strict", path="/"
    )
    return response


def review_choices() -> Mapping[str, tuple[str, ...]]:
    """Return what the form beside an item offers to choose from."""
    return {
        "type": get_args(EventType),
        "factuality": get_args(FactualityValue),
        "act": get_args(Act),
        "kind": get_args(StatementKind),
    }


def _record(holdings: Holdings, document: str) -> Record:
    record = holdings.record(document)
    if record is None:
        raise HTTPException(404)
    return record


def _listed(given: str) -> list[str]:
    return [one.strip() for one in given.split(",") if one.strip()]
