"""Where something happened: the place of a predicate by its role in the sentence.

From each place in the sentence a path leads up the tree. It must start with a locative preposition ("in Kazan", "in
the region of Kursk", "at a Kyiv hospital") and meet the predicate, one of its arguments or a verb that it depends on
without entering another clause. So a place in an actor's name, a government called by its capital and the subject of
a war that somebody talks about are never where something happened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from sayso.knowledge.gazetteer import feature_class
from sayso.knowledge.places import PlaceCues, place_cues
from sayso.reading.annotations import Place, Toponym

_MAX_STEPS = 10
_MAX_PLACES = 40
"""No sentence that is one has more places; in a table taken for a sentence the first ones are looked at."""

_AT_REST = frozenset({"in", "at", "near", "outside", "inside", "within", "across", "throughout", "around", "on", "off",
                      "along", "over", "above", "beneath", "between", "into", "aboard", "onto"})  # fmt: skip
_IN_MOTION = frozenset({"to", "toward", "towards", "from", "through", "via"})
_ON_THE_WAY = _AT_REST - {"on", "over"} | {"during", "with", "by", "to", "as", "of"}
"""Prepositions that may stand further up; what is said "on" or "about" a war in Ukraine is not said there."""

_UP_FROM_PREDICATE = frozenset({"nsubj", "nsubjpass", "dobj", "obj", "pobj", "prep", "attr", "conj", "xcomp", "agent",
                                "pcomp", "compound", "amod", "oprd", "acl", "dative"})  # fmt: skip
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "parataxis", "csubj", "ROOT", "acl", "pcomp", "xcomp"})
_NAME_LINKS = frozenset({"compound", "conj", "appos", "nmod", "npadvmod", "amod", "poss"})

_FINENESS = {"S": 0, "R": 0, "P": 1, "T": 2, "H": 2, "L": 3}


def event_place(doc: Doc, anchor_token_index: int, sentence: tuple[int, int] | None = None) -> Toponym | None:
    """Return the place of a predicate, the best attached and then the most precise; None where the sentence says none.

    ``sayso_places`` must have run. The method is rules over the dependency tree, our own. Who asks for many predicates
    gives the tokens of the ``sentence`` (first, and last exclusive): to look for them takes time in its length.
    """
    anchor = doc[anchor_token_index]
    toponyms = list(_in_sentence(doc, *(sentence or (anchor.sent.start, anchor.sent.end))))
    if not toponyms:
        return None
    above = dict(_above(anchor))
    ranked = [(rank, _fineness(t.place), abs(t.start - anchor.i), n)
              for n, t in enumerate(toponyms) if (rank := _rank(doc, t, anchor, above)) is not None]  # fmt: skip
    return toponyms[min(ranked)[-1]] if ranked else None


def _in_sentence(doc: Doc, start: int, end: int) -> Iterator[Toponym]:
    found: list[Toponym] = doc._.toponyms
    first = bisect_left(found, start, key=lambda t: t.start)
    for toponym in found[first : first + _MAX_PLACES]:
        if toponym.start >= end:
            return
        yield toponym


def _above(anchor: Token) -> Iterator[tuple[int, int]]:
    """Yield the tokens whose locatives are the predicate's too, with a penalty for distance."""
    token, penalty = anchor, 0
    for _ in range(_MAX_STEPS):
        yield token.i, penalty
        if token.dep_ == "advcl":
            penalty += 3
        elif token.dep_ not in _UP_FROM_PREDICATE:
            return
        elif token.dep_ == "acl":
            penalty += 1
        token, penalty = token.head, penalty + 2


def _rank(doc: Doc, toponym: Toponym, anchor: Token, above: dict[int, int]) -> int | None:
    """Return how well a place is attached to the predicate, 0 best; None where it is not."""
    token = next((t for t in doc[toponym.start : toponym.end] if not toponym.start <= t.head.i < toponym.end), None)
    if token is None:
        token = doc[toponym.end - 1]
    if toponym.start <= anchor.i < toponym.end:
        return None
    if token.head.i == anchor.i and _is_place_of(token, anchor):
        return 1
    penalty, located, nouns = 0, False, 0
    for _ in range(_MAX_STEPS):
        if token.i in above and token.i != toponym.end - 1:
            return None if not located else penalty + 2 * nouns + above[token.i]
        step = _step(token, anchor, located)
        if step is None:
            return None
        located |= token.dep_ == "prep" and (token.lower_ != "of" or _is_place_of(token, anchor))
        penalty += step
        nouns += located and token.dep_ == "pobj"
        token = token.head
    return None


def _step(token: Token, anchor: Token, located: bool) -> int | None:
    """Return the penalty of going up from a token; None where the way is closed."""
    if token.dep_ == "prep":
        return _through_preposition(token, anchor, located)
    if token.dep_ in _CLAUSES or token.head.i == token.i:
        return None
    if token.dep_ in {"pobj", *_NAME_LINKS}:
        return 0
    if not located:
        return None
    return None if anchor.lemma_ in _cues(anchor.doc).speech_verbs else 1


def _through_preposition(token: Token, anchor: Token, located: bool) -> int | None:
    word = token.lower_
    if located:
        return 0 if word in _ON_THE_WAY else None
    if word == "of":
        cues = _cues(anchor.doc)
        named = {token.head.lower_, token.head.lemma_} & (cues.regions | cues.towns | cues.parts)
        return 0 if named or (token.head.i == anchor.i and _is_place_of(token, anchor)) else None
    return 0 if word in _AT_REST else 3 if word in _IN_MOTION else None


def _is_place_of(token: Token, anchor: Token) -> bool:
    """Say whether a place is the predicate's own: its object ("shelled Kherson") or its first part ("Kazan summit")."""
    if token.dep_ == "compound":
        return anchor.pos_ == "NOUN"
    own = token.head.i == anchor.i and token.dep_ in {"dobj", "prep"}
    return own and anchor.lemma_ in _cues(anchor.doc).place_objects


def _fineness(place: Place | None) -> int:
    if place is None or place.feature is None:
        return 2
    if place.feature in {"PCLI", "PCLD", "PCLS", "PCLH"}:
        return 6
    if place.feature.startswith("ADM"):
        return 4 if place.feature == "ADM2" else 5
    return 7 if place.feature == "CONT" else _FINENESS.get(feature_class(place.feature), 3)


def _cues(doc: Doc) -> PlaceCues:
    return _cues_of(doc.user_data.get("sayso_knowledge"))


@cache
def _cues_of(user: str | None) -> PlaceCues:
    return place_cues(user)
