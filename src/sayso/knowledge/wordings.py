"""Wordings that two sides choose for the same occurrence: "withdrew" and "was driven out".

``data/wordings.yaml`` has the schema; a user's file of the same name adds oppositions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sayso.knowledge.files import knowledge_files, load_mapping, validated

_TURNING = 3
"""Words before a wording within which it is turned around."""


class OppositionEntry(BaseModel):
    """One item of wordings.yaml."""

    model_config = ConfigDict(extra="forbid")

    aspect: Literal["type", "recipient", "place"]
    within: Literal["word", "sentence"] = Field(alias="in")
    sides: dict[str, list[str]] = Field(min_length=2, max_length=2)
    unless: list[str] = Field(default_factory=list)


class WordingsFile(BaseModel):
    """The schema of wordings.yaml."""

    model_config = ConfigDict(extra="forbid")

    oppositions: list[OppositionEntry] = Field(default_factory=list)
    blame: list[str] = Field(default_factory=list)
    version: str = ""
    source: str = ""


@dataclass(frozen=True)
class Opposition:
    """Two ways to tell of one thing; ``of`` says which one a telling chooses."""

    aspect: Literal["type", "recipient", "place"]
    sides: tuple[str, str]
    _in_sentence: bool
    _words: tuple[re.Pattern[str], re.Pattern[str]]
    _turned: re.Pattern[str] | None

    def of(self, word: str, sentence: str) -> frozenset[str]:
        """Return the names of the sides that a word, or where that counts its sentence, is of."""
        if not self._in_sentence:
            return frozenset(n for n, p in zip(self.sides, self._words, strict=True) if p.fullmatch(word.lower()))
        lowered, found = sentence.lower(), set()
        for number, pattern in enumerate(self._words):
            for match in pattern.finditer(lowered):
                turned = self._turned is not None and self._turned.search(lowered, 0, match.start()) is not None
                found.add(self.sides[1 - number if turned else number])
        return frozenset(found)


@lru_cache(maxsize=4)
def load(user: str | Path | None = None) -> tuple[Opposition, ...]:
    """Return the oppositions that ship with Sayso and the user's; raise KnowledgeError where malformed."""
    found = []
    for path in knowledge_files("wordings.yaml", user):
        file = validated(WordingsFile, path, load_mapping(path))
        found += [_opposition(entry) for entry in file.oppositions]
    return tuple(found)


@lru_cache(maxsize=4)
def load_blame(user: str | Path | None = None) -> re.Pattern[str]:
    """Return what a sentence in small letters has that tells of mutual blame; raise KnowledgeError where malformed."""
    files = (validated(WordingsFile, path, load_mapping(path)) for path in knowledge_files("wordings.yaml", user))
    return _pattern([phrase for file in files for phrase in file.blame], sentence=True)


def _opposition(entry: OppositionEntry) -> Opposition:
    one, other = entry.sides
    sentence = entry.within == "sentence"
    turned = rf"\b(?:{_listed(entry.unless)})\s+(?:[\w'’-]+\s+){{0,{_TURNING - 1}}}$" if entry.unless else None
    return Opposition(
        entry.aspect,
        (one, other),
        sentence,
        (_pattern(entry.sides[one], sentence), _pattern(entry.sides[other], sentence)),
        re.compile(turned) if turned else None,
    )


def _pattern(words: list[str], sentence: bool) -> re.Pattern[str]:
    if sentence:
        return re.compile(rf"(?<!\w)(?:{_listed(words)})(?!\w)")
    return re.compile("|".join(_forms(word) for word in words))


def _forms(word: str) -> str:
    """Return a pattern for the regular forms of a noun or verb."""
    stem = re.escape(word)
    if word.endswith("y"):
        return rf"{stem}|{re.escape(word[:-1])}(?:ies|ied)|{stem}ing"
    if word.endswith("e"):
        return rf"{stem}[sd]?|{re.escape(word[:-1])}ing"
    return rf"{stem}(?:e?s|{re.escape(word[-1])}?ed|{re.escape(word[-1])}?ing)?"


def _listed(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def check(user: str | None = None) -> list[str]:
    """Return problems beyond the schema: none but what loading raises."""
    load(user)
    return []
