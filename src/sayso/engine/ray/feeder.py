"""Feeding: documents out of a source, those that the ledger has left out, in chunks that are worth sending."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sayso import object_store
from sayso.engine.local import DOCUMENT_CHARACTERS
from sayso.engine.ray.known import Keys, Known
from sayso.engine.ray.sources import Intake
from sayso.ledger.shape import coding_key
from sayso.records import Document, document_id

CHUNK_CHARACTERS = 100_000
"""Documents are sent together up to this much text: some seconds of reading, lost where a node is."""
FIRST_CHARACTERS = 5_000
"""The first chunk of a source ends here, and each of the next is longer by as much: so all readers soon have work."""
PATIENCE = 5.0
"""Seconds after which a feeder says how far it is, though it has found no new document."""
MOST_NOTES = 100


@dataclass(frozen=True, slots=True)
class Fed:
    """What came with a chunk: how many documents are in it, how many were left out, and whether it is the last."""

    documents: int
    skipped: int
    is_last: bool
    notes: list[str] = field(default_factory=list)


class Feeder:
    """Reads one source after another, piece by piece as it is asked. Lives in a process of Ray's.

    ``settings`` are those of object stores where the command runs: what is set there holds on all nodes.
    """

    def __init__(self, intake: Intake, coding: str, known: Keys, settings: dict[str, str]) -> None:
        object_store.adopt(settings)
        self._intake, self._coding = intake, coding
        self._known, self._fresh = Known(known), Known(known[:0])
        self._documents: Iterator[Document] = iter(())
        self._made = 0
        self._notes = _Notes.attached()

    def next(self, paths: Sequence[str], fresh: Keys) -> tuple[Fed, list[Document]]:
        """Return the next documents of the source, fewer than there could be where it takes long to find them.

        ``paths`` is a source to turn to, nothing in order to go on with the last; ``fresh`` are the keys of documents
        that were coded since the feeder was made, sorted.
        """
        if paths:
            self._documents, self._fresh, self._made = self._intake.documents(paths), Known(fresh), 0
        self._made += 1
        wanted = min(CHUNK_CHARACTERS, FIRST_CHARACTERS * self._made)
        began, size, skipped, chunk = time.monotonic(), 0, 0, list[Document]()
        while size < wanted and time.monotonic() - began < PATIENCE:
            document = next(self._documents, None)
            if document is None:
                return Fed(len(chunk), skipped, True, self._notes.taken()), chunk
            if self._is_known(document):
                skipped += 1
                continue
            chunk.append(document)
            size += len(document.text) + DOCUMENT_CHARACTERS
        return Fed(len(chunk), skipped, False, self._notes.taken()), chunk

    def _is_known(self, document: Document) -> bool:
        key = coding_key(document_id(document), self._coding)
        return key in self._known or key in self._fresh


class _Notes(logging.Handler):
    """Keeps what the intake logs, so that it is said where the user sits."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._kept: list[str] = []

    @classmethod
    def attached(cls) -> _Notes:
        notes, logger = cls(), logging.getLogger("sayso")
        logger.handlers = [notes]
        logger.setLevel(logging.INFO)
        logger.propagate = False
        return notes

    def emit(self, record: logging.LogRecord) -> None:
        if len(self._kept) < MOST_NOTES:
            self._kept.append(record.getMessage())

    def taken(self) -> list[str]:
        kept, self._kept = self._kept, []
        return kept
