"""Where a text is told from: what "the government" means in it when nothing else says of which country."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from sayso.knowledge.country_names import country_in
from sayso.knowledge.gazetteer import gazetteer
from sayso.records import Record

_DATELINE = re.compile(r"\s*([A-Z][A-Z.'’ -]{2,30})(?:, ([^\n]{2,30}?))?(?: \([^()\n]{2,30}\))?\s[-–—]\s")
"""The town in capitals with which an agency's text begins, and the agency: "NAIROBI, Kenya (Sample Wire) - "."""
_SEATS = frozenset({"PPLC", "PPLA"})
_LARGE = 500_000
"""Outlets are called for the seats of provinces and for towns of so many inhabitants: others are so by chance."""


@dataclass(frozen=True, slots=True)
class Narrator:
    """The country from which a text was filed, the one for which its outlet is called, and the one named most in it."""

    filed: str | None
    home: str | None
    scene: str | None

    @classmethod
    def of(cls, record: Record) -> Narrator:
        """Return where a Record's text is told from."""
        return cls(_filed_from(record.text), _home(record.publisher or ""), _scene(record))

    @property
    def country(self) -> str | None:
        """The country whose bodies need no name in the text, None where nothing but the scene tells."""
        return self.filed or self.home


def _filed_from(text: str) -> str | None:
    line = _DATELINE.match(text)
    return (country_in(line[2] or "") or _town(line[1])) if line else None


@lru_cache(maxsize=10_000)
def _town(name: str) -> str | None:
    """Return the country of the most prominent place of a name."""
    found = gazetteer().lookup(name)
    return found[0].country if found else None


@lru_cache(maxsize=10_000)
def _home(publisher: str) -> str | None:
    """Return the country that an outlet is called for: the Times of India's, the Kyiv Post's."""
    named = country_in(publisher)
    if named:
        return named
    for word in publisher.split():
        found = gazetteer().lookup(word) if word[:1].isupper() else []
        if found and found[0].feature_class == "P" and (found[0].feature in _SEATS or found[0].population >= _LARGE):
            return found[0].country
    return None


def _scene(record: Record) -> str | None:
    places: Counter[str] = Counter()
    for place in record.places:
        if place.country:
            places[place.country] += len(place.mentions)
    actors: Counter[str] = Counter()
    for actor in record.actors:
        if actor.country and actor.kind != "person":
            actors[actor.country] += len(actor.mentions)
    counts = places or actors
    return min(counts, key=lambda code: (-counts[code], -actors[code], code)) if counts else None
