"""The parts of the Ray engine that need no Ray: what is known, what is read together, what a feeder and a reader do."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from sayso import object_store
from sayso.engine import process
from sayso.engine.options import ReaderOptions
from sayso.engine.ray import commits, feeder
from sayso.engine.ray.commits import Commits
from sayso.engine.ray.feeder import Feeder
from sayso.engine.ray.known import Keys, Known
from sayso.engine.ray.reader import NodeReader
from sayso.engine.ray.sources import TOGETHER, Intake, sources
from sayso.errors import IntakeError, LedgerError, SaysoError
from sayso.ledger.shape import coding_key
from sayso.records import Document, document_id

CODING = "made by nobody"


def keys(*numbers: int) -> Keys:
    return np.array(numbers, dtype=np.int64)


def test_what_is_known_is_not_new_and_what_comes_twice_is_so_once() -> None:
    known = Known(keys(2, 5, 9))
    assert known.take(keys(5, 7, 7, 1)).tolist() == [False, True, False, True]
    assert known.take(keys(1, 2, 3)).tolist() == [False, False, True]
    assert [number for number in range(10) if number in known] == [1, 2, 3, 5, 7, 9]
    assert known.fresh().tolist() == [1, 3, 7]


def test_many_small_additions_stay_few_runs() -> None:
    known = Known(keys())
    for number in range(500):
        assert known.take(keys(number * 7 % 500)).all()
    assert len(known._runs) < 12
    assert known.fresh().tolist() == list(range(500))


def test_nothing_is_known_of_an_empty_set() -> None:
    assert 3 not in Known(keys())
    assert len(Known(keys()).fresh()) == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(TOGETHER + 3):
        (tmp_path / f"{number:03}.txt").write_text(f"Text {number}.")
    (tmp_path / "table.jsonl").write_text('{"text": "A row."}\n')
    return tmp_path


def test_small_files_are_read_together_and_tables_alone(folder: Path) -> None:
    found = list(sources([str(folder), "https://example.org/a", "s3://bucket/b.txt", "https://example.org/c"]))
    assert sorted(len(source.paths) for source in found) == [1, 1, 2, 3, TOGETHER]
    assert [source.here for source in found] == [True, True, True, False, True]
    assert found[-1].paths == ("https://example.org/a", "https://example.org/c")


def test_standard_input_cannot_be_shared_out() -> None:
    with pytest.raises(SaysoError, match="--engine local"):
        sources(["-"])


def test_options_that_make_no_sense_are_refused_at_once() -> None:
    with pytest.raises(IntakeError, match="the date"):
        Intake(published="soon").documents([])


@pytest.fixture
def notes() -> Iterator[None]:
    """Give the logger back as it was: a feeder takes it over, for it has a process to itself."""
    logger = logging.getLogger("sayso")
    before = logger.handlers, logger.level, logger.propagate
    yield
    logger.handlers, logger.level, logger.propagate = before


def rows(path: Path, texts: list[str]) -> tuple[str, ...]:
    path.write_text("".join(f'{{"text": "{text}"}}\n' for text in texts))
    return (str(path),)


def everything(feeding: Feeder, paths: tuple[str, ...], fresh: Keys) -> tuple[list[list[str]], int]:
    chunks, skipped, is_last = [], 0, False
    while not is_last:
        fed, chunk = feeding.next(paths, fresh)
        paths, is_last = (), fed.is_last
        chunks.append([document.text for document in chunk])
        skipped += fed.skipped
        assert fed.documents == len(chunk)
    return chunks, skipped


@pytest.mark.usefixtures("notes")
def test_a_feeder_leaves_out_what_is_known_and_turns_to_another_source(tmp_path: Path) -> None:
    texts = [f"Text {number}." for number in range(6)]
    known = [coding_key(document_id(Document(text=text)), CODING) for text in texts]
    feeding = Feeder(Intake(), CODING, keys(*sorted(known[:2])), {})
    first = rows(tmp_path / "first.jsonl", texts)
    assert everything(feeding, first, keys()) == ([texts[2:]], 2)
    assert everything(feeding, first, keys(known[4])) == ([[texts[2], texts[3], texts[5]]], 3)
    assert everything(feeding, rows(tmp_path / "other.jsonl", ["Other."]), keys()) == ([["Other."]], 0)


@pytest.mark.usefixtures("notes")
def test_the_first_chunks_of_a_source_are_small(tmp_path: Path) -> None:
    paths = rows(tmp_path / "long.jsonl", [f"{number:04}" + "x" * 1000 for number in range(600)])
    chunks, _ = everything(Feeder(Intake(), CODING, keys(), {}), paths, keys())
    sizes = [len(chunk) for chunk in chunks]
    assert sizes[0] < 6 < sizes[1] < sizes[5] < max(sizes) <= feeder.CHUNK_CHARACTERS // 1000
    assert sum(sizes) == 600


@pytest.mark.usefixtures("notes")
def test_a_feeder_says_where_it_is_though_it_finds_nothing_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "PATIENCE", 0.0)
    fed, chunk = Feeder(Intake(), CODING, keys(), {}).next(rows(tmp_path / "a.jsonl", ["Text."]), keys())
    assert (fed.documents, fed.is_last, chunk) == (0, False, [])


@pytest.mark.usefixtures("notes")
def test_a_feeder_reaches_object_stores_as_the_driver_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    told = object_store.settings()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:2")
    Feeder(Intake(), CODING, keys(), told)
    assert object_store.delta_options() == {"aws_endpoint": "http://127.0.0.1:1", "allow_http": "true"}


@pytest.mark.usefixtures("notes")
def test_what_the_intake_notes_comes_with_the_chunk(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Text.", "published": "soon"}\n')
    fed, _ = Feeder(Intake(), CODING, keys(), {}).next((str(tmp_path / "a.jsonl"),), keys())
    assert ["the date 'soon' cannot be read" in note for note in fed.notes] == [True]


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[NodeReader]:
    worker = Path(__file__).with_name("stand_in_worker.py")
    monkeypatch.setattr(process, "_COMMAND", [sys.executable, str(worker)])
    reader = NodeReader(ReaderOptions(time_limit=5))
    reader.prepare()
    yield reader
    if reader._worker:
        reader._worker.close()


def chunk(*texts: str) -> list[Document]:
    return [Document(text=text, ref=str(place)) for place, text in enumerate(texts)]


def test_a_document_that_ends_the_worker_is_set_aside_and_the_others_are_read(reading: NodeReader) -> None:
    answer, table = reading.read(chunk("a", "die", "b", "c", "die", "d"), 0, 6, None)
    assert table["text"].to_pylist() == ["a", "die", "b", "c", "die", "d"]
    assert sorted(answer.failed) == [1, 4]
    assert "ended twice (killed by signal 9)" in (answer.failed[1].error or "")
    assert len(answer.keys) == len(set(answer.keys.tolist())) == 6


def test_a_part_of_a_chunk_is_read(reading: NodeReader) -> None:
    answer, table = reading.read(chunk("a", "b", "c"), 1, 2, None)
    assert table["text"].to_pylist() == ["b"]
    assert not answer.failed


def test_what_is_to_be_set_aside_is_not_read(reading: NodeReader) -> None:
    answer, table = reading.read(chunk("die"), 0, 1, "it is too much")
    assert table["error"].to_pylist() == ["it is too much"]
    assert answer.failed[0].error == "it is too much"


def test_accounts_are_kept_until_they_are_enough_for_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commits, "ROWS", 3)
    appended: list[pa.Table] = []
    gathering = Commits(appended.append, Known(keys(4)))
    assert gathering.take(pa.table({"id": ["a", "b", "b"]}), keys(4, 5, 5)).tolist() == [False, True, False]
    gathering.flush(due=True)
    assert appended == []
    gathering.take(pa.table({"id": ["c", "d"]}), keys(6, 7))
    gathering.flush(due=True)
    assert [table["id"].to_pylist() for table in appended] == [["b", "c", "d"]]
    gathering.flush()
    assert len(appended) == 1


def test_what_the_ledger_did_not_take_is_not_tried_again() -> None:
    def refuse(rows: pa.Table) -> None:
        raise LedgerError("the disk is full")

    gathering = Commits(refuse, Known(keys()))
    gathering.take(pa.table({"id": ["a"]}), keys(1))
    with pytest.raises(LedgerError):
        gathering.flush()
    gathering.flush()


def test_accounts_that_have_waited_long_are_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commits, "SECONDS", 0.0)
    appended: list[pa.Table] = []
    gathering = Commits(appended.append, Known(keys()))
    gathering.take(pa.table({"id": ["a"]}), keys(1))
    gathering.flush(due=True)
    assert len(appended) == 1
