"""One SQLite file that one program uses: locked, versioned, checked, and with errors that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sayso.errors import IntakeError

_OURS = 0x5341_5953  # "SAYS", in the header of the file


class StateFile:
    """The file of a watch, made by the statements of ``schema`` where it is new.

    Raises IntakeError, which names the file and the remedy, where the file is damaged, in use, or something else.
    """

    def __init__(self, path: str | Path, schema: str, version: int) -> None:
        self.path, self._schema, self._version = Path(path), schema, version
        with self.reported():
            self.db = sqlite3.connect(self.path, timeout=0.5, isolation_level=None)
            try:
                self._open()
            except BaseException:
                self.db.close()
                raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Give a transaction: all that is written in it is there in the end, or nothing."""
        with self.reported():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self.db.in_transaction:  # some errors end it
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    @contextmanager
    def reported(self) -> Iterator[None]:
        """Turn what SQLite says into what the user can do."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise IntakeError(f"{self.path}: {_remedy(error)}") from error

    def _open(self) -> None:
        self.db.execute("PRAGMA locking_mode = EXCLUSIVE")
        new = self._is_new()  # before anything is written: the file may be another program's
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        with self.writing():  # takes the lock, and keeps it
            if new:
                self._create()
        if (found := self._pragma("quick_check")) != "ok":
            raise sqlite3.DatabaseError(found)

    def _is_new(self) -> bool:
        if self.db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return True
        if self._pragma("application_id") != _OURS:
            raise IntakeError(f"{self.path} is not the state of a watch: give another file with --state")
        if self._pragma("user_version") > self._version:
            raise IntakeError(f"{self.path} was written by a newer Sayso: upgrade, or give another file with --state")
        return False

    def _create(self) -> None:
        for statement in filter(str.strip, self._schema.split(";")):
            self.db.execute(statement)
        self.db.execute(f"PRAGMA application_id = {_OURS}")
        self.db.execute(f"PRAGMA user_version = {self._version}")

    def _pragma(self, name: str) -> Any:
        return self.db.execute(f"PRAGMA {name}").fetchone()[0]


def _remedy(error: sqlite3.DatabaseError) -> str:
    said = str(error)
    if "locked" in said or "busy" in said:
        return "another watch is using this state: stop it, or give another file with --state"
    if "unable to open" in said or "readonly" in said:
        return f"the state of the watch cannot be written ({said}): check the folder and who may write to it"
    if "full" in said:
        return f"the state of the watch cannot be written ({said}): make room on the disk"
    return (
        f"the state of the watch is damaged ({said}): move the file away to begin anew; "
        "what is in the ledger is not coded twice as long as the pages stay the same"
    )
