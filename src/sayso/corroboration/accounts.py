"""Accounts: the occurrences of a casebook as they are stored, made anew of the groups that have changed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from sqlite3 import Connection

import numpy as np

from sayso.corroboration.archive import Archive
from sayso.corroboration.assembly import occurrence
from sayso.corroboration.occurrence import Link, Occurrence
from sayso.corroboration.ties import document_of

TABLES = """
CREATE TABLE occurrences (
    grouping INTEGER PRIMARY KEY, occurrence TEXT, type TEXT, status TEXT, happened TEXT, place TEXT, place_name TEXT,
    country TEXT, voices INTEGER, documents INTEGER, account BLOB
);
CREATE INDEX occurrences_happened ON occurrences (happened);
CREATE TABLE named (name TEXT, role TEXT, grouping INTEGER, PRIMARY KEY (name, role, grouping)) WITHOUT ROWID;
CREATE INDEX named_of ON named (grouping)
"""

LINKS = 5
"""So many links are told of each report, the likeliest."""


def make(database: Connection, archive: Archive, grouping: int) -> bool:
    """Make the occurrence of a group anew; return False where the group has gone, and its occurrence with it."""
    database.execute("DELETE FROM occurrences WHERE grouping = ?", (grouping,))
    database.execute("DELETE FROM named WHERE grouping = ?", (grouping,))
    members = sorted(archive.members([grouping]))
    if members:
        told = [archive.telling(key) for key in members]
        _store(database, grouping, occurrence(told, _links(archive, members)))
    return bool(members)


def unpacked(account: bytes) -> bytes:
    """Return the JSON of an occurrence that was stored."""
    return zlib.decompress(account)


def _links(archive: Archive, members: list[int]) -> dict[str, list[Link]]:
    """Return the likeliest links of each report to those that came before it in its group, with what they share."""
    keys = np.array(members, np.int64)
    found: dict[str, list[Link]] = {}
    for document in sorted({document_of(key) for key in members}):
        ties = archive.ties(document)
        rows = ties.within(keys)
        for row in rows[np.argsort(-ties.likelihood[rows], kind="stable")].tolist():
            links = found.setdefault(archive.telling(int(ties.own[row])).id, [])
            if ties.reasons[row] and len(links) < LINKS:
                to, likelihood = archive.telling(int(ties.other[row])).id, round(float(ties.likelihood[row]), 4)
                links.append(Link(to=to, likelihood=likelihood, reasons=archive.reasons(int(ties.reasons[row]))))
    return found


def _store(database: Connection, grouping: int, made: Occurrence) -> None:
    where = made.where
    database.execute(
        "INSERT INTO occurrences VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            grouping,
            made.id,
            made.type,
            made.status,
            made.date or made.first_reported,
            where.place if where else None,
            where.name if where else None,
            where.country if where else None,
            made.independent,
            made.document_count,
            zlib.compress(made.model_dump_json().encode("utf-8", "surrogatepass"), 1),
        ),
    )
    database.executemany(
        "INSERT OR IGNORE INTO named VALUES (?, ?, ?)",
        ((name.lower(), role, grouping) for role, name in _named(made)),
    )


def _named(made: Occurrence) -> Iterator[tuple[str, str]]:
    """Yield what an occurrence can be asked for by: who acts, who is acted upon, their countries, who published."""
    several: Iterable[tuple[str, Iterable[str | None]]] = (
        ("actor", (*made.actors, *made.actor_names)),
        ("recipient", (*made.recipients, *made.recipient_names)),
        ("country_of_actor", made.actor_countries),
        ("country_of_recipient", made.recipient_countries),
        ("publisher", (report.publisher for report in made.reports)),
        ("voice", (name for voice in made.voices for name in (voice.id, voice.name))),
    )
    yield from ((role, name) for role, names in several for name in names if name)
