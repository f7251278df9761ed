"""A run: what the supply gives goes to the crew, what the crew answers to the ledger.

The driver waits for any answer, takes it, and hands out what can be handed out then. It never looks into documents or
accounts.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import ray

from sayso.engine.options import ReaderOptions
from sayso.engine.ray.calls import Calls
from sayso.engine.ray.commits import Commits
from sayso.engine.ray.crew import Crew
from sayso.engine.ray.known import Keys, Known
from sayso.engine.ray.sources import Intake, Source
from sayso.engine.ray.supply import Supply
from sayso.ledger.shape import coding_of
from sayso.records import Record

log = logging.getLogger("sayso.engine.ray")

PATIENCE = 60.0
"""Seconds without any reader before it is said that none is there."""
_TICK = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened since it was last told: documents that were coded, left out, and could not be coded."""

    coded: int = 0
    skipped: int = 0
    failed: list[Record] = field(default_factory=list)


def code(
    found: Iterator[Source],
    intake: Intake,
    options: ReaderOptions,
    readers: int,
    known: Keys,
    append: Callable[[pa.Table], object],
) -> Generator[Progress]:
    """Code what sources hold with so many readers, and tell how far it is, once a second or more often.

    The program must be part of a cluster (``cluster.joined``). ``known`` are the sorted keys of the documents that need
    not be coded (``Ledger.coded_by``); ``append`` puts rows into the ledger for good (``Ledger.append_rows``). Close
    the iterator to end early: what was coded is appended. Raises SaysoError where the run cannot go on; what was
    appended stays.
    """
    run = _Run(found, intake, options, readers, known, append)
    try:
        yield from run.steps()
    finally:
        run.end()


class _Run:
    def __init__(
        self,
        found: Iterator[Source],
        intake: Intake,
        options: ReaderOptions,
        readers: int,
        known: Keys,
        append: Callable[[pa.Table], object],
    ) -> None:
        coding, calls = coding_of(options.coded_with()), Calls()
        self._known, self._calls = Known(known), calls
        self._commits = Commits(append, self._known)
        self._supply = Supply(found, intake, coding, ray.put(known), readers, calls)
        self._crew = Crew(options, coding, readers, calls, self._supply.give_back)
        self._alone_since = time.monotonic()

    def steps(self) -> Iterator[Progress]:
        """Go on until everything is coded, and tell after each step what it has brought."""
        while not (self._supply.is_over and self._crew.is_idle):
            self._supply.ask(self._known.fresh)
            self._crew.hand_out(self._supply.pieces)
            self._calls.collect(_TICK)
            yield self._taken()
            self._commits.flush(due=True)
            self._complain_of_no_readers()

    def end(self) -> None:
        """Append what was coded, however the run ends, and end all processes on the nodes."""
        try:
            self._commits.flush()
        finally:
            self._crew.end()
            self._supply.end()

    def _taken(self) -> Progress:
        """Take what has come."""
        new, failed = 0, list[Record]()
        skipped, self._supply.skipped = self._supply.skipped, 0
        while self._crew.answers:
            answer, rows = self._crew.answers.popleft()
            is_new = self._commits.take(rows, answer.keys)
            failed += [record for place, record in answer.failed.items() if is_new[place]]
            new += int(is_new.sum())
            skipped += int((~is_new).sum())
        return Progress(new - len(failed), skipped, failed)

    def _complain_of_no_readers(self) -> None:
        now = time.monotonic()
        if self._crew.ready:
            self._alone_since = now
        elif now - self._alone_since > PATIENCE:
            self._alone_since = now
            log.warning("no reader has started yet: the cluster has no free CPU, or not enough memory; still waiting")
