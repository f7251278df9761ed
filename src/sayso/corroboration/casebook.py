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

from sayso.corroboration import accounts, archive
from sayso.corroboration.archive import Archive
from sayso.corroboration.book import Book
from sayso.corroboration.likeness import WEIGHTS
from sayso.corroboration.occurrence import Occurrence
from sayso.corroboration.questions import Question
from sayso.corroboration.vocabulary import TABLE
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.version import __version__

_FORM = 2
"""Another one where the tables, or what is made of the same records, are not what they were."""
_TABLES = f"{archive.TABLES};{accounts.TABLES}"


class Casebook(Book[Archive]):
    """The occurrences of one ledger."""

    makes: ClassVar[str] = "occurrence"
    reports: ClassVar[str] = "report"

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger, "occurrences.sqlite", _version(), _TABLES)

    def _filing(self, database: Connection) -> Archive:
        return Archive(database)

    def _make(self, grouping: int) -> bool:
        return accounts.make(self._db, self._archive, grouping)

    def occurrences(self, question: Question | None = None, /, **asked: Any) -> Iterator[Occurrence]:
        """Yield the occurrences that a question asks for, those that happened last first.

        The question, or its fields by name: see ``Question``. Raises LedgerError for a field that it does not have.
        """
        for account in self.told(question or Question.of(asked)):
            yield Occurrence.model_validate_json(account)

    def told(self, question: Question) -> Iterator[bytes]:
        """Yield the same as JSON, an occurrence at a time."""
        condition, values = question.condition()
        query = f"SELECT account FROM occurrences {condition} ORDER BY happened IS NULL, happened DESC, occurrence"
        with self._derived.explained():
            yield from (accounts.unpacked(account) for (account,) in self._db.execute(query, values))

    def everything(self) -> Iterator[bytes]:
        """Yield all occurrences as JSON, those without a PLOVER type too."""
        yield from self.told(Question(untyped=True))

    def count(self, question: Question | None = None, /, **asked: Any) -> int:
        """Return how many occurrences a question asks for."""
        condition, values = (question or Question.of(asked)).condition()
        with self._derived.explained():
            return int(self._db.execute(f"SELECT count(*) FROM occurrences {condition}", values).fetchone()[0])

    def occurrence(self, name: str) -> Occurrence:
        """Return an occurrence by its id, that of any of its reports, or "DOCUMENT#e3"; the beginning of an id will do.

        So the id that an occurrence had before an earlier report of it came in still finds it. Raises LedgerError where
        there is none, or several begin so.
        """
        with self._derived.explained():
            group = self._group_of(name)
            rows = self._db.execute("SELECT account FROM occurrences WHERE grouping = ?", (group,)).fetchall()
        if not rows:
            raise LedgerError(f"the occurrence of {name} is just being made; ask again in a moment")
        return Occurrence.model_validate_json(accounts.unpacked(rows[0][0]))


@cache
def _version() -> int:
    """Return the number of what casebooks of this Sayso are made by: another Sayso or other weights make them anew."""
    made_by = f"{_FORM} {__version__}".encode() + WEIGHTS.read_bytes() + TABLE.read_bytes()
    return zlib.crc32(made_by) >> 1 or 1
