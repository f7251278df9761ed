"""The nouns that say what kind of actor somebody is, and the PLOVER sector that each carries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from sayso.knowledge.actor_names import items
from sayso.knowledge.files import knowledge_files, load_mapping, validated

Form = Literal["person", "body"]

_TOKENS = re.compile(r"-|[^\s-]+")


class _SectorEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    label: str = ""
    people: str = ""
    bodies: str = ""
    uncounted: str = ""


class _Generic(BaseModel):
    model_config = ConfigDict(extra="forbid")
    default: str | None = None
    official: str = ""
    people: str = ""
    bodies: str = ""
    uncounted: str = ""


class _SectorFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: str = ""
    source: str = ""
    sectors: dict[str, _SectorEntry] = {}
    generic: _Generic | None = None
    modifiers: dict[str, str] = {}
    strong_modifiers: str = ""
    ministers: str = ""


@dataclass(slots=True, frozen=True)
class AgentNoun:
    """A noun for a person or body, as tokens; ``sector`` is None where the noun itself does not say."""

    name: str
    words: tuple[str, ...]
    sector: str | None
    form: Form


@dataclass(slots=True)
class Sectors:
    """Agent nouns by their last word (longest first), and the modifiers that decide a sector."""

    labels: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, list[AgentNoun]] = field(default_factory=dict)
    uncounted: set[str] = field(default_factory=set)
    modifiers: dict[str, str] = field(default_factory=dict)
    strong: set[str] = field(default_factory=set)
    portfolios: set[str] = field(default_factory=set)
    official: set[str] = field(default_factory=set)
    default: str = ""

    def add(self, phrases: str, sector: str | None, form: Form) -> None:
        """Let nouns carry a sector; what was said first about a noun stands."""
        for phrase in items(phrases):
            for words in {tuple(_TOKENS.findall(phrase)), tuple(phrase.split())}:
                known = self.nouns.setdefault(words[-1], [])
                if all(noun.words != words for noun in known):
                    known.append(AgentNoun(phrase, words, sector, form))


def _merge(found: Sectors, entry: _SectorFile) -> None:
    for code, sector in entry.sectors.items():
        found.labels[code] = found.labels.get(code) or sector.label
        found.add(sector.people, code, "person")
        found.add(sector.bodies, code, "body")
        found.uncounted.update(items(sector.uncounted))
    if entry.generic:
        found.default = found.default or entry.generic.default or ""
        found.official.update(items(entry.generic.official))
        found.add(entry.generic.people, None, "person")
        found.add(entry.generic.bodies, None, "body")
        found.uncounted.update(items(entry.generic.uncounted))
    modifiers = {word: code for code, words in entry.modifiers.items() for word in items(words)}
    found.modifiers = modifiers | found.modifiers
    found.strong.update(items(entry.strong_modifiers))
    found.portfolios.update(items(entry.ministers))


@cache
def load_sectors(user: str | None = None) -> Sectors:
    """Return the agent nouns; the user's own come first. Raises KnowledgeError where a file breaks its schema."""
    found = Sectors()
    for path in reversed(list(knowledge_files("actors/sectors.yaml", user))):
        _merge(found, validated(_SectorFile, path, load_mapping(path)))
    for nouns in found.nouns.values():
        nouns.sort(key=lambda noun: -len(noun.words))
    return found
