"""What a watch remembers: its feeds, and the entries it has seen, in one SQLite file that survives being killed.

An entry is *pending* from the moment its feed is read: the feed's ETag and its new entries are written in one
transaction, so that no entry is missed for a "not modified". The Document made of it is written down before it is
handed out, and is handed out again, the same to the character, until the entry is *done*, which is when its record is
in the ledger: whatever happens in between, nothing is lost, and the ledger knows it if it has it already. An entry of
which no Document can be made is *failed*, with the reason.

The file is locked while a watch has it open.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sayso.intake.feed import Entry
from sayso.intake.opml import FeedAddress
from sayso.intake.state_file import StateFile
from sayso.intake.urls import host, same_page
from sayso.records import Document

VERSION = 1
_LONGEST_DUE = 90_000.0
"""Nothing is put off for more than a day: what is due later was written with a wrong clock, and is due."""
_LOOKED_AT = 2_000

_SCHEMA = """
CREATE TABLE feeds (
    url TEXT PRIMARY KEY, title TEXT, etag TEXT, modified TEXT, due REAL NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, error TEXT, aside INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, feed TEXT NOT NULL, guid TEXT NOT NULL, page TEXT, host TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0, reason TEXT, entry TEXT, document TEXT,
    UNIQUE (feed, guid), UNIQUE (page)
) STRICT;
CREATE INDEX entries_pending ON entries (id) WHERE state = 'pending';
"""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed and how it went: ``failures`` in a row, the last ``error``, when it is ``due`` (seconds since 1970)."""

    url: str
    title: str | None
    etag: str | None
    modified: str | None
    due: float
    failures: int
    error: str | None
    aside: bool
    """The server said that the feed is gone for good."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that is not done; ``document`` is what was made of it, if that is all that is left to do."""

    id: int
    feed: str
    host: str
    attempts: int
    entry: Entry
    document: Document | None


class State:
    """The state of a watch, in a file; to be used in a ``with`` statement. Times are seconds since 1970.

    Raises IntakeError, which names the file and the remedy, where the file is damaged, in use, or something else.
    """

    def __init__(self, path: str | Path) -> None:
        self._file = StateFile(path, _SCHEMA, VERSION)
        self._db = self._file.db

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def subscribe(self, feeds: Iterable[FeedAddress]) -> None:
        """Add feeds that are not known yet; of those that are, the title is renewed."""
        with self._file.writing():
            self._db.executemany(
                "INSERT INTO feeds (url, title) VALUES (?, ?) ON CONFLICT (url) DO UPDATE SET title = excluded.title",
                [(feed.url, feed.title) for feed in feeds],
            )

    def subscriptions(self) -> list[Subscription]:
        """Return all feeds that were ever followed, in the order of their addresses."""
        with self._file.reported():
            rows = self._db.execute(
                "SELECT url, title, etag, modified, due, failures, error, aside FROM feeds ORDER BY url"
            ).fetchall()
        return [_subscription(*row) for row in rows]

    def heard(
        self, feed: str, due: float, entries: Sequence[Entry] = (), *, etag: str | None, modified: str | None
    ) -> int:
        """Note that a feed was read, with all its entries, and is due again; return how many entries are new."""
        with self._file.writing():
            before = self._db.total_changes
            self._db.executemany(
                "INSERT OR IGNORE INTO entries (feed, guid, page, host, entry) VALUES (?, ?, ?, ?, ?)",
                [_row(feed, entry) for entry in entries],
            )
            new = self._db.total_changes - before
            self._db.execute(
                "UPDATE feeds SET due = ?, failures = 0, error = NULL, aside = 0, etag = ?, modified = ? WHERE url = ?",
                (due, etag, modified, feed),
            )
        return new

    def missed(self, feed: str, due: float, error: str, *, aside: bool = False) -> None:
        """Note that a feed could not be read, and when it is due again, or that it is set aside."""
        with self._file.writing():
            self._db.execute(
                "UPDATE feeds SET due = ?, failures = failures + 1, error = ?, aside = ? WHERE url = ?",
                (due, error, aside, feed),
            )

    def pending(self, now: float, most: int, per_host: int, without: Iterable[int] = ()) -> list[Waiting]:
        """Return entries to go on with, the longest waiting first, and only so many of each host.

        ``without`` are those that were handed out and wait for being done.
        """
        skipped = json.dumps(list(without))
        with self._file.reported():
            rows = self._db.execute(
                "SELECT id, feed, host, attempts, entry, document FROM entries WHERE state = 'pending' "
                "AND (due <= ? OR due > ?) AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?",
                (now, now + _LONGEST_DUE, skipped, _LOOKED_AT),
            ).fetchall()
        taken: list[Waiting] = []
        counts: dict[str, int] = {}
        for row in rows:
            counts[row[2]] = counts.get(row[2], 0) + 1
            if counts[row[2]] <= per_host:
                taken.append(_waiting(*row))
            if len(taken) == most:
                break
        return taken

    def next_due(self) -> float | None:
        """Return when the next entry that was put off is due; None where none is."""
        with self._file.reported():
            row = self._db.execute("SELECT min(due) FROM entries WHERE state = 'pending' AND document IS NULL")
            found: float | None = row.fetchone()[0]
        return found

    def hold(self, entry: int, document: Document) -> bool:
        """Write down what was made of an entry, before it is handed out.

        Return False where its address led to the page of another entry: then there is nothing to hand out.
        """
        page = same_page(document.origin) if document.origin and "://" in document.origin else None
        with self._file.writing():
            held = self._db.execute(
                "UPDATE OR IGNORE entries SET document = ?, page = coalesce(?, page) WHERE id = ?",
                (json.dumps(asdict(document)), page, entry),
            ).rowcount
            if not held:
                self._db.execute("UPDATE entries SET state = 'done', entry = NULL WHERE id = ?", (entry,))
        return held > 0

    def done(self, entries: Iterable[int]) -> None:
        """Note that the records of entries are in the ledger: they are not read again."""
        with self._file.writing():
            self._db.executemany(
                "UPDATE entries SET state = 'done', document = NULL, entry = NULL, reason = NULL WHERE id = ?",
                [(entry,) for entry in entries],
            )

    def put_off(self, entry: int, due: float, reason: str) -> None:
        """Note that an entry could not be read for now."""
        with self._file.writing():
            self._db.execute(
                "UPDATE entries SET attempts = attempts + 1, due = ?, reason = ? WHERE id = ?", (due, reason, entry)
            )

    def failed(self, entry: int, reason: str) -> None:
        """Note that an entry cannot be read, and why."""
        with self._file.writing():
            self._db.execute(
                "UPDATE entries SET state = 'failed', attempts = attempts + 1, reason = ? WHERE id = ?", (reason, entry)
            )

    def retry_failed(self) -> int:
        """Make the failed entries pending again; return how many there were."""
        with self._file.writing():
            return self._db.execute(
                "UPDATE entries SET state = 'pending', attempts = 0, due = 0 WHERE state = 'failed'"
            ).rowcount

    def counts(self) -> dict[str, int]:
        """Return how many entries are pending, done and failed."""
        with self._file.reported():
            found = dict(self._db.execute("SELECT state, count(*) FROM entries GROUP BY state"))
        return {state: found.get(state, 0) for state in ("pending", "done", "failed")}

    def failures(self) -> list[tuple[str, str]]:
        """Return the addresses of the failed entries and why they failed."""
        with self._file.reported():
            rows = self._db.execute("SELECT entry, guid, reason FROM entries WHERE state = 'failed' ORDER BY id")
            return [(_entry(entry).url or guid, reason) for entry, guid, reason in rows]


def _subscription(
    url: str,
    title: str | None,
    etag: str | None,
    modified: str | None,
    due: float,
    failures: int,
    error: str | None,
    aside: int,
) -> Subscription:
    return Subscription(url, title, etag, modified, due, failures, error, bool(aside))


def _waiting(number: int, feed: str, name: str, attempts: int, entry: str, document: str | None) -> Waiting:
    made = Document(**json.loads(document)) if document else None
    return Waiting(number, feed, name, attempts, _entry(entry), made)


def _row(feed: str, entry: Entry) -> tuple[str, str, str | None, str, str]:
    """Return an entry as it is kept: told apart by guid within its feed, and by address among all."""
    page = same_page(entry.url) if entry.url else None
    row = json.dumps(asdict(entry))
    guid = entry.guid or page or hashlib.sha256(row.encode()).hexdigest()
    return feed, guid, page, host(entry.url or feed), row


def _entry(row: str) -> Entry:
    values = json.loads(row)
    return Entry(**{**values, "authors": tuple(values["authors"])})
