"""Words by which speakers limit what they say: "if", "as long as", "possibly", "about 40", "at least", "so far".

``data/qualifiers.yaml`` has the schema; modals, adverbs and embedders come from ``factuality.yaml``, what stands before
and after numbers from ``quantities.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sayso.knowledge import factuality, quantities
from sayso.knowledge.files import knowledge_files, load_mapping, validated

_HEDGING_CLASSES = frozenset({"believe", "suspect"})
_UNSURE = frozenset({"PR+", "PS+", "PR-", "PS-"})


_Phrase = Annotated[str, Field(pattern=r"\S")]


class QualifiersFile(BaseModel):
    """The schema of qualifiers.yaml."""

    model_config = ConfigDict(extra="forbid")

    conditions: list[_Phrase] = Field(default_factory=list)
    not_after: list[_Phrase] = Field(default_factory=list)
    not_before: dict[_Phrase, list[_Phrase]] = Field(default_factory=dict)
    inverted: list[_Phrase] = Field(default_factory=list)
    loosely: list[_Phrase] = Field(default_factory=list)
    hedges: list[_Phrase] = Field(default_factory=list)
    no_hedges: list[_Phrase] = Field(default_factory=list)
    uncertain: list[_Phrase] = Field(default_factory=list)
    permitting: list[_Phrase] = Field(default_factory=list)
    limits: list[_Phrase] = Field(default_factory=list)
    lasting: list[_Phrase] = Field(default_factory=list)
    bounding: list[_Phrase] = Field(default_factory=list)
    approximations: list[_Phrase] = Field(default_factory=list)
    uncounted: list[_Phrase] = Field(default_factory=list)
    version: str = ""
    source: str = ""


class Phrases:
    """Phrases of one or more words in small letters, the longest found first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase.split()), phrase)):
            words = tuple(phrase.split())
            self._by_first.setdefault(words[0], []).append(words)

    def at(self, words: Sequence[str], place: int) -> int:
        """Return how many words the longest phrase has that begins at a place, 0 where none does."""
        for phrase in self._by_first.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return len(phrase)
        return 0


@dataclass(frozen=True)
class QualifierWords:
    """The lists, indexed.

    ``conditions``, ``hedges`` and ``limits`` are looked for; ``loosely``, ``unsure`` and ``lasting`` are accepted for
    them in another's wording. ``before`` are phrases before a number, ``after`` after it; of both ``inexact`` are
    those that make it an estimate and the others set a bound; ``bounding`` are accepted for these.
    """

    conditions: Phrases
    not_after: frozenset[str]
    not_before: Mapping[str, frozenset[str]]
    inverted: frozenset[str]
    loosely: frozenset[str]
    hedges: Phrases
    unsure: frozenset[str]
    uncertain: frozenset[str]
    limits: Phrases
    lasting: frozenset[str]
    bounding: frozenset[str]
    before: Phrases
    after: Phrases
    inexact: frozenset[str]
    uncounted: frozenset[str]

    def opens(self, words: Sequence[str], place: int) -> int:
        """Return how many words open a condition at a place, 0 where none is opened."""
        before = words[place - 1] if place else ""
        if words[place] == "should" and words[place + 1 : place + 2] and words[place + 1] in self.inverted:
            return 1
        count = self.conditions.at(words, place)
        following = words[place + count] if place + count < len(words) else ""
        phrase = " ".join(words[place : place + count])
        if following in self.not_before.get(phrase, ()) or (count == 1 and before in self.not_after):
            return 0
        return count


@lru_cache(maxsize=4)
def load(user: str | Path | None = None) -> QualifierWords:
    """Return the words that ship with Sayso and the user's; raise KnowledgeError where malformed."""
    files = [validated(QualifiersFile, path, load_mapping(path)) for path in knowledge_files("qualifiers.yaml", user)]
    lexicon = factuality.load(str(user) if user else None)
    numbers = quantities.load(str(user) if user else None).numbers
    no_hedges = _all(file.no_hedges for file in files)
    modals = {word for word, (affirmed, _) in lexicon.modals.items() if affirmed == "PS+"} - no_hedges
    adverbs = {word for word, value in lexicon.adverbs.items() if value in _UNSURE}
    embedders = {lemma for (_, lemma, _), signature in lexicon.embedders.items() if signature.name in _HEDGING_CLASSES}
    estimates = _all(file.approximations for file in files)
    bounds = {**numbers.bounds, **numbers.after}
    return QualifierWords(
        conditions=Phrases(_all(file.conditions for file in files)),
        not_after=_all(file.not_after for file in files),
        not_before=_joined(file.not_before for file in files),
        inverted=_all(file.inverted for file in files),
        loosely=_all(file.loosely for file in files),
        hedges=Phrases(_all(file.hedges for file in files) | modals | adverbs),
        unsure=frozenset(embedders | modals | adverbs | set(lexicon.modifiers)) | _all(f.permitting for f in files),
        uncertain=_all(file.uncertain for file in files),
        limits=Phrases(_all(file.limits for file in files)),
        lasting=_all(file.lasting for file in files),
        bounding=_all(file.bounding for file in files),
        before=Phrases({phrase for phrase in numbers.bounds if phrase[:1].isalpha()} | estimates),
        after=Phrases({phrase for phrase in numbers.after if phrase.strip()} | estimates),
        inexact=frozenset(phrase for phrase, kind in bounds.items() if kind == "about") | estimates,
        uncounted=_all(file.uncounted for file in files),
    )


def check(user: str | None = None) -> list[str]:
    """Return problems beyond the schema: an opening of conditions that is a hedge as well."""
    found: set[str] = set()
    for path in knowledge_files("qualifiers.yaml", user):
        file = validated(QualifiersFile, path, load_mapping(path))
        found |= set(file.conditions) & set(file.hedges)
    return [f"qualifiers.yaml: {word} is both a condition and a hedge" for word in sorted(found)]


def _all(lists: Iterable[list[str]]) -> frozenset[str]:
    return frozenset(word for words in lists for word in words)


def _joined(mappings: Iterable[dict[str, list[str]]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for mapping in mappings:
        for opening, words in mapping.items():
            found[opening] = found.get(opening, frozenset()) | frozenset(words)
    return found
