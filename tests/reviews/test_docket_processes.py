"""Several processes on one docket, and one that is killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from judging import said

from sayso.ledger import Ledger
from sayso.reviews import Docket

APPENDING = Path(__file__).with_name("appending.py")
REVIEWERS, TIMES = 3, 25
PATIENCE = 90


def start(path: str, name: str, times: int) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, str(APPENDING), path, name, str(times)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_reviewers_at_once_lose_nothing(ledger: Ledger) -> None:
    processes = [start(ledger.path, f"r{number}", TIMES) for number in range(REVIEWERS)]
    told = [process.communicate(timeout=PATIENCE)[1].decode() for process in processes]
    assert told == [""] * REVIEWERS

    docket = Docket(ledger.path)
    found = docket.judgements()
    for number in range(REVIEWERS):
        whys = [int(one.why.split()[0]) for one in found if one.reviewer == f"r{number}"]
        assert whys == list(range(TIMES))
    assert docket.damaged == []


def test_what_was_kept_before_a_reviewer_was_killed_stays(ledger: Ledger) -> None:
    process = start(ledger.path, "r", 100_000)
    assert process.stdout is not None
    for _ in range(10):
        last = int(process.stdout.readline())
    process.kill()
    process.communicate(timeout=PATIENCE)

    docket = Docket(ledger.path)
    assert [int(one.why.split()[0]) for one in docket.judgements()][: last + 1] == list(range(last + 1))
    docket.append(said("e2"))
    assert docket.judgements()[-1].item == "e2"
