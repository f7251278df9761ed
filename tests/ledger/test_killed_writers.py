"""Writers that are killed at any moment: what was acknowledged stays, and nothing is there by halves."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from killed import events_of

from sayso.ledger import Ledger
from sayso.ledger.verification import verify

KILLED = Path(__file__).with_name("killed.py")
WRITERS = 2
KILLS = 60
"""of each writer, in each of two ledgers"""


@pytest.mark.parametrize("seed", ["one", "two"])
def test_nothing_is_lost_doubled_or_halved_where_writers_are_killed(tmp_path: Path, seed: str) -> None:
    path, notes = tmp_path / "ledger", tmp_path / "notes"
    Ledger(path, create=True)
    killing = [
        subprocess.Popen([sys.executable, str(KILLED), str(path), str(notes), f"{seed}{n}", str(KILLS)])
        for n in range(WRITERS)
    ]
    assert [process.wait(timeout=120) for process in killing] == [0] * WRITERS

    ledger = Ledger(path)
    documents = ledger.sql("SELECT document, ref, authors, event_count FROM all_documents").arrow().to_pylist()
    present = Counter(row["document"] for row in documents)
    acknowledged = [id_ for line in notes.read_text().splitlines() for id_ in json.loads(line)]
    assert len(acknowledged) > WRITERS * KILLS
    assert set(acknowledged) <= present.keys()
    assert set(present.values()) == {1}

    of_batch = Counter(tuple(row["authors"]) for row in documents)
    assert all(found == int(size) for (_, size), found in of_batch.items())
    assert all(row["event_count"] == events_of(row["ref"]) for row in documents)
    told = "SELECT document, count(*) AS told FROM all_events GROUP BY document"
    events = {row["document"]: row["told"] for row in ledger.sql(told).rows()}
    assert events == {row["document"]: row["event_count"] for row in documents if row["event_count"]}
    assert {record.id: len(record.events) for record in ledger.records()} == {
        row["document"]: row["event_count"] for row in documents
    }

    verdict = verify(ledger)
    assert verdict.problems == []
    assert verdict.documents >= len(documents)
