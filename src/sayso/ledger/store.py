"""The store: a Delta Lake table of which this module alone knows how it is written.

One append is one commit, and a commit is there whole or not at all: the data file comes first, then one entry in the
log, which is made under its final name or not made. Appends never conflict. Whatever a writer that was killed leaves
behind is a file that no entry of the log names, and that nobody reads.

Every version stays readable: Delta's own clearing of old entries is off, for a paper may cite a version.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from sayso import object_store
from sayso.errors import LedgerError
from sayso.ledger.shape import required, schema
from sayso.records import OBJECT_STORE

if TYPE_CHECKING:
    from pyarrow import dataset

TABLE = "records"
_LOCK = "compaction.lock"
_DIGITS = 16
_FOREVER = "interval 100000 days"
_CONFIGURATION: dict[str, str | None] = {
    "delta.appendOnly": "true",
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": _FOREVER,
    "delta.deletedFileRetentionDuration": _FOREVER,
    # without this the beginnings of all texts would stand in the log
    "delta.dataSkippingStatsColumns": "row,entry,generation,id,published",
}
# Small groups of rows, so that a few documents can be read without the texts of all.
_WRITING = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=2048)
# What is a pattern to DuckDB, or lost on the way of a path to an address and back.
_ODD = re.compile(r"[*?\[\]^|%\x00-\x1f\x7f]" if os.sep == "\\" else r"[*?\[\]^|%\\\x00-\x1f\x7f]")
_RETRIES = 100
"""So many others may commit between the look at the log and the entry in it."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One version of the ledger: when it was made, what was done, and to how many entries."""

    version: int
    time: datetime
    operation: str
    entries: int
    details: Mapping[str, str] = field(default_factory=dict)


class Store:
    """The table of a ledger at one version; ``refresh`` moves it to the newest."""

    def __init__(self, path: str | Path, *, create: bool = False, as_of: int | str | None = None) -> None:
        self.path = str(path)
        self._uri = self._address()
        self._options = object_store.delta_options() if self.is_remote else None
        with self._explained():
            if create:
                self._create()
            self._table = DeltaTable(self._uri, storage_options=self._options)
            self._refuse_foreign()
        if as_of is not None:
            self._go_back(as_of)

    @property
    def is_remote(self) -> bool:
        """Whether the ledger lies in an object store."""
        return object_store.is_stored(self.path)

    @property
    def version(self) -> int:
        """The version that is read."""
        return int(self._table.version())

    @property
    def is_complete(self) -> bool:
        """Whether the table has all columns: that of an older Sayso gets those it lacks with the next append."""
        return not set(schema().names) - self._columns()

    def refresh(self) -> None:
        """Read the newest version from now on."""
        with self._explained():
            self._table.update_incremental()

    def files(self) -> list[str]:
        """Return the paths of the data files of the version."""
        with self._explained():
            uris = [str(uri) for uri in self._table.file_uris()]
        if self.is_remote:
            return uris
        return [os.path.join(self._uri, unquote(os.path.basename(uri))) for uri in uris]  # theirs has %20 for a blank

    def opened(self, file: str) -> str | IO[bytes]:
        """Return a data file as Arrow takes it: its path, or open where it lies in an object store."""
        return object_store.opened(file) if self.is_remote else file

    def dataset(self) -> dataset.Dataset | None:
        """Return the rows of the version, for a ledger in an object store; None for one that is read as files."""
        from pyarrow import dataset

        if not self.is_remote:
            return None
        keys = [file.removeprefix(OBJECT_STORE) for file in self.files()]
        if not keys:
            return dataset.dataset(schema().empty_table())
        with self._explained():
            return dataset.dataset(keys, schema=schema(), format="parquet", filesystem=object_store.filesystem())

    def sizes(self) -> dict[str, int]:
        """Return the size in bytes that each data file of the version has according to the log, by its name."""
        with self._explained():
            added = pa.table(self._table.get_add_actions(flatten=True)).to_pylist()
        return {os.path.basename(unquote(file["path"])): int(file["size_bytes"]) for file in added}

    def files_of_all_versions(self) -> set[str]:
        """Return the names of the data files that any version uses."""
        added = (action.get("add") for _, actions in self._log() for action in actions or ())
        return {os.path.basename(unquote(file["path"])) for file in added if file}

    def damage(self) -> Iterator[str]:
        """Say what is wrong with the log: no entry may be missing, empty or cut off."""
        for number, (entry, actions) in enumerate(self._log()):
            if entry.stem != f"{number:020}":
                yield f"{entry}: an entry of the log before this one is missing; restore it from a backup"
                return
            if not actions:
                yield f"{entry}: this entry of the log is damaged or empty; restore it from a backup"

    def append(self, table: pa.Table, operation: str, details: Mapping[str, str] | None = None) -> int:
        """Add rows in one commit and return its version."""
        noted = {"sayso.operation": operation, "sayso.entries": str(table.num_rows), **_prefixed(details or {})}
        with self._explained():
            try:
                self._append(table, noted)
            except CommitFailedError:
                columns = self._columns()
                self.refresh()
                if self._columns() == columns:
                    raise
                self._append(table, noted)  # somebody else had just given the table its new columns
        return self.version

    def _append(self, table: pa.Table, noted: dict[str, str]) -> None:
        """Append rows, and give the table of an older Sayso the columns that it lacks."""
        write_deltalake(
            self._table,
            table,
            mode="append",
            schema_mode=None if self.is_complete else "merge",
            writer_properties=_WRITING,
            commit_properties=CommitProperties(custom_metadata=noted, max_commit_retries=_RETRIES),
        )

    def compact(self) -> tuple[int, int]:
        """Write many small data files as a few large ones; return how many there were and are.

        Raises LedgerError where another process is compacting.
        """
        with self._compacting():
            self.refresh()
            before = len(self.files())
            with self._explained():
                self._table.optimize.compact(
                    writer_properties=_WRITING,
                    commit_properties=CommitProperties(custom_metadata={"sayso.operation": "compact"}),
                )
            self.refresh()
            return before, len(self.files())

    def prune(self, older_than: timedelta) -> list[str]:
        """Delete data files that the newest version does not use and that are older; return them.

        Versions that used them can no longer be read. Files that a writer is just making are younger.
        """
        self.refresh()
        with self._explained():
            return self._table.vacuum(
                retention_hours=int(older_than.total_seconds() // 3600),
                dry_run=False,
                enforce_retention_duration=False,
                full=True,
            )

    def history(self) -> list[Commit]:
        """Return all commits, oldest first.

        Times never go back, even where clocks did: a commit is no earlier than the one before it.
        """
        with self._explained():
            found = [_commit(entry) for entry in self._table.history()]
        return list(_in_order(sorted(found, key=lambda commit: commit.version)))

    @contextmanager
    def _compacting(self) -> Iterator[None]:
        """Keep other compactions out: of two at once the Delta library keeps the files of both, and so all rows twice.

        The lock is one of SQLite's, which every system has, and which ends with the process.
        """
        self.require_local("is put together")
        lock = os.path.join(os.path.dirname(self._uri), _LOCK)
        try:
            database = sqlite3.connect(lock, timeout=0, isolation_level=None)
            database.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise LedgerError(f"{self.path}: {_problem(error)}") from error
        with closing(database):
            yield

    def _log(self) -> Iterator[tuple[Path, list[Any] | None]]:
        """Yield the entries of the log, each with what it says; None where that cannot be read."""
        entries = () if self.is_remote else Path(self._uri, "_delta_log").glob("*.json")
        for entry in sorted(entry for entry in entries if entry.stem.isdecimal()):
            yield entry, _actions(entry)

    def _address(self) -> str:
        if self.is_remote:
            return f"{self.path.rstrip('/')}/{TABLE}"
        if "://" in self.path:
            raise LedgerError(f"{self.path}: a ledger lies in a folder, or at s3://bucket/name; give one of these")
        address = os.path.join(os.path.abspath(self.path), TABLE)
        if odd := _ODD.search(address):
            raise LedgerError(f"{self.path}: the path of a ledger can have no {odd[0]!r} in it; choose another name")
        return address

    def _columns(self) -> set[str]:
        return {field.name for field in self._table.schema().fields}

    def _refuse_foreign(self) -> None:
        """Refuse a table that is no ledger, and one of a newer Sayso, whose columns would be lost here."""
        columns = self._columns()
        if missing := required() - columns:
            raise LedgerError(
                f"{self.path}: the table here was not made by Sayso, for it has no column {min(missing)}; "
                "choose another folder"
            )
        if unknown := columns - set(schema().names):
            raise LedgerError(
                f"{self.path}: a newer Sayso has written to this ledger, for it has a column {min(unknown)}; "
                "update Sayso"
            )

    def _create(self) -> None:
        """Make the table where there is none; of several who do so at once, one does."""
        if not self.is_remote:
            Path(self.path).mkdir(parents=True, exist_ok=True)
        elif not object_store.has_bucket(self.path):
            raise LedgerError(
                f"{self.path}: there is no bucket {object_store.bucket_of(self.path)}; make it first, or check "
                "AWS_ENDPOINT_URL and AWS_REGION"
            )
        DeltaTable.create(
            self._uri,
            schema=schema(),
            mode="ignore",
            name="sayso records",
            configuration=_CONFIGURATION,
            storage_options=self._options,
        )

    def _go_back(self, as_of: int | str) -> None:
        version = as_of if isinstance(as_of, int) else self._version_at(as_of)
        if not 0 <= version <= self.version:
            raise LedgerError(f"{self.path}: there is no version {version}; the newest is {self.version}")
        with self._explained():
            self._table.load_as_version(version)

    def _version_at(self, as_of: str) -> int:
        if as_of.isdecimal() and len(as_of) < _DIGITS:
            return int(as_of)
        moment = _moment(as_of)
        passed = [commit.version for commit in self.history() if commit.time <= moment]
        if not passed:
            raise LedgerError(
                f"{self.path}: the ledger did not exist at {as_of}; sayso ledger history shows its versions"
            )
        return passed[-1]

    def require_local(self, what: str) -> None:
        """Raise LedgerError for a ledger in an object store, of which only a copy on a disk can be treated so."""
        if self.is_remote:
            raise LedgerError(
                f"{self.path}: a ledger {what} on a local disk only; copy it first: aws s3 sync {self.path} my-ledger"
            )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what goes wrong below into an error that names the ledger and what to do."""
        try:
            yield
        except TableNotFoundError as error:
            raise LedgerError(f"{self.path}: there is no ledger here; sayso code ... --ledger makes one") from error
        except (DeltaError, OSError, pa.ArrowException) as error:
            damage = next(self.damage(), None)
            raise LedgerError(f"{self.path}: {damage or _problem(error)}") from error


def _actions(entry: Path) -> list[Any] | None:
    try:
        actions = [json.loads(line) for line in entry.read_bytes().split(b"\n") if line.strip()]
    except (OSError, ValueError):
        return None
    return actions if all(isinstance(action, dict) for action in actions) else None


def _commit(entry: Mapping[str, Any]) -> Commit:
    own = {key.removeprefix("sayso."): str(entry[key]) for key in sorted(entry) if key.startswith("sayso.")}
    operation = own.pop("operation", str(entry.get("operation", "")).lower())
    entries = int(own.pop("entries", 0))
    time = datetime.fromtimestamp(entry.get("timestamp", 0) / 1000, UTC)
    return Commit(int(entry["version"]), time, operation, entries, own)


def _in_order(commits: Sequence[Commit]) -> Iterator[Commit]:
    latest = datetime.min.replace(tzinfo=UTC)
    for commit in commits:
        latest = max(latest, commit.time)
        yield Commit(commit.version, latest, commit.operation, commit.entries, commit.details)


def _prefixed(details: Mapping[str, str]) -> dict[str, str]:
    return {f"sayso.{key}": value for key, value in details.items()}


def _moment(as_of: str) -> datetime:
    """Return the end of what a date or time names: of a day or month its last moment, in UTC where not told."""
    try:
        if len(as_of) <= len("2024-10-25"):
            return _end_of(as_of)
        moment = datetime.fromisoformat(as_of)
    except (ValueError, OverflowError):
        raise LedgerError(
            f"{as_of[:50]!r} is neither a version nor a time: give a number, or a time such as 2024-10-25T09:30"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _end_of(prefix: str) -> datetime:
    start = datetime.fromisoformat(f"{prefix}-01"[: len("2024-10-25")]).replace(tzinfo=UTC)
    after = start + timedelta(days=1)
    if len(prefix) < len("2024-10-25"):
        after = (start + timedelta(days=31)).replace(day=1)
    return after - timedelta(microseconds=1)


_TRACE = " 0: <unknown>"
"""What the trace begins with that the Delta library appends to some of its messages."""
_REMEDIES = {
    "404 not found": "the bucket does not exist; make it first, or check AWS_ENDPOINT_URL",
    "403 forbidden": "the object store refuses it; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "access_denied": "the object store refuses it; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "metadata endpoint": "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "network_connection": "the object store does not answer; check AWS_ENDPOINT_URL",
    "error sending request": "the object store does not answer; check AWS_ENDPOINT_URL",
    "unable to open database": "it may not be written to or read; check who owns it",
    "permission denied": "it may not be written to or read; check who owns it",
    "read-only file system": "it lies on a medium that cannot be written to; copy it elsewhere",
    "no space left": "the disk is full; make room and start again, nothing that was committed is lost",
    "file too large": "the system allows no larger files; raise the limit",
    "quota": "the disk quota is used up; make room and start again",
    "not a directory": "it is no folder; choose another name",
    "file exists": "it is a file, no folder; choose another name",
    "database is locked": "somebody else is compacting it; try again when that is done",
    "path does not exist": "the folder records in it is gone, or no folder; restore it from a backup",
    "no such file": "a file of it is missing; sayso ledger verify tells which",
    "failed to parse parquet": "a data file is damaged; sayso ledger verify tells which",
}


def _problem(error: Exception) -> str:
    told = " ".join(str(error).split(_TRACE)[0].split())
    for sign, remedy in _REMEDIES.items():
        if sign in told.lower():
            return f"{remedy} ({told[:300]})"
    return told[:500]
