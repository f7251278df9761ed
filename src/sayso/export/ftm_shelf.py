"""Where entities wait that many documents share, in a temporary file: an actor is one entity, however often named."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sayso.export.ftm_entities import Entity

_TABLES = """
CREATE TABLE entity (id TEXT PRIMARY KEY, schema TEXT) WITHOUT ROWID;
CREATE TABLE value (
    entity TEXT, prop TEXT, value TEXT, original TEXT, origin TEXT, first TEXT, last TEXT,
    PRIMARY KEY (entity, prop, value)
) WITHOUT ROWID
"""
_ADD = (
    "INSERT INTO value VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
    "first = min(first, excluded.first), last = max(last, excluded.last)"
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an entity: where it was first found, and between which times."""

    prop: str
    value: str
    original: str | None
    origin: str
    first: str
    last: str


class Shelf:
    """Entities by id: a later one of the same id adds its values; the first decides the schema."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, entity: Entity, origin: str, seen: str) -> None:
        """Add an entity that a document, ``origin``, has, and that was put into the ledger at ``seen``."""
        self._database.execute("INSERT OR IGNORE INTO entity VALUES (?, ?)", (entity.id, entity.schema))
        self._database.executemany(
            _ADD,
            [
                (entity.id, prop, value, entity.originals.get(value), origin, seen, seen)
                for prop, values in entity.properties.items()
                for value in values
            ],
        )

    def entities(self) -> Iterator[tuple[Entity, list[Value]]]:
        """Yield every entity with its values, in order of id."""
        found = self._database.execute(
            "SELECT id, schema, prop, value, original, origin, first, last FROM value JOIN entity ON id = entity "
            "ORDER BY id, prop, value"
        )
        for (id_, schema), rows in groupby(found, key=itemgetter(0, 1)):
            values = [Value(*row[2:]) for row in rows if schema == "Person" or row[2] != "position"]
            properties: dict[str, list[str]] = {}
            for one in values:
                properties.setdefault(one.prop, []).append(one.value)
            yield Entity(id_, schema, properties), values


@contextmanager
def shelf() -> Iterator[Shelf]:
    """Give an empty shelf; its file goes when the block ends."""
    with tempfile.TemporaryDirectory(prefix="sayso-") as directory:
        database = sqlite3.connect(Path(directory) / "entities.sqlite", isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.executescript(_TABLES)
            database.execute("BEGIN")
            yield Shelf(database)
        finally:
            database.close()
