"""Actors as GDELT has them: a CAMEO code glued together from country, type and known group, and its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.export.codes import cameo, cameo_country
from sayso.export.selection import Row

MAX_PAIRS = 100
"""Rows for one event: no sentence names ten parties on either side, but a text may try."""

_ABOVE_STATES = frozenset({"IGO", "NGO", "NGM", "IMG", "INT", "MNC", "UIS"})


@dataclass(frozen=True, slots=True)
class Actor:
    """One side of an event; its parts are "" where they are not known."""

    id: str
    name: str
    country: str
    type: str
    group: str

    @property
    def code(self) -> str:
        """The parts in CAMEO's order: USAGOV, PSEREBHMS, IGOUNO."""
        return self.country + self.type + self.group


NOBODY = Actor("", "", "", "", "")


def pairs(event: Row) -> list[tuple[Actor, Actor]]:
    """Return who acts upon whom, one pair a row, as GDELT splits events with several parties.

    Nobody is paired with themselves: in a meeting of two, each of whom is both actor and recipient, that leaves two
    pairs. Where nothing is left but that, or nothing is resolved, one pair is left with an empty side.
    """
    acting, acted_upon = list(_parties(event, "actor")), list(_parties(event, "recipient"))
    found = [(a, b) for a in acting or [NOBODY] for b in acted_upon or [NOBODY] if a is NOBODY or a.id != b.id]
    return (found or [(acting[0], NOBODY)])[:MAX_PAIRS]


def cells(actor: Actor, title: str) -> Row:
    """Return the cells of "Actor1" or "Actor2"."""
    return {
        f"{title}Code": actor.code,
        f"{title}Name": actor.name.upper(),
        f"{title}CountryCode": actor.country,
        f"{title}KnownGroupCode": actor.group,
        f"{title}Type1Code": actor.type,
    }


def _parties(event: Row, role: str) -> Iterator[Actor]:
    known = cameo()
    parts = (event[f"{role}s"], event[f"{role}_names"], event[f"{role}_countries"], event[f"{role}_sectors"])
    for id_, name, country, sector in zip(*parts, strict=True):
        kind = known.types.get(sector or "", "")
        # A body above states has no country, wherever it sits.
        state = "" if kind in _ABOVE_STATES else cameo_country(country)
        yield Actor(id_, name or "", state, kind, known.groups.get(id_, ""))
