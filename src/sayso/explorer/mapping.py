"""The map's marks: places with their events, and clusters of places that are too near each other to be told apart.

A cluster is what lies in one cell of a grid of pixels and is known as precisely; it stands in the middle of its events.
No place is ever moved.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import pyarrow as pa

from sayso.explorer.cursors import Order
from sayso.explorer.holdings import Holdings
from sayso.explorer.searching import Search
from sayso.explorer.shelf import Row
from sayso.plotting.balance import balance
from sayso.plotting.place_counts import PRECISION_SQL
from sayso.plotting.world import countries

CLOSEST = 9
"""The zoom at which the map ends: the outlines are not made for more."""
_TILE = 256
"""Pixels of the whole world at zoom 0; it doubles with each step."""
_CELL = 44
"""Pixels of a cell of the grid."""
MOST_MARKS = 2_000
_MOST_MEMBERS = 40
_SAME = 0.001
"""Degrees within which places are one even at the closest zoom."""
_STEPS = 100
"""Steps of a degree to which outlines are rounded."""

SCHEMA = pa.schema(
    [
        ("place", pa.string()), ("name", pa.string()), ("country", pa.string()), ("precision", pa.string()),
        ("lat", pa.float64()), ("lon", pa.float64()), ("events", pa.int64()), ("conflict", pa.int64()),
        ("balance", pa.string()), ("places", pa.int64()), ("members", pa.list_(pa.string())),
    ]
)  # fmt: skip

BY_EVENTS = Order(("events", "coalesce(place, '')", "lat", "lon"))

_LOCATED = f"""
    SELECT place, any_value(coalesce(place_name, place)) AS name, any_value(place_country) AS country,
           any_value({PRECISION_SQL}) AS precision, lat, lon,
           count(*) AS events, count(*) FILTER (quad >= 3) AS conflict
    FROM {{view}} WHERE {{where}} AND isfinite(lat) AND isfinite(lon) AND NOT (lat = 0 AND lon = 0)
    GROUP BY place, lat, lon
"""
_ACROSS = "(lon + 180) / 360"
_DOWN = "0.5 - ln(tan(pi() / 4 + radians(greatest(-85, least(85, lat))) / 2)) / (2 * pi())"


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the world, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, words: str) -> Box:
        """Return the box of "west,south,east,north"; raise ValueError for anything else."""
        numbers = [float(word) for word in words.split(",")]
        if len(numbers) != 4 or not all(math.isfinite(number) and abs(number) <= 1_000 for number in numbers):
            raise ValueError("a box is west,south,east,north in degrees")
        return cls(*numbers)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is to map: events with a point, without one, the places' bounds, the first and last month."""

    located: int
    total: int
    box: Box | None
    first: str | None
    last: str | None


def extent(holdings: Holdings, looked_for: Search) -> Extent:
    """Return how much there is to map. A few months far from all others do not count."""
    [row] = holdings.select(
        f"""WITH found AS (
            SELECT lat, lon, left(coalesce(date, published), 7) AS month,
                   isfinite(lat) AND isfinite(lon) AND NOT (lat = 0 AND lon = 0) AS is_located
            FROM {looked_for.view("events")} WHERE {looked_for.condition("events")}
        )
        SELECT count(*) AS total, count(*) FILTER (is_located) AS located,
            min(lon) FILTER (is_located) AS west, min(lat) FILTER (is_located) AS south,
            max(lon) FILTER (is_located) AS east, max(lat) FILTER (is_located) AS north,
            quantile_disc(month, 0.01) FILTER (regexp_matches(month, '^[0-9]{{4}}-[0-9]{{2}}$')) AS first,
            max(month) FILTER (regexp_matches(month, '^[0-9]{{4}}-[0-9]{{2}}$')) AS last
        FROM found""",
        None,
        looked_for.tables,
    )
    box = Box(row["west"], row["south"], row["east"], row["north"]) if row["located"] else None
    return Extent(row["located"], row["total"], box, row["first"], row["last"])


def places(
    holdings: Holdings, looked_for: Search, box: Box | None, *, after: str, limit: int
) -> tuple[list[Row], str | None]:
    """Return a page of the places in a box, those with most events first, and the cursor of the next one."""
    where, parameters = _in(box, looked_for)
    located = _LOCATED.format(view=looked_for.view("events"), where=where)
    beyond, position = BY_EVENTS.condition(after)
    rows = holdings.select(
        f"WITH located AS ({located}) SELECT *, 1 AS places, {BY_EVENTS.selected()} FROM located "
        f"WHERE {beyond} ORDER BY {BY_EVENTS.sql()} LIMIT {limit + 1}",
        {**parameters, **position},
        looked_for.tables,
    )
    cursor = BY_EVENTS.cursor_of(rows[limit - 1]) if len(rows) > limit else None
    return [_weighed(row) for row in rows[:limit]], cursor


def marks(holdings: Holdings, looked_for: Search, box: Box | None, zoom: float) -> list[Row]:
    """Return the marks in a box at a zoom, those with most events first; at the closest only what coincides is one."""
    where, parameters = _in(box, looked_for)
    located = _LOCATED.format(view=looked_for.view("events"), where=where)
    cells = _TILE * 2 ** round(zoom) / _CELL if zoom < CLOSEST else 2.0**40
    rows = holdings.select(
        f"""WITH located AS ({located})
        SELECT precision, count(*) AS places, sum(events)::BIGINT AS events, sum(conflict)::BIGINT AS conflict,
            sum(lat * events) / sum(events) AS lat, sum(lon * events) / sum(events) AS lon,
            arg_max(place, events) AS place, arg_max(name, events) AS name, arg_max(country, events) AS country,
            array_agg(place ORDER BY events DESC) AS all_places,
            max(lat) - min(lat) + max(lon) - min(lon) AS spread
        FROM located GROUP BY precision, floor({_ACROSS} * $cells), floor(({_DOWN}) * $cells)
        ORDER BY events DESC, place LIMIT {MOST_MARKS}""",
        {**parameters, "cells": cells},
        looked_for.tables,
    )
    return [_weighed(row) for row in rows]


def _weighed(row: Row) -> Row:
    """Return a mark with which way its events go, and with its places where no closer look tells them apart."""
    together = row["places"] > 1 and row["spread"] < _SAME
    members = [place for place in row["all_places"] if place][:_MOST_MEMBERS] if together else []
    return {**row, "balance": balance(row["conflict"], row["events"]), "members": members}


def _in(box: Box | None, looked_for: Search) -> tuple[str, dict[str, float]]:
    """Return the condition of events that are looked for in a box, and its parameters."""
    if box is None:
        return looked_for.condition("events"), {}
    within = "lon BETWEEN $west AND $east AND lat BETWEEN $south AND $north"
    return f"{looked_for.condition('events')} AND {within}", asdict(box)


@cache
def land() -> bytes:
    """Return the countries as JSON: name and rings, in hundredths of a degree, each point but the first as a step."""
    told = [{"name": country.name, "rings": [_steps(ring) for ring in country.rings]} for country in countries()]
    return json.dumps({"scale": _STEPS, "countries": told}, ensure_ascii=False, separators=(",", ":")).encode()


def _steps(ring: Any) -> list[int]:
    rounded = [(round(x * _STEPS), round(y * _STEPS)) for x, y in ring.tolist()]
    found = [*rounded[0]]
    for (x, y), (next_x, next_y) in pairwise(rounded):
        if (x, y) != (next_x, next_y):
            found += [next_x - x, next_y - y]
    return found
