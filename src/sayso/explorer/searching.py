"""Searching: from what an address asks to conditions on the views, as ``sayso.ledger.search`` understands filters.

A document is found that holds the words and, of each kind that filters ask for, an item that fits all of them. Where
statements or events are looked for, those that fit are found, in such documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from sayso.explorer.asked import Filters
from sayso.explorer.holdings import Holdings
from sayso.explorer.results import condition
from sayso.explorer.shelf import Tables
from sayso.ledger import views
from sayso.ledger.filters import FILTERS
from sayso.ledger.search import ACTING, PUBLISHING, SPEAKING
from sayso.ledger.search_index import SearchIndex
from sayso.ledger.words import expression

Kind = Literal["documents", "statements", "events"]

_OWN: Mapping[Kind, tuple[str, ...]] = {"documents": PUBLISHING, "statements": SPEAKING, "events": ACTING}
_ALL = tuple(name for name in Filters.model_fields if any(name in names for names in FILTERS.values()))
_OF_STATUS = """(document, event) IN (
    SELECT (document, event) FROM reports JOIN occurrences USING (occurrence) WHERE list_contains($status, status)
)"""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, looked up: ``fits`` are the kinds that filters ask for, what fits them is in ``tables``.

    ``match`` is the expression of the words. Conditions are as quick as they can be: filters are tried once, and what
    fits is known by number.
    """

    twin: str
    fits: frozenset[Kind] = frozenset()
    tables: Tables = field(default_factory=dict)
    match: str | None = None

    def view(self, kind: Kind) -> str:
        """Return the view of a kind, with or without copies."""
        return f"{self.twin}{kind}"

    def where(self, kind: Kind) -> list[str]:
        """Return the conditions of the rows of a kind that are looked for."""
        found = [f"spot IN (SELECT spot FROM fit_{kind})"] if kind in self.fits else []
        if self.match:
            found.append("account IN (SELECT account FROM matches)")
        found += [f"account IN (SELECT account FROM fit_{other})" for other in sorted(self.fits - {kind})]
        return found

    def condition(self, kind: Kind) -> str:
        """Return the same as one condition, "true" where all rows are looked for."""
        return " AND ".join(self.where(kind)) or "true"

    def count(self, holdings: Holdings, kind: Kind) -> int:
        """Return how many rows of a kind are looked for."""
        query = f"SELECT count(*) AS n FROM {self.view(kind)} WHERE {self.condition(kind)}"
        return int(holdings.select(query, None, self.tables)[0]["n"])


def search_of(asked: Filters, holdings: Holdings, kind: Kind) -> Search:
    """Return the search for what is asked. Raises LedgerError for words that say nothing."""
    given = asked.given(*_ALL)
    kinds = [k for k, own in _OWN.items() if set(own) & set(given)]
    if asked.status and "events" not in kinds:
        kinds.append("events")
    if kind not in kinds and (kind != "documents" or not kinds):
        kinds.append(kind)
    twin = views.TWIN if asked.copies else ""
    tables: dict[str, Any] = {}
    fits: set[Kind] = set()
    for each in kinds:
        own = {name: value for name, value in given.items() if name in FILTERS[each]}
        where, parameters = condition(each, own)
        if each == "events" and asked.status:
            where, parameters = f"{where} AND {_OF_STATUS}", {**parameters, "status": list(asked.status)}
        if where != "true":
            fits.add(each)
            query = f"SELECT spot, account FROM {twin}{each} WHERE {where}"
            name = ("fit", query, str(sorted(parameters.items())))
            tables[f"fit_{each}"] = holdings.cached(name, partial(holdings.arrow, query, parameters))
    match = expression(asked.q) if asked.q.strip() else None
    if match:
        tables["matches"] = holdings.cached(("words", match), partial(_matches, holdings, match))
    return Search(twin, frozenset(fits), tables, match)


def selected(holdings: Holdings, asked: Filters, kind: Kind, columns: Iterable[str]) -> Any:
    """Return so many columns of all rows of a kind that fit, for a picture of them."""
    looked_for = search_of(asked, holdings, kind)
    query = f"SELECT {', '.join(columns)} FROM {looked_for.view(kind)} WHERE {looked_for.condition(kind)}"
    return holdings.arrow(query, None, looked_for.tables)


def _matches(holdings: Holdings, match: str) -> Any:
    """Return the accounts that hold the words, each with how well it fits."""
    ledger = holdings.ledger
    return SearchIndex(ledger.path).matching(match, ledger.store.files()).rename_columns(["account", "score"])
