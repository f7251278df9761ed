"""A book: what is made of the documents of one ledger, kept beside it and brought up to date with the ledger.

A new document changes only what it touches: what it says is compared with what is most like it, and grouped together
with what it may belong to. Documents are taken in one by one as they came into the ledger, so that it does not matter
how often the book was brought up to date in between; it can be thrown away and made again.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from pydantic import BaseModel

from sayso.corroboration.accounts import AccountKind, Accounts
from sayso.corroboration.filing import Filing, Heading
from sayso.corroboration.questions import Asking
from sayso.corroboration.regrouping import join, mend
from sayso.corroboration.ties import span_of
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.damage import DamagedError
from sayso.ledger.derived import Derived, home_of, snapshot, transaction

_READ = 500
"""Documents that are read from the ledger at once, and taken in in one transaction."""
_MADE = 5_000
"""Accounts that are made in one transaction."""
_OVERTAKEN = 2_000
"""Where a document comes late, among others that were appended at the same moment, so many are taken in anew for it."""

_SHORTEST = 6
"""Characters of an id that may stand for the whole."""

Progress = Callable[[int, int], None]
"""Is told how many documents are done, and how many there are to do."""


class Updated(NamedTuple):
    """What an update did: documents that came and went, and accounts of groups that were made anew."""

    added: int
    removed: int
    made: int


_Archive = TypeVar("_Archive", bound=Filing[Any])
_Made = TypeVar("_Made", bound=BaseModel)
_Answer = TypeVar("_Answer")


class Book(ABC, Generic[_Archive, _Made]):
    """What is grouped of one ledger.

    It is kept in the ledger's folder ``index``, or in the user's cache where that cannot be written to; that of a
    ledger as it was in the past is made in a temporary folder. Where it turns out damaged, it is made again, and what
    was asked is answered by the new one. Raises LedgerError where it can be neither read nor made.
    """

    kind: ClassVar[AccountKind[Any]]
    """What its accounts are."""
    asks: ClassVar[type[Asking]]
    """What it can be asked for by."""

    def __init__(self, ledger: Ledger, version: int, tables: str) -> None:
        self._ledger = ledger
        self._temporary = tempfile.TemporaryDirectory(prefix="sayso-") if ledger.is_past else None
        self.folder = Path(self._temporary.name) if self._temporary else home_of(ledger.path)
        file = self.folder / f"{self.kind.table}.sqlite"
        self._derived = Derived(file, version, f"{tables};{self.kind.tables}")
        self._open()

    @abstractmethod
    def everything(self) -> Iterator[bytes]:
        """Yield all accounts as JSON."""

    @abstractmethod
    def _filing(self, database: Connection) -> _Archive:
        """Return the documents of the book."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the book; it cannot be read any more."""
        self._db.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    def _open(self) -> None:
        with self._derived.explained():
            self._db = self._derived.connect()
        self._archive = self._filing(self._db)
        self._accounts: Accounts[_Made] = Accounts(self._db, self._archive, self.kind)

    def update(self, progress: Progress | None = None) -> Updated:
        """Take in what the ledger has got since last time, and drop what it shows no more.

        The ledger is refreshed. What was done stays done, whenever it is interrupted; of several processes that do this
        at once one does, and the others wait for it.
        """
        try:
            return self._update(progress)
        except DamagedError:
            return self._make_again(progress)

    def _update(self, progress: Progress | None = None) -> Updated:
        with self._derived.explained(), self._derived.alone():
            self._ledger.refresh()
            self._archive.forget()
            files = _digest(map(os.path.basename, self._ledger.store.files()))
            if self._state("files") == files:
                return Updated(0, 0, 0)
            added, removed = self._follow(progress or _nobody)
            made = self._make_stale()
            self._note("files", files)
            return Updated(added, removed, made)

    def rebuild(self, progress: Progress | None = None) -> Updated:
        """Forget everything and make it anew."""
        try:
            with self._derived.explained(), self._derived.alone(), transaction(self._db):
                self._derived.make(self._db)
        except DamagedError:
            self._begin_again()
        return self.update(progress)

    def _begin_again(self) -> None:
        """Go on with an empty book in place of one that is damaged."""
        with self._derived.explained():
            self._derived.put_away(self._db)
        self._open()

    def _make_again(self, progress: Progress | None = None) -> Updated:
        """Make a book that is damaged anew from its ledger."""
        self._begin_again()
        return self._update(progress)

    def _answered(self, ask: Callable[[], _Answer]) -> _Answer:
        """Return what asking gives; where it shows that the book is damaged, what it gives once that is made again."""
        try:
            with self._derived.explained():
                return ask()
        except DamagedError:
            self._make_again()
            with self._derived.explained():
                return ask()

    def accounts(self, question: Asking) -> Iterator[bytes]:
        """Yield the accounts that a question asks for as JSON, the last first."""
        given = 0
        try:
            for account in self._told(question):
                yield account
                given += 1
        except DamagedError:
            self._make_again()
            # Those of the new book are the same, in the same order.
            yield from islice(self._told(question), given, None)

    def _told(self, question: Asking) -> Iterator[bytes]:
        with self._derived.explained():
            yield from self._accounts.told(question)

    def made(self, question: Asking | None = None, /, **asked: Any) -> Iterator[_Made]:
        """Yield the accounts that a question asks for: the question, or its fields by name.

        Raises LedgerError for a field that it does not have.
        """
        for account in self.accounts(question or self.asks.of(asked)):
            yield self.kind.model.model_validate_json(account)

    def count(self, question: Asking | None = None, /, **asked: Any) -> int:
        """Return how many accounts a question asks for: the question, or its fields by name.

        Raises LedgerError for a field that it does not have.
        """
        wanted = question or self.asks.of(asked)
        return self._answered(lambda: self._accounts.count(wanted))

    @property
    def state(self) -> str:
        """Return what is the same only as long as nothing that it tells has changed."""
        return self._answered(lambda: self._state("made") or "")

    def _follow(self, progress: Progress) -> tuple[int, int]:
        """Do what the ledger did; return how many documents came and went."""
        shown, known = self._shown(), self._archive.headings()
        gone = [document for document, heading in known.items() if not _same_account(shown.get(document), heading)]
        coming = [document for document, heading in shown.items() if not _same_account(known.get(document), heading)]
        overtaken = _overtaken(list(shown), set(coming)) if coming else []
        again = set(coming).union(overtaken)
        self._drop([*gone, *overtaken])
        self._copied({d: shown[d] for d in known.keys() & shown.keys() - again if known[d] != shown[d]})
        done, total = 0, len(again)
        for some in _batches((document for document in shown if document in again), _READ):
            self._take_in(some, shown)
            done += len(some)
            progress(done, total)
        return len(coming), len(gone)

    def _shown(self) -> dict[str, Heading]:
        """Return the documents that the ledger shows, in the order in which they came."""
        rows = self._ledger.sql(_SHOWN).rows()
        return {row["id"]: Heading(row["generation"], row["copy_of"], row["is_copy"]) for row in rows}

    def _take_in(self, documents: Sequence[str], shown: dict[str, Heading]) -> None:
        with transaction(self._db):
            for record in self._ledger.records(documents):
                number = self._archive.enter(record, shown[record.id])
                self._spoil(join(self._archive, number))

    def _drop(self, documents: Sequence[str]) -> None:
        for some in _batches(documents, _READ):
            with transaction(self._db):
                left: set[int] = set()
                for document in some:
                    left |= self._archive.leave(document)
                self._spoil(mend(self._archive, left))

    def _copied(self, headings: dict[str, Heading]) -> None:
        """Note whose copies documents have become, or are no more."""
        with transaction(self._db):
            for document, heading in headings.items():
                self._spoil(self._archive.copy(document, heading))

    def _spoil(self, groups: Iterable[int]) -> None:
        """Note that the accounts of groups are to be made anew."""
        self._db.executemany("INSERT OR IGNORE INTO stale VALUES (?)", ((group,) for group in groups))

    def _make_stale(self) -> int:
        """Make the accounts that are to be made anew; return how many those are."""
        made = 0
        while stale := self._db.execute("SELECT grouping FROM stale ORDER BY grouping LIMIT ?", (_MADE,)).fetchall():
            with transaction(self._db):
                for (grouping,) in stale:
                    made += self._accounts.make(grouping)
                self._db.executemany("DELETE FROM stale WHERE grouping = ?", stale)
                self._note("made", secrets.token_hex(8))
        return made

    def _state(self, name: str) -> str | None:
        found = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def _note(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def _named(self, name: str) -> _Made:
        """Return the account of the group that ``_group_of`` finds."""
        account = self._answered(lambda: self._account_of(name))
        if account is None:
            raise LedgerError(f"the {self.kind.word} of {name} is just being made; ask again in a moment")
        return account

    def _account_of(self, name: str) -> _Made | None:
        """Return the account of the group of a name, None where it is just being made."""
        with snapshot(self._db):
            group = self._group_of(name)
            account = self._accounts.of(group)
            if account is None and not self._db.execute("SELECT 1 FROM stale WHERE grouping = ?", (group,)).fetchone():
                raise DamagedError(f"{self._derived.path}: an account is missing; delete the file, it is made again")
        return account

    def _group_of(self, name: str) -> int:
        """Return a group by the id of any of its items, or "DOCUMENT#e3"; the beginning of an id will do.

        Raises LedgerError where there is none, or several begin so.
        """
        found = self._by_item(name) if "#" in name else self._by_id(name)
        if not found:
            raise LedgerError(
                f"no {self.kind.word} has a {self.kind.part} {name}; sayso {self.kind.table} lists them with their ids"
            )
        if len(found) > 1:
            raise LedgerError(
                f"several {self.kind.table} have {self.kind.part}s that begin with {name}; give more of it"
            )
        return found.pop()

    def _by_id(self, name: str) -> set[int]:
        exact = self._db.execute("SELECT grouping FROM tellings WHERE id = ?", (name,)).fetchone()
        if exact:
            return {exact[0]}
        if len(name) < _SHORTEST:
            raise LedgerError(f"{name!r} is too short for an id: give {_SHORTEST} characters or more of it")
        rows = self._db.execute("SELECT DISTINCT grouping FROM tellings WHERE id >= ? AND id < ?", _beginning(name))
        return {group for (group,) in rows}

    def _by_item(self, name: str) -> set[int]:
        beginning, _, item = name.rpartition("#")
        document = beginning.rstrip("….")
        if not document.startswith(_HASH):
            document = _HASH + document
        query = "SELECT number FROM documents WHERE document >= ? AND document < ? LIMIT 2"
        numbers = [number for (number,) in self._db.execute(query, _beginning(document))]
        if len(numbers) != 1:
            problem = "more than one document begins" if numbers else "no document begins"
            raise LedgerError(f"{problem} with {beginning}; sayso search finds documents")
        told = self._db.execute(
            "SELECT grouping FROM tellings WHERE telling BETWEEN ? AND ? AND item = ?", (*span_of(numbers[0]), item)
        )
        return {group for (group,) in told}


_HASH = "sha256:"

_SHOWN = """
SELECT id, generation, copy_of, copy_reason IS NOT NULL AS is_copy FROM live ORDER BY generation, id
"""


def _digest(names: Iterable[str]) -> str:
    return sha256("\n".join(sorted(names)).encode("utf-8", "surrogatepass")).hexdigest()


def _same_account(one: Heading | None, other: Heading) -> bool:
    return one is not None and one.generation == other.generation


def _overtaken(order: Sequence[str], coming: set[str]) -> list[str]:
    """Return the documents after the first that is coming, unless they are many: they came before it all the same."""
    first = next(place for place, document in enumerate(order) if document in coming)
    after = [document for document in order[first:] if document not in coming]
    return after if len(after) <= _OVERTAKEN else []


def _batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some


def _beginning(name: str) -> tuple[str, str]:
    """Return between which two texts those lie that begin so."""
    return name, name + "\U0010ffff"


def _nobody(done: int, total: int) -> None:
    """Nobody wants to know."""
