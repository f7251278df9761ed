"""What Sayso costs: speed beside bare tagging, start-up, memory, a second process, the ledger; and copies."""

from __future__ import annotations

from pathlib import Path

from measurement import Measurement, printed_by


def _articles(shared: Path) -> list[Path]:
    """Return the table of real articles, where there is one."""
    gold = shared / "gold" / "attribution" / "polnear_dev.jsonl"
    return [gold] if gold.exists() else []


def speed_on_samples(_: Path) -> list[Measurement]:
    """Measure the ratio to bare tagging over the sample articles; some ten CPU seconds."""
    return [Measurement("speed, samples", printed_by("throughput.py", "--docs", 6, "--rounds", 7)["ratio"])]


def speed(shared: Path) -> list[Measurement]:
    """Measure the ratio to bare tagging, and tokens in a second, over real articles."""
    found = printed_by("throughput.py", *_articles(shared))
    slow = printed_by("throughput.py", *_articles(shared), "--reader", "accurate", "--rounds", 3)["ratio"]
    quick, bare = found["sayso tokens/s"], found["bare tokens/s"]
    label = "speed, tokens/s as a ratio to bare `en_core_web_sm`"
    return [
        Measurement("speed", found["ratio"], label, f"{found['ratio']:.2f}", "1 would cost no more than tagging"),
        Measurement("speed, accurate", slow, "the same with `--reader accurate`", f"{slow:.2f}"),
        Measurement("tokens in a CPU second", quick, "tokens in a CPU second", f"{quick:,}", f"{bare:,} bare"),
    ]


def process(shared: Path) -> list[Measurement]:
    """Measure how long a process takes to be ready, and what it holds when it has read."""
    found = printed_by("process.py", *_articles(shared))
    start, held, peak = found["start-up seconds"], found["resident MiB"], found["peak MiB"]
    return [
        Measurement("memory, MiB", held, "memory after reading, MiB", f"{held:,}", f"{peak:,} at its peak"),
        Measurement("start-up, s", start, "start-up, seconds", f"{start:.1f}", "the limit is 2, on a quiet machine"),
    ]


def two_processes(shared: Path) -> list[Measurement]:
    """Measure how much sooner two processes have coded what one codes."""
    found = printed_by("workers.py", *_articles(shared))
    one, two, apart = found["one"], found["two"], found["ratio apart"]
    beside = f"{one:.0f} s and {two:.0f} s; {apart:.2f} by two commands of half the texts"
    label = "`--workers 2`, speed as a ratio to one process"
    return [Measurement("two processes", found["ratio"], label, f"{found['ratio']:.2f}", beside)]


def ledger(shared: Path) -> list[Measurement]:
    """Measure what the ledger costs; some minutes."""
    found = printed_by("ledger.py", *_articles(shared))
    asked, scattered, searched = (found[name] for name in ("asked", "asked before compaction", "search"))
    plain, kept, share = found["memory"], found["memory with --ledger"], found["append share"]
    before = f"{scattered['filtered events']:.2f} in 200 files, before `sayso ledger compact`"
    indexing = f"{searched['first search']:.0f} s the first time, which indexes them"
    return [
        Measurement(
            "appending, share of coding",
            share,
            "appending to the ledger, as a share of coding",
            f"{share:.1%}",
            "10,000 records of 20 items",
        ),
        Measurement(
            "asking 1 M events, s",
            asked["filtered events"],
            "events by actor, type and date among 1 M, seconds",
            f"{asked['filtered events']:.2f}",
            f"{asked['peak MiB']} MiB; {before}",
        ),
        Measurement(
            "searching 100,000, s",
            searched["second search"],
            "search among 100,000 documents, seconds",
            f"{searched['second search']:.2f}",
            indexing,
        ),
        Measurement(
            "skipping 5,000, s",
            found["skipping seconds"],
            "skipping 5,000 documents that are coded, seconds",
            f"{found['skipping seconds']:.1f}",
            "start included",
        ),
        Measurement(
            "memory after 50,000, MiB",
            plain[-1][1],
            "memory of `sayso code` after 5,000 and 50,000 documents, MiB",
            f"{plain[0][1]} and {plain[-1][1]}",
            f"with `--ledger` {kept[0][1]} and {kept[-1][1]}",
        ),
        Measurement("memory with a ledger after 50,000, MiB", kept[-1][1]),
    ]


def copies(shared: Path) -> list[Measurement]:
    """Measure how well copies are recognised."""
    whole = printed_by("copies.py", "--json", "--curve", "10000", "--shared", shared)["kinds"]["all"]
    told = f"of {whole['copies']:,}, cut and edited by program"
    both = f"{whole['precision']:.4f} and {whole['recall']:.4f}"
    return [
        Measurement("copies, precision", whole["precision"], "copies of articles, precision and recall", both, told),
        Measurement("copies, recall", whole["recall"]),
    ]
