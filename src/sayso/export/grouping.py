"""Which group each row of a view belongs to: the occurrence of an event, the utterance of a statement.

The groups are brought up to date before anything is written. What a row belongs to is kept in a temporary file, so that
a large ledger does not fill the memory.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sayso.ledger import arrow
from sayso.ledger.columns import Column, View

if TYPE_CHECKING:
    from sayso.corroboration.book import Book
    from sayso.ledger import Ledger

Row = dict[str, Any]
Account = Mapping[str, Any]
"""What a book tells of a group, as JSON has it."""

_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way in which rows of a ledger are grouped.

    The rows are those of the ledger's view ``of``, known by document and ``item``; in the account of a group they are
    its ``parts``. ``belonging`` are the columns that such a row gets besides, and the fields of the account that fill
    them, the id first. ``view`` has the groups themselves: ``rows`` makes the rows of an account. ``book`` is the name
    of what ``sayso.corroboration`` keeps them in, ``everything`` the filter that leaves none out.
    """

    view: View
    of: str
    item: str
    parts: str
    belonging: Mapping[Column, str]
    rows: Callable[[Account], Iterator[Row]]
    book: str
    everything: str

    def open(self, ledger: Ledger) -> Book[Any, Any]:
        """Open the book of a ledger that has the groups; it is not brought up to date."""
        opened: Book[Any, Any] = getattr(import_module("sayso.corroboration"), self.book)(ledger)
        return opened

    def concerns(self, view: str | None) -> bool:
        """Say whether the groups have to be known for an export, of one view or of all."""
        return view in (None, self.of, self.view.name)

    def filters(self) -> tuple[str, ...]:
        """Return what groups can be selected by."""
        asks = getattr(import_module("sayso.corroboration"), self.book).asks
        return ("document", *(field.name for field in fields(asks) if field.name != self.everything))


class Groups:
    """The groups of a ledger as it is at the moment of the export."""

    def __init__(self, grouping: Grouping, book: Book[Any, Any], belonging: sqlite3.Connection) -> None:
        self.grouping, self._book, self._belonging = grouping, book, belonging

    def extended(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return rows of the view that is grouped with the columns of their groups, null where a row is in none."""
        added = arrow.fields(self.grouping.belonging)
        told_of = ", ".join(self.grouping.belonging.values())
        query = f"SELECT {told_of} FROM belonging WHERE document = ? AND item = ?"  # noqa: S608 - names of our own
        keys = zip(batch["document"].to_pylist(), batch[self.grouping.item].to_pylist(), strict=True)
        found = [self._belonging.execute(query, key).fetchone() or (None,) * len(added) for key in keys]
        columns = zip(*found, strict=True) if found else [()] * len(added)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, added, strict=True)]
        names = [*batch.schema.names, *(field.name for field in added)]
        return pa.RecordBatch.from_arrays([*batch.columns, *arrays], names=names)

    def batches(self, filters: Mapping[str, Any]) -> Iterator[pa.RecordBatch]:
        """Yield the rows of the view of groups that filters select, the last first."""
        asked = dict(filters)
        documents = _several(asked.pop("document", None))
        question = self._book.asks.of(asked | {self.grouping.everything: True})
        accounts = map(json.loads, self._book.accounts(question))
        wanted = (account for account in accounts if self._stands_in(account, documents))
        told = (row for account in wanted for row in self.grouping.rows(account))
        form = pa.schema(arrow.fields(self.grouping.view.columns))
        while some := list(islice(told, _ROWS)):
            yield pa.RecordBatch.from_pylist(some, schema=form)

    def note(self) -> None:
        """Note of every row to which group it belongs."""
        told_of = list(self.grouping.belonging.values())
        columns = ", ".join(["document", "item", *told_of])
        insert = f"INSERT OR IGNORE INTO belonging VALUES (?, ?{', ?' * len(told_of)})"  # noqa: S608 - question marks
        self._belonging.execute(f"CREATE TABLE belonging ({columns}, PRIMARY KEY (document, item)) WITHOUT ROWID")
        self._belonging.execute("BEGIN")
        for account in map(json.loads, self._book.everything()):
            told = [account[name] for name in told_of]
            parts = ((part["document"], part[self.grouping.item], *told) for part in account[self.grouping.parts])
            self._belonging.executemany(insert, parts)
        self._belonging.execute("COMMIT")

    def _stands_in(self, account: Account, documents: frozenset[str] | None) -> bool:
        """Say whether one of the named documents tells of a group, or none is named."""
        return documents is None or any(part["document"] in documents for part in account[self.grouping.parts])


@contextmanager
def groups_of(ledger: Ledger, grouping: Grouping) -> Iterator[Groups]:
    """Give the groups of a ledger, up to date; the temporary file goes when the block ends."""
    with (
        grouping.open(ledger) as book,
        tempfile.TemporaryDirectory(prefix="sayso-") as directory,
        closing(sqlite3.connect(Path(directory) / "belonging.sqlite", isolation_level=None)) as database,
    ):
        book.update()
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        groups = Groups(grouping, book, database)
        groups.note()
        yield groups


def _several(given: Any) -> frozenset[str] | None:
    if given is None:
        return None
    return frozenset([given] if isinstance(given, str) else given)
