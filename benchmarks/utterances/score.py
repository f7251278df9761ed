"""Score utterances on our own set: the grouping of statements, and who omits what.

usage: score.py tuning|kept [--mistakes]

Codes the reports of a half, groups their statements and compares. A statement of the set is found where the content of
some variant overlaps its words; of several the shortest counts. What is scored:

- found: how many statements of the set are found;
- grouping, of those that are found: B3 (each statement's precision and recall, averaged), and pairs across reports;
- omissions, of all: an omission is right where the set has one of that statement, and its evidence overlaps the words
  of a statement that carries that qualifier. What is missed because its statement was not found counts as missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from check import Report, Statement, Story
from grouping import Place, harmonic, scores
from story_sets import HALVES, stories

import sayso
from sayso.corroboration import Utterance, Utterances
from sayso.corroboration.utterances.utterance import Omission, Variant

HERE = Path(__file__).parent

Omitted = tuple[Place, str]


def main() -> None:
    """Print the figures of one half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=HALVES)
    parser.add_argument("--mistakes", action="store_true", help="list what is wrong; of the tuning half only")
    options = parser.parse_args()
    if options.mistakes and options.half == "kept":
        sys.exit("the kept half is for figures alone")
    read = [story for _, story in stories(HERE / options.half, Story)]
    figures, mistakes = score(read, grouped(read))
    for name, value in figures.items():
        print(f"{name:24s} {value:.3f}")
    if options.mistakes:
        print(*mistakes, sep="\n")


def grouped(read: list[Story]) -> list[Utterance]:
    """Return the utterances of all reports, coded into one ledger in order of publication."""
    reports = sorted((report for story in read for report in story.reports), key=lambda report: report.published)
    documents = [
        sayso.Document(text=r.text, title=r.title, publisher=r.outlet, published=str(r.published), ref=r.id)
        for r in reports
    ]
    with tempfile.TemporaryDirectory() as folder:
        ledger = sayso.Ledger(folder + "/ledger", create=True)
        ledger.append(list(sayso.Reader().read(documents)))
        with Utterances(ledger) as utterances:
            utterances.update()
            return list(utterances.told(single=True))


def score(read: list[Story], told: list[Utterance]) -> tuple[dict[str, float], list[str]]:
    """Return the figures, and what is wrong, in words."""
    by_report: dict[str, list[tuple[Utterance, Variant]]] = defaultdict(list)
    for utterance in told:
        for variant in utterance.variants:
            by_report[variant.ref or ""].append((utterance, variant))
    gold: dict[Place, str] = {}
    found: dict[Place, str] = {}
    said: dict[Place, Variant] = {}
    total = 0
    for report, number, statement in _statements(read):
        total += 1
        hit = _hit(report, statement, by_report[report.id])
        if hit is not None:
            place = (report.id, number)
            gold[place], found[place], said[place] = statement.utterance, hit[0].id, hit[1]
    omissions, mistakes = _omissions(read, said, told)
    missing = [f"not found: {r.id} {s.words}" for r, n, s in _statements(read) if (r.id, n) not in said]
    figures = {"found": len(found) / total} | scores(gold, found) | omissions
    return figures, [*missing, *_misgrouped(read, gold, found), *mistakes]


def _statements(read: list[Story]) -> list[tuple[Report, int, Statement]]:
    return [(r, number, s) for story in read for r in story.reports for number, s in enumerate(r.statements)]


def _hit(
    report: Report, statement: Statement, variants: list[tuple[Utterance, Variant]]
) -> tuple[Utterance, Variant] | None:
    """Return the shortest variant whose content has words of a statement."""
    start, end = report.span(statement.words, statement.nth) or (0, 0)
    hits = [(u, v) for u, v in variants if any(a < end and start < b for a, b in v.content)]
    return min(hits, key=lambda hit: len(hit[1].words), default=None)


def _omissions(
    read: list[Story], said: dict[Place, Variant], told: list[Utterance]
) -> tuple[dict[str, float], list[str]]:
    wanted = {((r.id, number), name) for r, number, s in _statements(read) for name in s.omits}
    refs = {variant.document: variant.ref or "" for utterance in told for variant in utterance.variants}
    carried = _carried(read)
    utterances = {(r.id, number): s.utterance for r, number, s in _statements(read)}
    right: set[Omitted] = set()
    wrong: list[str] = []
    for place, variant in said.items():
        for omission in variant.omits:
            names = _names(omission, refs[omission.document], carried, utterances[place])
            hits = {(place, name) for name in names} & wanted
            right |= hits
            if not hits:
                wrong.append(f"accused: {place[0]} {variant.words!r} of {omission.kind} {omission.words!r}")
    missed = [f"missed: {place[0]} {name}" for place, name in sorted(wanted - right)]
    precision, recall = len(right) / max(len(right) + len(wrong), 1), len(right) / max(len(wanted), 1)
    figures = {
        "omissions precision": precision,
        "omissions recall": recall,
        "omissions F1": harmonic(precision, recall),
    }
    return figures, [*wrong, *missed]


def _carried(read: list[Story]) -> dict[tuple[str, str], list[tuple[str, int, int]]]:
    """Return where each qualifier of an utterance stands: report, start and end."""
    found: dict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for report, _, statement in _statements(read):
        for name, words in statement.carries.items():
            for start in _starts(report.text, words):
                found[statement.utterance, name].append((report.id, start, start + len(words)))
    return found


def _starts(text: str, words: str) -> list[int]:
    starts, at = [], text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts


def _names(
    omission: Omission, ref: str, carried: dict[tuple[str, str], list[tuple[str, int, int]]], utterance: str
) -> set[str]:
    """Return the qualifiers of an utterance that the evidence of an omission shows."""
    start, end = omission.span
    return {
        name
        for (of, name), places in carried.items()
        if of == utterance and any(ref == r and start < b and a < end for r, a, b in places)
    }


def _misgrouped(read: list[Story], gold: dict[Place, str], found: dict[Place, str]) -> list[str]:
    told = []
    for story in read:
        for utterance in story.utterances:
            labels = {found[place] for place, name in gold.items() if name == utterance.id}
            others = {gold[p] for p, label in found.items() if label in labels} - {utterance.id}
            if len(labels) > 1:
                parts = [[p[0] for p in gold if found[p] == label and gold[p] == utterance.id] for label in labels]
                told.append(f"apart: {utterance.id} {sorted(parts)}")
            if others:
                told.append(f"together: {utterance.id} with {sorted(others)}")
    return told


if __name__ == "__main__":
    main()
