"""A worker process as the one who starts it sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import IO

from sayso.collection import uncollected
from sayso.engine.options import ReaderOptions
from sayso.errors import SaysoError
from sayso.records import Document, Record

GRACE = 30.0
"""Seconds that a worker has beyond the time limits of its documents, before it is taken to hang."""

_COMMAND = [sys.executable, "-P", "-c", "from sayso.engine.worker import run; run()"]
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Workers share the cores between them; libraries that start threads of their own would only get in their way."""


class WorkerDiedError(Exception):
    """The process is gone before it has answered; the message says how."""


class WorkerProcess:
    """One worker with its reader loaded. Only one thread may use it at a time; ``kill`` may be called from any."""

    def __init__(self, options: ReaderOptions) -> None:
        self.options = options
        self._hung = False
        # A session of its own keeps the terminal's Ctrl-C for the process that decides what it means.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_ONE_THREAD | os.environ,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def load(self) -> None:
        """Wait until the reader is loaded; raise SaysoError where it cannot be."""
        try:
            self._send(asdict(self.options))
            answer = json.loads(self._receive())
        except WorkerDiedError as death:
            raise SaysoError(f"a worker process did not start ({death}); try --workers 1") from death
        if "problem" in answer:
            raise SaysoError(answer["problem"])

    def read(self, documents: list[Document]) -> Iterator[Record]:
        """Yield the Record of each Document; raise WorkerDiedError where the process ends or hangs before the last."""
        timer = threading.Timer(self.options.time_limit * len(documents) + GRACE, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            self._send([asdict(document) for document in documents])
            for _ in documents:
                yield _record(self._receive())
        finally:
            timer.cancel()

    def is_alive(self) -> bool:
        """Say whether the process runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process at once."""
        with suppress(ProcessLookupError):
            self._process.kill()

    def close(self) -> None:
        """End the process and wait for its end, so that nothing of it is left."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _give_up(self) -> None:
        self._hung = True
        self.kill()

    def _send(self, message: object) -> None:
        try:
            _open(self._process.stdin).write(json.dumps(message).encode() + b"\n")
            _open(self._process.stdin).flush()
        except OSError as error:
            raise self._death() from error

    def _receive(self) -> bytes:
        line = _open(self._process.stdout).readline()
        if not line.endswith(b"\n"):
            raise self._death()
        return line

    def _death(self) -> WorkerDiedError:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)  # its output may end a moment before it does
        self.kill()
        status = self._process.wait()
        if self._hung:
            return WorkerDiedError("it hung and was stopped")
        return WorkerDiedError(f"killed by signal {-status}" if status < 0 else f"exit status {status}")


def _record(line: bytes) -> Record:
    with uncollected():
        return Record.model_validate_json(line)


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
