"""One of several processes on a ledger.

``write LEDGER NAME BATCHES``, ``read LEDGER DOCUMENTS`` or ``compact LEDGER TIMES``.
"""

from __future__ import annotations

import sys
import time

from killed import batch, events_of

from sayso.ledger import Ledger

PATIENCE = 90
SIZE = 3


def write(path: str, name: str, batches: str) -> None:
    ledger = Ledger(path, create=True)
    for number in range(int(batches)):
        ledger.append(batch(f"{name}-{number}", SIZE))


def read(path: str, documents: str) -> None:
    """Read until all documents are there; what is seen must be whole and never less than before."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:  # the first writer may not have made it yet
        try:
            ledger = Ledger(path)
            break
        except Exception as error:  # noqa: BLE001
            last = error
            time.sleep(0.02)
    else:
        raise last
    seen, version = 0, -1
    while seen < int(documents):
        assert time.monotonic() < until, f"only {seen} documents came"
        ledger.refresh()
        assert ledger.version >= version
        version = ledger.version
        rows = list(ledger.sql("SELECT document, ref, event_count FROM all_documents").rows())
        assert len(rows) >= seen
        assert len({row["document"] for row in rows}) == len(rows)
        assert len(rows) % SIZE == 0
        assert all(row["event_count"] == events_of(row["ref"]) for row in rows)
        told = ledger.sql("SELECT count(*) AS told FROM all_events").arrow()["told"][0].as_py()
        assert told == sum(row["event_count"] for row in rows)
        seen = len(rows)


def compact(path: str, times: str) -> None:
    for _ in range(int(times)):
        time.sleep(0.5)
        Ledger(path, create=True).store.compact()


if __name__ == "__main__":
    {"write": write, "read": read, "compact": compact}[sys.argv[1]](*sys.argv[2:])
