"""Stories that were written to train on: made-up incidents, each told by several outlets.

A file of ``stories/`` has ``about``, ``occurrences`` (what each key stands for) and ``reports`` with ``id``,
``outlet``, ``published``, ``title`` and ``text``. Every word of a text that tells of one of the occurrences is marked:
``{word|key}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sayso.records import Document, Span

STORIES = Path(__file__).parent / "stories"
_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its text without marks, and where words were marked, each with its key."""

    id: str
    outlet: str
    published: str
    title: str
    text: str
    marked: tuple[tuple[Span, str], ...]

    @classmethod
    def of(cls, entry: dict[str, Any]) -> Report:
        """Return a report as it stands in a file."""
        text, marked = _unmarked(entry["text"])
        return cls(entry["id"], entry["outlet"], str(entry["published"]), entry["title"], text, tuple(marked))

    def document(self) -> Document:
        """Return the report as Sayso reads it."""
        return Document(text=self.text, title=self.title, published=self.published, publisher=self.outlet, ref=self.id)


@dataclass(frozen=True, slots=True)
class Story:
    """One file: its name, and the keys of its occurrences, with what they are."""

    name: str
    occurrences: dict[str, str]
    reports: tuple[Report, ...]


def read_stories(folder: Path = STORIES) -> Iterator[Story]:
    """Yield the stories of a folder, by name; raise ValueError for a mark whose key its file does not explain."""
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        story = Story(path.stem, content["occurrences"], tuple(map(Report.of, content["reports"])))
        for report in story.reports:
            for _, key in report.marked:
                if key not in story.occurrences:
                    raise ValueError(f"{path.name}, {report.id}: no occurrence has the key {key}")
        yield story


def _unmarked(text: str) -> tuple[str, list[tuple[Span, str]]]:
    plain, marked, done = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[done : mark.start()]
        marked.append(((len(plain), len(plain) + len(mark[1])), mark[2]))
        plain += mark[1]
        done = mark.end()
    return plain + text[done:], marked
