"""The words around a name of a country or city that tell the government from the ground."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from sayso.errors import KnowledgeError
from sayso.knowledge.actor_names import items
from sayso.knowledge.files import knowledge_files, load_mapping


@dataclass(slots=True, frozen=True)
class Contexts:
    """Sets of lemmas; ``contexts.yaml`` says what each is for."""

    locative_prepositions: frozenset[str]
    actor_prepositions: frozenset[str]
    motion: frozenset[str]
    place_verbs: frozenset[str]
    dealing_verbs: frozenset[str]
    being_verbs: frozenset[str]
    place_nouns: frozenset[str]
    sport: frozenset[str]
    deeds: frozenset[str]
    saying: frozenset[str]
    honorifics: frozenset[str]
    body_endings: frozenset[str]
    name_joiners: frozenset[str]
    remote: frozenset[str]
    vague: frozenset[str]
    leaders: frozenset[str]
    unique_offices: frozenset[str]
    common_surnames: frozenset[str]
    introductions: frozenset[str]
    ranks: frozenset[str]


@cache
def load_contexts(user: str | None = None) -> Contexts:
    """Return the context words; raise KnowledgeError where a list is unknown or not a string."""
    names = {field.name for field in fields(Contexts)}
    found: dict[str, set[str]] = {name: set() for name in names}
    for path in knowledge_files("actors/contexts.yaml", user):
        for name, listed in load_mapping(path).items():
            if name in {"version", "source"}:
                continue
            if name not in names or not isinstance(listed, str):
                raise KnowledgeError(str(path), str(name), "is no list of context words")
            found[name].update(items(listed))
    return Contexts(**{name: frozenset(words) for name, words in found.items()})


def check(user: str | None = None) -> list[str]:
    """Return no problems: there is none beyond the schema, which loading checks."""
    load_contexts(user)
    return []
