"""What can be asked of a book, as one condition in SQL. Who and where may be given by id, name or country."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from sayso.errors import LedgerError

Several = Iterable[str] | str | None
Condition = tuple[str, list[object]]
"""A condition in SQL, and its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(ABC):
    """Which accounts of a book are asked for. Of several values of one field one must fit.

    ``since`` and ``until`` are ISO 8601 prefixes.
    """

    noun: ClassVar[str]
    """What is asked for, in the plural."""
    when: ClassVar[str]
    """The column that ``since`` and ``until`` are about."""
    roles: ClassVar[Mapping[str, tuple[str, ...]]]
    """The fields that ask for somebody or something by name, and the roles in which that may be."""

    publisher: Several = None
    voice: Several = None
    since: str | None = None
    until: str | None = None
    min_documents: int | None = None

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """Return the question of fields by name; raise LedgerError for one that there is not."""
        common = [field.name for field in fields(Asking)]
        known = [*(field.name for field in fields(cls) if field.name not in common), *common]
        for name in asked:
            if name not in known:
                raise LedgerError(f"{cls.noun} have no filter {name!r}: choose from {', '.join(known)}")
        return cls(**asked)

    def condition(self) -> Condition:
        """Return the WHERE clause and its values."""
        parts = [*self._parts(), *self._common_parts()]
        where = " AND ".join(condition for condition, _ in parts)
        return (f"WHERE {where}" if parts else ""), [value for _, values in parts for value in values]

    @abstractmethod
    def _parts(self) -> Iterator[Condition]:
        """Yield the conditions that only these accounts have."""

    def _common_parts(self) -> Iterator[Condition]:
        for name, roles in self.roles.items():
            if (values := values_of(getattr(self, name))) is not None:
                some, names = ", ".join("?" * len(roles)), ", ".join("?" * len(values))
                named = f"SELECT grouping FROM named WHERE role IN ({some}) AND name IN ({names})"
                yield f"grouping IN ({named})", [*roles, *values]
        if self.since is not None:
            yield f"{self.when} >= substr(?, 1, length({self.when}))", [self.since]
        if self.until is not None:
            yield f"substr({self.when}, 1, ?) <= ?", [len(self.until), self.until]
        if self.min_documents is not None:
            yield "documents >= ?", [self.min_documents]


def values_of(given: Several) -> list[str] | None:
    """Return the values given, in small letters; None where none are."""
    if given is None:
        return None
    return [value.lower() for value in ([given] if isinstance(given, str) else given)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Asking):
    """Which occurrences are asked for. Of several values of one field one must fit.

    Without ``untyped`` only those with a report that has a PLOVER type. ``since`` and ``until`` are ISO 8601 prefixes
    of when it happened, or was first reported where that is not known.
    """

    noun: ClassVar[str] = "occurrences"
    when: ClassVar[str] = "happened"
    roles: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "actor": ("actor", "country_of_actor"),
        "recipient": ("recipient", "country_of_recipient"),
        "publisher": ("publisher",),
        "voice": ("voice",),
    }

    type: Several = None
    status: Several = None
    actor: Several = None
    recipient: Several = None
    place: Several = None
    country: Several = None
    min_voices: int | None = None
    untyped: bool = False

    def _parts(self) -> Iterator[Condition]:
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
        if self.min_voices is not None:
            yield "voices >= ?", [self.min_voices]
