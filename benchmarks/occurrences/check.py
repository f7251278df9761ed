"""Check the set of occurrences: python benchmarks/occurrences/check.py. Says what is wrong with it, and counts it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from sayso.records import EventType

HERE = Path(__file__).parent
HALVES = ("tuning", "kept")

Status = Literal["single-source", "corroborated", "disputed", "denied"]
Position = Literal["asserts", "denies", "doubts", "predicts"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Voice(_Entry):
    """Somebody who vouches for an occurrence, or denies it, with all figures that they gave."""

    who: str
    position: Position
    figures: list[float] = Field(default_factory=list)


class Occurrence(_Entry):
    """What happened, or is said to have."""

    id: str
    type: EventType
    date: str
    place: str
    country: str
    status: Status
    voices: list[Voice]


class Mention(_Entry):
    """A word that reports an occurrence, and who vouches for it there."""

    words: str
    nth: int = Field(ge=1)
    occurrence: str
    voices: list[str]


class Report(_Entry):
    """One text as one outlet has it."""

    id: str
    outlet: str
    published: date
    title: str
    text: str
    copy_of: str | None
    credits: str | None
    mentions: list[Mention]

    def anchor(self, mention: Mention) -> tuple[int, int] | None:
        """Return where a mention's word stands in the text, None where it does not."""
        found = list(re.finditer(rf"(?<!\w){re.escape(mention.words)}(?!\w)", self.text))
        return found[mention.nth - 1].span() if mention.nth <= len(found) else None


class Family(_Entry):
    """One file: occurrences that are easily taken for each other, and the reports of them."""

    about: str
    occurrences: list[Occurrence]
    reports: list[Report]


def families(half: str) -> Iterator[tuple[Path, Family]]:
    """Yield the files of one half; raise ValueError for one that does not follow the format."""
    for path in sorted((HERE / half).glob("*.yaml")):
        yield path, Family.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def problems(path: Path, family: Family) -> Iterator[str]:
    """Yield what is wrong with a file."""
    known = {occurrence.id: {voice.who for voice in occurrence.voices} for occurrence in family.occurrences}
    reports = {report.id for report in family.reports}
    mentioned = {mention.occurrence for report in family.reports for mention in report.mentions}
    yield from (f"{path.name}: nothing mentions {name}" for name in known.keys() - mentioned)
    for report in family.reports:
        if report.copy_of is not None and report.copy_of not in reports:
            yield f"{path.name}, {report.id}: no report is called {report.copy_of}"
        places = [report.anchor(mention) for mention in report.mentions]
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
        read = list(families(half))
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
    wrong += [f"{name} stands there {count} times" for name, count in ids.items() if count > 1]
    print("\n".join(wrong) or "The set is sound.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
