"""What words do to the certainty of what they govern: ``data/factuality.yaml``, after De Facto.

A user's ``factuality.yaml`` adds to it; where both speak of the same lemma and complement, the user's word counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from sayso.knowledge.files import knowledge_files, load_mapping, validated
from sayso.records import FactualityValue

Values = tuple[FactualityValue, FactualityValue]


@dataclass(frozen=True, slots=True)
class Signature:
    """What an embedder says of its complement, where it is itself a fact and where it is denied."""

    name: str
    affirmed: FactualityValue
    negated: FactualityValue
    ahead: bool


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EmbedderClass(_Entry):
    """A class of embedding words with one signature and the complements that it holds of."""

    name: str = Field(alias="class")
    affirmed: FactualityValue
    negated: FactualityValue
    takes: list[str]
    ahead: bool = False
    verbs: list[str] = Field(default_factory=list)
    nouns: list[str] = Field(default_factory=list)
    adjectives: list[str] = Field(default_factory=list)

    @property
    def words(self) -> list[tuple[str, str]]:
        """Lemmas with their part of speech."""
        return (
            [("VERB", lemma) for lemma in self.verbs]
            + [("NOUN", lemma) for lemma in self.nouns]
            + [("ADJ", lemma) for lemma in self.adjectives]
        )


class Refuting(_Entry):
    """Words that make of a claim nothing but a claim."""

    words: list[str] = Field(default_factory=list)
    denied: list[str] = Field(default_factory=list)
    verbs: list[str] = Field(default_factory=list)
    naming: list[str] = Field(default_factory=list)


class FactualityFile(_Entry):
    """One ``factuality.yaml``, as its head describes it."""

    modals: dict[str, Values] = Field(default_factory=dict)
    adverbs: dict[FactualityValue, list[str]] = Field(default_factory=dict)
    negators: list[str] = Field(default_factory=list)
    nobody: list[str] = Field(default_factory=list)
    conditions: list[str] = Field(default_factory=list)
    open: list[str] = Field(default_factory=list)
    prepositions: dict[FactualityValue, list[str]] = Field(default_factory=dict)
    modifiers: dict[FactualityValue, list[str]] = Field(default_factory=dict)
    transparent: dict[str, list[str]] = Field(default_factory=dict)
    embedders: list[EmbedderClass] = Field(default_factory=list)
    refuting: Refuting = Refuting()
    event_nouns: list[str] = Field(default_factory=list)
    event_suffixes: list[str] = Field(default_factory=list)
    not_events: list[str] = Field(default_factory=list)


class Lexicon:
    """The lexicon of factuality, indexed for reading."""

    def __init__(self, files: list[FactualityFile]) -> None:
        self.modals: dict[str, Values] = {}
        self.adverbs: dict[str, FactualityValue] = {}
        self.prepositions: dict[str, FactualityValue] = {}
        self.modifiers: dict[str, FactualityValue] = {}
        self.embedders: dict[tuple[str, str, str], Signature] = {}
        for file in files:
            self.modals |= file.modals
            self.adverbs |= _by_word(file.adverbs)
            self.prepositions |= _by_word(file.prepositions)
            self.modifiers |= _by_word(file.modifiers)
        for file in reversed(files):
            self._index(file.embedders)
        self.embedding_words = frozenset((pos, lemma) for pos, lemma, _ in self.embedders)
        self.negators = _union(file.negators for file in files)
        self.nobody = _union(file.nobody for file in files)
        self.conditions = _union(file.conditions for file in files)
        self.open = _union(file.open for file in files)
        self.refuting_words = _union(file.refuting.words for file in files)
        self.refuting_if_denied = _union(file.refuting.denied for file in files)
        self.refuting_verbs = _union(file.refuting.verbs for file in files)
        self.naming_verbs = _union(file.refuting.naming for file in files)
        self.light = _union(file.transparent.get("light", []) for file in files)
        self.occur = _union(file.transparent.get("occur", []) for file in files)
        self.event_nouns = _union(file.event_nouns for file in files)
        self._not_events = _union(file.not_events for file in files)
        self._suffixes = tuple(_union(file.event_suffixes for file in files))

    def _index(self, classes: list[EmbedderClass]) -> None:
        """Where classes overlap the first one counts."""
        for each in classes:
            signature = Signature(each.name, each.affirmed, each.negated, each.ahead)
            for pos, lemma in each.words:
                for complement in each.takes:
                    self.embedders.setdefault((pos, lemma, complement), signature)

    def names_event(self, lemma: str) -> bool:
        """Say whether a noun names something that happens."""
        if lemma in self.event_nouns:
            return True
        return len(lemma) > 5 and lemma.endswith(self._suffixes) and lemma not in self._not_events


def _by_word(groups: dict[FactualityValue, list[str]]) -> dict[str, FactualityValue]:
    return {word: value for value, words in groups.items() for word in words}


def _union(lists: Iterable[list[str]]) -> frozenset[str]:
    return frozenset(word for words in lists for word in words)


def _read(path: Path) -> FactualityFile:
    return validated(FactualityFile, path, load_mapping(path))


@cache
def load(user: str | None = None) -> Lexicon:
    """Return the lexicon; raise KnowledgeError where a file does not follow its schema."""
    return Lexicon([_read(path) for path in knowledge_files("factuality.yaml", user)])


def check(user: str | None = None) -> list[str]:
    """Return the lemmas that two classes of one file claim for the same complement."""
    problems = []
    for path in knowledge_files("factuality.yaml", user):
        seen: dict[tuple[str, str, str], str] = {}
        for each in _read(path).embedders:
            for pos, lemma in each.words:
                for complement in each.takes:
                    other = seen.setdefault((pos, lemma, complement), each.name)
                    if other != each.name:
                        problems.append(f"{path}: {lemma} ({pos}, {complement}) is both {other} and {each.name}")
    return problems
