"""Starts writers on a ledger one after the other and kills each at a random moment.

``python killed.py LEDGER NOTES SEED KILLS``: what an append has acknowledged is noted as a line of JSON for each batch.
Writers are forked from here, before any thread exists, so that the next one costs little.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from contextlib import suppress
from functools import partial

import duckdb  # noqa: F401 - these four, so that the writers need not
import pandas  # noqa: F401
import pyarrow.compute
import pyarrow.parquet  # noqa: F401
from making import account, bare

from sayso.errors import LedgerError
from sayso.ledger import Ledger, shape
from sayso.ledger.store import Store
from sayso.records import Record

LONGEST = 0.08
"""Seconds that a writer writes at most."""


def batch(name: str, size: int) -> list[Record]:
    """Return records of which each says to which batch it belongs, and with how many others."""
    return [_record(f"{name}-{number}", [name, str(size)]) for number in range(size)]


def events_of(ref: str) -> int:
    """Return how many events the record has that is called so."""
    return sum(map(ord, ref)) % 4


def _record(ref: str, authors: list[str]) -> Record:
    one = account()
    reports = [one.events[0].model_copy(update={"id": f"e{number}"}) for number in range(events_of(ref))]
    if not reports:
        return bare(f"Nothing happened, says report {ref}.", ref=ref, authors=authors)
    return account(f"{one.text} This is report {ref}.", ref=ref, authors=authors, events=reports)


def append_for_ever(path: str, notes: int, number: int, name: str) -> None:
    """Append batches; one writer in ten puts the files together before, one in ten looks for copies as all do."""
    chance = random.Random(name)
    store = Store(path)
    if number % 10 == 0:
        with suppress(LedgerError):  # the other process may be at it
            store.compact()
    append = Ledger(path).append if number % 10 == 5 else partial(plainly, store)
    for count in range(10_000):
        records = batch(f"{name}-{count}", chance.randint(1, 4))
        append(records)
        os.write(notes, json.dumps([record.id for record in records]).encode() + b"\n")


def plainly(store: Store, records: list[Record]) -> None:
    rows = [shape.row_of(record, store.version + 1, 0, b"") for record in records]
    store.append(shape.table_of(rows), "append")


def main(path: str, noted: str, seed: str, kills: str) -> None:
    chance = random.Random(seed)
    notes = os.open(noted, os.O_RDWR | os.O_APPEND | os.O_CREAT)
    for number in range(int(kills)):
        before = os.fstat(notes).st_size
        writer = os.fork()
        if not writer:
            try:
                append_for_ever(path, notes, number, f"{seed}-{number}")
            finally:
                os._exit(1)
        if number % 10:
            wait_for_more(notes, before)
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(writer, signal.SIGKILL)
        _, status = os.waitpid(writer, 0)
        if not os.WIFSIGNALED(status):
            sys.exit("a writer ended by itself")


def wait_for_more(file: int, size: int) -> None:
    until = time.monotonic() + 20
    while os.fstat(file).st_size == size and time.monotonic() < until:
        time.sleep(0.002)


if __name__ == "__main__":
    main(*sys.argv[1:])
