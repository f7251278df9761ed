"""The archive of a casebook: its documents with their traits, ties and tellings, in the tables of a SQLite database."""

from __future__ import annotations

import zlib
from collections import Counter
from sqlite3 import Connection
from typing import Any

from pydantic import TypeAdapter

from sayso.corroboration import filing
from sayso.corroboration.filing import Filing, Heading, Memory, keys_of
from sayso.corroboration.likeness import links, nearest
from sayso.corroboration.telling import Telling, tellings
from sayso.corroboration.ties import Ties
from sayso.corroboration.traits import DocumentTraits
from sayso.records import Record

TABLES = f"""
{filing.TABLES};
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, document TEXT UNIQUE, generation INTEGER, copy_of TEXT, is_copy INTEGER,
    tellings BLOB, traits BLOB, near BLOB, pairs BLOB
);
CREATE TABLE keys (key INTEGER, document INTEGER, PRIMARY KEY (key, document)) WITHOUT ROWID
"""

_SHARING = 500
"""So many documents that came last are looked at for each key: what thousands share tells nothing."""
COMPARED = 500
"""Of a document so many tellings are compared, the first ones: each is with each. The others stay alone."""

_TELLINGS = TypeAdapter(list[Telling])


class Archive(Filing[Telling]):
    """The documents of one casebook. Only ``enter``, ``leave``, ``copy`` and ``group`` change it."""

    def __init__(self, database: Connection) -> None:
        super().__init__(database, _TELLINGS)
        self._traits = Memory(self._read_traits)

    def memories(self) -> tuple[Memory[Any], ...]:
        """Return all that is kept in memory."""
        return *super().memories(), self._traits

    def enter(self, record: Record, heading: Heading) -> int:
        """Put a document in and return its number; it is tied to those before it, each telling a group of its own."""
        number = self.next_number()
        told = tellings(record, number)
        traits = DocumentTraits.of(record, told[:COMPARED], number)
        near = self._nearest(traits)
        others = [self.traits(other) for other in near]
        keys = keys_of((telling.id for telling in told), number)
        for other in others:
            keys |= keys_of(other.tellings, other.order)
        pairs = links(traits, others)
        ties = Ties.of(near, pairs, keys, self.bits_of(reason for pair in pairs for reason in pair.reasons))
        packed = (self.packed(told), zlib.compress(traits.pack(), 1), *ties.pack())
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, record.id, *heading, *packed)
        )
        self._db.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", ((key, number) for key in traits.keys))
        self.list_items(number, told)
        self._traits.put(number, traits)
        self._ties.put(number, ties)
        return number

    def unlist(self, number: int) -> None:
        """Take out the keys of a document."""
        keys = self.traits(number).keys
        self._db.executemany("DELETE FROM keys WHERE key = ? AND document = ?", ((key, number) for key in keys))

    def traits(self, number: int) -> DocumentTraits:
        """Return the traits of a document."""
        return self._traits.get(number)

    def _nearest(self, traits: DocumentTraits) -> list[int]:
        sharing: Counter[int] = Counter()
        for key in traits.keys:
            rows = self._db.execute(
                "SELECT document FROM keys WHERE key = ? ORDER BY document DESC LIMIT ?", (key, _SHARING)
            )
            sharing.update(number for (number,) in rows.fetchall())
        return nearest(traits, sharing)

    def _read_traits(self, number: int) -> DocumentTraits:
        [(packed,)] = self._db.execute("SELECT traits FROM documents WHERE number = ?", (number,))
        return DocumentTraits.unpack(zlib.decompress(packed))
