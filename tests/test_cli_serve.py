"""``sayso serve``: it starts, answers, shows what others append, and ends when it is told to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import sayso
from sayso.ledger import Ledger

PATIENCE = 90.0


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    text = "Police arrested 20 protesters in Minsk on Thursday, the Interior Ministry said."
    Ledger(tmp_path / "news", create=True).append([sayso.code(text, published="2024-10-25", publisher="Wire")])
    return tmp_path / "news"


@contextmanager
def served(ledger: Path, *options: str) -> Iterator[tuple[str, list[str]]]:
    """Run the command at a free port; give its address and what it said until then."""
    command = [sys.executable, "-m", "sayso", "serve", "--ledger", str(ledger), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    said: list[str] = []
    try:
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line)
            if "Token" in line:
                break
        address = next(word for line in said for word in line.split() if word.startswith("http://"))
        yield address.rstrip("/"), said
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) in (0, 130, -signal.SIGINT)
        assert "Traceback" not in (process.stderr.read() if process.stderr else "")


def asked(address: str, path: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{address}{path}", timeout=PATIENCE) as answer:
        found: dict[str, object] = json.load(answer)
    return found


def count(address: str, of: str) -> int:
    counts = asked(address, "/ledger.json")["counts"]
    assert isinstance(counts, dict)
    return int(counts[of])


def test_answers_and_shows_what_is_appended(ledger: Path) -> None:
    with served(ledger) as (address, said):
        assert address.startswith("http://127.0.0.1:")
        assert len(said[-1].split()[-1]) >= 16
        assert count(address, "documents") == 1
        text = "Turkey and Iraq agreed in Ankara to cooperate, a spokesman said."
        Ledger(ledger).append([sayso.code(text, published="2024-10-26", publisher="Paper")])
        end = time.monotonic() + PATIENCE
        while count(address, "documents") < 2 and time.monotonic() < end:
            time.sleep(0.2)
        assert count(address, "documents") == 2
        while count(address, "occurrences") < 2 and time.monotonic() < end:
            time.sleep(0.2)
        assert count(address, "occurrences") >= 2


def test_takes_a_token_of_ones_own(ledger: Path) -> None:
    with served(ledger, "--token", "a-token-of-my-own-here") as (_, said):
        assert "a-token-of-my-own-here" in said[-1]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--token", "short"], "16 characters"),
        (["--host", "192.0.2.1"], "192.0.2.1:0"),
        (["--port", "99999"], "65535"),
        (["--ledger", "/nowhere"], "/nowhere"),
    ],
)
def test_says_what_is_wrong(ledger: Path, options: list[str], told: str) -> None:
    command = [sys.executable, "-m", "sayso", "serve", "--ledger", str(ledger), "--port", "0", *options]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, "COLUMNS": "200"}, check=False
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
