"""Watching a folder: which files have come, or have changed, and are complete.

The folder is looked at again and again, which works on every kind of disk and network share. A file is complete once
two looks find it with the same size and time of change. What writers use while they write (hidden files, ``.part``,
``.tmp``) and kinds that are not read do not count.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator

from sayso.intake.kinds import kind_of
from sayso.intake.text import log

UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", "~")
SETTLING = 1.0
"""Seconds between two looks while a file is still to be seen a second time."""

_SHORTEST = 0.05

State = tuple[int, int]
Known = Callable[[str, int, int], bool]


def arrivals(folder: str, *, every: float, stop: threading.Event, known: Known) -> Iterator[str]:
    """Yield the paths of files in a folder and those below it as they come or change, the oldest first, until ``stop``.

    ``every`` is the number of seconds between two looks. ``known(path, size, changed)``, with bytes and nanoseconds,
    says whether a file was read before in that state: it is asked once for every state. A file that vanishes is
    forgotten, a folder that cannot be read is named in the log and looked at again.
    """
    watched = _Watched(folder, known)
    while not stop.is_set():
        for path in watched.settled():
            if os.path.exists(path):
                yield path
            if stop.is_set():
                return
        stop.wait(max(_SHORTEST, min(every, SETTLING) if watched.is_waiting else every))


class _Watched:
    """What the last look has found."""

    def __init__(self, folder: str, known: Known) -> None:
        self._folder, self._known = folder, known
        self._seen: dict[str, State] = {}
        self._done: dict[str, State] = {}
        self._unreadable: set[str] = set()
        self.is_waiting = False

    def settled(self) -> list[str]:
        """Look; return the files that are as they were at the last look, and were not returned in that state."""
        found = dict(self._look())
        same = [path for path, state in found.items() if self._seen.get(path) == state != self._done.get(path)]
        self.is_waiting = any(self._seen.get(path) != state for path, state in found.items())
        self._seen = found
        self._done = {path: state for path, state in self._done.items() if path in found}
        self._done.update((path, found[path]) for path in same)
        new = [path for path in same if not self._known(path, *found[path])]
        return sorted(new, key=lambda path: (found[path][1], path))

    def _look(self) -> Iterator[tuple[str, State]]:
        folders = [self._folder]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if entry.name.startswith("."):
                            continue
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        elif state := _state(entry):
                            yield entry.path, state
                self._unreadable.discard(folder)
            except OSError as error:
                self._complain(folder, error)

    def _complain(self, folder: str, error: OSError) -> None:
        """Say once that a folder cannot be read; one below the watched one may be gone since it was listed."""
        if folder not in self._unreadable and (folder == self._folder or not isinstance(error, FileNotFoundError)):
            log.warning("%s: the folder cannot be read (%s); it is tried again", folder, error.strerror or error)
            self._unreadable.add(folder)


def _state(entry: os.DirEntry[str]) -> State | None:
    """Return size and time of change of a file that is read; None for others, and for one that has gone meanwhile."""
    if entry.name.lower().endswith(UNFINISHED) or not kind_of(entry.name).is_read:
        return None
    try:
        status = entry.stat()
        return (status.st_size, status.st_mtime_ns) if entry.is_file() else None
    except OSError:
        return None
