"""Reading on a node: a worker process with its reader loaded once, and who looks after it.

The worker is a process of its own, as with the local engine: the time limit of a document holds in it, and a document
that ends it ends nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from sayso.engine.options import ReaderOptions
from sayso.engine.process import WorkerProcess
from sayso.engine.ray.known import Keys
from sayso.engine.setting_aside import read_all
from sayso.ledger.accounts import keys_of, rows_of
from sayso.ledger.shape import coding_of
from sayso.records import Document, Record


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be known of accounts without looking into them: their keys, and what failed, by its place."""

    keys: Keys
    failed: dict[int, Record]
    """The accounts of documents that could not be coded, without text."""


class NodeReader:
    """Reads chunks of documents. Lives in a process of Ray's."""

    def __init__(self, options: ReaderOptions) -> None:
        self._options = options
        self._coding = ""
        self._worker: WorkerProcess | None = None

    def prepare(self) -> str:
        """Load the reader, and return what accounts will say of it (``coding_of``); raise SaysoError where it fails."""
        self._coding = coding_of(self._options.coded_with())
        self._working()
        return self._coding

    def read(self, chunk: list[Document], first: int, last: int, problem: str | None) -> tuple[Answer, pa.Table]:
        """Return the accounts of some of the documents of a chunk, as rows of a ledger.

        ``problem`` says why they are not to be read but set aside.
        """
        documents = chunk[first:last]
        if problem is not None:
            documents = [replace(document, error=problem) for document in documents]
        records = read_all(documents, lambda some: self._working().read(some))
        rows = rows_of(records)
        failed = {n: record.model_copy(update={"text": ""}) for n, record in enumerate(records) if record.error}
        return Answer(np.array(keys_of(rows, self._coding), dtype=np.int64), failed), rows

    def _working(self) -> WorkerProcess:
        """Return the worker, a new one where the last is dead."""
        if self._worker is not None and self._worker.is_alive():
            return self._worker
        if self._worker is not None:
            self._worker.close()
        self._worker = WorkerProcess(self._options)
        self._worker.load()
        return self._worker
