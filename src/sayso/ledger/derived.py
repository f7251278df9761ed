"""What is made from a ledger and can be made again: SQLite databases beside it, or in the user's cache.

They can be thrown away at any time. Of several processes that bring one up to date one writes and the others wait.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sayso import object_store
from sayso.errors import LedgerError

_PATIENCE = 600.0
"""Seconds to wait for another process that is bringing a database up to date."""
_CACHE = 65_536
"""KiB of a database that are kept in memory."""


def home_of(ledger: str) -> Path:
    """Return the folder for what is made from a ledger: its own ``index``, or in the cache where that is read-only."""
    if object_store.is_stored(ledger):
        raise LedgerError(
            f"{ledger}: this needs an index, which is made of a ledger on a local disk only; copy it first: "
            f"aws s3 sync {ledger} my-ledger"
        )
    beside = Path(ledger, "index")
    if os.access(beside if beside.exists() else ledger, os.W_OK):
        return beside
    cache = Path(os.environ.get("XDG_CACHE_HOME") or _cache())
    name = os.path.abspath(ledger)
    return cache / "sayso" / hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]


class Derived:
    """One database; ``tables`` are the statements that make it, ``version`` their number: another one is made anew."""

    def __init__(self, path: Path, version: int, tables: str) -> None:
        self.path, self._version, self._tables = path, version, tables

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Open the database for what is done within; raise LedgerError where it can be neither read nor made."""
        with self.explained(), closing(self.connect()) as database:
            yield database

    def connect(self) -> sqlite3.Connection:
        """Return a connection, which the caller closes; to be used where errors are ``explained``."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(f"PRAGMA cache_size = -{_CACHE}")
        if _version_of(database) != self._version:
            with transaction(database):
                if _version_of(database) != self._version:  # nobody else has made it meanwhile
                    self.make(database)
        return database

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes from changing the database meanwhile; wait for one that does. Reading goes on."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with exclusive(self.path.with_suffix(".lock")):
            yield

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what SQLite says into an error that names the database and what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise LedgerError(f"{self.path}: {error}; {_remedy(error)}") from error
        except OSError as error:
            raise LedgerError(f"{self.path}: the index cannot be written ({error.strerror})") from error

    def make(self, database: sqlite3.Connection) -> None:
        """Make the tables in place of those that are there, within a transaction of the caller's.

        The file stays, for others may have it open.
        """
        for (name,) in database.execute(_ALL_TABLES).fetchall():
            database.execute(f'DROP TABLE IF EXISTS "{name}"')
        for statement in filter(str.strip, self._tables.split(";")):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {self._version}")


# A virtual table comes first: it takes the tables that it is made of with it.
_ALL_TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY sql NOT LIKE '%VIRTUAL%'
"""


@contextmanager
def exclusive(lock: Path) -> Iterator[None]:
    """Be the only process that holds a lock meanwhile; wait for one that does.

    The lock is one of SQLite's, which every system has, and which ends with the process.
    """
    with closing(sqlite3.connect(lock, timeout=_PATIENCE, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield


def _version_of(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Do all of what is done within, or nothing of it."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _remedy(error: sqlite3.Error) -> str:
    said = str(error).lower()
    if "locked" in said:
        return "another process is bringing the index up to date; try again when it is done"
    if "full" in said:
        return "make room on the disk"
    return "delete the file, it is made again"


def _cache() -> Path:
    try:
        return Path.home() / ".cache"
    except RuntimeError as error:  # a user of whom the system knows nothing
        raise LedgerError("there is no place for the index; set XDG_CACHE_HOME to a folder") from error
