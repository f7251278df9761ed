"""Filing: what a casebook keeps of its documents whatever they are grouped by, in the tables of a SQLite database.

Each document has *items*, which are put into groups: tellings of occurrences, renditions of utterances. What was read
once is kept in memory while there is room: an update comes back to the same documents again and again.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from sqlite3 import Connection
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from pydantic import TypeAdapter

from sayso.corroboration.telling import Publication
from sayso.corroboration.ties import MOST_REASONS, Ties, document_of, key_of, span_of
from sayso.records import Record

TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE reasons (bit INTEGER PRIMARY KEY, reason TEXT);
CREATE TABLE tellings (telling INTEGER PRIMARY KEY, id TEXT, item TEXT, grouping INTEGER);
CREATE INDEX ids ON tellings (id);
CREATE INDEX members ON tellings (grouping);
CREATE TABLE stale (grouping INTEGER PRIMARY KEY)
"""
"""``grouping`` is the key of the first item of a group; ``stale`` are groups whose account is not made yet.

A table ``documents`` of the user's has at least number, document, generation, copy_of, is_copy, tellings, near, pairs.
"""

_REMEMBERED = 5_000
"""Documents of which items and ties are kept in memory."""
_AT_ONCE = 500

_Kept = TypeVar("_Kept")


class Heading(NamedTuple):
    """What the ledger says of a document: since which version it is there, and whose copy it is."""

    generation: int
    copy_of: str | None
    is_copy: bool


class Item(Protocol):
    """What is grouped: something that stands in a publication."""

    @property
    def id(self) -> str:
        """The same for the same place of the same document, however often it is coded."""

    @property
    def item(self) -> str:
        """What its Record calls it."""

    @property
    def publication(self) -> Publication:
        """Where it stands."""


_Item = TypeVar("_Item", bound=Item)


class Filing(Generic[_Item]):
    """The documents of one casebook. Only ``enter``, ``leave``, ``copy`` and ``group`` change it."""

    def __init__(self, database: Connection, adapter: TypeAdapter[list[_Item]]) -> None:
        self._db = database
        self._adapter = adapter
        self._ties = Memory(self._read_ties)
        self._tellings = Memory(self._read_tellings)
        self._bits: dict[str, int] = {}

    def memories(self) -> tuple[Memory[Any], ...]:
        """Return all that is kept in memory."""
        return self._ties, self._tellings

    def enter(self, record: Record, heading: Heading) -> int:
        """Put a document in and return its number; it is tied to those before it, each item a group of its own."""
        raise NotImplementedError

    def unlist(self, number: int) -> None:
        """Take out what a document is looked up under."""
        raise NotImplementedError

    def forget(self) -> None:
        """Keep nothing in memory any more: somebody else may have changed what is stored."""
        for memory in self.memories():
            memory.clear()
        self._bits = {reason: bit for bit, reason in self._db.execute("SELECT bit, reason FROM reasons")}

    def headings(self) -> dict[str, Heading]:
        """Return all documents that are here."""
        rows = self._db.execute("SELECT document, generation, copy_of, is_copy FROM documents")
        return {row[0]: Heading(row[1], row[2], bool(row[3])) for row in rows}

    def number(self, document: str) -> int | None:
        """Return the number of a document, None where it is not here."""
        found = self._db.execute("SELECT number FROM documents WHERE document = ?", (document,)).fetchone()
        return int(found[0]) if found else None

    def next_number(self) -> int:
        """Return the number of the document that comes next."""
        return int(self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM documents").fetchone()[0])

    def list_items(self, number: int, told: Sequence[_Item]) -> None:
        """Make each item of a document a group of its own; of two of the same id the first counts."""
        keys = keys_of((each.id for each in told), number)
        self._db.executemany(
            "INSERT INTO tellings VALUES (?1, ?2, ?3, ?1)",
            ((keys[t.id], t.id, t.item) for place, t in enumerate(told) if keys[t.id] == key_of(number, place)),
        )

    def leave(self, document: str) -> set[int]:
        """Take a document out; return the groups that its tellings were in."""
        number = self.number(document)
        if number is None:
            return set()
        groups = set(self.groups_of([number]).values())
        self.unlist(number)
        self._db.execute("DELETE FROM tellings WHERE telling BETWEEN ? AND ?", span_of(number))
        self._db.execute("DELETE FROM documents WHERE number = ?", (number,))
        for memory in self.memories():
            memory.drop(number)
        return groups

    def copy(self, document: str, heading: Heading) -> set[int]:
        """Note whose copy a document is now; return the groups that its tellings are in."""
        number = self.number(document)
        if number is None:
            return set()
        self._db.execute("UPDATE documents SET copy_of = ?, is_copy = ? WHERE number = ?", (*heading[1:], number))
        self._tellings.drop(number)
        return set(self.groups_of([number]).values())

    def group(self, keys: Iterable[int], grouping: int) -> None:
        """Put tellings into a group."""
        self._db.executemany("UPDATE tellings SET grouping = ? WHERE telling = ?", ((grouping, key) for key in keys))

    def ties(self, number: int) -> Ties:
        """Return what ties a document to those before it."""
        return self._ties.get(number)

    def telling(self, key: int) -> _Item:
        """Return an item, with whose copy its document is now."""
        return self._tellings.get(document_of(key))[key]

    def tellings(self, number: int) -> dict[int, _Item]:
        """Return all items of a document, by keys."""
        return self._tellings.get(number)

    def groups_of(self, documents: Iterable[int]) -> dict[int, int]:
        """Return the group of each telling of some documents, by keys."""
        found: dict[int, int] = {}
        for number in documents:
            found.update(
                self._db.execute(
                    "SELECT telling, grouping FROM tellings WHERE telling BETWEEN ? AND ?", span_of(number)
                ).fetchall()
            )
        return found

    def members(self, groups: Sequence[int], at_most: int = -1) -> dict[int, int]:
        """Return the tellings of some groups, each with its group, by keys: all, or so many where there are more."""
        found: dict[int, int] = {}
        for start in range(0, len(groups), _AT_ONCE):
            some = groups[start : start + _AT_ONCE]
            query = f"SELECT telling, grouping FROM tellings WHERE grouping IN ({', '.join('?' * len(some))}) LIMIT ?"
            found.update(self._db.execute(query, (*some, at_most)).fetchall())
        return found

    def reasons(self, bits: int) -> list[str]:
        """Return reasons that were kept as bits."""
        return [reason for reason, bit in self._bits.items() if bits >> bit & 1]

    def bits_of(self, reasons: Iterable[str]) -> Mapping[str, int]:
        """Return a bit for each reason, new ones included."""
        for reason in reasons:
            if reason not in self._bits:
                bit = len(self._bits)
                if bit >= MOST_REASONS:
                    raise ValueError(f"there is no room for more than {MOST_REASONS} reasons")
                self._db.execute("INSERT INTO reasons VALUES (?, ?)", (bit, reason))
                self._bits[reason] = bit
        return self._bits

    def packed(self, told: list[_Item]) -> bytes:
        """Return items as they are stored."""
        return zlib.compress(self._adapter.dump_json(told), 1)

    def _read_ties(self, number: int) -> Ties:
        [(near, pairs)] = self._db.execute("SELECT near, pairs FROM documents WHERE number = ?", (number,))
        return Ties.unpack(near, pairs)

    def _read_tellings(self, number: int) -> dict[int, _Item]:
        [(copy_of, is_copy, packed)] = self._db.execute(
            "SELECT copy_of, is_copy, tellings FROM documents WHERE number = ?", (number,)
        )
        told = self._adapter.validate_json(zlib.decompress(packed))
        if not told:
            return {}
        publication = replace(told[0].publication, copy_of=copy_of, is_copy=bool(is_copy), order=number)
        return {key_of(number, place): _published(telling, publication) for place, telling in enumerate(told)}


def _published(item: _Item, publication: Publication) -> _Item:
    """Return an item as it stands in a publication."""
    return replace(item, publication=publication)  # type: ignore[type-var]


class Memory(Generic[_Kept]):
    """What was used last, as far as there is room; the rest is read again."""

    def __init__(self, read: Callable[[int], _Kept]) -> None:
        self._read = read
        self._kept: OrderedDict[int, _Kept] = OrderedDict()

    def get(self, number: int) -> _Kept:
        """Return what is kept, or read it."""
        found = self._kept.get(number)
        if found is None:
            found = self._read(number)
            self.put(number, found)
        else:
            self._kept.move_to_end(number)
        return found

    def put(self, number: int, kept: _Kept) -> None:
        """Keep something."""
        self._kept[number] = kept
        if len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)

    def drop(self, number: int) -> None:
        """Keep something no more."""
        self._kept.pop(number, None)

    def clear(self) -> None:
        """Keep nothing any more."""
        self._kept.clear()


def keys_of(items: Iterable[str], document: int) -> dict[str, int]:
    """Return the keys of a document's items by their ids; of two of the same id the first counts."""
    found: dict[str, int] = {}
    for place, item in enumerate(items):
        found.setdefault(item, key_of(document, place))
    return found
