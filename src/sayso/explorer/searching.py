"""Searching: from what an address asks to conditions on the views, as ``sayso.ledger.search`` understands filters.

A document is found that holds the words and, of each kind that filters ask for, an item that fits all of them. Where
statements or events are looked for, those that fit are found, in such documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sayso.explorer.asked import Filters
from sayso.explorer.holdings import Holdings
from sayso.explorer.results import condition, used
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
    """What is looked for: for each kind that filters ask for its condition, all parameters, and the words' matches."""

    twin: str
    conditions: Mapping[Kind, str]
    parameters: Mapping[str, Any]
    tables: Tables = field(default_factory=dict)
    match: str | None = None

    def view(self, kind: Kind) -> str:
        """Return the view of a kind, with or without copies."""
        return f"{self.twin}{kind}"

    def where(self, kind: Kind) -> list[str]:
        """Return the conditions of the rows of a kind that are looked for."""
        found = [self.conditions[kind]] if kind in self.conditions else []
        if self.tables:
            found.append("document IN (SELECT document FROM matches)")
        found += [
            f"document IN (SELECT document FROM {self.view(other)} WHERE {where})"
            for other, where in self.conditions.items()
            if other != kind and where != "true"
        ]
        return found


def search_of(asked: Filters, holdings: Holdings, kind: Kind) -> Search:
    """Return the search for what is asked. Raises LedgerError for words that say nothing."""
    given = asked.given(*_ALL)
    kinds = [k for k, own in _OWN.items() if set(own) & set(given)]
    if asked.status and "events" not in kinds:
        kinds.append("events")
    if kind not in kinds and (kind != "documents" or not kinds):
        kinds.append(kind)
    conditions: dict[Kind, str] = {}
    parameters: dict[str, Any] = {}
    for each in kinds:
        own = {name: value for name, value in given.items() if name in FILTERS[each]}
        conditions[each], values = condition(each, own)
        parameters |= values
    if asked.status:
        conditions["events"] += f" AND {_OF_STATUS}"
        parameters["status"] = list(asked.status)
    match = expression(asked.q) if asked.q.strip() else None
    tables = {"matches": _matches(holdings, match)} if match else {}
    return Search(views.TWIN if asked.copies else "", conditions, parameters, tables, match)


def selected(holdings: Holdings, asked: Filters, kind: Kind, columns: Iterable[str]) -> Any:
    """Return so many columns of all rows of a kind that fit, for a picture of them."""
    looked_for = search_of(asked, holdings, kind)
    where = " AND ".join(["true", *looked_for.where(kind)])
    query = f"SELECT {', '.join(columns)} FROM {looked_for.view(kind)} WHERE {where}"
    return holdings.arrow(query, used(where, looked_for.parameters), looked_for.tables)


def _matches(holdings: Holdings, match: str) -> Any:
    """Return the documents that hold the words, each with how well it fits."""
    index = SearchIndex(holdings.ledger.path)
    found = index.matching(match)
    return holdings.arrow(
        "SELECT held.document, max(score) AS score FROM found JOIN held USING (row) "
        "JOIN live USING (document, generation) GROUP BY 1",
        tables={"found": found},
    )
