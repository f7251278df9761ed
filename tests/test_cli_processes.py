"""The command line as a process among others: pipes, signals, workers; read with the real reader."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SAYSO = [sys.executable, "-P", "-c", "from sayso.cli import run; run()"]
ARTICLE = (
    "The defence minister of Norway said on Monday that his country would send 40 tanks to Ukraine. "
    "“We will deliver them this spring,” Bjorn Hansen told reporters in Oslo. Russia denied the report.\n"
)
PATIENCE = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = (json.dumps({"text": ARTICLE * 20, "id": str(n)}) for n in range(400))
    (tmp_path / "news.jsonl").write_text("\n".join(lines))
    (tmp_path / "one.txt").write_text(ARTICLE)
    return tmp_path


def start(folder: Path, *arguments: str, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*SAYSO, *arguments], cwd=folder, stderr=subprocess.PIPE, start_new_session=True, **options)


def wait_for_lines(path: Path, number: int) -> None:
    began = time.monotonic()
    while not path.exists() or path.read_bytes().count(b"\n") < number:
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.05)


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_gone(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().split(") ")[1][0] == "Z"


def complete(path: Path) -> list[str]:
    """Return the refs of the records in a file whose every line is whole."""
    content = path.read_text()
    assert content.endswith("\n")
    return [json.loads(line)["ref"] for line in content.splitlines()]


def test_one_article_and_several_workers_tell_the_same(folder: Path) -> None:
    alone = subprocess.run([*SAYSO, "code", "one.txt"], cwd=folder, capture_output=True, timeout=PATIENCE, check=True)
    together = subprocess.run(
        [*SAYSO, "code", "one.txt", "--workers", "2"], cwd=folder, capture_output=True, timeout=PATIENCE, check=True
    )
    one, same = json.loads(alone.stdout), json.loads(together.stdout)
    assert one["statements"]
    assert one["events"]
    assert {**one, "coded_with": None} == {**same, "coded_with": None}


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_leaves_whole_lines_and_no_processes(folder: Path, workers: str) -> None:
    output = folder / "out.jsonl"
    process = start(folder, "code", "news.jsonl", "--workers", workers, "-o", "out.jsonl")
    wait_for_lines(output, 3)
    workers_at_work = children_of(process.pid) if sys.platform == "linux" else []
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert time.monotonic() - began < 5
    assert b"stopped: " in messages
    assert b"Traceback" not in messages
    refs = complete(output)
    assert refs == [str(n) for n in range(len(refs))]
    assert all(is_gone(pid) for pid in workers_at_work)


def test_a_process_that_is_killed_leaves_whole_lines_and_its_workers_end(folder: Path) -> None:
    output = folder / "out.jsonl"
    process = start(folder, "code", "news.jsonl", "--workers", "2", "-o", "out.jsonl")
    wait_for_lines(output, 3)
    workers_at_work = children_of(process.pid) if sys.platform == "linux" else []
    process.kill()
    process.wait(PATIENCE)
    assert complete(output)
    began = time.monotonic()
    while not all(map(is_gone, workers_at_work)):
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.1)


def test_a_reader_that_goes_away_is_no_error_to_tell_of(folder: Path) -> None:
    process = start(folder, "code", "news.jsonl", "--workers", "2", stdout=subprocess.PIPE)
    assert process.stdout
    first = process.stdout.readline()
    process.stdout.close()
    assert process.stderr
    messages = process.stderr.read()
    process.wait(PATIENCE)
    assert json.loads(first)["ref"] == "0"
    assert messages == b""
    assert process.returncode == 141


def test_a_terminal_gets_an_account_and_a_pipe_gets_lines(folder: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = start(folder, "code", "one.txt", stdout=theirs, env=os.environ | {"TERM": "xterm", "COLUMNS": "70"})
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Who said what" in shown.decode()
    assert "\x1b[" in shown.decode()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_old_terminal_gets_its_own_encoding(folder: Path, encoding: str) -> None:
    (folder / "one.txt").write_text(ARTICLE.replace("Bjorn Hansen", "Björn Hansen"))
    told = subprocess.run(
        [*SAYSO, "code", "one.txt", "--format", "pretty"],
        cwd=folder,
        capture_output=True,
        timeout=PATIENCE,
        env=os.environ | {"PYTHONIOENCODING": encoding},
        check=True,
    )
    assert ("Björn" if encoding == "latin-1" else "Bj?rn") in told.stdout.decode(encoding)
    assert "->" in told.stdout.decode(encoding)
