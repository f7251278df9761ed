"""Check the set of utterances: python benchmarks/utterances/check.py. Says what is wrong with it, and counts it."""

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

HERE = Path(__file__).parent
HALVES = ("tuning", "kept")

Kind = Literal["condition", "hedge", "approximation", "limit"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Utterance(_Entry):
    """What somebody said on one occasion on one matter, and by what the fullest tellings of it limit it."""

    id: str
    speaker: str
    said: date
    qualifiers: dict[str, Kind]


class Statement(_Entry):
    """One statement of a report, known by some words of its content."""

    words: str
    nth: int = Field(default=1, ge=1)
    utterance: str
    carries: dict[str, str] = Field(default_factory=dict)
    omits: list[str] = Field(default_factory=list)


class Report(_Entry):
    """One text as one outlet has it."""

    id: str
    outlet: str
    published: date
    title: str
    text: str
    copy_of: str | None
    statements: list[Statement]

    def span(self, words: str, nth: int = 1) -> tuple[int, int] | None:
        """Return where the n-th of some words stands in the text, None where it does not."""
        found = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.text))
        return found[nth - 1].span() if nth <= len(found) else None


class Story(_Entry):
    """One file: utterances that are easily taken for each other, and the reports that tell them."""

    about: str
    utterances: list[Utterance]
    reports: list[Report]


def stories(half: str) -> Iterator[tuple[Path, Story]]:
    """Yield the files of one half; raise ValueError for one that does not follow the format."""
    for path in sorted((HERE / half).glob("*.yaml")):
        yield path, Story.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def problems(path: Path, story: Story) -> Iterator[str]:
    """Yield what is wrong with a file."""
    known = {utterance.id: set(utterance.qualifiers) for utterance in story.utterances}
    reports = {report.id for report in story.reports}
    statements = [statement for report in story.reports for statement in report.statements]
    yield from (f"{path.name}: nothing tells {name}" for name in known.keys() - {s.utterance for s in statements})
    for name, qualifiers in known.items():
        carried = {told for s in statements if s.utterance == name for told in s.carries}
        yield from (f"{path.name}, {name}: no statement carries {told}" for told in qualifiers - carried)
    for report in story.reports:
        if report.copy_of is not None and report.copy_of not in reports:
            yield f"{path.name}, {report.id}: no report is called {report.copy_of}"
        for statement in report.statements:
            where = f"{path.name}, {report.id}, {statement.words} {statement.nth}"
            yield from (f"{where}: {problem}" for problem in _of_statement(report, statement, known))


def _of_statement(report: Report, statement: Statement, known: dict[str, set[str]]) -> Iterator[str]:
    if report.span(statement.words, statement.nth) is None:
        yield "not in the text"
    if statement.utterance not in known:
        yield f"no utterance is called {statement.utterance}"
        return
    told = [*statement.carries, *statement.omits]
    yield from (f"{words!r} is not in the text" for words in statement.carries.values() if report.span(words) is None)
    yield from (f"{name} is told twice" for name, count in Counter(told).items() if count > 1)
    yield from (f"no qualifier is called {name}" for name in set(told) - known[statement.utterance])


def main() -> None:
    """Say what is wrong, and count."""
    wrong: list[str] = []
    ids: Counter[str] = Counter()
    for half in HALVES:
        read = list(stories(half))
        for path, story in read:
            wrong += problems(path, story)
            ids.update(item.id for item in (*story.utterances, *story.reports))
        reports = [report for _, story in read for report in story.reports]
        statements = [statement for report in reports for statement in report.statements]
        utterances = sum(len(story.utterances) for _, story in read)
        print(
            f"{half}: {len(read)} files, {utterances} utterances, {len(reports)} reports, "
            f"{len(statements)} statements, {sum(len(s.omits) for s in statements)} omissions"
        )
    wrong += [f"{name} stands there {count} times" for name, count in ids.items() if count > 1]
    print("\n".join(wrong) or "The set is sound.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
