"""The network: who is reported to act towards whom, as a picture and as a table of ties."""

from __future__ import annotations

from typing import Annotated

import pyarrow as pa
from fastapi import Query, Request
from pydantic import Field

from sayso.explorer.asked import Drawn, Filters
from sayso.explorer.charts import Charts, here_of, scope_of
from sayso.explorer.holdings import Holdings, Reading
from sayso.explorer.searching import selected
from sayso.explorer.sheets import Pages, Sheet, table_of
from sayso.explorer.shelf import Row
from sayso.plotting import Chart
from sayso.plotting import network as picture
from sayso.plotting.balance import balance
from sayso.plotting.network import MOST_ACTORS
from sayso.plotting.ties import COLUMNS, Ties, ties

pages = Pages(tags=["network"])
charts = Charts()

_SCHEMA = pa.schema(
    [
        ("one", pa.string()), ("one_name", pa.string()), ("other", pa.string()), ("other_name", pa.string()),
        ("events", pa.int64()), ("conflict", pa.int64()), ("balance", pa.string()),
    ]
)  # fmt: skip
_FEWER = 14
"""Actors that are drawn where there is no room for more names."""
_NARROW = 520


class Asked(Filters):
    """Whose ties are shown, among how many of those with most events."""

    most: int = Field(MOST_ACTORS, ge=2, le=60, description="actors at most, those with most events")


class AskedToDraw(Asked, Drawn):
    """The same, as a picture."""


@pages.page("/network")
def network(request: Request, asked: Annotated[Asked, Query()], holdings: Reading) -> Sheet:
    """Who is reported to act towards whom, how often, and how much of it is conflict."""
    name = ("network", asked.model_copy(update={"after": "", "limit": 1}).model_dump_json())
    found = holdings.cached(name, lambda: _ties(holdings, asked))
    rows = [_row(found, number) for number in range(len(found.ties))]
    told = {"asked": asked, "found": found, "ties": rows[:_MOST_TIES]}
    about = {"actors": found.names, "events": found.events, "beyond": found.beyond, "one_sided": found.one_sided}
    return Sheet("network.html", told, table_of(rows, _SCHEMA), len(rows), about=about)


_MOST_TIES = 200
"""Ties in the table; the twins have all."""


@charts.chart("/network")
def drawn(request: Request, asked: Annotated[AskedToDraw, Query()], holdings: Reading) -> Chart:
    """Draw the network."""
    most = asked.most if asked.width >= _NARROW else min(asked.most, _FEWER)
    scope = scope_of(holdings, here_of(request), copies=asked.copies)
    return picture(selected(holdings, asked, "events", COLUMNS), most, scope, asked.width)


def _ties(holdings: Holdings, asked: Asked) -> Ties:
    return ties(selected(holdings, asked, "events", COLUMNS), asked.most)


def _row(found: Ties, number: int) -> Row:
    tie = found.ties[number]
    return {
        "one": tie.source,
        "one_name": found.names[tie.source],
        "other": tie.target,
        "other_name": found.names[tie.target],
        "events": tie.count,
        "conflict": tie.conflict,
        "balance": balance(tie.conflict, tie.count),
    }
