"""How much sooner two processes have coded what one codes: seconds of clock time, of the whole command.

One and two in turn, and the best of either: another program that runs can only make them slower. It needs two
processors that have nothing else to do. Two commands that know nothing of each other and have half the texts each are
timed as well: what they lose, they lose to the machine (one path to memory, one cache), and no engine can win it back.
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


def seconds(tables: list[Path], workers: int = 1) -> float:
    """Return the seconds of clock time that tables take to code, each by a command of its own, all at once."""
    began = time.perf_counter()
    commands = [
        [sys.executable, "-m", "sayso", "code", table, "-o", table.with_suffix(".out.jsonl"), "--workers", workers]
        for table in tables
    ]
    running = [subprocess.Popen([str(part) for part in command], stderr=subprocess.DEVNULL) for command in commands]
    if any(process.wait() for process in running):
        raise SystemExit("sayso code failed")
    return time.perf_counter() - began


def table_of(rows: list[str], path: Path) -> Path:
    """Write a table of rows of JSON."""
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def measure(texts: list[str], rounds: int) -> dict[str, float]:
    """Return the seconds of one process, of two, and of two commands that have half the texts each, and the ratios."""
    rows = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as scratch:
        table = table_of(rows, Path(scratch) / "texts.jsonl")
        halves = [table_of(rows[first::2], Path(scratch) / f"{first}.jsonl") for first in (0, 1)]
        timed = [(seconds([table]), seconds([table], workers=2), seconds(halves)) for _ in range(rounds)]
    one, two, apart = (min(times) for times in zip(*timed, strict=True))
    return {
        "one": round(one, 1),
        "two": round(two, 1),
        "ratio": round(one / two, 3),
        "apart": round(apart, 1),
        "ratio apart": round(one / apart, 3),
    }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, help="a JSONL file with a text in each row")
    parser.add_argument("--docs", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=2)
    opts = parser.parse_args()
    texts = texts_of(opts.texts, opts.docs)
    print(json.dumps(measure((texts * opts.docs)[: opts.docs], opts.rounds)))


if __name__ == "__main__":
    main()
