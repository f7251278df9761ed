"""Whom and what reviewers name: actors and places of a Record, by id or by name, and those that it did not have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sayso.knowledge.actor_names import pieces, slug
from sayso.knowledge.actor_offices import Person
from sayso.knowledge.actors import Known, load_actors
from sayso.records import Actor, ActorKind, Place, Record

_CERTAIN = 1.0
"""How sure it is what a reviewer says."""
_PREFIX = "actor:"
_NAMELESS = slug("")
"""What the id of a name is that has no Latin letter."""


class Names:
    """The actors and places of a Record; ``added`` to it are those that are named and not there."""

    def __init__(self, record: Record) -> None:
        self.actors = {actor.id: actor for actor in record.actors}
        self.places = {place.id or place.name: place for place in record.places}
        self._actors_by_name: dict[str, str] = {}
        self._places_by_name: dict[str, str] = {}
        for id_, actor in self.actors.items():
            self._actors_by_name.setdefault(_folded(actor.name), id_)
        for key, place in self.places.items():
            self._places_by_name.setdefault(_folded(place.name), key)

    def actor(self, name: str) -> str:
        """Return the id of an actor who is given by id or by name."""
        if name in self.actors:
            return name
        known = self._actors_by_name.get(_folded(name))
        if known:
            return known
        made = _made(" ".join(name.split()))
        self.actors.setdefault(made.id, made)
        self._actors_by_name.setdefault(_folded(name), made.id)
        return made.id

    def actors_of(self, names: Iterable[str]) -> list[str]:
        """Return the ids of actors, each once."""
        return list(dict.fromkeys(map(self.actor, names)))

    def place(self, name: str) -> str:
        """Return what a Record calls a place that is given by id or by name."""
        if name in self.places:
            return name
        known = self._places_by_name.get(_folded(name))
        if known:
            return known
        made = Place(id=None, name=" ".join(name.split()), mentions=[], confidence=_CERTAIN)
        self.places[made.name] = made
        self._places_by_name[_folded(made.name)] = made.name
        return made.name


def _made(given: str) -> Actor:
    """Return an actor whom the Record does not have: somebody who is known, else one of whom only the name is known."""
    name = given.removeprefix(_PREFIX).strip() or given
    known = _known(given, name)
    if known is not None:
        kind: ActorKind = known.kind if isinstance(known, Known) else "person"
        return Actor(
            id=known.id, name=known.name, kind=kind, country=known.country, sector=known.sector,
            mentions=[], confidence=_CERTAIN,
        )  # fmt: skip
    return Actor(id=_PREFIX + _told_apart(name), name=name, kind="role", mentions=[], confidence=_CERTAIN)


def _known(given: str, name: str) -> Known | Person | None:
    """Return the one who is known by an id or name; a capital or a surname is nobody's name."""
    knowledge = load_actors()
    id_ = given if given.startswith(_PREFIX) else _PREFIX + slug(name)
    if id_ in knowledge.known or id_ in knowledge.people:
        return knowledge.known.get(id_) or knowledge.people[id_]
    wanted = pieces(name)
    named = {
        sense.known.id: sense.known
        for key, _, sense in knowledge.names.starting(next(iter(wanted), ""))
        if key == wanted and sense.how == "name" and not sense.shared
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _told_apart(name: str) -> str:
    """Return a name as it stands in an id; what is not in Latin letters is told apart by a digest."""
    made = slug(name)
    if made != _NAMELESS:
        return made
    return f"{made}-{hashlib.blake2b(name.encode('utf-8', 'surrogatepass'), digest_size=4).hexdigest()}"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
