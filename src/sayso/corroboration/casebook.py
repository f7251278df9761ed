"""The casebook of a ledger: its occurrences.

with Casebook(ledger) as casebook:
    casebook.update()
    for occurrence in casebook.occurrences(status="disputed", since="2024-10"):
        ...
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from sqlite3 import Connection
from typing import Any, ClassVar

from sayso.corroboration import archive
from sayso.corroboration.accounts import AccountKind, Roles
from sayso.corroboration.archive import Archive
from sayso.corroboration.assembly import occurrence
from sayso.corroboration.book import Book
from sayso.corroboration.likeness import WEIGHTS
from sayso.corroboration.occurrence import Occurrence
from sayso.corroboration.questions import Question
from sayso.corroboration.vocabulary import TABLE
from sayso.ledger import Ledger
from sayso.version import __version__

_FORM = 5
"""Another one where the tables, or what is made of the same records, are not what they were."""


def _row(made: Occurrence) -> tuple[object, ...]:
    where = made.where
    place = (where.place, where.name, where.country) if where else (None, None, None)
    happened = made.date or made.first_reported
    return made.type, made.status, happened, *place, made.independent, made.document_count


def _roles(made: Occurrence) -> Roles:
    return {
        "actor": (*made.actors, *made.actor_names),
        "recipient": (*made.recipients, *made.recipient_names),
        "country_of_actor": made.actor_countries,
        "country_of_recipient": made.recipient_countries,
        "publisher": (report.publisher for report in made.reports),
        "voice": (name for voice in made.voices for name in (voice.id, voice.name)),
    }


_OCCURRENCES = AccountKind(
    model=Occurrence,
    word="occurrence",
    part="report",
    when="happened",
    columns={
        "type": "TEXT",
        "status": "TEXT",
        "happened": "TEXT",
        "place": "TEXT",
        "place_name": "TEXT",
        "country": "TEXT",
        "voices": "INTEGER",
        "documents": "INTEGER",
    },
    make=occurrence,
    row=_row,
    roles=_roles,
)


class Casebook(Book[Archive, Occurrence]):
    """The occurrences of one ledger."""

    kind: ClassVar[AccountKind[Occurrence]] = _OCCURRENCES
    asks: ClassVar[type[Question]] = Question

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger, _version(), archive.TABLES)

    def _filing(self, database: Connection) -> Archive:
        return Archive(database)

    def occurrences(self, question: Question | None = None, /, **asked: Any) -> Iterator[Occurrence]:
        """Yield the occurrences that a question asks for, those that happened last first.

        The question, or its fields by name: see ``Question``. Raises LedgerError for a field that it does not have.
        """
        return self.made(question, **asked)

    def everything(self) -> Iterator[bytes]:
        """Yield all occurrences as JSON, those without a PLOVER type too."""
        return self.accounts(Question(untyped=True))

    def occurrence(self, name: str) -> Occurrence:
        """Return an occurrence by its id, that of any of its reports, or "DOCUMENT#e3"; the beginning of an id will do.

        So the id that an occurrence had before an earlier report of it came in still finds it. Raises LedgerError where
        there is none, or several begin so.
        """
        return self._named(name)


@cache
def _version() -> int:
    """Return the number of what casebooks of this Sayso are made by: another Sayso or other weights make them anew."""
    made_by = f"{_FORM} {__version__}".encode() + WEIGHTS.read_bytes() + TABLE.read_bytes()
    return zlib.crc32(made_by) >> 1 or 1
