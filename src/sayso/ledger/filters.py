"""Filters: what users ask of statements, events and documents, each as one condition in SQL.

A filter takes one value or several, of which one must fit. Who and where may be given by id, by name in any case, or
by country (ISO 3166-1 alpha-3). Dates are ISO 8601 prefixes, ``until`` included: until 2024-10 is until its last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sayso.errors import LedgerError

Value = str | int | float | bool | Iterable[str] | None

# Each condition speaks of $name, the list of the values given. DuckDB puts both sides into lower case: Python would not
# do it alike.


def _lower(texts: str) -> str:
    return f"list_transform({texts}, lambda t: lower(t))"


def is_any(name: str, *columns: str) -> str:
    """Return the condition that one of the columns has one of the values, in any case."""
    either = (f"list_contains({_lower(f'${name}')}, lower({column}))" for column in columns)
    return f"({' OR '.join(either)})"


def has_any(name: str, *columns: str) -> str:
    """Return the same condition on columns that are lists."""
    either = (f"list_has_any({_lower(column)}, {_lower(f'${name}')})" for column in columns)
    return f"({' OR '.join(either)})"


def _who(role: str) -> str:
    return has_any(role, f"{role}s", f"{role}_names", f"{role}_countries")


def _since(moment: str) -> str:
    return f"{moment} >= left($since[1], length({moment}))"


def _until(moment: str) -> str:
    return f"left({moment}, length($until[1])) <= $until[1]"


_DOCUMENT = {
    "document": "list_contains($document, document)",
    "publisher": is_any("publisher", "publisher"),
    "since": _since("published"),
    "until": _until("published"),
}
# What happened on no known day was reported on one.
_HAPPENED = "coalesce(date, published)"

FILTERS: Mapping[str, Mapping[str, str]] = {
    "documents": _DOCUMENT
    | {
        "language": is_any("language", "language"),
        "failed": "(error IS NOT NULL) = ($failed[1] = 'true')",
    },
    "statements": _DOCUMENT
    | {
        "speaker": is_any("speaker", "speaker", "speaker_name", "speaker_country"),
        "act": is_any("act", "act"),
        "kind": is_any("kind", "kind"),
        "addressee": is_any("addressee", "addressee"),
        "min_confidence": "confidence >= CAST($min_confidence[1] AS DOUBLE)",
    },
    "events": _DOCUMENT
    | {
        "actor": _who("actor"),
        "recipient": _who("recipient"),
        "type": is_any("type", "type"),
        "mode": is_any("mode", "mode"),
        "category": has_any("category", "categories"),
        "quad": "list_contains($quad, CAST(quad AS VARCHAR))",
        "place": is_any("place", "place", "place_name", "place_admin1"),
        "country": is_any("country", "place_country"),
        "since": _since(_HAPPENED),
        "until": _until(_HAPPENED),
        "factuality": is_any("factuality", "factuality"),
        "voucher": is_any("voucher", "voucher", "voucher_name"),
        "min_confidence": "confidence >= CAST($min_confidence[1] AS DOUBLE)",
    },
    "actors": _DOCUMENT
    | {
        "actor": is_any("actor", "actor", "name"),
        "kind": is_any("kind", "kind"),
        "country": is_any("country", "country"),
        "min_confidence": "confidence >= CAST($min_confidence[1] AS DOUBLE)",
    },
    "places": _DOCUMENT
    | {
        "place": is_any("place", "place", "name"),
        "country": is_any("country", "country"),
        "min_confidence": "confidence >= CAST($min_confidence[1] AS DOUBLE)",
    },
    "times": _DOCUMENT,
}
"""View -> filter -> condition."""


def condition(view: str, given: Mapping[str, Value]) -> tuple[str, dict[str, list[str]]]:
    """Return the WHERE clause for filters, empty without any, and its parameters.

    Raises LedgerError for a filter that the view does not have.
    """
    known = FILTERS[view]
    parameters: dict[str, list[str]] = {}
    for name, value in given.items():
        if value is None:
            continue
        if name not in known:
            raise LedgerError(f"{view} have no filter {name!r}: choose from {', '.join(known)}")
        parameters[name] = _values(value)
    conditions = [known[name] for name in parameters]
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), parameters


def _values(value: Value) -> list[str]:
    values = [value] if isinstance(value, str | int | float) else list(value or ())
    return [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
