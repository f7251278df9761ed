"""Searching a ledger: documents by their words and by what was found in them, best first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.errors import LedgerError
from sayso.ledger import filters, views
from sayso.ledger.filters import FILTERS, Value
from sayso.ledger.search_index import SearchIndex, snippets
from sayso.ledger.words import expression

if TYPE_CHECKING:
    from sayso.ledger.ledger import Ledger

Row = dict[str, Any]

SPEAKING = ("speaker", "act", "addressee", "kind")
"""Filters that ask for statements."""
ACTING = ("actor", "recipient", "type", "mode", "category", "quad", "place", "country", "factuality", "voucher")
"""Filters that ask for events."""
PUBLISHING = ("publisher", "language", "document")
"""Filters that ask for documents; ``since``, ``until`` and ``min_confidence`` hold for whatever is asked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found: its row, how well it fits the words, the words around, and what fits the filters."""

    document: Row
    score: float | None
    snippet: str
    statements: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """How many documents were found, and some of them."""

    total: int
    hits: list[Hit]


def search(
    ledger: Ledger, words: str = "", *, limit: int = 20, offset: int = 0, copies: bool = False, **given: Value
) -> Found:
    """Return documents that hold the words and, of each kind that filters ask for, an item that fits all of them.

    ``words`` are as ``sayso.ledger.words`` has them. Best first; without words, newest first. Raises LedgerError for
    words that say nothing and for unknown filters.
    """
    asked = _Asked.of(given, copies)
    parameters: dict[str, object] = dict(asked.parameters)
    match = expression(words) if words.strip() else None
    tables = {}
    if match:
        tables["matches"] = SearchIndex(ledger.path).found(match, ledger.store.files())
    found = asked.documents(scored=bool(match))
    connection = ledger.connected()
    total = connection.select(found, parameters, tables).count()
    page = f"{found} ORDER BY score DESC NULLS LAST, published DESC NULLS LAST, document LIMIT $limit OFFSET $offset"
    best = list(connection.select(page, parameters | {"limit": limit, "offset": offset}, tables).rows())
    return Found(total, _hits(ledger, best, asked, match))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: the view and condition of each kind of item, and the parameters of all."""

    twin: str
    conditions: Mapping[str, str]
    parameters: Mapping[str, list[str]]

    @classmethod
    def of(cls, given: Mapping[str, Value], copies: bool) -> _Asked:
        named = {name: value for name, value in given.items() if value is not None}
        kinds = [
            view
            for view, own in (("documents", PUBLISHING), ("statements", SPEAKING), ("events", ACTING))
            if set(own) & set(named) or (view == "documents" and not set(named) & {*SPEAKING, *ACTING})
        ]
        if named.get("min_confidence") is not None and kinds == ["documents"]:
            raise LedgerError("documents have no confidence: ask for a speaker, an actor or a type besides")
        conditions: dict[str, str] = {}
        parameters: dict[str, list[str]] = {}
        for view in kinds:
            own = {name: value for name, value in named.items() if name in FILTERS[view]}
            conditions[view], values = filters.condition(view, own)
            parameters |= values
        unknown = set(named) - {name for view in kinds for name in FILTERS[view]}
        if unknown:
            filters.condition(kinds[-1], dict.fromkeys(unknown, ""))  # says which there are
        return cls(views.TWIN if copies else "", conditions, parameters)

    def documents(self, *, scored: bool) -> str:
        """Return the SELECT of the documents that fit."""
        score = "matches.score" if scored else "NULL"
        joined = "JOIN live ON live.id = d.document JOIN matches ON matches.row = live.row" if scored else ""
        fitting = [
            f"d.document IN (SELECT document FROM {self.twin}{view} {where})"
            for view, where in self.conditions.items()
            if where
        ]
        where = f"WHERE {' AND '.join(fitting)}" if fitting else ""
        columns = f"d.document, d.generation, d.published, {score} AS score"
        return f"SELECT {columns} FROM {self.twin}documents AS d {joined} {where}"

    def items(self, view: str) -> str:
        """Return the condition of the items of a view that fit."""
        return self.conditions.get(view) or "WHERE true"


def _hits(ledger: Ledger, best: list[Row], asked: _Asked, match: str | None) -> list[Hit]:
    if not best:
        return []
    documents = {row["document"]: row for row in _rows(ledger, "documents", "WHERE true", {}, best)}
    rows = [documents[row["document"]] for row in best]
    around = snippets(match, [(row["title"] or "", row["text"] or "") for row in rows]) if match else [""] * len(rows)
    items: dict[str, dict[str, list[Row]]] = {"statements": {}, "events": {}}
    for view, found in items.items():
        if view in asked.conditions:
            for item in _rows(ledger, view, asked.items(view), asked.parameters, best):
                found.setdefault(item["document"], []).append(item)
    return [
        Hit(row, at["score"], words, *(found.get(row["document"], []) for found in items.values()))
        for row, at, words in zip(rows, best, around, strict=True)
    ]


def _rows(ledger: Ledger, view: str, where: str, parameters: Mapping[str, object], of: list[Row]) -> Iterator[Row]:
    """Yield the rows of a view that are of a few documents and fit a condition.

    The data files know between which generations they lie, so that only theirs are read.
    """
    generations = ", ".join(str(int(row["generation"])) for row in of)
    order = 'ORDER BY start, "end"' if view != "documents" else ""
    query = (
        f"SELECT * FROM {views.TWIN}{view} {where} "
        f"AND generation IN ({generations}) AND list_contains($found, document) {order}"
    )
    wanted = set(re.findall(r"\$(\w+)", query))  # DuckDB takes no others
    used = {name: value for name, value in parameters.items() if name in wanted}
    yield from ledger.sql(query, used | {"found": [row["document"] for row in of]}).rows()
