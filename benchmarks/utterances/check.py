"""Check the set of utterances: python benchmarks/utterances/check.py. Says what is wrong with it, and counts it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

sys.path.insert(0, str(Path(__file__).parent.parent))

from story_sets import HALVES, Entry, Text, conclude, copies_of_nothing, stories

HERE = Path(__file__).parent

Kind = Literal["condition", "hedge", "approximation", "limit"]


class Utterance(Entry):
    """What somebody said on one occasion on one matter, and by what the fullest tellings of it limit it."""

    id: str
    speaker: str
    said: date
    qualifiers: dict[str, Kind]


class Statement(Entry):
    """One statement of a report, known by some words of its content."""

    words: str
    nth: int = Field(default=1, ge=1)
    utterance: str
    carries: dict[str, str] = Field(default_factory=dict)
    omits: list[str] = Field(default_factory=list)


class Report(Text):
    """One text with the statements that tell an utterance."""

    statements: list[Statement]


class Story(Entry):
    """One file: utterances that are easily taken for each other, and the reports that tell them."""

    about: str
    utterances: list[Utterance]
    reports: list[Report]


def problems(path: Path, story: Story) -> Iterator[str]:
    """Yield what is wrong with a file."""
    known = {utterance.id: set(utterance.qualifiers) for utterance in story.utterances}
    statements = [statement for report in story.reports for statement in report.statements]
    yield from (f"{path.name}: nothing tells {name}" for name in known.keys() - {s.utterance for s in statements})
    for name, qualifiers in known.items():
        carried = {told for s in statements if s.utterance == name for told in s.carries}
        yield from (f"{path.name}, {name}: no statement carries {told}" for told in qualifiers - carried)
    yield from copies_of_nothing(path, story.reports)
    for report in story.reports:
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
        read = list(stories(HERE / half, Story))
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
    conclude(wrong, ids)


if __name__ == "__main__":
    main()
