"""What is made from a ledger and can be made again: SQLite databases beside it, or in the user's cache.

They can be thrown away at any time. Of several processes that bring one up to date one writes and the others wait. One
that is damaged is put away, by one process alone, and begun again: who still has its file open works on with that, and
never touches what has come in its place.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from sayso import object_store
from sayso.errors import LedgerError
from sayso.ledger.damage import DamagedError, is_damage

log = logging.getLogger("sayso.ledger")

T = TypeVar("T")
File = tuple[int, int]
"""Which file it is, whatever its name: its device and its number there."""

_PATIENCE = 600.0
"""Seconds to wait for another process that is bringing a database up to date."""
_CACHE = 65_536
"""KiB of a database that are kept in memory."""
_TRIES = 10
"""So often a database is begun anew before the disk is thought to be at fault."""
_BESIDE = ("", "-wal", "-shm")
"""Endings of the files of a database. The first goes first: who finds it in place has found the others in place too."""


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


class Database(sqlite3.Connection):
    """A connection that knows which file it has open, whatever has come in its place since."""

    file: File


class Derived:
    """One database; ``tables`` are the statements that make it, ``version`` their number: another one is made anew."""

    def __init__(self, path: Path, version: int, tables: str) -> None:
        self.path, self._version, self._tables = path, version, tables

    def use(self, work: Callable[[Database], T]) -> T:
        """Return what some work on the database gives; where that finds it damaged, what it gives on an empty one.

        Raises LedgerError where the database can be neither read nor made.
        """
        with self.explained(), closing(self.connect()) as database:
            try:
                return work(database)
            except (sqlite3.Error, zlib.error) as error:
                if not is_damage(error):
                    raise
                self.put_away(database)
        with self.explained(), closing(self.connect()) as database:
            return work(database)

    def connect(self) -> Database:
        """Return a connection, which the caller closes; to be used where errors are ``explained``.

        A database that is damaged is begun again, as far as that is seen at once.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(_TRIES):
            database = self._opened()
            if database is not None:
                return database
        raise LedgerError(f"{self.path}: the file is damaged as soon as it is made; see whether the disk is sound")

    def put_away(self, database: Database) -> None:
        """Close a database that is damaged, and delete it, unless another process has done so before."""
        with closing(database), self.alone():  # while it is open, no other file can have its number
            if _file_at(self.path) == database.file:
                log.warning("%s is damaged; it is made again", self.path)
                for ending in _BESIDE:
                    Path(f"{self.path}{ending}").unlink(missing_ok=True)

    def _opened(self) -> Database | None:
        """Return a connection, None where the file has gone meanwhile or is put away for being damaged."""
        file = _file_at(self.path)
        if file is None:
            self._begin()
            return None
        try:
            return self._sound(file)
        except sqlite3.OperationalError:
            if _file_at(self.path) != file:  # another process has put it away under our hands
                return None
            raise

    def _sound(self, file: File) -> Database | None:
        """Return a connection to a file, None where it is another by now or is put away for being damaged."""
        database = _connected(self.path)
        database.file = file
        try:
            if not self._is_sound(database):
                self.put_away(database)
            elif _file_at(self.path) == file:
                return database
        except BaseException:
            database.close()
            raise
        database.close()
        return None

    def _begin(self) -> None:
        """Make the database where there is none; of several processes that do so at once, one does."""
        with self.alone():
            if _file_at(self.path) is None:
                with closing(sqlite3.connect(self.path, isolation_level=None)) as database:
                    database.execute("PRAGMA journal_mode = WAL")
                    with transaction(database):
                        self.make(database)

    def _is_sound(self, database: sqlite3.Connection) -> bool:
        """Set a connection up, and say whether its database has all tables; one of another version is made anew."""
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute(f"PRAGMA cache_size = -{_CACHE}")
            if _version_of(database) != self._version:
                with self.alone():  # if only to wait for another process that is just making it
                    if _version_of(database) not in (0, self._version):
                        with transaction(database):
                            self.make(database)
            return _version_of(database) == self._version and _names(database) == _names_made_by(self._tables)
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
            return False

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
        except (sqlite3.Error, zlib.error) as error:
            kind = DamagedError if is_damage(error) else LedgerError
            raise kind(f"{self.path}: {error}; {_remedy(error)}") from error
        except OSError as error:
            raise LedgerError(f"{self.path}: the index cannot be written ({error.strerror})") from error

    def make(self, database: sqlite3.Connection) -> None:
        """Make the tables in place of those that are there, within a transaction of the caller's.

        The file stays, for others may have it open.
        """
        for (name,) in database.execute(_ALL_TABLES).fetchall():
            database.execute(f'DROP TABLE IF EXISTS "{name}"')
        _make_tables(database, self._tables)
        database.execute(f"PRAGMA user_version = {self._version}")


# A virtual table comes first: it takes the tables that it is made of with it.
_ALL_TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY sql NOT LIKE '%VIRTUAL%'
"""


def _make_tables(database: sqlite3.Connection, tables: str) -> None:
    for statement in filter(str.strip, tables.split(";")):
        database.execute(statement)


@cache
def _names_made_by(tables: str) -> frozenset[str]:
    """Return the names of the tables and indexes that statements make."""
    with closing(sqlite3.connect(":memory:")) as database:
        _make_tables(database, tables)
        return _names(database)


def _names(database: sqlite3.Connection) -> frozenset[str]:
    return frozenset(name for (name,) in database.execute("SELECT name FROM sqlite_master"))


def _connected(path: Path) -> Database:
    """Open a database that is there; nothing is made where there is none."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None, factory=Database)


def _file_at(path: Path) -> File | None:
    """Return which file lies at a path, None where none does."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


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
        if database.in_transaction:  # on a full disk, or in a damaged file, SQLite has gone back by itself
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


@contextmanager
def snapshot(database: sqlite3.Connection) -> Iterator[None]:
    """Read within as things are now, whatever others write meanwhile."""
    database.execute("BEGIN")
    try:
        yield
    finally:
        if database.in_transaction:
            database.execute("ROLLBACK")


def _remedy(error: Exception) -> str:
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
