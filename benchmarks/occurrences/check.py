"""Check the set of occurrences: python benchmarks/occurrences/check.py. Says what is wrong with it, and counts it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from sayso.records import EventType

sys.path.insert(0, str(Path(__file__).parent.parent))

from story_sets import HALVES, Entry, Text, conclude, copies_of_nothing, stories

HERE = Path(__file__).parent

Status = Literal["single-source", "corroborated", "disputed", "denied"]
Position = Literal["asserts", "denies", "doubts", "predicts"]


class Voice(Entry):
    """Somebody who vouches for an occurrence, or denies it, with all figures that they gave."""

    who: str
    position: Position
    figures: list[float] = Field(default_factory=list)


class Occurrence(Entry):
    """What happened, or is said to have."""

    id: str
    type: EventType
    date: str
    place: str
    country: str
    status: Status
    voices: list[Voice]


class Mention(Entry):
    """A word that reports an occurrence, and who vouches for it there."""

    words: str
    nth: int = Field(ge=1)
    occurrence: str
    voices: list[str]


class Report(Text):
    """One text with the words that report an occurrence."""

    credits: str | None
    mentions: list[Mention]


class Family(Entry):
    """One file: occurrences that are easily taken for each other, and the reports of them."""

    about: str
    occurrences: list[Occurrence]
    reports: list[Report]


def problems(path: Path, family: Family) -> Iterator[str]:
    """Yield what is wrong with a file."""
    known = {occurrence.id: {voice.who for voice in occurrence.voices} for occurrence in family.occurrences}
    mentioned = {mention.occurrence for report in family.reports for mention in report.mentions}
    yield from (f"{path.name}: nothing mentions {name}" for name in known.keys() - mentioned)
    yield from copies_of_nothing(path, family.reports)
    for report in family.reports:
        places = [report.span(mention.words, mention.nth) for mention in report.mentions]
        if len(set(places)) < len(places):
            yield f"{path.name}, {report.id}: two mentions at one word"
        for mention, place in zip(report.mentions, places, strict=True):
            where = f"{path.name}, {report.id}, {mention.words} {mention.nth}"
            if place is None:
                yield f"{where}: not in the text"
            if mention.occurrence not in known:
                yield f"{where}: no occurrence is called {mention.occurrence}"
            elif unknown := set(mention.voices) - known[mention.occurrence]:
                yield f"{where}: no voice on it is called {min(unknown)}"


def main() -> None:
    """Say what is wrong, and count."""
    wrong: list[str] = []
    ids: Counter[str] = Counter()
    for half in HALVES:
        read = list(stories(HERE / half, Family))
        for path, family in read:
            wrong += problems(path, family)
            ids.update(occurrence.id for occurrence in family.occurrences)
            ids.update(report.id for report in family.reports)
        reports = [report for _, family in read for report in family.reports]
        statuses = Counter(family.occurrences[0].status for _, family in read)
        print(
            f"{half}: {len(read)} files, {len(reports)} reports, {sum(r.copy_of is not None for r in reports)} copies"
        )
        print("  first occurrences: " + ", ".join(f"{count} {status}" for status, count in statuses.most_common()))
    conclude(wrong, ids)


if __name__ == "__main__":
    main()
