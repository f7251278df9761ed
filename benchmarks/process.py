"""What a process costs: seconds from nothing to a loaded reader, and memory when it has read a hundred articles."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from throughput import texts_of

from ledger import memory


def start_up() -> float:
    """Return the seconds from nothing to a loaded reader, the best of three."""

    def once() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import sayso; sayso.Reader()"], check=True)
        return time.perf_counter() - began

    return min(once() for _ in range(3))


def measure(texts: list[str]) -> dict[str, Any]:
    """Return the figures; the memory is that of this process."""
    seconds = start_up()
    import sayso

    for _ in sayso.Reader().read(sayso.Document(text=text, published="2016-10-01") for text in texts):
        pass
    return {
        "start-up seconds": round(seconds, 2),
        "resident MiB": memory(os.getpid()),
        "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, help="a JSONL file with a text in each row")
    print(json.dumps(measure(texts_of(parser.parse_args().texts, 100))))


if __name__ == "__main__":
    main()
