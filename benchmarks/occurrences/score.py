"""Score occurrences on our own set: grouping, disputes, and how many voices there are.

usage: score.py tuning|kept OCCURRENCES.jsonl [--mistakes | --json]

The occurrences are those of `sayso occurrences --untyped --format jsonl` over a ledger of the reports, whose `id` was
given as `id` (see documents.py). A mention is found where the anchor of some report overlaps its word. What is scored:

- grouping, on the mentions that are found: B3, and pairs across documents;
- disputes: whether the occurrence that has most of an occurrence's found mentions is disputed or denied;
- status: whether it has the same of the four;
- voices: whether it has exactly as many independent voices as those who vouch for its found mentions in originals;
- all voices: the same against all voices that the set knows of it, found or not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from grouping import Place, groups, harmonic, scores
from story_sets import HALVES, contents, span

HERE = Path(__file__).parent

CONTESTED = ("disputed", "denied")


def main() -> None:
    """Print the figures of one half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=HALVES)
    parser.add_argument("occurrences", type=Path)
    parser.add_argument("--mistakes", action="store_true", help="list what is wrong; of the tuning half only")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    if options.mistakes and options.half == "kept":
        sys.exit("the kept half is for figures alone")
    stories = [story for _, story in contents(HERE / options.half)]
    told = [json.loads(line) for line in options.occurrences.read_text(encoding="utf-8").splitlines()]
    figures, mistakes = score(stories, told)
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:32s} {value:.3f}")
    if options.mistakes:
        print(*mistakes, sep="\n")


def score(stories: list[dict[str, Any]], told: list[dict[str, Any]]) -> tuple[dict[str, float], list[str]]:
    """Return the figures, and what is wrong with each occurrence, in words."""
    anchors: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for occurrence in told:
        for report in occurrence["reports"]:
            anchors[report["ref"]].append((*report["anchor"], occurrence["id"]))
    by_id = {occurrence["id"]: occurrence for occurrence in told}
    gold: dict[Place, str] = {}
    found: dict[Place, str] = {}
    heard: dict[str, set[str]] = defaultdict(set)
    total = 0
    for story in stories:
        for report in story["reports"]:
            for number, mention in enumerate(report["mentions"]):
                total += 1
                start, end = span(report["text"], mention["words"], mention["nth"]) or (0, 0)
                hit = next((name for a, b, name in anchors[report["id"]] if a < end and start < b), None)
                if hit is not None:
                    gold[report["id"], number], found[report["id"], number] = mention["occurrence"], hit
                    if not report["copy_of"]:
                        heard[mention["occurrence"]] |= set(mention["voices"])
    figures = {"found": len(found) / max(total, 1)} | scores(gold, found)
    more, mistakes = _judgements(stories, by_id, gold, found, heard)
    return figures | more, mistakes


def _judgements(
    stories: list[dict[str, Any]],
    by_id: dict[str, dict[str, Any]],
    gold: dict[Place, str],
    found: dict[Place, str],
    heard: dict[str, set[str]],
) -> tuple[dict[str, float], list[str]]:
    members = groups(gold)
    n: Counter[str] = Counter()
    mistakes = []
    for occurrence in (o for story in stories for o in story["occurrences"] if members.get(o["id"])):
        counts = Counter(found[mention] for mention in members[occurrence["id"]])
        mine = by_id[min(counts, key=lambda name: (-counts[name], name))]
        contested, said = occurrence["status"] in CONTESTED, mine["status"] in CONTESTED
        n["all"] += 1
        n["contested"] += contested
        n["said"] += said
        n["both"] += contested and said
        n["status"] += occurrence["status"] == mine["status"]
        voices = heard[occurrence["id"]]
        if voices:
            n["heard"] += 1
            n["voices"] += len(voices) == mine["independent"]
        n["all voices"] += len(occurrence["voices"]) == mine["independent"]
        if contested != said or (voices and len(voices) != mine["independent"]):
            mistakes.append(_told(occurrence, mine, voices))
    p, r = n["both"] / max(n["said"], 1), n["both"] / max(n["contested"], 1)
    figures = {
        "disputes precision": p,
        "disputes recall": r,
        "disputes F1": harmonic(p, r),
        "status": n["status"] / max(n["all"], 1),
        "voices": n["voices"] / max(n["heard"], 1),
        "all voices": n["all voices"] / max(n["all"], 1),
    }
    return figures, mistakes


def _told(occurrence: dict[str, Any], mine: dict[str, Any], voices: set[str]) -> str:
    said = [f"{v['name']} {v['position']}" for v in mine["voices"] if v["independent"]]
    return (
        f"{occurrence['id']}: {occurrence['status']}, {sorted(voices)}\n"
        f"    coded {mine['status']}, {said}, {[c['aspect'] for c in mine['contests']]}"
    )


if __name__ == "__main__":
    main()
