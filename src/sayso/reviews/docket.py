"""The docket: the judgements on the items of a ledger, in the order in which they were given.

They are lines of JSON in the ledger's folder ``reviews``, which nobody changes but by adding a line. One line is one
write, under a lock and forced to the disk, so that any number of reviewers may judge at once. A line that a crash cut
off is passed over and reported; the next judgement begins a line of its own.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from threading import Lock

from sayso.errors import ReviewError
from sayso.ledger.derived import exclusive
from sayso.reviews.judgement import Judgement

FILE = "judgements.jsonl"


class Docket:
    """The judgements of one ledger. Any number of threads may use it; it reads what others add as well."""

    def __init__(self, ledger: str | Path) -> None:
        self.path = Path(ledger) / "reviews" / FILE
        self.damaged: list[int] = []
        """Numbers of the lines that are no judgements, a last one without its end among them."""
        self._given: dict[str, list[Judgement]] = {}
        self._order: list[Judgement] = []
        self._read = self._lines = 0
        self._torn = False
        self._busy = Lock()

    def append(self, judgement: Judgement) -> None:
        """Add a judgement; it is on the disk when this returns. Raises ReviewError where that cannot be done."""
        line = judgement.model_dump_json(exclude_defaults=True).encode() + b"\n"
        try:
            self.path.parent.mkdir(exist_ok=True)
            with exclusive(self.path.with_suffix(".lock")), self.path.open("ab", buffering=0) as file:
                _add(file, line if _is_whole(self.path) else b"\n" + line)
        except (OSError, sqlite3.Error) as error:
            told = getattr(error, "strerror", None) or error
            raise ReviewError(f"{self.path}: cannot be written ({told}); nothing was judged") from error

    def judgements(self, document: str | None = None) -> list[Judgement]:
        """Return the judgements, of one document or of all, as they were given."""
        with self._busy:
            self._catch_up()
            return list(self._order if document is None else self._given.get(document, ()))

    def standing(self, document: str | None = None) -> list[Judgement]:
        """Return those that stand: of each reviewer the last on each item."""
        return last_of(self.judgements(document))

    def version(self) -> int:
        """Return what is the same only as long as nobody adds a judgement."""
        with self._busy:
            self._catch_up()
            return self._read

    def _catch_up(self) -> None:
        if self._torn:
            self.damaged.pop()
        for line in self._new_lines():
            self._lines += 1
            try:
                judgement = Judgement.model_validate(json.loads(line))
            except (ValueError, RecursionError):
                if line.strip():
                    self.damaged.append(self._lines)
                continue
            self._order.append(judgement)
            self._given.setdefault(judgement.document, []).append(judgement)
        if self._torn:
            self.damaged.append(self._lines + 1)

    def _new_lines(self) -> Iterator[bytes]:
        """Yield whole lines that were added since last time: one that is just being written waits for its end."""
        new = self._new()
        whole = new.rfind(b"\n") + 1
        self._read += whole
        self._torn = whole < len(new)
        yield from new[:whole].split(b"\n")[:-1]

    def _new(self) -> bytes:
        """Return what was added since last time; all there is, where the file was put back as it was at some time."""
        try:
            with self.path.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self._read:
                    self._begin_anew()
                file.seek(self._read)
                return file.read()
        except FileNotFoundError:
            self._begin_anew()
            return b""
        except OSError as error:
            raise ReviewError(f"{self.path}: cannot be read ({error.strerror or error})") from error

    def _begin_anew(self) -> None:
        self.damaged, self._given, self._order = [], {}, []
        self._read = self._lines = 0


def last_of(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return of each reviewer the last judgement on each item, as it was coded, in the order they were given."""
    last: dict[tuple[object, ...], Judgement] = {}
    for one in judgements:
        key = one.document, one.kind, one.seen.span, one.seen.coding, one.reviewer
        last.pop(key, None)
        last[key] = one
    return list(last.values())


def _add(file: FileIO, line: bytes) -> None:
    """Add a line and force it to the disk; take it away again where only a part of it went there."""
    before = file.seek(0, os.SEEK_END)
    try:
        if file.write(line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            file.truncate(before)
        raise


def _is_whole(path: Path) -> bool:
    """Say whether the last line of a file has its end."""
    size = path.stat().st_size
    if not size:
        return True
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read() == b"\n"
