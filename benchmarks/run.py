"""Measure Sayso and write the table of figures into the README.

Speed and start-up are measured on the sample articles, or on a gold set where there is one. Scores need gold sets and
scorers, which are not part of this repository: ``--shared DIR`` names a folder with ``gold/`` and ``bench/``; without
it those rows stay as they are.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MARKS = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.S)

Row = tuple[str, str, str]
"""What is measured, the figure, and what stands beside it."""


@dataclass(frozen=True)
class Figure:
    """One row of the table; ``path`` leads to the figure in a scorer's JSON."""

    task: str
    gold: str
    scorer: str
    path: tuple[str, ...]
    others: str
    reader: str = "fast"


FIGURES = (
    Figure(
        "attribution, linked F1",
        "attribution/polnear_dev",
        "attribution",
        ("linked", "f1"),
        ".17 textacy, .53 Citron (trained), .77 another human",
    ),
    Figure(
        "the same with `--reader accurate`", "attribution/polnear_dev", "attribution", ("linked", "f1"), "", "accurate"
    ),
    Figure("events, PLOVER type F1", "events/plover_dev", "events", ("type", "f1"), ".41 PETRARCH-2"),
    Figure(
        "events, type + actor + recipient F1", "events/plover_dev", "events", ("full event", "f1"), ".33 PETRARCH-2"
    ),
    Figure("events, actor and recipient swapped", "events/plover_dev", "events", ("swapped",), ""),
    Figure("places, right within 161 km, of all", "places/lgl", "places", ("acc161 all",), ".38 spaCy NER + gazetteer"),
    Figure("places, recognised F1", "places/lgl", "places", ("recognised", "f1"), ".69 spaCy NER"),
    Figure("times, value F1", "times/aquaint", "times", ("value", "f1"), ".73 HeidelTime"),
    Figure("false events in 1,000 words of sport and shows", "negatives/bbc_topics", "negatives", ("quiet",), ""),
)


def scores(shared: Path) -> Iterator[tuple[Figure, float]]:
    """Code each gold set once with each reader that is wanted, and yield its figures."""
    done: dict[tuple[str, str], dict[str, Any]] = {}
    for figure in FIGURES:
        key = figure.gold, figure.reader
        if key not in done:
            done[key] = score(shared, figure)
        value: Any = done[key]
        for step in figure.path:
            value = value[step]
        yield figure, float(value)


def score(shared: Path, figure: Figure) -> dict[str, Any]:
    """Return what the scorer says of Sayso's account of a gold set."""
    gold = shared / "gold" / f"{figure.gold}.jsonl"
    with tempfile.TemporaryDirectory() as scratch:
        records = Path(scratch) / "records.jsonl"
        sayso = [
            Path(sys.executable).with_name("sayso"),
            "code",
            gold,
            "-o",
            records,
            "--workers",
            "2",
            "--reader",
            figure.reader,
        ]
        subprocess.run([str(part) for part in sayso], check=False)
        scorer = [sys.executable, shared / "bench" / f"score_{figure.scorer}.py", gold, records, "--json"]
        printed = subprocess.run([str(part) for part in scorer], check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(printed)
    return result


def start_up() -> float:
    """Return the seconds from nothing to a loaded reader, the best of three."""

    def once() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import sayso; sayso.Reader()"], check=True)
        return time.perf_counter() - began

    return min(once() for _ in range(3))


def throughput(shared: Path) -> dict[str, Any]:
    """Return the figures of throughput.py, over real articles where there are any."""
    gold = shared / "gold" / "attribution" / "polnear_dev.jsonl"
    return printed_by("throughput.py", *([gold] if gold.exists() else []))


def ledger(shared: Path) -> list[Row]:
    """Return the rows of what the ledger costs."""
    gold = shared / "gold" / "attribution" / "polnear_dev.jsonl"
    figures = printed_by("ledger.py", *([gold] if gold.exists() else []))
    asked, scattered, searched = (figures[name] for name in ("asked", "asked before compaction", "search"))
    plain, kept = figures["memory"], figures["memory with --ledger"]
    return [
        (
            "appending to the ledger, as a share of coding",
            f"{figures['append share']:.1%}",
            "10,000 records of 20 items",
        ),
        (
            "events by actor, type and date among 1 M, seconds",
            f"{asked['filtered events']:.2f}",
            f"{asked['peak MiB']} MiB; {scattered['filtered events']:.2f} in 200 files, before `sayso ledger compact`",
        ),
        (
            "search among 100,000 documents, seconds",
            f"{searched['second search']:.2f}",
            f"{searched['first search']:.0f} s the first time, which indexes them",
        ),
        ("skipping 5,000 documents that are coded, seconds", f"{figures['skipping seconds']:.1f}", "start included"),
        (
            "memory of `sayso code` after 5,000 and 50,000 documents, MiB",
            f"{plain[0][1]} and {plain[-1][1]}",
            f"with `--ledger` {kept[0][1]} and {kept[-1][1]}",
        ),
    ]


def copies(shared: Path) -> Row:
    """Return the row of how well copies are recognised."""
    whole = printed_by("copies.py", "--json", "--curve", "10000", "--shared", shared)["kinds"]["all"]
    told = f"of {whole['copies']:,}, cut and edited by program"
    return "copies of articles, precision and recall", f"{whole['precision']:.4f} and {whole['recall']:.4f}", told


def printed_by(script: str, *arguments: object) -> dict[str, Any]:
    """Run a script of this folder and return the JSON that it prints."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return result


def table(shared: Path) -> str:
    """Return the figures as a Markdown table."""
    speed = throughput(shared)
    rows = [
        (
            "speed, tokens/s as a ratio to bare `en_core_web_sm`",
            f"{speed['ratio']:.2f}",
            "1 would cost no more than tagging",
        ),
        ("tokens in a CPU second", f"{speed['sayso tokens/s']:,}", f"{speed['bare tokens/s']:,} bare"),
        ("peak memory, MiB", f"{speed['peak MiB']:,}", "spaCy loaded twice for the comparison"),
        ("start-up, seconds", f"{start_up():.1f}", ""),
        *ledger(shared),
        copies(shared),
    ]
    if (shared / "gold").is_dir():
        rows = [(f.task, f"{v:.3f}".replace("0.", ".", 1), f.others) for f, v in scores(shared)] + rows
    lines = ["| measured | Sayso | beside it |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def main() -> None:
    """Measure, print, and rewrite the README's table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--readme", type=Path, help="a file with <!-- figures --> marks to write the table between")
    opts = parser.parse_args()
    made = table(opts.shared)
    print(made)
    if opts.readme and (opts.shared / "gold").is_dir():
        text = opts.readme.read_text(encoding="utf-8")
        opts.readme.write_text(MARKS.sub(lambda m: m[1] + made + m[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
