"""Reading a folder into which files are dropped: each file once in each state, also after a restart."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from sayso.errors import IntakeError
from sayso.intake.folder import arrivals
from sayso.intake.state_file import StateFile
from sayso.records import Document

BATCH = 64
"""Documents that are handed out together."""

_SCHEMA = "CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, changed INTEGER) WITHOUT ROWID;"
_VERSION = 1


def drop_folder(
    folder: str,
    state: Path,
    read: Callable[[str], Iterator[Document]],
    *,
    every: float,
    stop: threading.Event,
) -> Iterator[list[Document]]:
    """Yield the documents of files as they come or change, in batches, until ``stop``.

    A batch counts as kept when the next is asked for, and a file as read when its last batch is: ``state`` remembers
    which those are. A file whose reading was broken off is read again from its beginning. Raises IntakeError where the
    folder is none, or the state cannot be used.
    """
    if not os.path.isdir(folder):
        raise IntakeError(f"{folder}: there is no such folder")
    remembered = StateFile(state, _SCHEMA, _VERSION)
    with closing(remembered.db):
        yield from _batches(folder, remembered, read, every, stop)


def _batches(
    folder: str,
    remembered: StateFile,
    read: Callable[[str], Iterator[Document]],
    every: float,
    stop: threading.Event,
) -> Iterator[list[Document]]:
    def known(path: str, size: int, changed: int) -> bool:
        found = remembered.db.execute("SELECT size, changed FROM files WHERE path = ?", (path,)).fetchone()
        return bool(found == (size, changed))

    for path in arrivals(folder, every=every, stop=stop, known=known):
        try:
            found = os.stat(path)
        except OSError:
            continue  # it has gone again
        documents = read(path)
        batch = list(islice(documents, BATCH))
        while batch:
            yield batch
            batch = list(islice(documents, BATCH))
            if batch and stop.is_set():
                return  # not all of the file is kept
        with remembered.writing():
            state = (path, found.st_size, found.st_mtime_ns)
            remembered.db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", state)
