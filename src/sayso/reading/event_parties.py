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
from sayso.reading.event_grounds import Grounds
from sayso.reading.event_syntax import conjuncts
from sayso.records import Span

Standing = Literal["political", "people", "none"]

_STATELY = {
    "GOV", "LEG", "MIL", "COP", "JUD", "SPY", "REB", "PTY", "OPP", "PRM", "UAF", "PRE", "REF", "IGO", "NGO", "IMG",
    "UNO", "EUR", "INT", "ISM", "NGM",
}  # fmt: skip
_PREPOSITIONS = {
    "of", "by", "from", "against", "with", "on", "in", "to", "for", "between", "among", "over", "at", "near", "into",
    "across", "toward", "towards", "around", "within", "inside", "outside", "than", "including",
}  # fmt: skip
_POWERS = {"GOV", "MIL", "REB", "IGO", "UNO", "EUR", "SPY", "PRM", "PRE", "UAF", "IMG"}
_MODIFIERS = {"compound", "amod", "nmod", "poss"}
_VENUES = {"in", "at", "near", "outside"}
_COUNTED = {
    "several", "many", "few", "some", "dozens", "thousands", "senior", "top", "new", "other", "more", "least", "latest",
}  # fmt: skip
_LONGEST_TAIL = 7
_PERSONAL = {"he", "she", "him", "her", "his", "hers"}


class Parties:
    """The parties of one document."""

    def __init__(self, doc: Doc, lexicon: Lexicon, grounds: Grounds) -> None:
        self._grounds = grounds
        self._agents, self._people = lexicon.words("agent"), lexicon.words("people")
        self._fighters = lexicon.words("fighters")
        self._trades = lexicon.words("trade")
        self._papers, self._peoples = lexicon.words("paper"), lexicon.words("peoples")
        self._no_parties = lexicon.words("epithet") | (lexicon.words("weapon") - self._agents)
        self._blocs = lexicon.words("bloc")
        self._doc = doc
        self._within: dict[int, tuple[Token, ...]] = {}

    @property
    def _heads(self) -> dict[int, tuple[Actor, ...]]:
        heads: dict[int, tuple[Actor, ...]] = self._doc._.actor_heads
        return heads

    def standing(self, token: Token) -> Standing:
        """Say what kind of party a noun is by itself."""
        lemma = token.lemma_.lower()
        if lemma in self._papers or token.pos_ == "VERB" or self._is_no_party(token, lemma):
            return "none"
        if token.text in self._blocs or _is_head_of_state(token, lemma):
            return "political"
        actors = self._heads.get(token.i, ())
        if any(map(_is_political, actors)):
            return "political"
        if lemma in self._agents and token.pos_ != "ADJ" and not is_anaphoric(token):
            return "political"
        if token.lower_ in self._peoples:
            return "political"
        if actors or lemma in self._people or token.ent_type_ in ("PERSON", "ORG"):
            national = lemma not in self._trades and any(map(self._is_nationality, token.lefts))
            return "political" if national else "people"
        if self._grounds.country(token) is not None:
            acts = token.dep_ == "nsubj" and token.head.pos_ == "VERB" and self._grounds.is_state(token)
            return "people" if self._grounds.is_place(token) and not acts else "political"
        return "people" if self._grounds.is_place(token) else "none"

    def _is_no_party(self, token: Token, lemma: str) -> bool:
        """Say whether a noun names a weapon, or only what somebody is thought to be: "a murderer", "its victims"."""
        return lemma in self._no_parties or (lemma == "victim" and is_anaphoric(token))

    def _is_nationality(self, token: Token) -> bool:
        if token.dep_ not in ("amod", "compound", "nmod"):
            return False
        if token.lower_ in self._peoples:
            return True
        place = self._grounds.is_place(token) and not self._grounds.is_state(token)
        return not place and self._grounds.country(token) is not None

    def is_somebody(self, token: Token) -> bool:
        """Say whether a noun by itself names a political party, an actor or a place."""
        if token.lower_ in ("it", "this", "that", "which"):
            return False
        standing = self.standing(token)
        return standing == "political" or (standing == "people" and token.lemma_.lower() not in self._people)

    def is_paper(self, token: Token) -> bool:
        """Say whether a noun names words that somebody issues: a statement, a report."""
        return token.lemma_.lower() in self._papers

    def is_power(self, token: Token) -> bool:
        """Say whether a noun names a state, its government or forces, armed groups or an intergovernmental body."""
        return any(
            actor.kind == "country" or (actor.sector or "")[:3] in _POWERS for actor in self._heads.get(token.i, ())
        )

    def is_person(self, token: Token) -> bool:
        """Say whether a noun names a person that an earlier step knows."""
        return token.pos_ != "PRON" and any(actor.kind == "person" for actor in self._heads.get(token.i, ()))

    def agrees(self, pronoun: Token, noun: Token) -> bool:
        """Say whether a noun can be meant by a pronoun: a body or several people are no "he", several are no "it"."""
        one, person = pronoun.lower_ in _PERSONAL or pronoun.lower_ in ("it", "its"), pronoun.lower_ in _PERSONAL
        if one and noun.tag_ == "NNS":
            return False
        actors = self._heads.get(noun.i, ())
        return not person or not actors or any(actor.kind in ("person", "role") for actor in actors)

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
        for child in noun.rights:
            # "the object of Trump's admiration, Vladimir Putin": the name beside a description says who it is
            beside = child.dep_ == "appos" and child.pos_ == "PROPN" and child.left_edge.nbor(-1).text == ","
            if beside and (inner := self._look(child, depth)):
                return inner
        lefts = [child for child in noun.lefts if child.dep_ in _MODIFIERS and child.tag_ != "PRP$"]
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
        named = [t for t in conjuncts(token) if self._is_named(t)]
        if not named and token.dep_ == "compound":
            named = [t for t in token.lefts if self._is_named(t)]
        return tuple(named)

    def _is_named(self, token: Token) -> bool:
        lemma = token.lower_
        return token.lemma_.lower() not in self._no_parties and (
            token.i in self._heads
            or lemma in self._peoples
            or (token.dep_ == "compound" and lemma in self._agents)
            or lemma in self._fighters
            or self._grounds.country(token) is not None
        )

    def actors(self, tokens: Iterable[Token]) -> list[Actor]:
        """Return the actors that nouns name: by themselves, or where that says too little by what belongs to them."""
        found: dict[str, Actor] = {}
        for token in tokens:
            for actor in self._actors(token):
                found.setdefault(actor.id, actor)
        return list(found.values())

    def _actors(self, token: Token) -> tuple[Actor, ...]:
        own = self._heads.get(token.i, ())
        if any(actor.country or actor.kind in ("person", "organization", "country") for actor in own):
            return own
        for inner in self._inside(token, 1):
            if inner.i in self._heads:
                return self._heads[inner.i]
        return own

    def count(self, tokens: Iterable[Token]) -> int:
        """Return how many parties nouns name; "the Russian and US navies" are two."""
        return sum(max(1, len(self._heads.get(token.i, ()))) for token in tokens)

    def others(self, tokens: Iterable[Token], taken: tuple[Token, ...]) -> tuple[Token, ...]:
        """Return those nouns that are not on the other side already, by a pronoun neither."""
        known = {token.i for token in taken}
        same = {actor.id for actor in self.actors(taken)}
        return tuple(
            token
            for token in tokens
            if token.i not in known
            and not (token.pos_ == "PRON" and same.issuperset(a.id for a in self._heads.get(token.i, ())))
        )

    def elsewhere(self, tokens: tuple[Token, ...], actors: tuple[Token, ...]) -> tuple[Token, ...]:
        """Return those nouns that are not merely a place in the country of who acts, nor that one actor again."""
        doing = self.actors(actors)
        home, ids = {actor.country for actor in doing}, {actor.id for actor in doing}
        if len(home) != 1 or None in home:
            return tuple(t for t in tokens if len(ids) != 1 or {a.id for a in self._heads.get(t.i, ())} != ids)
        return tuple(t for t in tokens if not (self._is_home(t, home) or {a.id for a in self.actors([t])} == ids))

    def _is_home(self, token: Token, home: set[str | None]) -> bool:
        if not self._grounds.is_place(token) or any(a.kind != "country" for a in self._heads.get(token.i, ())):
            return False
        known = self._grounds.country(token)
        return known is not None and known.country in home

    def is_scene(self, token: Token) -> bool:
        """Say whether a town or region only says where somebody is from: "a Leeds builder"."""
        return token.dep_ in _MODIFIERS and self._grounds.is_place(token) and not self._grounds.is_state(token)

    def is_venue(self, token: Token) -> bool:
        """Say whether a place only says where: "talks in Cairo"."""
        return token.dep_ == "pobj" and token.head.lower_ in _VENUES and self._grounds.is_place(token)

    def unnamed(self, tokens: Iterable[Token]) -> Iterator[Token]:
        """Yield the nouns without an actor, or what names a country within them."""
        for token in tokens:
            if token.i not in self._heads:
                yield token
                yield from (t for t in self._inside(token, 1) if t.i not in self._heads)

    def spans(self, tokens: Iterable[Token]) -> list[Span]:
        """Return the core words of noun phrases: modifiers that name or describe, the head, and "of ..."."""
        return list(dict.fromkeys(self._span(token) for token in tokens))

    def _span(self, token: Token) -> Span:
        first, last = _first_word(token), token
        if token.pos_ == "NOUN" and first is token:
            last = _tail(token) or token
        elif token.pos_ == "PROPN":
            last = _rest_of_name(token) or token
        return first.idx, last.idx + len(last.text)


def _is_political(actor: Actor) -> bool:
    """Say whether an actor is of a state, a body or an armed or political group, not only from some country."""
    return actor.kind == "country" or bool(actor.office) or (actor.sector or "")[:3] in _STATELY


def is_anaphoric(token: Token) -> bool:
    """Say whether a noun only points back to somebody: "its forces", "their countries"."""
    return any(child.tag_ == "PRP$" for child in token.lefts)


def _is_head_of_state(token: Token, lemma: str) -> bool:
    return lemma == "head" and any(
        noun.lower_ in ("state", "government") for prep in token.rights if prep.lower_ == "of" for noun in prep.rights
    )


def _first_word(token: Token) -> Token:
    """Return the first of the modifiers that stand before a noun without a gap, numbers and articles left out."""
    first = token
    for child in reversed(list(token.lefts)):
        if child.dep_ == "nummod" or child.lower_ in _COUNTED:
            continue
        if child.dep_ in _MODIFIERS:
            first = _leftmost(child)
    return first


def _leftmost(child: Token) -> Token:
    edge = child.left_edge
    while edge.i < child.i and (edge.dep_ in ("det", "nummod", "advmod", "punct", "predet") or edge.lower_ in _COUNTED):
        if edge.nbor(1).text == "-":
            return edge
        edge = edge.nbor(1)
    return edge


def _rest_of_name(token: Token) -> Token | None:
    """Return the last word of a name that goes on after "of": "Union of Teachers"."""
    for child in token.rights:
        if child.lower_ == "of" and child.i == token.i + 1:
            for noun in child.rights:
                if noun.dep_ == "pobj" and all(word.is_title for word in child.doc[child.i + 1 : noun.i + 1]):
                    return noun
    return None


def _tail(token: Token) -> Token | None:
    """Return the last word of "of ..." or "in ..." after a noun that nothing before it describes."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "in"):
            for noun in child.rights:
                if noun.dep_ == "pobj" and noun.i - token.i <= _LONGEST_TAIL:
                    return noun
    return None
