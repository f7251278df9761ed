"""The government or the ground: whether the name of a country or city is an actor where it stands.

"Moscow warned", "talks with Moscow" and "Moscow's demands" are the government; "in Moscow" and "bombed Moscow" are not.
A country's own name is an actor in more places than its capital: "the attack on Egypt".
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sayso.knowledge.actor_contexts import Contexts
from sayso.reading.actor_marks import Mark

_SUBJECT = {"nsubj", "nsubjpass", "csubj", "agent", "expl"}
_OBJECT = {"dobj", "iobj", "dative", "oprd"}
_SURE = {"with", "against", "by", "between", "among", "toward", "towards", "versus", "upon", "behalf", "alongside"}
_NAME_BASE, _METONYM_BASE, _SEAT_BASE = 0.85, 0.75, 0.9


def acts(token: Token, mark: Mark, contexts: Contexts) -> float:
    """Return the probability that a country or city named at a token is an actor there; 0 where it is a place.

    ``token`` heads the name. Coordinated names share the role of the first.
    """
    head, dep, seen = token, token.dep_, 0
    while dep in {"conj", "appos"} and seen < 6 and head.head.i != head.i:
        head, seen = head.head, seen + 1
        dep = head.dep_
    if mark.sense.how == "seat":
        return _SEAT_BASE * _seat_acts(head, dep, contexts)
    if _is_dateline(mark, token.doc):
        return 0.0
    if mark.sense.how == "capital":
        return _METONYM_BASE * _city_acts(head, dep, contexts)
    return _NAME_BASE * _country_acts(head, dep, contexts)


def _seat_acts(token: Token, dep: str, contexts: Contexts) -> float:
    """A seat of power always stands for the government, except where it is part of a title or a place to be at."""
    if dep in {"compound", "nmod", "amod"}:
        return 1.0 if token.head.lemma_.lower() in contexts.deeds else 0.0
    return 0.0 if dep == "pobj" and token.head.lower_ in contexts.locative_prepositions else 1.0


def _is_dateline(mark: Mark, doc: Doc) -> bool:
    """Say whether the name opens a paragraph as the place where a report was filed: "MOSCOW (Reuters) -"."""
    if mark.end >= len(doc) or not doc[mark.start].is_sent_start:
        return False
    return doc[mark.end].text in {"(", "--", "—", "–"} or (
        doc[mark.start].is_upper and doc[mark.end].text in {",", "-"}
    )


def _country_acts(token: Token, dep: str, contexts: Contexts) -> float:
    governor = token.head
    if dep in _SUBJECT or dep in _OBJECT or dep in {"ROOT", "dep", "ccomp"}:
        return 1.0
    if dep == "poss":
        return 0.0 if governor.lemma_.lower() in contexts.place_nouns else 1.0
    if dep == "pobj":
        return _after_preposition(governor, contexts, city=False)
    if dep in {"compound", "nmod", "amod"}:
        return 0.9 if governor.lemma_.lower() in contexts.deeds else 0.0
    return 0.0 if dep in {"npadvmod", "nounmod", "attr"} else 0.8


def _city_acts(token: Token, dep: str, contexts: Contexts) -> float:
    governor = token.head
    lemma = governor.lemma_.lower()
    if dep == "nsubj":
        return 0.0 if lemma in contexts.being_verbs or lemma in contexts.place_verbs else 1.0
    if dep == "nsubjpass" or dep in _OBJECT:
        return 1.0 if lemma in contexts.dealing_verbs and lemma not in contexts.place_verbs else 0.0
    if dep in {"poss", "compound", "nmod"}:
        return 1.0 if lemma in contexts.deeds and lemma not in contexts.place_nouns else 0.0
    if dep == "pobj":
        return _after_preposition(governor, contexts, city=True)
    return 0.0


def _after_preposition(preposition: Token, contexts: Contexts, *, city: bool) -> float:
    """Judge "to Moscow" by what it hangs on: "a letter to" but not "a trip to"."""
    word = preposition.lower_
    if word in _SURE:
        return 0.0 if city and word == "by" and preposition.head.lemma_ in {"sit", "stand", "pass"} else 1.0
    if word in contexts.locative_prepositions or word not in contexts.actor_prepositions:
        return 0.0
    governor = preposition.head
    lemma = governor.lemma_.lower()
    if word == "to" and governor.lower_ == "according":
        return 1.0
    if word == "of":
        return 0.9 if lemma in contexts.deeds and not (city and lemma in contexts.place_nouns) else 0.0
    if word in {"to", "from", "for"}:
        return _directed(governor, lemma, contexts, city=city)
    if word == "on":
        return 0.0 if city and lemma not in {"pressure", "sanction", "embargo", "call"} else 1.0
    return 0.8 if not city else 0.5


def _directed(governor: Token, lemma: str, contexts: Contexts, *, city: bool) -> float:
    if lemma in contexts.motion or (governor.head.lemma_.lower() in contexts.motion and governor.pos_ == "ADV"):
        return 0.0
    if governor.dep_ in {"prep", "pcomp"}:
        return 0.0
    if not city:
        return 0.9
    return 0.8 if lemma in contexts.dealing_verbs or lemma in contexts.deeds else 0.0
