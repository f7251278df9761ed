"""The map: where what is reported is said to have happened, from the world to a town."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator, BeforeValidator, Field

from sayso.explorer.asked import Drawn, Filters, Several, empty_is_none
from sayso.explorer.charts import Charts, here_of, scope_of
from sayso.explorer.exact import with_words
from sayso.explorer.holdings import Holdings, Reading
from sayso.explorer.mapping import CLOSEST, SCHEMA, Box, Extent, extent, land, marks, places
from sayso.explorer.searching import search_of, selected
from sayso.explorer.sheets import Pages, Sheet, table_of
from sayso.explorer.templating import render
from sayso.plotting import Chart, place_map
from sayso.plotting.place_counts import COLUMNS, Precision
from sayso.plotting.place_map import BOUNDARIES
from sayso.plotting.theme import BALANCE

pages = Pages(tags=["map"])
charts = Charts()
parts = APIRouter(include_in_schema=False)

_MOST_EVENTS = 12
"""Events on the card of a mark."""


def _is_box(words: str) -> str:
    Box.of(words)
    return words


_Degrees = Annotated[Annotated[float, Field(ge=-180, le=180)] | None, BeforeValidator(empty_is_none)]
_Zoom = Annotated[Annotated[float, Field(ge=0, le=CLOSEST)] | None, BeforeValidator(empty_is_none)]
_Box = Annotated[Annotated[str, Field(max_length=120), AfterValidator(_is_box)] | None, BeforeValidator(empty_is_none)]


class Asked(Filters):
    """What is on the map, and which part of it is seen: by its corners, or by its middle."""

    bbox: _Box = Field(None, description="west,south,east,north in degrees: only what is there")
    zoom: _Zoom = Field(None, description="places too near each other at this zoom are counted as one; 0 is the world")
    lat: _Degrees = Field(None, description="middle of what is seen")
    lon: _Degrees = None
    z: _Zoom = Field(None, description="zoom of what is seen")


class AskedToDraw(Asked, Drawn):
    """The same, as a picture."""


class AskedOfPlaces(Filters):
    """The places of which the events are shown."""

    at: Several = Field(..., min_length=1, max_length=40, description="ids of places")


@pages.page("/map")
def map_(request: Request, asked: Annotated[Asked, Query()], holdings: Reading) -> Sheet:
    """Places with their events; with ``zoom`` clusters of those that are too near each other at it."""
    looked_for = search_of(asked, holdings, "events")
    box = Box.of(asked.bbox) if asked.bbox else None
    found = _extent(holdings, asked)
    if asked.zoom is None:
        rows, after = places(holdings, looked_for, box, after=asked.after, limit=asked.limit)
    else:
        rows, after = marks(holdings, looked_for, box, asked.zoom), None
    told = {
        "asked": asked,
        "extent": found,
        "months": _months(holdings, asked),
        "places": rows,
        "closest": CLOSEST,
        "boundaries": BOUNDARIES,
        "precisions": {precision.name: precision.value for precision in Precision},
        "balances": list(BALANCE),
    }
    about = {"events": found.located, "without_a_point": found.total - found.located}
    return Sheet("map.html", told, table_of(rows, SCHEMA), None, after, about)


@charts.chart("/map")
def drawn(request: Request, asked: Annotated[AskedToDraw, Query()], holdings: Reading) -> Chart:
    """Draw the map as a picture."""
    here = here_of(request).having(bbox=None, zoom=None, lat=None, lon=None, z=None)
    scope = scope_of(holdings, here, copies=asked.copies)
    return place_map(selected(holdings, asked, "events", COLUMNS), scope, asked.width)


@parts.get("/map/land.json")
def outlines() -> Response:
    """Return the outlines of the countries."""
    return Response(land(), media_type="application/json", headers={"Cache-Control": "public, max-age=86400"})


@parts.get("/map/card")
def card(request: Request, asked: Annotated[AskedOfPlaces, Query()], holdings: Reading) -> Response:
    """Return what is reported of a mark: each place's events with their exact words."""
    looked_for = search_of(asked, holdings, "events")
    where = f"{looked_for.condition('events')} AND place IN (SELECT unnest($at))"
    most = max(2, _MOST_EVENTS // len(asked.at))
    rows = holdings.select(
        f"""SELECT *, count(*) OVER (PARTITION BY place) AS there FROM {looked_for.view("events")} WHERE {where}
        QUALIFY row_number() OVER (PARTITION BY place ORDER BY coalesce(date, published, '') DESC, document, start)
            <= {most} ORDER BY there DESC, place, coalesce(date, published, '') DESC, document, start""",
        {"at": list(asked.at)},
        looked_for.tables,
    )
    by_place: dict[str, list[dict[str, Any]]] = {}
    with_words(holdings, rows)
    for row in rows:
        by_place.setdefault(row["place"], []).append(row)
    return render(request, "map-card.html", {"places": list(by_place.values())})


def _extent(holdings: Holdings, asked: Asked) -> Extent:
    """Return how much there is to map, whichever part of it is seen."""
    seen = {"bbox": None, "zoom": None, "lat": None, "lon": None, "z": None, "after": "", "limit": 1}
    whole = asked.model_copy(update=seen)
    looked_for = search_of(whole, holdings, "events")
    return holdings.cached(("extent", whole.model_dump_json()), lambda: extent(holdings, looked_for))


def _months(holdings: Holdings, asked: Asked) -> tuple[str, str] | None:
    """Return the first and the last month that can be chosen: those of the selection, whenever it was."""
    found = _extent(holdings, asked.model_copy(update={"since": None, "until": None}))
    return (found.first, found.last) if found.first and found.last else None
