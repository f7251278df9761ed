"""Pronouns, and the words that tell whether a person is a woman or a man."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from sayso.knowledge.actor_names import items
from sayso.knowledge.files import knowledge_files, load_mapping, validated

Gender = Literal["m", "f"]
Target = Literal["country", "organization"]
PairTarget = Literal["person", "leader", "minister", "officer", "country", "side"]


class Pronoun(BaseModel):
    """What a pronoun asks of whoever it stands for."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    person: Literal["first", "third"]
    number: Literal["one", "many", "thing"]
    gender: Gender | None = None


class _PronounFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: str = ""
    source: str = ""
    pronouns: dict[str, Pronoun] = {}
    women: str = ""
    men: str = ""
    speech_nouns: str = ""
    empty_it: str = ""
    collectives: dict[str, Target] = {}
    pairs: dict[str, PairTarget] = {}
    ranks: dict[Literal["leader", "minister", "officer"], str] = {}


class Anaphora:
    """All words that point back, with the genders of titles and first names."""

    def __init__(self) -> None:
        self.pronouns: dict[str, Pronoun] = {}
        self.genders: dict[str, Gender] = {}
        self.speech_nouns: set[str] = set()
        self.empty_it: set[str] = set()
        self.collectives: dict[str, Target] = {}
        self.pairs: dict[str, PairTarget] = {}
        self.ranks: dict[str, set[str]] = {"leader": set(), "minister": set(), "officer": set()}

    def add(self, entry: _PronounFile) -> None:
        """Add what one file says; a word listed for both genders tells neither."""
        self.pronouns.update(entry.pronouns)
        women, men = set(items(entry.women)), set(items(entry.men))
        self.genders.update(dict.fromkeys(women - men, "f"))
        self.genders.update(dict.fromkeys(men - women, "m"))
        self.speech_nouns.update(items(entry.speech_nouns))
        self.empty_it.update(items(entry.empty_it))
        self.collectives.update(entry.collectives)
        self.pairs.update(entry.pairs)
        for rank, words in entry.ranks.items():
            self.ranks[rank].update(items(words))


@cache
def load_anaphora(user: str | None = None) -> Anaphora:
    """Return the words that point back; raise KnowledgeError where a file breaks its schema."""
    found = Anaphora()
    for path in knowledge_files("actors/pronouns.yaml", user):
        found.add(validated(_PronounFile, path, load_mapping(path)))
    return found


def check(user: str | None = None) -> list[str]:
    """Return no problems: there is none beyond the schema, which loading checks."""
    load_anaphora(user)
    return []
