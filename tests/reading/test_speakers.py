"""Who speaks: 120 short reports of our own with the speaker of 552 statements, most of them a pronoun or a description.

``speakers/*.yaml`` hold reports with ``published``, ``text`` and ``speakers``: ``says`` are words of a statement's
content, ``source`` the words of its source, ``speaker`` who that is: a ``name``, for people and bodies without one a
``country`` and ``sector``, null for a private person without a name and where the text does not tell. The letter at a
line's end says what the source is: P pronoun, D description, O office to be resolved by date (PO a pronoun for it), M
metonym, S surname, N name. The texts were written by people who had not seen what the resolver does with them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.tokens import Doc
from tests.conftest import HoldToFloor, Read

from sayso.reading.annotations import Actor, Statement

TABLES = sorted((Path(__file__).parent / "speakers").glob("*.yaml"))


@dataclass(frozen=True)
class Case:
    """One statement and who makes it."""

    says: str
    source: str
    speaker: dict[str, str] | None


def reports(path: Path) -> Iterator[tuple[str, str, list[Case]]]:
    for report in yaml.safe_load(path.read_text(encoding="utf-8")):
        yield str(report["published"]), report["text"], [Case(**case) for case in report["speakers"]]


def statement_of(doc: Doc, case: Case) -> Statement | None:
    """Return the innermost statement that holds the words, of those whose source is the right one if there is any."""
    at = doc.text.index(case.says)
    holding = [s for s in doc._.statements if s.holds(at)]
    own = [s for s in holding if any(_touches(doc.text[a:b], case.source) for a, b in s.source)]
    return min(own or holding, key=lambda s: sum(b - a for a, b in s.content), default=None)


def _touches(some: str, other: str) -> bool:
    return some.lower() in other.lower() or other.lower() in some.lower()


def is_right(speaker: Actor | None, expected: dict[str, str] | None) -> bool:
    if expected is None:
        return speaker is None or (speaker.kind in {"role", "group"} and speaker.country is None)
    if speaker is None:
        return False
    if "name" in expected:
        return _plain(speaker.name) == _plain(expected["name"])
    return (speaker.country, (speaker.sector or "")[:3]) == (expected["country"], expected["sector"])


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def judged(read: Read, path: Path) -> Iterator[tuple[Case, Any, bool]]:
    for published, text, cases in reports(path):
        doc = read(text, upto="sayso_coreference", published=published)
        for case in cases:
            statement = statement_of(doc, case)
            speaker = statement.speaker if statement else None
            yield case, speaker and speaker.name, statement is not None and is_right(speaker, case.speaker)


def test_the_table_is_as_large_as_it_says() -> None:
    counts = [(len(list(reports(path))), sum(len(cases) for *_, cases in reports(path))) for path in TABLES]
    assert tuple(map(sum, zip(*counts, strict=True))) == (120, 552)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_speakers(read: Read, hold_to_floor: HoldToFloor, path: Path) -> None:
    results = list(judged(read, path))
    wrong = [f"{case.source!r} ({case.says}): {got}, not {case.speaker}" for case, got, right in results if not right]
    hold_to_floor(f"speakers, {path.stem}", 1 - len(wrong) / len(results), "\n".join(wrong))
