"""The country that a place or an adjective stands for: "a curfew in Montenegro", "shells on Iraqi towns".

The actors step leaves names alone where they are only the scene of something. To an event that scene is often its
recipient (PLOVER: what is done in a country is done to it), so the country is added as an actor where it is needed.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sayso.knowledge.actor_names import pieces
from sayso.knowledge.actors import ActorKnowledge, Known
from sayso.reading.actor_cast import Cast
from sayso.reading.annotations import Actor, Toponym

_CONFIDENCE = 0.6


class Grounds:
    """Places and nationalities of one document, by token."""

    def __init__(self, doc: Doc, knowledge: ActorKnowledge) -> None:
        self._doc, self._knowledge = doc, knowledge
        self._places: dict[int, Toponym] = {}
        for toponym in doc._.toponyms:
            for i in range(toponym.start, toponym.end):
                self._places.setdefault(i, toponym)
        self._known: dict[str, Known | None] = {}

    def country(self, token: Token) -> Known | None:
        """Return the country that a token names as a place or as an adjective, None where it names none."""
        toponym = self._places.get(token.i)
        if toponym is not None and toponym.place is not None and toponym.place.country:
            return self._knowledge.states.get(toponym.place.country)
        if not token.text[:1].isupper():
            return None
        before = token.nbor(-1).text if token.i else ""
        double = self._by_name(f"{before} {token.text}") if before[:1].isupper() else None
        return double or self._by_name(token.text)

    def is_place(self, token: Token) -> bool:
        """Say whether a token is part of the name of a place."""
        return token.i in self._places or (not self._places and token.ent_type_ in ("GPE", "LOC"))

    def is_state(self, token: Token) -> bool:
        """Say whether a token names a whole country, not a town or region of one."""
        toponym = self._places.get(token.i)
        return bool(toponym and toponym.place and (toponym.place.feature or "").startswith("PCL"))

    def _by_name(self, name: str) -> Known | None:
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def _look_up(self, name: str) -> Known | None:
        wanted = pieces(name)
        if not wanted:
            return None
        for found, _, sense in self._knowledge.names.starting(wanted[0]):
            if found == wanted and isinstance(sense.known, Known) and sense.known.kind == "country":
                return sense.known
        return None

    def add(self, tokens: list[Token]) -> None:
        """Let tokens denote their countries as actors of the document."""
        cast = Cast(self._doc)
        for token in tokens:
            known = self.country(token)
            if known is None or token.i in cast.heads:
                continue
            actor = _actor(cast, known)
            toponym = self._places.get(token.i)
            start, end = (toponym.start, toponym.end) if toponym else (token.i, token.i + 1)
            cast.mention(actor, start, end, token.i, "name")
        cast.store()


def _actor(cast: Cast, known: Known) -> Actor:
    return cast.actor(
        known.id, known.name, known.kind, known.country, known.sector, confidence=_CONFIDENCE, rule="event ground"
    )
