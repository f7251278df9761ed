from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sayso.engine import process
from sayso.engine.local import CHUNK_CHARACTERS, CHUNKS_AHEAD, DOCUMENT_CHARACTERS, chunks, code
from sayso.engine.options import ReaderOptions
from sayso.errors import SaysoError
from sayso.records import Document

OPTIONS = ReaderOptions(time_limit=5)


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Path(__file__).with_name("stand_in_worker.py")
    monkeypatch.setattr(process, "_COMMAND", [sys.executable, str(worker)])


def documents(texts: list[str]) -> list[Document]:
    return [Document(text=text, ref=str(number)) for number, text in enumerate(texts)]


def has_children() -> bool:
    """Say whether this process has children that run or that nobody has waited for."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def test_records_come_in_order_from_several_processes() -> None:
    texts = [["slow", "quick " * 50, "x"][n % 3] for n in range(60)]
    records = list(code(documents(texts), OPTIONS, workers=3))
    assert [record.ref for record in records] == [str(n) for n in range(60)]
    assert len({record.publisher for record in records}) > 1
    assert not has_children()


@pytest.mark.parametrize("workers", [2, 3])
def test_a_worker_that_dies_costs_only_the_document_it_died_of(workers: int) -> None:
    texts = ["fine " * 40] * 20 + ["die"] + ["fine " * 40] * 20 + ["die"]
    records = list(code(documents(texts), OPTIONS, workers=workers))
    failed = [int(record.ref or 0) for record in records if record.error]
    assert failed == [20, 41]
    assert [record.ref for record in records] == [str(n) for n in range(len(texts))]
    assert "killed by signal 9" in (records[20].error or "")


def test_a_worker_killed_from_outside_is_replaced() -> None:
    seen = []
    with closing(code(documents(["slow"] * 24), OPTIONS, workers=2)) as records:
        for record in records:
            seen.append(record)
            if len(seen) == 4:
                os.kill(int(record.publisher or 0), signal.SIGKILL)
    assert [record.ref for record in seen] == [str(n) for n in range(24)]
    assert sum(record.error is not None for record in seen) <= 1


def test_a_worker_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "GRACE", 0.5)
    began = time.monotonic()
    records = list(code(documents(["fine", "hang", "fine"]), ReaderOptions(time_limit=0.5), workers=2))
    assert ["hung" in (record.error or "") for record in records] == [False, True, False]
    assert time.monotonic() - began < 20


def test_no_more_documents_are_taken_in_than_are_wanted() -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield Document(text="x" * 30_000)

    with closing(code(endless(), OPTIONS, workers=2)) as records:
        next(records)
        time.sleep(0.3)
        assert taken <= 2 * CHUNKS_AHEAD + 1
    assert not has_children()


def test_ending_early_ends_the_workers() -> None:
    records = code(documents(["slow"] * 100), OPTIONS, workers=3)
    next(records)
    began = time.monotonic()
    records.close()
    assert time.monotonic() - began < 3
    assert not has_children()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sayso-worker")]


@pytest.mark.parametrize(
    ("reader", "message"), [("unknown", "no reader is called 'unknown'"), ("broken", "exit status 3")]
)
def test_a_reader_that_cannot_be_loaded_is_an_error(reader: str, message: str) -> None:
    with pytest.raises(SaysoError, match=message):
        list(code(documents(["fine"] * 5), ReaderOptions(reader=reader), workers=2))
    assert not has_children()


def test_large_documents_go_through_the_pipes() -> None:
    texts = ["x" * 900_000, "y" * 900_000, "z"]
    records = list(code(documents(texts), OPTIONS, workers=2))
    assert [len(record.text) for record in records] == [900_000, 900_000, 1]


def test_any_character_goes_through_the_pipes() -> None:
    text = "a\nb\r\u2028👍\x00\x1b"
    assert next(code(documents([text]), OPTIONS, workers=2)).text == text


def test_the_first_chunks_are_small_and_the_later_ones_larger() -> None:
    sizes = [len(chunk) for chunk in chunks((Document(text="x" * 500) for _ in range(4000)), 2)]
    assert sizes[:2] == [1, 1]
    assert 20 < max(sizes) <= CHUNK_CHARACTERS // 500
    assert sum(sizes) == 4000


def test_empty_documents_fill_chunks_too() -> None:
    sizes = [len(chunk) for chunk in chunks((Document(text="") for _ in range(10_000)), 2)]
    assert max(sizes) <= CHUNK_CHARACTERS // DOCUMENT_CHARACTERS
    assert sum(sizes) == 10_000


def test_no_documents_start_no_workers() -> None:
    assert list(code([], OPTIONS, workers=2)) == []
