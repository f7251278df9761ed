"""Facets: how many of what was found have each value of a field, so that one click narrows or widens the question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.explorer.holdings import Holdings
from sayso.explorer.results import named
from sayso.explorer.searching import Kind, Search
from sayso.explorer.shelf import Row, Tables

MOST = 12
"""Values of a field that are shown, those that are had most often."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field: what it is called, what the filter takes, and how many have it."""

    name: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A field with its values; ``filter`` is the name of the filter that takes them, ``of`` what is counted."""

    filter: str
    of: Kind
    values: list[Value]


_SIMPLE: dict[Kind, dict[str, str]] = {
    "documents": {"publisher": "publisher", "language": "language", "since": "left(published, 4)"},
    "statements": {"speaker": "speaker", "act": "act", "kind": "kind"},
    "events": {
        "type": "type",
        "quad": "CAST(quad AS VARCHAR)",
        "country": "place_country",
        "factuality": "factuality",
        "voucher": "voucher",
    },
}
"""Kind -> filter -> the expression whose values are counted, each row having one."""
_LISTED: dict[Kind, dict[str, str]] = {
    "documents": {},
    "statements": {},
    "events": {"actor": "actors", "recipient": "recipients"},
}
"""Kind -> filter -> the column that is a list of values."""
_COLUMNS: dict[Kind, tuple[str, ...]] = {
    "documents": ("publisher", "language", "published"),
    "statements": ("speaker", "speaker_name", "act", "kind"),
    "events": (
        "type", "quad", "place_country", "factuality", "voucher", "voucher_name", "actors", "actor_names", "recipients",
        "recipient_names",
    ),
}  # fmt: skip
"""Kind -> the columns that its facets are made of."""
_NAMED = ("speaker", "voucher")
"""Filters whose values are ids: the column of what they are called has the filter's name with ``_name``."""
_ORDER = (
    "type", "actor", "recipient", "country", "speaker", "act", "kind", "voucher", "factuality", "quad", "publisher",
    "since", "language",
)  # fmt: skip


def facets(holdings: Holdings, search: Search) -> list[Facet]:
    """Return the facets of a search: of the documents, statements and events that it is for."""
    found = [facet for kind in _SIMPLE for facet in _of_kind(holdings, search, kind)]
    return sorted((facet for facet in found if facet.values), key=lambda facet: _ORDER.index(facet.filter))


def _of_kind(holdings: Holdings, search: Search, kind: Kind) -> Iterator[Facet]:
    view, tables = _fitting(holdings, search, kind)
    simple = _SIMPLE[kind]
    columns = ", ".join(f"{expression} AS {name}" for name, expression in simple.items())
    called = [f"{name}_name" for name in simple if name in _NAMED]
    names = "".join(f"any_value({name}) AS {name}, " for name in called)
    sets = ", ".join(f"({name})" for name in simple)
    query = f"""
        SELECT {", ".join(simple)}, {names}count(*) AS n, {_which(simple)} AS field
        FROM (SELECT {", ".join([columns, *called])} FROM {view})
        GROUP BY GROUPING SETS ({sets})
        QUALIFY row_number() OVER (PARTITION BY field ORDER BY n DESC) <= {MOST + 1}
        ORDER BY n DESC"""
    rows = holdings.select(query, None, tables)
    for name in simple:
        yield Facet(name, kind, [_value(row, name) for row in rows if row["field"] == name and row[name]][:MOST])
    for name, column in _LISTED[kind].items():
        listed = f"""
            SELECT pair.who AS value, any_value(pair.name) AS name, count(*) AS n FROM (
                SELECT {named(column, f"{name}_names")} FROM {view}
            ) GROUP BY 1 ORDER BY n DESC, 1 LIMIT {MOST}"""
        found = holdings.select(listed, None, tables)
        yield Facet(name, kind, [Value(row["name"] or row["value"], row["value"], row["n"]) for row in found])


def _fitting(holdings: Holdings, search: Search, kind: Kind) -> tuple[str, Tables]:
    """Return what is counted: the view itself where all of it fits, else what fits, taken out of it once."""
    if not search.where(kind):
        return search.view(kind), {}
    columns = ", ".join(_COLUMNS[kind])
    query = f"SELECT {columns} FROM {search.view(kind)} WHERE {search.condition(kind)}"
    return "fitting", {"fitting": holdings.arrow(query, None, search.tables)}


def _which(names: dict[str, str]) -> str:
    """Return the expression that names the field by which a row of grouping sets is grouped."""
    cases = " ".join(f"WHEN grouping({name}) = 0 THEN '{name}'" for name in names)
    return f"CASE {cases} END"


def _value(row: Row, name: str) -> Value:
    return Value(str(row.get(f"{name}_name") or row[name]), str(row[name]), row["n"])
