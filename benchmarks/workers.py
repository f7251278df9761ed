"""How much sooner two processes have coded what one codes: seconds of clock time, of the whole command.

One and two in turn, and the best of either: another program that runs can only make them slower. It needs two
processors that have nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from throughput import texts_of


def seconds(table: Path, workers: int) -> float:
    """Return the seconds of clock time that a table takes to code."""
    command = [sys.executable, "-m", "sayso", "code", table, "-o", table.with_name("out.jsonl"), "--workers", workers]
    began = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def measure(texts: list[str], rounds: int) -> dict[str, float]:
    """Return the seconds of one process and of two, and how much quicker two are."""
    with tempfile.TemporaryDirectory() as scratch:
        table = Path(scratch) / "texts.jsonl"
        rows = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
        table.write_text("\n".join(rows), encoding="utf-8")
        timed = [(seconds(table, 1), seconds(table, 2)) for _ in range(rounds)]
    one, two = (min(times) for times in zip(*timed, strict=True))
    return {"one": round(one, 1), "two": round(two, 1), "ratio": round(one / two, 3)}


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, help="a JSONL file with a text in each row")
    parser.add_argument("--docs", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    opts = parser.parse_args()
    texts = texts_of(opts.texts, opts.docs)
    print(json.dumps(measure((texts * opts.docs)[: opts.docs], opts.rounds)))


if __name__ == "__main__":
    main()
