"""Several processes on one ledger at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from killed import batch
from sharing import SIZE

from sayso.ledger import Ledger
from sayso.ledger.verification import verify

SHARING = Path(__file__).with_name("sharing.py")
WRITERS, BATCHES, READERS = 4, 8, 2
PATIENCE = 120


def start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(SHARING), *arguments], stderr=subprocess.PIPE)


def test_four_writers_a_compaction_and_two_readers_agree(tmp_path: Path) -> None:
    path, everything = str(tmp_path / "ledger"), WRITERS * BATCHES * SIZE
    processes = [start("write", path, f"w{number}", str(BATCHES)) for number in range(WRITERS)]
    processes += [start("read", path, str(everything)) for _ in range(READERS)]
    processes += [start("compact", path, "3")]
    told = [process.communicate(timeout=PATIENCE)[1].decode() for process in processes]
    assert told == [""] * len(processes)

    ledger = Ledger(path)
    wanted = {r.id for w in range(WRITERS) for b in range(BATCHES) for r in batch(f"w{w}-{b}", SIZE)}
    assert len(wanted) == everything
    assert {row["document"] for row in ledger.documents(copies=True)} == wanted
    assert ledger.documents(copies=True).count() == everything
    assert [commit.operation for commit in ledger.history()].count("append") == WRITERS * BATCHES
    assert verify(ledger).problems == []
