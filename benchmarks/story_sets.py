"""Sets of our own writing: reports in files, a story in each, half of them to tune on and half kept for figures."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

HALVES = ("tuning", "kept")


class Entry(BaseModel):
    """Something in a file, with the fields that there are and no others."""

    model_config = ConfigDict(extra="forbid")


class Text(Entry):
    """One text as one outlet has it."""

    id: str
    outlet: str
    published: date
    title: str
    text: str
    copy_of: str | None

    def span(self, words: str, nth: int = 1) -> tuple[int, int] | None:
        """Return where the n-th of some words stands in the text, None where it does not."""
        return span(self.text, words, nth)


_Story = TypeVar("_Story", bound=Entry)


def span(text: str, words: str, nth: int) -> tuple[int, int] | None:
    """Return where the n-th of some whole words stands in a text, None where it does not."""
    found = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))
    return found[nth - 1].span() if nth <= len(found) else None


def stories(folder: Path, model: type[_Story]) -> Iterator[tuple[Path, _Story]]:
    """Yield the files of a folder; raise ValueError for one that does not follow the format."""
    for path, content in contents(folder):
        yield path, model.model_validate(content)


def contents(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield what stands in the files of a folder, as it is."""
    for path in sorted(folder.glob("*.yaml")):
        yield path, yaml.safe_load(path.read_text(encoding="utf-8"))


def copies_of_nothing(path: Path, reports: Sequence[Text]) -> Iterator[str]:
    """Yield what is wrong with whose copies the reports of a file are."""
    known = {report.id for report in reports}
    for report in reports:
        if report.copy_of is not None and report.copy_of not in known:
            yield f"{path.name}, {report.id}: no report is called {report.copy_of}"


def conclude(wrong: Iterable[str], ids: Counter[str]) -> None:
    """Print what is wrong with a set, ids that stand there twice too, and exit: with 1 where anything is."""
    told = [*wrong, *(f"{name} stands there {count} times" for name, count in ids.items() if count > 1)]
    print("\n".join(told) or "The set is sound.")
    sys.exit(bool(told))
