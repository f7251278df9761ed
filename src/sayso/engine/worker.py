"""A worker: a process of its own that reads what it is handed until it is handed no more.

It talks in lines of JSON: on standard input first the ReaderOptions, then one list of Documents at a time; on standard
output first ``{}`` once it is ready, or ``{"problem": ...}``, then one Record for each Document. When the process that
started it goes away, however it goes, standard input ends and so does the worker.
"""

from __future__ import annotations

import json
import os
import sys
from typing import BinaryIO

from sayso.engine.options import ReaderOptions
from sayso.errors import SaysoError
from sayso.records import Document
from sayso.rendering.line import render


def run() -> None:
    """Be a worker."""
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints must not get among the answers
        try:
            _serve(sys.stdin.buffer, answers)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), answers.fileno())


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    try:
        reader = ReaderOptions(**json.loads(requests.readline())).make()
    except SaysoError as error:
        _answer(answers, json.dumps({"problem": str(error)}) + "\n")
        return
    _answer(answers, "{}\n")
    for line in requests:
        for record in reader.read(Document(**fields) for fields in json.loads(line)):
            _answer(answers, render(record))


def _answer(answers: BinaryIO, line: str) -> None:
    answers.write(line.encode())
    answers.flush()
