"""The archive of a casebook: its documents with their traits, ties and tellings, in the tables of a SQLite database.

What was read once is kept in memory while there is room: an update comes back to the same documents again and again.
"""

from __future__ import annotations

import zlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from sqlite3 import Connection
from typing import Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter

from sayso.corroboration.likeness import links, nearest
from sayso.corroboration.telling import Telling, tellings
from sayso.corroboration.ties import MOST_REASONS, Ties, document_of, key_of, span_of
from sayso.corroboration.traits import DocumentTraits
from sayso.records import Record

TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE reasons (bit INTEGER PRIMARY KEY, reason TEXT);
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, document TEXT UNIQUE, generation INTEGER, copy_of TEXT, is_copy INTEGER,
    tellings BLOB, traits BLOB, near BLOB, pairs BLOB
);
CREATE TABLE keys (key INTEGER, document INTEGER, PRIMARY KEY (key, document)) WITHOUT ROWID;
CREATE TABLE tellings (telling INTEGER PRIMARY KEY, id TEXT, item TEXT, grouping INTEGER);
CREATE INDEX ids ON tellings (id);
CREATE INDEX members ON tellings (grouping);
CREATE TABLE stale (grouping INTEGER PRIMARY KEY)
"""
"""``grouping`` is the key of the first telling of a group; ``stale`` are groups whose occurrence is not made yet."""

_REMEMBERED = 5_000
"""Documents of which traits, ties and tellings are kept in memory."""
_SHARING = 500
"""So many documents that came last are looked at for each key: what thousands share tells nothing."""
_AT_ONCE = 500
COMPARED = 500
"""Of a document so many tellings are compared, the first ones: each is with each. The others stay alone."""

_TELLINGS = TypeAdapter(list[Telling])
_Kept = TypeVar("_Kept")


class Heading(NamedTuple):
    """What the ledger says of a document: since which version it is there, and whose copy it is."""

    generation: int
    copy_of: str | None
    is_copy: bool


class Archive:
    """The documents of one casebook. Only ``enter``, ``leave``, ``copy`` and ``group`` change it."""

    def __init__(self, database: Connection) -> None:
        self._db = database
        self._traits = _Memory(self._read_traits)
        self._ties = _Memory(self._read_ties)
        self._tellings = _Memory(self._read_tellings)
        self._bits: dict[str, int] = {}

    def forget(self) -> None:
        """Keep nothing in memory any more: somebody else may have changed what is stored."""
        for memory in (self._traits, self._ties, self._tellings):
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

    def enter(self, record: Record, heading: Heading) -> int:
        """Put a document in and return its number; it is tied to those before it, each telling a group of its own."""
        number = int(self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM documents").fetchone()[0])
        told = tellings(record, number)
        traits = DocumentTraits.of(record, told[:COMPARED], number)
        near = self._nearest(traits)
        others = [self.traits(other) for other in near]
        keys = _keys_of((telling.id for telling in told), number)
        for other in others:
            keys |= _keys_of(other.tellings, other.order)
        pairs = links(traits, others)
        ties = Ties.of(near, pairs, keys, self._bits_of(reason for pair in pairs for reason in pair.reasons))
        packed = (zlib.compress(_TELLINGS.dump_json(told), 1), zlib.compress(traits.pack(), 1), *ties.pack())
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, record.id, *heading, *packed)
        )
        self._db.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", ((key, number) for key in traits.keys))
        self._db.executemany(
            "INSERT INTO tellings VALUES (?1, ?2, ?3, ?1)",
            ((keys[t.id], t.id, t.item) for place, t in enumerate(told) if keys[t.id] == key_of(number, place)),
        )
        self._traits.put(number, traits)
        self._ties.put(number, ties)
        return number

    def leave(self, document: str) -> set[int]:
        """Take a document out; return the groups that its tellings were in."""
        number = self.number(document)
        if number is None:
            return set()
        keys = self.traits(number).keys
        groups = set(self.groups_of([number]).values())
        self._db.executemany("DELETE FROM keys WHERE key = ? AND document = ?", ((key, number) for key in keys))
        self._db.execute("DELETE FROM tellings WHERE telling BETWEEN ? AND ?", span_of(number))
        self._db.execute("DELETE FROM documents WHERE number = ?", (number,))
        for memory in (self._traits, self._ties, self._tellings):
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

    def traits(self, number: int) -> DocumentTraits:
        """Return the traits of a document."""
        return self._traits.get(number)

    def ties(self, number: int) -> Ties:
        """Return what ties a document to those before it."""
        return self._ties.get(number)

    def telling(self, key: int) -> Telling:
        """Return a telling, with whose copy its document is now."""
        return self._tellings.get(document_of(key))[key]

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

    def _nearest(self, traits: DocumentTraits) -> list[int]:
        sharing: Counter[int] = Counter()
        for key in traits.keys:
            rows = self._db.execute(
                "SELECT document FROM keys WHERE key = ? ORDER BY document DESC LIMIT ?", (key, _SHARING)
            )
            sharing.update(number for (number,) in rows.fetchall())
        return nearest(traits, sharing)

    def _bits_of(self, reasons: Iterable[str]) -> Mapping[str, int]:
        for reason in reasons:
            if reason not in self._bits:
                bit = len(self._bits)
                if bit >= MOST_REASONS:
                    raise ValueError(f"there is no room for more than {MOST_REASONS} reasons")
                self._db.execute("INSERT INTO reasons VALUES (?, ?)", (bit, reason))
                self._bits[reason] = bit
        return self._bits

    def _read_traits(self, number: int) -> DocumentTraits:
        [(packed,)] = self._db.execute("SELECT traits FROM documents WHERE number = ?", (number,))
        return DocumentTraits.unpack(zlib.decompress(packed))

    def _read_ties(self, number: int) -> Ties:
        [(near, pairs)] = self._db.execute("SELECT near, pairs FROM documents WHERE number = ?", (number,))
        return Ties.unpack(near, pairs)

    def _read_tellings(self, number: int) -> dict[int, Telling]:
        [(copy_of, is_copy, packed)] = self._db.execute(
            "SELECT copy_of, is_copy, tellings FROM documents WHERE number = ?", (number,)
        )
        told = _TELLINGS.validate_json(zlib.decompress(packed))
        if not told:
            return {}
        publication = replace(told[0].publication, copy_of=copy_of, is_copy=bool(is_copy), order=number)
        return {key_of(number, place): replace(telling, publication=publication) for place, telling in enumerate(told)}


class _Memory(Generic[_Kept]):
    """What was used last, as far as there is room; the rest is read again."""

    def __init__(self, read: Callable[[int], _Kept]) -> None:
        self._read = read
        self._kept: OrderedDict[int, _Kept] = OrderedDict()

    def get(self, number: int) -> _Kept:
        found = self._kept.get(number)
        if found is None:
            found = self._read(number)
            self.put(number, found)
        else:
            self._kept.move_to_end(number)
        return found

    def put(self, number: int, kept: _Kept) -> None:
        self._kept[number] = kept
        if len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)

    def drop(self, number: int) -> None:
        self._kept.pop(number, None)

    def clear(self) -> None:
        self._kept.clear()


def _keys_of(tellings: Iterable[str], document: int) -> dict[str, int]:
    """Return the keys of a document's tellings; of two of the same word the first counts."""
    found: dict[str, int] = {}
    for place, telling in enumerate(tellings):
        found.setdefault(telling, key_of(document, place))
    return found
