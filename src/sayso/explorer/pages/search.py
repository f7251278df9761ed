"""Search: documents, statements or events that fit, with counts by which to narrow the question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from pydantic import Field

from sayso.explorer.address import Address
from sayso.explorer.asked import Filters
from sayso.explorer.cursors import Order
from sayso.explorer.exact import with_words
from sayso.explorer.facets import Facet, Value, facets
from sayso.explorer.holdings import LASTING, Holdings, Reading
from sayso.explorer.results import NEWEST, Selected, page_of
from sayso.explorer.searching import Kind, Search, search_of
from sayso.explorer.sheets import Pages, Sheet
from sayso.explorer.shelf import Row
from sayso.ledger.search_index import snippets
from sayso.plotting.theme import QUADS
from sayso.rendering.wording import ACTS, CERTAINTY

pages = Pages(tags=["search"])

KINDS: tuple[Kind, ...] = ("documents", "statements", "events")
_MOST_ITEMS = 6
"""Statements, and events, of a document that are shown with it."""
_MOST_LOOSENED = 6
"""Filters of which it is tried what dropping them would bring."""
_MARKS = ("\x02", "\x03")
"""Around what matches in a snippet: no text that can be read has them."""
_WORDS: Mapping[str, Mapping[Any, str]] = {"act": ACTS, "factuality": CERTAINTY}
_BEST = Order(("score", "coalesce(published, '')", "document"))


class Asked(Filters):
    """What is looked for, of which kind, and in what order."""

    of: Kind = "documents"
    order: Literal["best", "newest", "oldest"] = Field("best", description="best is by words; without any it is newest")


@pages.page("/search")
def search(request: Request, asked: Annotated[Asked, Query()], holdings: Reading) -> Sheet:
    """Documents, statements or events that fit the words and the filters."""
    looked_for = search_of(asked, holdings, asked.of)
    found = _found(holdings, looked_for, asked)
    question = str(asked.model_copy(update={"after": "", "limit": 1}))
    counted = holdings.cached(("facets", question), lambda: facets(holdings, looked_for), LASTING)
    if asked.of == "events":
        with_words(holdings, found.rows)
    given = _given(asked)
    told = {
        "asked": asked,
        "kinds": KINDS,
        "found": found,
        "totals": {
            **holdings.cached(("totals", question), lambda: _totals(holdings, asked), LASTING),
            asked.of: found.total,
        },
        "facets": counted,
        "hits": _hits(holdings, looked_for, found.rows) if asked.of == "documents" else [],
        "given": given,
        "loosened": [] if found.rows else _loosened(holdings, asked, given),
        "toggled": _toggled,
        "in_words": _in_words,
        "quad_choices": [(str(quad), words) for quad, (words, _) in QUADS.items()],
    }
    about = {"facets": {facet.filter: _plain(facet) for facet in counted}}
    return Sheet("search.html", told, found.table, found.total, found.after, about)


_NO_FILTERS = ("after", "limit", "q", "copies")


def _found(holdings: Holdings, looked_for: Search, asked: Asked) -> Selected:
    kind = asked.of
    view, order, where = looked_for.view(kind), NEWEST[kind], looked_for.where(kind)
    if looked_for.match and asked.order == "best" and kind == "documents":
        view, order = f"(SELECT * FROM {view} JOIN matches USING (account))", _BEST
    order = Order(order.keys, descending=asked.order != "oldest")
    return page_of(
        holdings,
        view,
        where,
        {},
        after=asked.after,
        limit=asked.limit,
        order=order,
        tables=looked_for.tables,
    )


def _hits(holdings: Holdings, looked_for: Search, documents: list[Row]) -> list[dict[str, Any]]:
    """Return what is shown of each document: the words around what matched, and its items that fit."""
    ids = [row["document"] for row in documents]
    items = {kind: _items(holdings, looked_for, kind, ids) for kind in KINDS[1:] if kind in looked_for.fits}
    around = _around(holdings, looked_for.match, documents)
    return [
        {
            "document": row,
            "around": around.get(row["document"], []),
            **{k: v.get(row["document"], []) for k, v in items.items()},
        }
        for row in documents
    ]


def _totals(holdings: Holdings, asked: Asked) -> dict[Kind, int]:
    """Return how many of each kind fit."""
    return {kind: search_of(asked, holdings, kind).count(holdings, kind) for kind in KINDS}


def _items(holdings: Holdings, looked_for: Search, kind: Kind, ids: list[str]) -> dict[str, list[Row]]:
    rows = holdings.select(
        f"""WITH found AS MATERIALIZED (
            SELECT spot FROM {looked_for.view(kind)}
            WHERE document IN (SELECT unnest($ids)) AND spot IN (SELECT spot FROM fit_{kind})
            QUALIFY row_number() OVER (PARTITION BY document ORDER BY start) <= {_MOST_ITEMS}
        )
        SELECT whole.* EXCLUDE (spot, account)
        FROM {looked_for.view(kind)} AS whole JOIN found ON whole.spot = found.spot ORDER BY whole.start""",
        {"ids": ids},
        looked_for.tables,
    )
    if kind == "events":
        with_words(holdings, rows)
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["document"], []).append(row)
    return found


def _loosened(holdings: Holdings, asked: Asked, given: list[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Return the filters, and the words, without which something would be found, and how much."""
    found = []
    for name, value in [*given[:_MOST_LOOSENED], *([("q", asked.q)] if asked.q.strip() and given else [])]:
        values = getattr(asked, name)
        without = (
            [one for one in values if str(one) != value] if isinstance(values, list) else "" if name == "q" else None
        )
        without_it = search_of(asked.model_copy(update={name: without}), holdings, asked.of)
        if count := without_it.count(holdings, asked.of):
            found.append((name, value, count))
    return found


def _toggled(here: Address, filter_: str, value: str) -> Address:
    """Return the address with a value of a facet, or without it where it has that already."""
    if filter_ == "since":
        on = here.has("since", value)
        return here.having(since=None if on else value, until=None if on else value)
    return here.dropping(filter_, value) if here.has(filter_, value) else here.adding(filter_, value)


def _in_words(filter_: str, value: Value) -> str:
    """Return what a value of a facet is called."""
    if filter_ == "quad":
        return QUADS[int(value.value)][0]
    return _WORDS.get(filter_, {}).get(value.value, value.name)


def _around(holdings: Holdings, match: str | None, documents: list[Row]) -> dict[str, list[tuple[str, bool]]]:
    """Return the words around what matched in each document, in pieces that match or do not."""
    if match is None:
        return {}
    ids = [row["document"] for row in documents]
    rows = holdings.select("SELECT * FROM texts WHERE document IN (SELECT unnest($ids))", {"ids": ids})
    around = snippets(match, [(row["title"] or "", row["text"] or "") for row in rows], marks=_MARKS)
    return {row["document"]: _pieces(words) for row, words in zip(rows, around, strict=True)}


def _pieces(words: str) -> list[tuple[str, bool]]:
    """Cut a snippet where what matches begins and ends."""
    begins, ends = _MARKS
    pieces: list[tuple[str, bool]] = []
    for part in words.split(begins):
        matching, end, rest = part.rpartition(ends)
        pieces += [(matching, True), (rest, False)] if end else [(part, False)]
    return [(piece, is_match) for piece, is_match in pieces if piece]


def _given(asked: Asked) -> list[tuple[str, str]]:
    found = []
    for name, value in asked:
        if name not in (*_NO_FILTERS, "of", "order") and value not in ([], None):
            found += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
    return found


def _plain(facet: Facet) -> list[dict[str, Any]]:
    return [{"name": v.name, "value": v.value, "count": v.count} for v in facet.values]
