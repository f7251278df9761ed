"""The follower: a process of its own that groups what comes into a ledger, so that pages are answered meanwhile.

It indexes words, brings occurrences and utterances up to date, writes their views beside them, and tells the explorer.
Grouping is Python that would hold up all pages; what the explorer itself has left to do is to load a file.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

from sayso.corroboration.views import ALL, books, written
from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.ledger.search_index import SearchIndex

EVERY = 2.0
"""Seconds that the follower rests after it has looked at the ledger."""
_KIND = 19
"""How much the process gives way to others, as Unix counts it."""


@dataclass(slots=True)
class Progress:
    """How far following has come: documents that are grouped and that there are to group, and what went wrong last."""

    done: int = 0
    total: int = 0
    problem: str | None = None

    @property
    def is_behind(self) -> bool:
        """Whether occurrences or utterances are being brought up to date."""
        return self.done < self.total

    def trying(self, work: Callable[[], object]) -> None:
        """Do some work, and remember what went wrong with it, if anything: the next try may be luckier."""
        try:
            work()
        except SaysoError as error:
            self.problem = str(error)
        else:
            self.problem = None


class Follower:
    """A process that follows a ledger until it is ended, or until the process that began it is gone.

    ``grouped`` is called, in a thread, with the files of the views of occurrences or utterances whenever these are new.
    """

    def __init__(
        self, ledger: Path, progress: Progress, grouped: Callable[[Mapping[str, Path]], None], every: float = EVERY
    ) -> None:
        self._progress, self._grouped = progress, grouped
        context = get_context("spawn")
        self._ear, mouth = context.Pipe(duplex=False)
        self._process = context.Process(target=_follow, args=(str(ledger), mouth, every), daemon=True)
        self._process.start()
        mouth.close()
        Thread(target=self._listen, name="listening to the follower", daemon=True).start()

    def end(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join(5)

    def _listen(self) -> None:
        while True:
            try:
                said = self._ear.recv()
            except (EOFError, OSError):
                return
            self._hear(said)

    def _hear(self, said: dict[str, Any]) -> None:
        self._progress.done, self._progress.total = said["done"], said["total"]
        if "problem" in said:
            self._progress.problem = said["problem"]
        if "files" in said:
            self._progress.trying(lambda: self._grouped(said["files"]))


def bring_up_to_date(ledger: Ledger, progress: Callable[[int, int], None] | None = None) -> Iterator[dict[str, Path]]:
    """Index and group what a ledger has got; yield the files of views by name, those of a book when it is up to date.

    Occurrences come first, so that they need not wait for utterances.
    """
    ledger.refresh()
    SearchIndex(ledger.path).update(ledger.store.files())
    for opened, views in books(ALL):
        with opened(ledger) as book:
            book.update(progress)
            yield {view.name: written(book, view) for view in views}


def _follow(path: str, mouth: Connection, every: float) -> None:
    os.nice(_KIND)
    before: dict[str, Path] = {}
    ledger: Ledger | None = None
    parent = os.getppid()
    try:
        while os.getppid() == parent:
            said: dict[str, Any] = {"done": 0, "total": 0, "problem": None}
            try:
                ledger = ledger or Ledger(path)
                for files in bring_up_to_date(ledger, lambda done, all_: mouth.send({"done": done, "total": all_})):
                    if not files.items() <= before.items():
                        before |= files
                        mouth.send(said | {"files": files})
            except SaysoError as error:
                said["problem"] = str(error)
            mouth.send(said)
            time.sleep(every)
    except (BrokenPipeError, KeyboardInterrupt):
        return
