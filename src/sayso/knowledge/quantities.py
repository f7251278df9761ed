"""Numbers in words, and which nouns and verbs say what is counted: ``data/quantities.yaml``.

A user's ``quantities.yaml`` adds to it, word by word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sayso.knowledge.files import knowledge_files, load_mapping, validated
from sayso.records import QuantityKind

BoundKind = Literal["low", "high", "about"]
Range = tuple[float | None, float | None]
ByKind = dict[QuantityKind, list[str]]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NumberWords(_Entry):
    """The words that numbers are made of."""

    units: dict[str, float] = Field(default_factory=dict)
    multipliers: dict[str, float] = Field(default_factory=dict)
    suffixes: dict[str, float] = Field(default_factory=dict)
    vague: dict[str, Range] = Field(default_factory=dict)
    bounds: dict[str, BoundKind] = Field(default_factory=dict)
    range: list[str] = Field(default_factory=list)
    after: dict[str, BoundKind] = Field(default_factory=dict)


class Currencies(_Entry):
    """Signs and nouns that make a number an amount of money."""

    signs: list[str] = Field(default_factory=list)
    nouns: list[str] = Field(default_factory=list)


class QuantitiesFile(_Entry):
    """One ``quantities.yaml``, as its head describes it."""

    numbers: NumberWords = Field(default_factory=NumberWords)
    currencies: Currencies = Field(default_factory=Currencies)
    nouns: ByKind = Field(default_factory=dict)
    patients: ByKind = Field(default_factory=dict)
    subjects: ByKind = Field(default_factory=dict)
    states: ByKind = Field(default_factory=dict)
    containers: ByKind = Field(default_factory=dict)
    tolls: ByKind = Field(default_factory=dict)
    losses: list[str] = Field(default_factory=list)
    collectives: list[str] = Field(default_factory=list)
    partitives: list[str] = Field(default_factory=list)


@dataclass(slots=True)
class Lexicon:
    """What is counted, indexed by word."""

    numbers: NumberWords = field(default_factory=NumberWords)
    signs: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()
    nouns: dict[str, QuantityKind] = field(default_factory=dict)
    patients: dict[str, QuantityKind] = field(default_factory=dict)
    subjects: dict[str, QuantityKind] = field(default_factory=dict)
    states: dict[str, QuantityKind] = field(default_factory=dict)
    containers: dict[str, QuantityKind] = field(default_factory=dict)
    tolls: dict[str, QuantityKind] = field(default_factory=dict)
    losses: frozenset[str] = frozenset()
    collectives: frozenset[str] = frozenset()
    partitives: frozenset[str] = frozenset()

    def add(self, file: QuantitiesFile) -> None:
        """Take in one file; what it says comes before what was there."""
        self.numbers = _joined(self.numbers, file.numbers)
        self.signs |= frozenset(file.currencies.signs)
        self.currencies |= frozenset(file.currencies.nouns)
        self.losses |= frozenset(file.losses)
        self.collectives |= frozenset(file.collectives)
        self.partitives |= frozenset(file.partitives)
        for name in ("nouns", "patients", "subjects", "states", "containers", "tolls"):
            getattr(self, name).update(_by_word(getattr(file, name)))


def _joined(old: NumberWords, new: NumberWords) -> NumberWords:
    return NumberWords(
        units=old.units | new.units,
        multipliers=old.multipliers | new.multipliers,
        suffixes=old.suffixes | new.suffixes,
        vague=old.vague | new.vague,
        bounds=old.bounds | new.bounds,
        range=sorted({*old.range, *new.range}),
        after=old.after | new.after,
    )


def _by_word(kinds: ByKind) -> dict[str, QuantityKind]:
    return {word: kind for kind, words in kinds.items() for word in words}


def _read(path: Path) -> QuantitiesFile:
    return validated(QuantitiesFile, path, load_mapping(path))


@cache
def load(user: str | None = None) -> Lexicon:
    """Return the lexicon; raise KnowledgeError where a file does not follow its schema."""
    lexicon = Lexicon()
    for path in knowledge_files("quantities.yaml", user):
        lexicon.add(_read(path))
    return lexicon


def check(user: str | None = None) -> list[str]:
    """Return words that one list of a file gives two kinds, and vague words whose bounds are upside down."""
    problems = []
    for path in knowledge_files("quantities.yaml", user):
        file = _read(path)
        for name in ("nouns", "patients", "subjects", "states", "containers", "tolls"):
            seen: dict[str, str] = {}
            for kind, words in getattr(file, name).items():
                twice = [word for word in words if seen.setdefault(word, kind) != kind]
                problems += [f"{path}: {name}: {word} is both {seen[word]} and {kind}" for word in twice]
        for word, (low, high) in file.numbers.vague.items():
            if low is not None and high is not None and low > high:
                problems.append(f"{path}: numbers.vague.{word}: low {low} is above high {high}")
    return problems
