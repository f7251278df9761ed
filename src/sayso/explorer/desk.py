"""The desk: a process of its own that reads articles for pages, one at a time, so that other pages do not wait.

It is begun when it is first needed, kept, and begun anew where it has died or takes too long. What goes to it and comes
back is JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import BoundedSemaphore, Lock
from typing import Any

from sayso.errors import SaysoError
from sayso.records import Document, Record

MOST_CHARACTERS = 200_000
"""Characters of a text that is read at once."""
LONGEST = 30.0
"""Seconds that reading a text may take."""
_STARTING = 60.0
"""Seconds that the process may take besides, where it has just begun."""
_WAITING = 4
"""Readers who wait for their turn; more are sent away."""


class DeskError(SaysoError):
    """A text cannot be read now, or takes too long; the message says which."""


@dataclass(frozen=True, slots=True)
class Because:
    """Why an item was coded, or words were not: the rule or model, and the spans that it rests on."""

    item: str
    kind: str
    rule: str
    spans: list[tuple[int, int]]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The account of a text, why each item was coded, and what was not coded and why."""

    record: Record
    reasons: list[Because]
    rejections: list[Because]


class Desk:
    """Reads texts in another process. Any number of threads may ask."""

    def __init__(self, longest: float = LONGEST, target: Callable[[Connection], None] | None = None) -> None:
        self._longest, self._target = longest, target or _sit
        self._turn, self._room = Lock(), BoundedSemaphore(_WAITING)
        self._process: Any = None
        self._line: Connection | None = None

    def read(self, document: Document) -> Reading:
        """Return the reading of a document. Raises DeskError."""
        if not self._room.acquire(blocking=False):
            raise DeskError("too many are having texts read just now; try again in a moment")
        try:
            with self._turn:
                answer = self._asked(json.dumps(asdict(document)).encode("utf-8", "surrogatepass"))
        finally:
            self._room.release()
        return Reading(
            Record.model_validate(answer["record"]),
            [Because(**reason) for reason in answer["reasons"]],
            [Because(**rejection) for rejection in answer["rejections"]],
        )

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
        self._process = self._line = None

    def _asked(self, question: bytes) -> dict[str, Any]:
        line, patience = self._begun()
        try:
            line.send_bytes(question)
            if not line.poll(self._longest + patience):
                self.close()
                raise DeskError(f"reading this text takes longer than {self._longest:.0f} seconds")
            answer: dict[str, Any] = json.loads(line.recv_bytes())
        except (EOFError, OSError) as error:
            self.close()
            raise DeskError("the reader has died of this text; the next will be read by another") from error
        if "problem" in answer:
            raise DeskError(answer["problem"])
        return answer

    def _begun(self) -> tuple[Connection, float]:
        """Return the line to the process, and how long it may need to get ready."""
        if self._process is not None and self._process.is_alive() and self._line is not None:
            return self._line, 0.0
        context = get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=self._target, args=(other,), daemon=True)
        self._process.start()
        other.close()
        return self._line, _STARTING


def _sit(line: Connection) -> None:
    """Read what comes until nobody is there any more."""
    from sayso.reading.reader import Reader

    reader = Reader(max_characters=MOST_CHARACTERS, time_limit=LONGEST)
    while True:
        try:
            question = line.recv_bytes()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            explanation = reader.explain(Document(**json.loads(question)))
            answer: dict[str, Any] = {
                "record": explanation.record.model_dump(),
                "reasons": [asdict(reason) for reason in explanation.reasons],
                "rejections": [
                    {"item": "", "kind": "rejected", "rule": r.rule, "spans": [r.chars], "reason": r.reason}
                    for r in explanation.rejections
                ],
            }
        except SaysoError as error:
            answer = {"problem": str(error)}
        line.send_bytes(json.dumps(answer).encode("utf-8", "surrogatepass"))
