"""Appending as records come: many small ones in one commit, and none kept back for long while others come.

What is in the ledger is there whatever happens afterwards. What was coded and not yet committed when a process is
killed is coded again by the next run.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from sayso.ledger.ledger import Appended, Ledger
from sayso.records import Record

RECORDS = 500
CHARACTERS = 4_000_000
SECONDS = 15.0
"""A commit is made once there are so many records, or texts of so many characters, or the oldest has
waited so long when another comes."""


class Appender:
    """Gathers records and appends them to a ledger; as a context manager it appends the last of them at its end.

    ``committed`` is told after each commit what it did, and of which records.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        committed: Callable[[Appended, list[Record]], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.ledger = ledger
        self._committed = committed
        self._clock = clock
        self._waiting: list[Record] = []
        self._characters = 0
        self._since = 0.0

    def add(self, record: Record) -> None:
        """Take a record, and append those that are waiting if it is time to."""
        if not self._waiting:
            self._since = self._clock()
        self._waiting.append(record)
        self._characters += len(record.text)
        full = len(self._waiting) >= RECORDS or self._characters >= CHARACTERS
        if full or self._clock() - self._since >= SECONDS:
            self.flush()

    def flush(self) -> None:
        """Append what is waiting; it goes on waiting where that fails."""
        if not self._waiting:
            return
        appended = self.ledger.append(self._waiting)
        done, self._waiting, self._characters = self._waiting, [], 0
        if self._committed:
            self._committed(appended, done)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()
