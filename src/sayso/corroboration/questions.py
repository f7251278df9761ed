"""What can be asked of a casebook, as one condition in SQL. Who and where may be given by id, name or country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from sayso.errors import LedgerError

Several = Iterable[str] | str | None

_ROLES = {
    "actor": ("actor", "country_of_actor"),
    "recipient": ("recipient", "country_of_recipient"),
    "publisher": ("publisher",),
    "voice": ("voice",),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Which occurrences are asked for. Of several values of one field one must fit.

    Without ``untyped`` only those with a report that has a PLOVER type. ``since`` and ``until`` are ISO 8601 prefixes
    of when it happened, or was first reported where that is not known.
    """

    type: Several = None
    status: Several = None
    actor: Several = None
    recipient: Several = None
    place: Several = None
    country: Several = None
    publisher: Several = None
    voice: Several = None
    since: str | None = None
    until: str | None = None
    min_voices: int | None = None
    min_documents: int | None = None
    untyped: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """Return the question of fields by name; raise LedgerError for one that there is not."""
        known = [field.name for field in fields(cls)]
        for name in asked:
            if name not in known:
                raise LedgerError(f"occurrences have no filter {name!r}: choose from {', '.join(known)}")
        return cls(**asked)

    def condition(self) -> tuple[str, list[object]]:
        """Return the WHERE clause and its values."""
        parts = list(self._parts())
        where = " AND ".join(condition for condition, _ in parts)
        return (f"WHERE {where}" if parts else ""), [value for _, values in parts for value in values]

    def _parts(self) -> Iterator[tuple[str, list[object]]]:
        if not self.untyped:
            yield "type IS NOT NULL", []
        for columns, given in (
            (("type",), self.type),
            (("status",), self.status),
            (("place", "place_name"), self.place),
            (("country",), self.country),
        ):
            if (values := values_of(given)) is not None:
                marks = ", ".join("?" * len(values))
                yield f"({' OR '.join(f'lower({c}) IN ({marks})' for c in columns)})", [*values] * len(columns)
        for name, roles in _ROLES.items():
            if (values := values_of(getattr(self, name))) is not None:
                yield _named(roles, values), [*roles, *values]
        if self.since is not None:
            yield "happened >= substr(?, 1, length(happened))", [self.since]
        if self.until is not None:
            yield "substr(happened, 1, ?) <= ?", [len(self.until), self.until]
        if self.min_voices is not None:
            yield "voices >= ?", [self.min_voices]
        if self.min_documents is not None:
            yield "documents >= ?", [self.min_documents]


def values_of(given: Several) -> list[str] | None:
    """Return the values given, in small letters; None where none are."""
    if given is None:
        return None
    return [value.lower() for value in ([given] if isinstance(given, str) else given)]


def _named(roles: tuple[str, ...], values: list[str]) -> str:
    some, names = ", ".join("?" * len(roles)), ", ".join("?" * len(values))
    return f"grouping IN (SELECT grouping FROM named WHERE role IN ({some}) AND name IN ({names}))"
