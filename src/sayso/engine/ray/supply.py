"""The supply: sources are read by feeders, some at a time, and what they give waits to be handed to readers.

What is lost is not kept anywhere to be sent again: its source is read again, and what is known of it by then is left
out. So nothing need be remembered of documents that are under way, and reading a source twice does no harm.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import ray
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from sayso import object_store
from sayso.engine.ray.calls import Calls, Outcome
from sayso.engine.ray.feeder import Fed, Feeder
from sayso.engine.ray.known import Keys
from sayso.engine.ray.sources import Intake, Source
from sayso.errors import SaysoError

log = logging.getLogger("sayso.engine.ray")

MOST_OPENINGS = 8
"""Times that a source is read, because some of it was lost, before the run is given up."""
READERS_FED = 4
"""So many readers one feeder keeps busy even with web pages, out of which it must cut the article first."""
WAITING = 2
"""Pieces that wait for each reader, beside those that it has in hand, before no more are asked for."""

_NO_KEYS: Keys = np.empty(0, dtype=np.int64)


@dataclass(slots=True, eq=False)
class Piece:
    """Some documents of a chunk, ``first`` to ``last``, and how often whoever read them was lost."""

    source: Source
    chunk: Any
    first: int
    last: int
    losses: int = 0
    is_suspect: bool = False
    """Whether they are to be read by themselves, for whoever read them and others was lost."""

    def split(self) -> Iterator[Piece]:
        """Yield the documents one by one, each a suspect."""
        for place in range(self.first, self.last):
            yield Piece(self.source, self.chunk, place, place + 1, is_suspect=True)


@dataclass(slots=True, eq=False)
class _Seat:
    """A feeder, and the source that it is at."""

    feeder: Any
    is_here: bool
    source: Source | None = None
    is_opened: bool = False
    is_asked: bool = False


class Supply:
    """Pieces of what is to be read. ``known`` is where the keys are that every feeder leaves out."""

    def __init__(
        self, found: Iterator[Source], intake: Intake, coding: str, known: Any, readers: int, calls: Calls
    ) -> None:
        self._found, self._again, self._next = found, deque[Source](), next(found, None)
        self._arguments = (intake, coding, known, object_store.settings())
        self._readers, self._calls = readers, calls
        self._seats: list[_Seat] = []
        self.pieces = deque[Piece]()
        self.skipped = 0
        """Documents that were left out, since whoever counts them has looked."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes, unless something is lost that was handed out."""
        return not (self.pieces or self._next or any(seat.source for seat in self._seats))

    def ask(self, fresh: Callable[[], Keys]) -> None:
        """Ask for more where too little waits; ``fresh`` gives the keys that came to be known during the run."""
        while self._next is not None and (seat := self._free_seat(self._next)) is not None:
            seat.source, seat.is_opened = self._next, False
            self._look_further()
        for seat in self._seats:
            if seat.source and not seat.is_asked and len(self.pieces) < WAITING * self._readers:
                self._ask(seat, seat.source, fresh)

    def give_back(self, source: Source) -> None:
        """Have a source read again, of which something was lost."""
        is_at_work = any(seat.source is source for seat in self._seats)
        is_waiting = source in self._again or source is self._next
        if is_at_work:
            source.is_lacking = True
        elif not is_waiting:
            self._again.append(source)
            if self._next is None:
                self._look_further()

    def end(self) -> None:
        """End all feeders."""
        for seat in self._seats:
            ray.kill(seat.feeder)

    def _look_further(self) -> None:
        self._next = self._again.popleft() if self._again else next(self._found, None)

    def _free_seat(self, source: Source) -> _Seat | None:
        """Return a feeder that has no source, a new one where there may be more."""
        seats = [seat for seat in self._seats if seat.is_here == source.here]
        free = next((seat for seat in seats if seat.source is None), None)
        if free is None and len(seats) < _feeders_for(self._readers, here=source.here):
            free = _Seat(_new_feeder(source.here, self._arguments), source.here)
            self._seats.append(free)
        return free

    def _ask(self, seat: _Seat, source: Source, fresh: Callable[[], Keys]) -> None:
        paths: tuple[str, ...] = ()
        keys = _NO_KEYS
        if not seat.is_opened:
            paths = source.paths
            keys = fresh() if source.openings else _NO_KEYS
            source.openings += 1
            if source.openings > MOST_OPENINGS:
                raise SaysoError(f"{source.paths[0]}: lost with its node {MOST_OPENINGS} times; look after the nodes")
        seat.is_opened = seat.is_asked = True
        fed, chunk = seat.feeder.next.options(num_returns=2).remote(paths, keys)
        self._calls.add(fed, partial(self._fed, seat, source, chunk))

    def _fed(self, seat: _Seat, source: Source, chunk: Any, fed: Outcome) -> None:
        seat.is_asked = False
        if not isinstance(fed, Fed):
            self._seats.remove(seat)
            ray.kill(seat.feeder)
            self.give_back(source)
            return
        self.skipped += fed.skipped if source.openings == 1 else 0  # what is read again was counted
        for note in fed.notes:
            log.info(note)
        if fed.documents:
            self.pieces.append(Piece(source, chunk, 0, fed.documents))
        if fed.is_last:
            seat.source = None
            if source.is_lacking:
                source.is_lacking = False
                self.give_back(source)


def _new_feeder(here: bool, arguments: tuple[Any, ...]) -> Any:
    """Start a feeder: on this machine where files are only here, else on any.

    It takes no CPU of its own, so that readers that hold all of them cannot keep it out.
    """
    node = ray.get_runtime_context().get_node_id()
    where = NodeAffinitySchedulingStrategy(node, soft=False) if here else "SPREAD"
    made = ray.remote(num_cpus=0, max_restarts=0)(Feeder)
    return made.options(scheduling_strategy=where).remote(*arguments)


def _feeders_for(readers: int, *, here: bool) -> int:
    """Return how many feeders keep so many readers busy; this machine bears no more than it has CPUs."""
    wanted = -(-readers // READERS_FED)
    return max(1, min(wanted, os.cpu_count() or 1) if here else wanted)
