"""Filters: what users ask of statements, events and documents, each as one condition in SQL.

A filter takes one value or several, of which one must fit. Who and where may be given by id, by name in any case, or
by country (ISO 3166-1 alpha-3). Dates are ISO 8601 prefixes, ``until`` included: until 2024-10 is until its last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sayso.errors import LedgerError

Value = str | int | float | bool | Iterable[str] | None

# Each condition speaks of $name, the list of the values given, as they are and in lower case.


def _who(role: str, column: str) -> str:
    return (
        f"(list_has_any({column}, ${role}) "
        f"OR list_has_any(list_transform({role}_names, lambda n: lower(n)), ${role}) "
        f"OR list_has_any(list_transform({role}_countries, lambda c: lower(c)), ${role}))"
    )


def _since(moment: str) -> str:
    return f"{moment} >= left($since[1], length({moment}))"


def _until(moment: str) -> str:
    return f"left({moment}, length($until[1])) <= $until[1]"


_DOCUMENT = {
    "document": "list_contains($document, document)",
    "publisher": "list_contains($publisher, lower(publisher))",
    "since": _since("published"),
    "until": _until("published"),
}
# What happened on no known day was reported on one.
_HAPPENED = "coalesce(date, published)"

FILTERS: Mapping[str, Mapping[str, str]] = {
    "documents": _DOCUMENT
    | {
        "language": "list_contains($language, lower(language))",
        "failed": "(error IS NOT NULL) = ($failed[1] = 'true')",
    },
    "statements": _DOCUMENT
    | {
        "speaker": (
            "(list_contains($speaker, speaker) OR list_contains($speaker, lower(speaker_name)) "
            "OR list_contains($speaker, lower(speaker_country)))"
        ),
        "act": "list_contains($act, act)",
        "kind": "list_contains($kind, kind)",
        "addressee": "list_contains($addressee, addressee)",
        "min_confidence": "confidence >= CAST($min_confidence[1] AS DOUBLE)",
    },
    "events": _DOCUMENT
    | {
        "actor": _who("actor", "actors"),
        "recipient": _who("recipient", "recipients"),
        "type": "list_contains($type, lower(type))",
        "mode": "list_contains($mode, lower(mode))",
        "category": "list_has_any(list_transform(categories, lambda c: lower(c)), $category)",
        "quad": "list_contains($quad, CAST(quad AS VARCHAR))",
        "place": (
            "(list_contains($place, place) OR list_contains($place, lower(place_name)) "
            "OR list_contains($place, lower(place_admin1)))"
        ),
        "country": "list_contains($country, lower(place_country))",
        "since": _since(_HAPPENED),
        "until": _until(_HAPPENED),
        "factuality": "list_contains($factuality, lower(factuality))",
        "voucher": "(list_contains($voucher, voucher) OR list_contains($voucher, lower(voucher_name)))",
        "min_confidence": "confidence >= CAST($min_confidence[1] AS DOUBLE)",
    },
    "actors": _DOCUMENT
    | {
        "actor": "(list_contains($actor, actor) OR list_contains($actor, lower(name)))",
        "kind": "list_contains($kind, kind)",
        "country": "list_contains($country, lower(country))",
        "min_confidence": "confidence >= CAST($min_confidence[1] AS DOUBLE)",
    },
    "places": _DOCUMENT
    | {
        "place": "(list_contains($place, place) OR list_contains($place, lower(name)))",
        "country": "list_contains($country, lower(country))",
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
    texts = [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
    # Ids are in lower case already but for places without one, which are known by their name as written.
    return texts + [text.lower() for text in texts if text.lower() != text]
