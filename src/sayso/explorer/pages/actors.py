"""Actors: what somebody said, did, and had done to them; and two towards each other."""

from __future__ import annotations

from typing import Annotated

import pyarrow as pa
from fastapi import HTTPException, Query, Request
from pydantic import Field

from sayso.errors import PlotError
from sayso.explorer import people
from sayso.explorer.asked import Drawn, Named, Paged, When
from sayso.explorer.charts import Charts, here_of, scope_of
from sayso.explorer.cursors import Order
from sayso.explorer.exact import with_words
from sayso.explorer.holdings import LASTING, Holdings, Reading
from sayso.explorer.people import SIDES, Side
from sayso.explorer.results import condition, page_of
from sayso.explorer.sheets import Pages, Sheet, table_of
from sayso.explorer.shelf import Row
from sayso.plotting import Chart, timeline

pages, charts = Pages(tags=["actors"]), Charts(tags=["actors"])

_LISTED = """(
    SELECT actor, mode(name) AS name, mode(kind) AS kind, mode(country) AS country, mode(sector) AS sector,
        count(*) AS documents, sum(mention_count)::BIGINT AS mentions, any_value(spot) AS spot
    FROM actors WHERE $q = '' OR contains(lower(name), lower($q)) GROUP BY actor
)"""
_MOST_NAMED = Order(("documents", "actor"))
_MONTHS = pa.schema(
    [("actor", pa.string()), ("recipient", pa.string()), ("month", pa.string()),
     *((name, pa.int64()) for name in ("verbal_cooperation", "material_cooperation", "verbal_conflict",
                                       "material_conflict", "events")),
     ("expected", pa.float64()), ("compared", pa.string())]
)  # fmt: skip


class Asked(When):
    """Which side of an actor."""

    side: Side = "did"


class Two(Paged):
    """Two actors, by id."""

    one: str = Field(min_length=1, max_length=300)
    other: str = Field(min_length=1, max_length=300)


class AskedToDraw(Asked, Drawn):
    """An actor, as a picture."""


class TwoToDraw(Two, Drawn):
    """Two actors, as a picture."""


@pages.page("/actors")
def actors(request: Request, asked: Annotated[Named, Query()], holdings: Reading) -> Sheet:
    """Actors, those in most documents first."""
    found = page_of(
        holdings, _LISTED, [], {"q": asked.q.strip()}, after=asked.after, limit=asked.limit, order=_MOST_NAMED
    )
    return Sheet("actors.html", {"found": found, "asked": asked}, found.table, found.total, found.after)


@pages.page("/actors/{actor:path}")
def actor(request: Request, actor: str, asked: Annotated[Asked, Query()], holdings: Reading) -> Sheet:
    """What an actor said, did and had done to them, with whom, and who quotes them."""
    who = people.portrait(holdings, actor)
    if who is None:
        raise HTTPException(404)
    view, condition_of_side = SIDES[asked.side]
    where, parameters = condition(view, {"since": asked.since, "until": asked.until})
    view = f"all_{view}" if asked.copies else view
    found = page_of(
        holdings,
        view,
        [condition_of_side, where],
        {"actor": actor, **parameters},
        after=asked.after,
        limit=asked.limit,
    )
    if asked.side != "said":
        with_words(holdings, found.rows)
    around = holdings.cached(("actor", actor), lambda: _around(holdings, actor), LASTING)
    told = {"who": who, "asked": asked, "found": found, "sides": tuple(SIDES), **around}
    about = {"actor": who, **around}
    return Sheet("actor.html", told, found.table, found.total, found.after, about)


@charts.chart("/actors/{actor:path}")
def over_time(request: Request, actor: str, asked: Annotated[AskedToDraw, Query()], holdings: Reading) -> Chart:
    """When an actor acted, and was acted upon."""
    where, parameters = condition("events", {"since": asked.since, "until": asked.until})
    involved = f"({SIDES['did'][1]} OR {SIDES['had'][1]})"
    view = "all_events" if asked.copies else "events"
    rows = holdings.arrow(f"SELECT * FROM {view} WHERE {involved} AND {where}", {"actor": actor, **parameters})
    scope = scope_of(holdings, here_of(request), copies=asked.copies)
    return timeline(rows, when="published", scope=scope, width=asked.width)


@pages.page("/dyads")
def dyad(request: Request, asked: Annotated[Two, Query()], holdings: Reading) -> Sheet:
    """Two actors towards each other: events by month against the months before, and what they say of each other."""
    who = [people.portrait(holdings, actor) for actor in (asked.one, asked.other)]
    if None in who:
        raise HTTPException(404)
    ways = [(asked.one, asked.other), (asked.other, asked.one)]
    told_months = [people.months(holdings, *way) for way in ways]
    names = {row["actor"]: [row["name"]] for row in who if row}
    sayings = [people.about_each_other(holdings, one, other, names[other]) for one, other in ways]
    latest = page_of(
        holdings,
        "events",
        [people.BETWEEN],
        {"one": asked.one, "other": asked.other},
        after=asked.after,
        limit=asked.limit,
    )  # fmt: skip
    with_words(holdings, latest.rows)
    told = {
        "who": who,
        "ways": list(zip([0, 1], [1, 0], told_months, sayings, strict=True)),
        "found": latest,
        "baseline": people.BASELINE,
        "floor": people.FLOOR,
    }
    rows = [_row(way, month) for way, found in zip(ways, told_months, strict=True) for month in found]
    about = {"events": latest.rows and latest.table.to_pylist(), "baseline_months": people.BASELINE}
    return Sheet("dyad.html", told, table_of(rows, _MONTHS), latest.total, latest.after, about)


@charts.chart("/dyads")
def between(request: Request, asked: Annotated[TwoToDraw, Query()], holdings: Reading) -> Chart:
    """When two actors acted towards each other."""
    rows = holdings.arrow(
        f"SELECT * FROM events WHERE {people.BETWEEN}",
        {"one": asked.one, "other": asked.other},
    )
    if not rows.num_rows:
        raise PlotError("No events between the two to show.")
    return timeline(rows, when="published", scope=scope_of(holdings, here_of(request)), width=asked.width)


def _around(holdings: Holdings, actor: str) -> dict[str, object]:
    involved = people.Involved.of(holdings, actor)
    return {
        "totals": involved.totals(holdings),
        "acts_of": involved.acts(holdings),
        "types_of": involved.types(holdings),
        "quoting": involved.quoting(holdings),
        "counterparts": involved.counterparts(holdings),
        "spoken_about": involved.spoken_about(holdings),
    }


def _row(way: tuple[str, str], month: people.Month) -> Row:
    return {
        "actor": way[0],
        "recipient": way[1],
        "month": month.month,
        "verbal_cooperation": month.quads[0],
        "material_cooperation": month.quads[1],
        "verbal_conflict": month.quads[2],
        "material_conflict": month.quads[3],
        "events": month.count,
        "expected": month.expected,
        "compared": month.told,
    }
