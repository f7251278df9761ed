"""The crew: readers on the nodes, and what each of them has in hand.

A reader that is lost is replaced, and what it had in hand is read by others: some documents one by one then, so that
one that ends whoever reads it is found, and set aside.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pyarrow as pa
import ray

from sayso.engine.options import ReaderOptions
from sayso.engine.ray.calls import Calls, Outcome, outcome
from sayso.engine.ray.reader import Answer, NodeReader
from sayso.engine.ray.sources import Source
from sayso.engine.ray.supply import Piece
from sayso.errors import SaysoError

IN_HAND = 2
"""Pieces that a reader has at most: one that it reads, and one so that it need not wait for the next."""
MOST_LOSSES = 2
"""Times that the reader of a single document may be lost before that is set aside."""
FRUITLESS = 8
"""Readers in a row that are lost before they are ready, before the run is given up."""


@dataclass(slots=True, eq=False)
class _Seat:
    """A reader, and what it has in hand; it is given nothing before it is ready."""

    reader: Any
    is_ready: bool = False
    pieces: list[Piece] = field(default_factory=list)

    def has_room_for(self, piece: Piece) -> bool:
        """Say whether a piece can be handed over; a suspect is read alone."""
        alone = piece.is_suspect or any(held.is_suspect for held in self.pieces)
        return self.is_ready and len(self.pieces) < (1 if alone else IN_HAND)


class Crew:
    """So many readers. ``give_back`` is told of sources of which something was lost for good."""

    def __init__(
        self, options: ReaderOptions, coding: str, size: int, calls: Calls, give_back: Callable[[Source], None]
    ) -> None:
        self._options, self._coding = options, coding
        self._calls, self._give_back = calls, give_back
        self._fruitless = 0
        self.answers = deque[tuple[Answer, pa.Table]]()
        self.lost = deque[Piece]()
        """Pieces that are to be read again."""
        self._seats = [self._new_seat() for _ in range(size)]

    @property
    def is_idle(self) -> bool:
        """Whether nobody has anything to read."""
        return not (self.lost or any(seat.pieces for seat in self._seats))

    @property
    def ready(self) -> int:
        """How many readers are there."""
        return sum(seat.is_ready for seat in self._seats)

    def hand_out(self, pieces: deque[Piece]) -> None:
        """Give pieces to who has least in hand, as long as anybody has room; first those that were lost."""
        for waiting in (self.lost, pieces):
            while waiting and self._hand_over(waiting[0]):
                waiting.popleft()

    def end(self) -> None:
        """End all readers."""
        for seat in self._seats:
            ray.kill(seat.reader)

    def _hand_over(self, piece: Piece) -> bool:
        room = [seat for seat in self._seats if seat.has_room_for(piece)]
        if not room:
            return False
        seat = min(room, key=lambda seat: len(seat.pieces))
        seat.pieces.append(piece)
        answer, rows = seat.reader.read.options(num_returns=2).remote(
            piece.chunk, piece.first, piece.last, _problem(piece)
        )
        self._calls.add(answer, partial(self._answered, seat, piece, rows))
        return True

    def _answered(self, seat: _Seat, piece: Piece, rows: Any, answer: Outcome) -> None:
        seat.pieces.remove(piece)
        if answer == "lost":
            self._replace(seat)
            self._read_again(piece)
        elif answer == "gone" or isinstance(table := outcome(rows), str):
            self._give_back(piece.source)
        else:
            self.answers.append((answer, table))

    def _read_again(self, piece: Piece) -> None:
        if piece.is_suspect:
            piece.losses += 1
            self.lost.append(piece)
        else:
            self.lost.extend(piece.split())

    def _new_seat(self) -> _Seat:
        """Start a reader, which takes one CPU; it waits where none is free."""
        made = ray.remote(num_cpus=1, max_restarts=0)(NodeReader)
        seat = _Seat(made.options(scheduling_strategy="SPREAD").remote(self._options))
        self._calls.add(seat.reader.prepare.remote(), partial(self._prepared, seat))
        return seat

    def _prepared(self, seat: _Seat, coding: Outcome) -> None:
        if coding == "lost":
            self._fruitless += 1
            if self._fruitless >= FRUITLESS:
                raise SaysoError("readers end on the nodes before they are ready: there may be too little memory")
            self._replace(seat)
            return
        if coding != self._coding:
            raise SaysoError(
                "a node has another Sayso, or other knowledge, than this machine: install the same version everywhere, "
                "and put what --knowledge and --ontology name where all nodes find it"
            )
        self._fruitless = 0
        seat.is_ready = True

    def _replace(self, seat: _Seat) -> None:
        """Start another reader in place of one that is lost; it may have been replaced already, for another piece."""
        if seat in self._seats:
            self._seats.remove(seat)
            self._seats.append(self._new_seat())


def _problem(piece: Piece) -> str | None:
    """Say why a document is set aside, if it is."""
    if piece.losses < MOST_LOSSES:
        return None
    return "the text could not be read: whoever read it was lost, twice; there may be too little memory for it"
