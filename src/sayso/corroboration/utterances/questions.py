"""What can be asked of utterances, as one condition in SQL. Who speaks may be given by id, name or country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from sayso.corroboration.questions import Several, values_of
from sayso.errors import LedgerError

_ROLES = {
    "speaker": ("voice", "speaker", "country"),
    "voice": ("voice",),
    "publisher": ("publisher",),
    "omitted_by": ("omitting",),
    "act": ("act",),
}


@dataclass(frozen=True, slots=True)
class UtteranceQuestion:
    """Which utterances are asked for. Of several values of one field one must fit.

    Without ``single`` only those that several documents tell, copies aside, or of which something is omitted.
    ``omitted``: only those of which a variant leaves out a qualifier; ``omitted_by``: of which a variant of that
    publisher does. ``since`` and ``until`` are ISO 8601 prefixes of when it was said, or first reported where that is
    not known.
    """

    speaker: Several = None
    voice: Several = None
    act: Several = None
    publisher: Several = None
    omitted_by: Several = None
    since: str | None = None
    until: str | None = None
    min_documents: int | None = None
    omitted: bool = False
    single: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """Return the question of fields by name; raise LedgerError for one that there is not."""
        known = [field.name for field in fields(cls)]
        for name in asked:
            if name not in known:
                raise LedgerError(f"utterances have no filter {name!r}: choose from {', '.join(known)}")
        return cls(**asked)

    def condition(self) -> tuple[str, list[object]]:
        """Return the WHERE clause and its values."""
        parts = list(self._parts())
        where = " AND ".join(condition for condition, _ in parts)
        return (f"WHERE {where}" if parts else ""), [value for _, values in parts for value in values]

    def _parts(self) -> Iterator[tuple[str, list[object]]]:
        if not self.single:
            yield "(documents - copies > 1 OR omitting > 0)", []
        if self.omitted:
            yield "omitting > 0", []
        for name, roles in _ROLES.items():
            if (values := values_of(getattr(self, name))) is not None:
                some, names = ", ".join("?" * len(roles)), ", ".join("?" * len(values))
                condition = f"SELECT grouping FROM named WHERE role IN ({some}) AND name IN ({names})"
                yield f"grouping IN ({condition})", [*roles, *values]
        if self.since is not None:
            yield "said >= substr(?, 1, length(said))", [self.since]
        if self.until is not None:
            yield "substr(said, 1, ?) <= ?", [len(self.until), self.until]
        if self.min_documents is not None:
            yield "documents >= ?", [self.min_documents]
