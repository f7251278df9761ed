"""What the ledger costs: appending beside coding, questions to a million events, memory, going on after a stop.

Everything is made up (made_up.py) but the texts whose coding is the measure: those of a table, or the sample articles.
Each part runs in a process of its own, so that its memory is its own. Times are CPU seconds where a part has a process
to itself, and seconds of clock time where the user waits for them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from made_up import records, write_reports
from throughput import texts_of

COMMIT = 500
SAMPLES = 10
"""Points of the memory's curve."""


def append(path: Path, count: int, items: int) -> dict[str, Any]:
    """Append made-up records and return the CPU seconds for one, without the making."""
    from sayso.ledger import Ledger

    ledger = Ledger(path, create=True)
    made = records(count, items)
    spent = 0.0
    while batch := list(islice(made, COMMIT)):
        start = time.process_time()
        ledger.append(batch)
        spent += time.process_time() - start
    return {"seconds per record": spent / count, "peak MiB": peak()}


def code(path: Path | None) -> dict[str, Any]:
    """Code real texts and return the CPU seconds for one."""
    import sayso

    texts = texts_of(path, 100)
    reader = sayso.Reader()
    documents = [sayso.Document(text=text, published="2016-10-01") for text in texts]
    list(reader.read(documents[:10]))
    start = time.process_time()
    list(reader.read(documents))
    return {"seconds per document": (time.process_time() - start) / len(texts)}


def ask(path: Path) -> dict[str, Any]:
    """Ask a ledger for events by actor, type and date, and return the seconds, of opening it too."""
    from sayso.ledger import Ledger

    start = time.perf_counter()
    ledger = Ledger(path)
    ledger.connected()
    opened = time.perf_counter() - start
    asked, found = seconds(lambda: ledger.events(actor="RUS", type="ASSAULT", since="2020").arrow().num_rows)
    return {"opening": opened, "filtered events": asked, "found": found, "peak MiB": peak()}


def search(path: Path) -> dict[str, Any]:
    """Search a ledger twice, the first time without an index."""
    from sayso.ledger import Ledger
    from sayso.ledger.search import search as find

    ledger = Ledger(path)
    first, _ = seconds(lambda: find(ledger, "bace OR dice").total)
    second, found = seconds(lambda: find(ledger, "bace OR dice").total)
    return {"first search": first, "second search": second, "found": found, "peak MiB": peak()}


def compact(path: Path) -> dict[str, Any]:
    """Compact a ledger and return the seconds."""
    from sayso.ledger import Ledger

    took, _ = seconds(lambda: Ledger(path).store.compact())
    return {"seconds": took}


PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "append": lambda path, count, items: append(Path(path), int(count), int(items)),
    "code": lambda path="": code(Path(path) if path else None),
    "ask": lambda path: ask(Path(path)),
    "search": lambda path: search(Path(path)),
    "compact": lambda path: compact(Path(path)),
}


def part(name: str, *arguments: object) -> dict[str, Any]:
    """Run a part in a process of its own and return its figures."""
    command = [sys.executable, __file__, "--part", name, *map(str, arguments)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(printed)
    return result


def curve(table: Path, count: int, *options: str) -> list[tuple[int, int]]:
    """Code a table in one process; return documents and MiB of memory in use, at equal distances."""
    command = [sys.executable, "-m", "sayso", "code", str(table), *options]
    points: list[tuple[int, int]] = []
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for number, _ in enumerate(process.stdout, 1):
            if number % (count // SAMPLES) == 0:
                points.append((number, memory(process.pid)))
    return points


def run_again(table: Path, ledger: Path) -> float:
    """Code a table into a ledger that holds all of it, and return the seconds of clock time."""
    command = [sys.executable, "-m", "sayso", "code", str(table), "--ledger", str(ledger)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    took, _ = seconds(lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL).returncode)
    return took


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of clock time that a call takes, and what it returns."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def peak() -> int:
    """Return the most memory that this process has used, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def memory(pid: int) -> int:
    """Return the memory that a process uses now, in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def measure(texts: Path | None, documents: int, coded: int, resumed: int) -> dict[str, Any]:
    """Return all figures."""
    with tempfile.TemporaryDirectory() as folder:
        big, again, table = Path(folder, "big"), Path(folder, "again"), Path(folder, "reports.jsonl")
        appended = part("append", Path(folder, "small"), 10_000, 20)
        coding = part("code", *([texts] if texts else []))
        filled = part("append", big, documents, 20)
        scattered = part("ask", big)
        compacted = part("compact", big)
        asked, found = part("ask", big), part("search", big)
        write_reports(table, resumed)
        skipped = run_again(table, again)
        write_reports(table, coded)
        return {
            "append share": appended["seconds per record"] / coding["seconds per document"],
            "append, ms a record": 1000 * appended["seconds per record"],
            "coding, ms a document": 1000 * coding["seconds per document"],
            "filling": filled,
            "events": documents * 10,
            "asked before compaction": scattered,
            "compaction": compacted,
            "asked": asked,
            "search": found,
            "documents": documents,
            "skipping seconds": skipped,
            "skipped": resumed,
            "memory": curve(table, coded, "--format", "jsonl"),
            "memory with --ledger": curve(table, coded, "--format", "jsonl", "--ledger", str(Path(folder, "curve"))),
        }


def main() -> None:
    """Measure and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="?", help="a table of real texts, as JSONL")
    parser.add_argument(
        "--documents", type=int, default=100_000, help="in the ledger that is asked, each of ten events"
    )
    parser.add_argument("--coded", type=int, default=50_000, help="documents over which memory is watched")
    parser.add_argument("--resumed", type=int, default=5_000, help="documents that a second run skips")
    parser.add_argument("--part", nargs="+", help=argparse.SUPPRESS)
    opts = parser.parse_args()
    if opts.part:
        print(json.dumps(PARTS[opts.part[0]](*opts.part[1:])))
    else:
        print(json.dumps(measure(opts.texts, opts.documents, opts.coded, opts.resumed), indent=2))


if __name__ == "__main__":
    main()
