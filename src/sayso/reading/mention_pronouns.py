"""Pronouns: to whom "he", "she", "it", "they" and, in quotations, "I" and "we" point."""

from __future__ import annotations

from spacy.tokens import Token

from sayso.knowledge.actor_pronouns import Anaphora, Pronoun
from sayso.reading.annotations import Actor
from sayso.reading.mention_memory import Memory, Recent

_REACH = 3
_MARGIN = 0.4
_KNOWN_GENDER = 0.4
"""What it counts for somebody to be known as a woman or a man, beside those of whom it is not known."""
_ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "dative", "iobj", "pobj"}
_SUBJECT_LIKE = {"nsubj", "nsubjpass", "poss"}
_OBJECTIVE = {"them", "him"}
_PERSONAL = {"person", "role"}


def is_empty(token: Token, anaphora: Anaphora) -> bool:
    """Say whether an "it" points to nobody: "it is clear that", "it remains to be seen".

    One that opens a quotation points to what was asked or shown there.
    """
    if token.lower_ != "it":
        return False
    if token.dep_ == "expl" or (token.i and token.nbor(-1).is_quote):
        return True
    governor = token.head
    if token.dep_ not in {"nsubj", "nsubjpass"} or governor.lemma_.lower() not in anaphora.empty_it:
        return False
    return any(child.dep_ in {"acomp", "attr", "ccomp", "xcomp", "advcl", "oprd", "csubj"} for child in governor.rights)


def fits(recent: Recent, pronoun: Pronoun, memory: Memory) -> bool:
    """Say whether number, gender and kind allow a pronoun to stand for an actor."""
    actor = recent.actor
    if pronoun.number == "one":
        gender = memory.gender(actor)
        return (
            (actor.kind in _PERSONAL or recent.single)
            and not recent.plural
            and (gender is None or gender == pronoun.gender)
        )
    if recent.single:
        return False
    if pronoun.number == "thing":
        return actor.kind in {"country", "organization"} or (actor.kind == "group" and not recent.plural)
    return actor.kind in {"group", "organization"}


def _governing_subject(token: Token) -> int:
    """Return the subject of the clause that this word's clause is a complement of, -1 where there is none."""
    verb, steps = token, 0
    while steps < 8 and verb.head.i != verb.i:
        if verb.dep_ in {"ccomp", "xcomp", "advcl", "parataxis"}:
            for child in verb.head.lefts:
                if child.dep_ in {"nsubj", "nsubjpass"}:
                    return int(child.i)
        verb, steps = verb.head, steps + 1
    return -1


def _same_clause(token: Token, other: Token) -> bool:
    """Say whether two words are arguments of one verb, so that a pronoun cannot be the other."""
    if token.lower_.endswith(("self", "selves")) or token.dep_ == "poss":
        return False
    return token.dep_ in _ARGUMENTS and other.dep_ in _ARGUMENTS and _verb_of(token) == _verb_of(other)


def _verb_of(token: Token) -> int:
    head = token.head
    return int(head.head.i if head.dep_ in {"prep", "agent"} else head.i)


def score(token: Token, recent: Recent, sentence: int, governing: int, memory: Memory) -> float:
    """Weigh a candidate by nearness, subjecthood, and how often the text has spoken of it."""
    points = 3.0 - (sentence - recent.sentence)
    points += 1.5 if recent.subject else 0.0
    points += 2.0 if recent.head == governing else 0.0
    points += min(memory.counts.get(recent.actor.id, 0), 5) * 0.15
    points += 0.5 if recent.actor.kind == "person" else 0.0
    if token.dep_ == "poss" and recent.sentence == sentence and recent.subject:
        points += 0.5
    return points


def _is_overshadowed(token: Token, pronoun: Pronoun, recent: Recent, memory: Memory) -> bool:
    """Say whether a noun that is nobody stands nearer, so that "it" or "them" is more likely that."""
    if pronoun.number == "one":
        return False
    nearer = memory.last_things if pronoun.number == "many" else memory.last_thing
    if pronoun.number == "thing" and not recent.subject and memory.last_thing_sentence >= recent.sentence:
        return True
    same_verb = token.dep_ == "poss" and recent.subject and _verb_of(token.head) == token.doc[recent.head].head.i
    return nearer > recent.head and not same_verb


def antecedent(token: Token, pronoun: Pronoun, sentence: int, memory: Memory, excluded: set[str]) -> Actor | None:
    """Return who a third-person pronoun stands for; None where two are about as likely."""
    subject = token.dep_ in _SUBJECT_LIKE and token.lower_ not in _OBJECTIVE
    governing = _governing_subject(token) if subject else -1
    best: dict[str, tuple[float, Actor]] = {}
    for recent in memory.within(sentence, _REACH):
        if recent.actor.id in excluded or not fits(recent, pronoun, memory):
            continue
        if recent.sentence == sentence and _same_clause(token, token.doc[recent.head]):
            continue
        if recent.head != governing and _is_overshadowed(token, pronoun, recent, memory):
            continue
        points = score(token, recent, sentence, governing, memory)
        points += _KNOWN_GENDER if pronoun.gender and memory.gender(recent.actor) == pronoun.gender else 0.0
        if points > best.get(recent.actor.id, (-9.0, recent.actor))[0]:
            best[recent.actor.id] = (points, recent.actor)
    ranked = sorted(best.values(), key=lambda pair: -pair[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
        return None
    return ranked[0][1]
