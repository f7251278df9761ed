from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.intake import folder
from sayso.intake.folder import arrivals

EVERY = 0.05


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    """Stop watching after some seconds whatever happens: a test that waits in vain fails and does not hang."""
    event = threading.Event()
    timer = threading.Timer(8, event.set)
    timer.start()
    yield event
    event.set()
    timer.cancel()


def nothing(*_: object) -> bool:
    return False


def test_files_come_once_in_the_order_of_their_age(tmp_path: Path, stop: threading.Event) -> None:
    (tmp_path / "below" / "deeper").mkdir(parents=True)
    for age, name in enumerate(("c.txt", "below/a.jsonl.gz", "below/deeper/b.warc")):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, ns=(0, 10**18 + age))
    found = arrivals(str(tmp_path), every=EVERY, stop=stop, known=nothing)
    assert [os.path.relpath(next(found), tmp_path) for _ in range(3)] == [
        "c.txt",
        "below/a.jsonl.gz",
        "below/deeper/b.warc",
    ]
    (tmp_path / "new.txt").write_text("x")
    assert next(found) == str(tmp_path / "new.txt")
    threading.Timer(0.3, stop.set).start()
    assert list(found) == []


def test_a_file_that_changes_comes_again(tmp_path: Path, stop: threading.Event) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    found = arrivals(str(tmp_path), every=EVERY, stop=stop, known=nothing)
    assert next(found) == str(path)
    path.write_text("one and two")
    assert next(found) == str(path)


def test_a_file_that_grows_is_waited_for(tmp_path: Path, stop: threading.Event) -> None:
    path = tmp_path / "a.txt"
    done = threading.Event()

    def write() -> None:
        for _ in range(20):
            with path.open("a") as stream:
                stream.write("word ")
            time.sleep(0.02)
        done.set()

    threading.Thread(target=write).start()
    found = arrivals(str(tmp_path), every=EVERY, stop=stop, known=nothing)
    assert next(found) == str(path)
    assert done.is_set()


def test_what_is_not_finished_or_not_read_does_not_count(tmp_path: Path, stop: threading.Event) -> None:
    for name in (".a.txt", "a.txt.part", "a.jsonl.tmp", "a.txt~", "a.jpg", "a", ".git/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "round").symlink_to(tmp_path)
    threading.Timer(0.4, stop.set).start()
    assert list(arrivals(str(tmp_path), every=EVERY, stop=stop, known=nothing)) == []


def test_known_is_asked_once_for_every_state(tmp_path: Path, stop: threading.Event) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    asked: list[tuple[str, int, int]] = []

    def known(*state: object) -> bool:
        asked.append(state)  # type: ignore[arg-type]
        return state[1] == 3

    threading.Timer(0.4, lambda: path.write_text("four")).start()
    found = arrivals(str(tmp_path), every=EVERY, stop=stop, known=known)
    assert next(found) == str(path)
    assert [size for _, size, _ in asked] == [3, 4]
    assert asked[1] == (str(path), 4, path.stat().st_mtime_ns)


def test_files_that_vanish_and_folders_that_cannot_be_read(
    tmp_path: Path, stop: threading.Event, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "locked").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, ns=(0, 10**18 + ord(name[0])))
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(folder.os, "scandir", refuse)
    found = arrivals(str(tmp_path), every=EVERY, stop=stop, known=nothing)
    assert next(found) == str(tmp_path / "a.txt")
    (tmp_path / "b.txt").unlink()
    (tmp_path / "c.txt").write_text("x")
    assert next(found) == str(tmp_path / "c.txt")
    assert caplog.text.count("locked: the folder cannot be read (Permission denied)") == 1


def test_a_folder_that_is_not_there_yet_is_waited_for(
    tmp_path: Path, stop: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    def make() -> None:
        (tmp_path / "later").mkdir()
        (tmp_path / "later" / "a.txt").write_text("x")

    threading.Timer(0.2, make).start()
    found = arrivals(str(tmp_path / "later"), every=EVERY, stop=stop, known=nothing)
    assert next(found) == str(tmp_path / "later" / "a.txt")
    assert "it is tried again" in caplog.text


def test_watching_stops_within_a_second(tmp_path: Path) -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    began = time.perf_counter()
    assert list(arrivals(str(tmp_path), every=3600, stop=stop, known=nothing)) == []
    assert time.perf_counter() - began < 1
