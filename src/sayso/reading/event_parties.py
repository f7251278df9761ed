"""Who can be party to a political event, and the words that name them.

A party is a noun that an earlier step resolved to an actor, or one that names people by itself (class ``agent`` and
class ``people`` of the frames). An argument that is no party ("Iran's demand", "restrictions against German goods")
is looked into for the party that it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from spacy.tokens import Doc, Token

from sayso.knowledge.frames import Lexicon
from sayso.reading.annotations import Actor
from sayso.reading.event_syntax import conjuncts
from sayso.records import Span

Standing = Literal["political", "people", "none"]

_NAMED = {"GPE", "NORP"}
_PREPOSITIONS = {
    "of", "by", "from", "against", "with", "on", "in", "to", "for", "between", "among", "over", "at", "near", "into",
    "across", "toward", "towards", "around", "within", "inside", "outside", "than", "including",
}  # fmt: skip
_MODIFIERS = {"compound", "amod", "nmod", "poss"}
_COUNTED = {
    "several",
    "many",
    "few",
    "some",
    "dozens",
    "thousands",
    "senior",
    "top",
    "new",
    "other",
    "more",
    "least",
    "latest",
}
_LONGEST_TAIL = 7


class Parties:
    """The parties of one document."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self._doc = doc
        self._agents, self._people = lexicon.words("agent"), lexicon.words("people")
        self._heads: dict[int, tuple[Actor, ...]] = doc._.actor_heads
        self._within: dict[int, tuple[Token, ...]] = {}

    def standing(self, token: Token) -> Standing:
        """Say what kind of party a noun is by itself."""
        actors = self._heads.get(token.i)
        if actors:
            return "political" if any(map(_is_political, actors)) else "people"
        if token.ent_type_ in _NAMED and not self._heads:
            return "political"
        lemma = token.lemma_.lower()
        if token.pos_ in ("NOUN", "PROPN", "ADJ"):
            if lemma in self._agents:
                return "political"
            if lemma in self._people or token.ent_type_ in ("PERSON", "ORG"):
                return "people"
        return "none"

    def within(self, token: Token) -> tuple[Token, ...]:
        """Return the parties that an argument names: itself and those coordinated with it, else those it holds."""
        found = self._within.get(token.i)
        if found is None:
            found = self._within[token.i] = self._look(token, 3)
        return found

    def _look(self, token: Token, depth: int) -> tuple[Token, ...]:
        found: list[Token] = []
        for noun in conjuncts(token):
            if self.standing(noun) != "none":
                found.append(noun)
            elif depth and noun.pos_ != "VERB":
                found += self._inside(noun, depth - 1)
        return tuple(dict.fromkeys(found))

    def _inside(self, noun: Token, depth: int) -> tuple[Token, ...]:
        """Look for a party in the possessor, then the modifiers, then the prepositional phrases of a noun."""
        lefts = [child for child in noun.lefts if child.dep_ in _MODIFIERS]
        for child in sorted(lefts, key=lambda c: c.dep_ != "poss"):
            inner = self._look(child, depth) if child.dep_ == "poss" else self._modifier(child)
            if inner:
                return inner
        for child in noun.rights:
            if child.dep_ in ("prep", "agent") and child.lower_ in _PREPOSITIONS:
                for below in child.rights:
                    inner = self._look(below, depth) if below.dep_ == "pobj" else ()
                    if inner:
                        return inner
            elif child.dep_ == "appos" and (inner := self._look(child, depth)):
                return inner
        return ()

    def _modifier(self, token: Token) -> tuple[Token, ...]:
        """Return the nationalities and names among a modifier and what is coordinated with or modifies it."""
        named = [t for t in conjuncts(token) if self._heads.get(t.i) or (not self._heads and t.ent_type_ in _NAMED)]
        if not named and token.dep_ == "compound":
            named = [t for t in token.lefts if self._heads.get(t.i) or (not self._heads and t.ent_type_ in _NAMED)]
        return tuple(named)

    def actors(self, tokens: Iterable[Token]) -> list[Actor]:
        """Return the actors that nouns name, by themselves or by what modifies them."""
        found: dict[str, Actor] = {}
        for token in tokens:
            for actor in self._heads.get(token.i) or self._by_modifier(token):
                found.setdefault(actor.id, actor)
        return list(found.values())

    def _by_modifier(self, token: Token) -> tuple[Actor, ...]:
        for child in token.lefts:
            if child.dep_ in _MODIFIERS and child.i in self._heads:
                return self._heads[child.i]
        return ()

    def spans(self, tokens: Iterable[Token]) -> list[Span]:
        """Return the core words of noun phrases: modifiers that name or describe, the head, and "of ..."."""
        return list(dict.fromkeys(self._span(token) for token in tokens))

    def _span(self, token: Token) -> Span:
        first, last = _first_word(token), token
        if token.pos_ == "NOUN" and first is token:
            last = _tail(token) or token
        return first.idx, last.idx + len(last.text)


def _is_political(actor: Actor) -> bool:
    if actor.kind == "person":
        return bool(actor.office or actor.country or actor.sector)
    return actor.kind == "country" or bool(actor.country or actor.sector)


def _first_word(token: Token) -> Token:
    """Return the first of the modifiers that stand before a noun without a gap, numbers and articles left out."""
    first = token
    for child in reversed(list(token.lefts)):
        if child.dep_ == "nummod" or child.lower_ in _COUNTED:
            break
        if child.dep_ in _MODIFIERS:
            first = _leftmost(child)
    return first


def _leftmost(child: Token) -> Token:
    edge = child.left_edge
    while edge.i < child.i and (edge.dep_ in ("det", "nummod", "advmod", "punct", "predet") or edge.lower_ in _COUNTED):
        edge = edge.nbor(1)
    return edge


def _tail(token: Token) -> Token | None:
    """Return the last word of "of ..." or "in ..." after a noun that nothing before it describes."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "in"):
            for noun in child.rights:
                if noun.dep_ == "pobj" and noun.i - token.i <= _LONGEST_TAIL:
                    return noun
    return None


def others(tokens: Iterable[Token], taken: Iterable[Token]) -> Iterator[Token]:
    """Yield those tokens that are not already taken by the other side."""
    known = {token.i for token in taken}
    return (token for token in tokens if token.i not in known)
