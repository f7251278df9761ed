"""Descriptions of speakers: "the hydrologist said" is somebody just named, of whom nothing speaks against it.

News names a person once and then goes on with what else there is to say of them: an age, a trade, a former post. So a
definite description that is the source of a statement is the person spoken of last, if gender, nation and post agree,
even where the text has not said before that this person is one. An indefinite one is somebody new, without a name.
"""

from __future__ import annotations

from spacy.tokens import Token

from sayso.knowledge.actor_pronouns import Gender
from sayso.reading.actor_people import looks_like_person
from sayso.reading.annotations import Actor
from sayso.reading.mention_memory import Memory, Recent

_REACH = 4
_OBJECTS = frozenset(("dobj", "dative", "iobj"))
_TELLING = frozenset(("amod", "compound", "nmod"))
_POSTS = frozenset(("GOV", "LEG", "JUD", "MIL", "COP", "SPY"))


def is_person(token: Token, memory: Memory) -> bool:
    """Say whether a noun is for one person: by what is known of it, else by its ending or by an age before it."""
    noun = token.lower_
    known = [one for one in memory.knowledge.sectors.nouns.get(noun, ()) if len(one.words) == 1]
    if known:
        return any(one.form == "person" for one in known)
    if token.tag_ != "NN" or noun == "year":
        return False
    return noun in memory.anaphora.genders or looks_like_person(noun) or _is_aged(token)


def _is_aged(token: Token) -> bool:
    return any(child.lower_.endswith("-old") or child.lower_ == "old" for child in token.lefts)


def by_epithet(token: Token, country: str | None, sentence: int, memory: Memory, excluded: set[str]) -> Actor | None:
    """Return the person spoken of last whom a description fits, whoever spoke or acted before others."""
    gender = memory.anaphora.genders.get(token.lower_)
    spoken_to = _spoken_to(token, memory)
    fitting = [
        recent
        for recent in memory.within(sentence, _REACH)
        if recent.actor.kind == "person"
        and recent.actor.id not in excluded
        and recent.head != token.i
        and (spoken_to is None or memory.gender(recent.actor) not in {None, spoken_to})
        and _agrees(recent, token, country, gender, memory)
    ]
    if not fitting or not (_are_told(fitting, token, memory) or len({recent.actor.id for recent in fitting}) == 1):
        return None
    return max(fitting, key=lambda recent: _likeness(recent, token, sentence, memory)).actor


def _spoken_to(token: Token, memory: Memory) -> Gender | None:
    """Return the gender of whom a speaker speaks to or of: in "the priest told her" the priest is not she."""
    for child in token.head.rights:
        pronoun = memory.anaphora.pronouns.get(child.lower_)
        if pronoun is not None and pronoun.gender and child.dep_ in _OBJECTS and token.dep_ == "nsubj":
            return pronoun.gender
    return None


def harks_back(token: Token) -> bool:
    """Say whether a description is one that news gives of people already named: by age or by what they were."""
    return _is_aged(token) or any(child.lower_ == "former" for child in token.lefts)


def _likeness(recent: Recent, token: Token, sentence: int, memory: Memory) -> tuple[int, int, bool, int]:
    """Rank who is meant: by what the text has called them and by trade, then the nearest, subjects before others."""
    words = memory.words.get(recent.actor.id, set())
    told = any(child.lower_ in words for child in token.lefts if child.dep_ in _TELLING)
    same_trade = recent.actor.sector is not None and recent.actor.sector in _sectors(token, memory)
    return told + same_trade, recent.sentence - sentence, recent.subject, recent.head


def _agrees(recent: Recent, token: Token, country: str | None, gender: Gender | None, memory: Memory) -> bool:
    actor = recent.actor
    if gender is not None and memory.gender(actor) not in {None, gender}:
        return False
    if country is not None and actor.country not in {None, country}:
        return False
    posts = _sectors(token, memory) & _POSTS
    return not posts or harks_back(token) or actor.sector in {None, "ELI", *posts}


def _are_told(fitting: list[Recent], token: Token, memory: Memory) -> bool:
    """Say whether more than nearness speaks for one of several: a post that one of them holds, or no post at all."""
    posts = _sectors(token, memory) & _POSTS
    return not posts or harks_back(token) or any(recent.actor.sector in posts for recent in fitting)


def is_of_trade(actor: Actor, token: Token, memory: Memory) -> bool:
    """Say whether a body may go under a noun: "the company" is no party."""
    sectors = _sectors(token, memory)
    return not sectors or None in sectors or actor.sector in {None, "IGO", "NGO", *sectors}


def _sectors(token: Token, memory: Memory) -> set[str | None]:
    nouns = memory.knowledge.sectors.nouns.get(token.lower_, ())
    return {noun.sector for noun in nouns if len(noun.words) == 1}
