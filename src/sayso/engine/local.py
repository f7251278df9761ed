"""The local engine: Documents in, Records out in the same order, in this process or in several.

Each worker process is looked after by one thread, which hands it some documents and waits for their Records. Only so
many documents are under way at a time: where whoever takes the Records is slow, no more Documents are taken in. A
worker that dies is replaced, and only the document it died of is lost.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from queue import SimpleQueue

from sayso.engine.options import ReaderOptions
from sayso.engine.process import WorkerDiedError, WorkerProcess
from sayso.engine.setting_aside import read_all
from sayso.records import Document, Record

CHUNK_CHARACTERS = 60_000
"""Small documents are handed over together up to this much text, what a reader parses at once."""

FIRST_CHARACTERS = 500
"""The text of the first chunk of each worker; that of each later one is twice as much, up to the above."""

DOCUMENT_CHARACTERS = 200
"""What a document costs besides its text, so that empty ones do not gather without end."""

CHUNKS_AHEAD = 4
"""So many chunks for each worker are under way at most, those included whose Records wait for their turn."""


def code(documents: Iterable[Document], options: ReaderOptions, workers: int = 1) -> Generator[Record]:
    """Yield the Record of each Document, in order; close the iterator to end early, and all workers end with it.

    Raises SaysoError where a reader cannot be loaded, which is not tried before there is something to read.
    """
    documents = iter(documents)
    if (first := next(documents, None)) is None:
        return
    documents = chain([first], documents)
    if workers <= 1:
        yield from options.make().read(documents)
        return
    crew = _Crew(options, workers)
    try:
        yield from crew.code(documents)
    finally:
        crew.dismiss()


def chunks(documents: Iterable[Document], workers: int) -> Iterator[list[Document]]:
    """Group documents; the first groups are small, so that every worker soon has something to do."""
    chunk: list[Document] = []
    size = made = 0
    wanted = FIRST_CHARACTERS
    for document in documents:
        chunk.append(document)
        size += len(document.text) + DOCUMENT_CHARACTERS
        if size >= wanted:
            yield chunk
            chunk, size, made = [], 0, made + 1
            if made % workers == 0:
                wanted = min(2 * wanted, CHUNK_CHARACTERS)
    if chunk:
        yield chunk


class _Crew:
    """Worker processes, each started when it is first needed, and the threads that look after them."""

    def __init__(self, options: ReaderOptions, size: int) -> None:
        self.options = options
        self.size = size
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="sayso-worker")
        self._idle: SimpleQueue[WorkerProcess | None] = SimpleQueue()
        for _ in range(size):
            self._idle.put(None)
        self._workers: set[WorkerProcess] = set()
        self._lock = threading.Lock()
        self._dismissed = False

    def code(self, documents: Iterable[Document]) -> Iterator[Record]:
        under_way: deque[Future[list[Record]]] = deque()
        for chunk in chunks(documents, self.size):
            under_way.append(self._threads.submit(read_all, chunk, self._read))
            while len(under_way) >= CHUNKS_AHEAD * self.size or (under_way and under_way[0].done()):
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()

    def dismiss(self) -> None:
        """End all workers at once, and the threads that wait for them."""
        with self._lock:
            self._dismissed = True
            for worker in self._workers:
                worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def _read(self, chunk: list[Document]) -> Iterator[Record]:
        worker = self._idle.get()
        try:
            if worker is None or not worker.is_alive():
                worker = self._hire(instead_of=worker)
            yield from worker.read(chunk)
        finally:
            self._idle.put(worker)

    def _hire(self, instead_of: WorkerProcess | None) -> WorkerProcess:
        with self._lock:
            if self._dismissed:
                raise WorkerDiedError("the work has ended")
            if instead_of is not None:
                instead_of.close()
                self._workers.discard(instead_of)
            worker = WorkerProcess(self.options)
            self._workers.add(worker)
        worker.load()
        return worker
