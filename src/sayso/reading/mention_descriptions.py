"""Descriptions that point back: "the president", "the Belgian", "the country", "the group"."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from sayso.knowledge.actor_names import pieces
from sayso.knowledge.actors import Known
from sayso.reading.actor_groups import DEFINITE
from sayso.reading.annotations import Actor
from sayso.reading.mention_memory import Memory

_REACH = {"country": 2, "organization": 4, "person": 2}
_ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss", "agent", "conj", "appos", "ROOT"}
_CLEARLY = 2
_PEOPLE_KEPT = 100
_PORTFOLIOS = {"prime", "vice", "foreign", "defence", "defense", "interior", "deputy"}
_SHARED_NOUNS = {"leader", "chief", "boss", "politician", "official"}


def by_title(token: Token, country: str | None, sentence: int, memory: Memory) -> Actor | None:
    """Return the person who goes under a noun ("the general"), of several the one the text is mostly about."""
    if not _is_person(token.lower_, memory):
        return None
    before = {child.lower_ for child in token.lefts if child.dep_ in {"compound", "amod"}}
    titled = [
        actor
        for actor in islice(reversed(memory.people.values()), _PEOPLE_KEPT)
        if (country is None or actor.country == country) and _bears(actor, token.lower_, before, memory)
    ]
    return titled[0] if len(titled) == 1 else _most_salient(titled, sentence, memory)


def _is_person(noun: str, memory: Memory) -> bool:
    """Say whether a noun is for people: an army is not its chief."""
    nouns = memory.knowledge.sectors.nouns.get(noun, ())
    return not nouns or any(known.form == "person" for known in nouns)


def _bears(actor: Actor, noun: str, before: set[str], memory: Memory) -> bool:
    words = memory.words.get(actor.id, set())
    if noun in words:
        return all(word in words for word in before & _PORTFOLIOS)
    return noun in _SHARED_NOUNS and actor.office is not None and not before


def _most_salient(titled: list[Actor], sentence: int, memory: Memory) -> Actor | None:
    """Return whoever was just the subject, unless the text is mostly about another; None where it is open."""
    if not titled:
        return None
    ranked = sorted(titled, key=lambda actor: -len(actor.mentions))
    main = ranked[0] if len(ranked[0].mentions) >= _CLEARLY * len(ranked[1].mentions) else None
    subjects = {r.actor.id for r in memory.within(sentence, 1) if r.subject}
    recent = [actor for actor in titled if actor.id in subjects]
    if len(recent) == 1 and main in {None, recent[0]}:
        return recent[0]
    return main if not recent or main in recent else None


def by_nationality(token: Token, sentence: int, memory: Memory) -> Actor | None:
    """Return the latest person of the nation that a noun names ("the Belgian"), else the only one of none known."""
    if not token.i or token.nbor(-1).lower_ not in DEFINITE:
        return None
    if token.dep_ not in _ARGUMENTS or token.tag_ in {"NNS", "NNPS"} or not token.text[:1].isupper():
        return None
    codes = set()
    for key, _, sense in memory.knowledge.names.starting(next(iter(pieces(token.text)), "")):
        if len(key) == 1 and sense.how in {"adjective", "people"} and isinstance(sense.known, Known):
            codes.add(sense.known.country)
    found = [actor for actor in islice(reversed(memory.people.values()), _PEOPLE_KEPT) if actor.country in codes]
    if found or not codes:
        return next(iter(found), None)
    near = {r.actor.id: r.actor for r in memory.within(sentence, _REACH["person"]) if r.actor.kind == "person"}
    unknown = [actor for actor in near.values() if actor.country is None]
    return unknown[0] if len(unknown) == 1 else None


def by_age(sentence: int, memory: Memory) -> Actor | None:
    """Return the person spoken of last, for "the 56-year-old"."""
    found = [r.actor for r in memory.within(sentence, 2) if r.actor.kind == "person"]
    return found[0] if found and all(actor is found[0] for actor in found) else None


def collective(target: str, sentence: int, memory: Memory) -> Actor | None:
    """Return the country or body spoken of last, subjects before others: "the country", "the group"."""
    found = [r for r in memory.within(sentence, _REACH[target]) if r.actor.kind == target]
    if not found:
        return None
    latest = max(r.sentence for r in found)
    here = [r for r in found if r.sentence == latest]
    subjects = {r.actor.id: r.actor for r in here if r.subject}
    everyone = {r.actor.id: r.actor for r in here}
    chosen = subjects if len(subjects) == 1 else everyone
    return next(iter(chosen.values())) if len(chosen) == 1 else None
