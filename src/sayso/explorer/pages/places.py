"""Places: where they are and how precisely, what is reported to have happened there, who acts there."""

from __future__ import annotations

from typing import Annotated

from fastapi import HTTPException, Query, Request

from sayso.explorer.asked import Drawn, Named, When
from sayso.explorer.charts import Charts, here_of, scope_of
from sayso.explorer.cursors import Order
from sayso.explorer.exact import with_words
from sayso.explorer.holdings import LASTING, Holdings, Reading
from sayso.explorer.results import condition, named, page_of
from sayso.explorer.sheets import Pages, Sheet
from sayso.explorer.shelf import Row
from sayso.plotting import Chart, timeline
from sayso.plotting.place_counts import precision_of

pages, charts = Pages(tags=["places"]), Charts(tags=["places"])

_MOST = 20
_NEAR = 0.5
"""Degrees of latitude, and as far in longitude, within which places are near."""
_LISTED = """(
    SELECT place, mode(name) AS name, mode(country) AS country, mode(admin1) AS admin1, mode(feature) AS feature,
        any_value(lat) AS lat, any_value(lon) AS lon, count(*) AS documents, sum(mention_count)::BIGINT AS mentions,
        any_value(spot) AS spot
    FROM places WHERE $q = '' OR contains(lower(name), lower($q)) GROUP BY place
)"""
_MOST_NAMED = Order(("documents", "place"))


@pages.page("/places")
def places(request: Request, asked: Annotated[Named, Query()], holdings: Reading) -> Sheet:
    """Places, those in most documents first."""
    found = page_of(
        holdings, _LISTED, [], {"q": asked.q.strip()}, after=asked.after, limit=asked.limit, order=_MOST_NAMED
    )
    told = {"found": found, "asked": asked, "precision_of": precision_of}
    return Sheet("places.html", told, found.table, found.total, found.after)


@pages.page("/places/{place:path}")
def place(request: Request, place: str, asked: Annotated[When, Query()], holdings: Reading) -> Sheet:
    """What is reported to have happened at a place, and who acts there."""
    where = _where(holdings, place)
    if where is None:
        raise HTTPException(404)
    in_time, parameters = condition("events", {"since": asked.since, "until": asked.until})
    found = page_of(
        holdings,
        "all_events" if asked.copies else "events",
        ["place = $place", in_time],
        {"place": place, **parameters},
        after=asked.after,
        limit=asked.limit,
    )
    with_words(holdings, found.rows)
    around: Row = holdings.cached(("place", place), lambda: _around(holdings, place, where), LASTING)
    told = {"where": where, "precision": precision_of(where["feature"]), "found": found, "asked": asked, **around}
    about = {"place": {**where, "precision": precision_of(where["feature"]).value}, **around}
    return Sheet("place.html", told, found.table, found.total, found.after, about)


class AskedToDraw(When, Drawn):
    """A place, as a picture."""


@charts.chart("/places/{place:path}")
def over_time(request: Request, place: str, asked: Annotated[AskedToDraw, Query()], holdings: Reading) -> Chart:
    """When something is reported to have happened at a place."""
    in_time, parameters = condition("events", {"since": asked.since, "until": asked.until})
    view = "all_events" if asked.copies else "events"
    rows = holdings.arrow(f"SELECT * FROM {view} WHERE place = $place AND {in_time}", {"place": place, **parameters})
    scope = scope_of(holdings, here_of(request), copies=asked.copies)
    return timeline(rows, when="published", scope=scope, width=asked.width)


def _where(holdings: Holdings, place: str) -> Row | None:
    """Return where a place is, as most documents have it, and in how many it is named."""
    found = holdings.select(
        """SELECT mode(name) AS name, mode(country) AS country, mode(admin1) AS admin1, mode(feature) AS feature,
            any_value(lat) AS lat, any_value(lon) AS lon, count(*) AS documents, sum(mention_count)::BIGINT AS mentions
        FROM places WHERE place = $place""",
        {"place": place},
    )
    return {"place": place, **found[0]} if found[0]["documents"] else None


def _around(holdings: Holdings, place: str, where: Row) -> Row:
    types = holdings.select(
        """SELECT type, any_value(quad) AS quad, count(*) AS count FROM events WHERE place = $place
        GROUP BY 1 ORDER BY 3 DESC, 1""",
        {"place": place},
    )
    acting = holdings.select(
        f"""SELECT pair.who AS actor, any_value(pair.name) AS name, count(*) AS count FROM (
            SELECT {named("actors", "actor_names")} FROM events WHERE place = $place
        ) GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT {_MOST}""",
        {"place": place},
    )
    return {"types": types, "acting": acting, "near": _near(holdings, place, where)}


def _near(holdings: Holdings, place: str, where: Row) -> list[Row]:
    """Return places nearby at which something is reported; none around the middle of a country."""
    if where["lat"] is None or where["lon"] is None or precision_of(where["feature"]).name == "country":
        return []
    return holdings.select(
        f"""SELECT place, any_value(place_name) AS name, count(*) AS count FROM events
        WHERE lat BETWEEN $lat - {_NEAR} AND $lat + {_NEAR} AND place <> $place
            AND abs(lon - $lon) * cos(radians($lat)) <= {_NEAR}
        GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT {_MOST}""",
        {"lat": where["lat"], "lon": where["lon"], "place": place},
    )
