"""Which of the places of a name is meant: what the text says holds it, how well known it is, and what else is near.

A name without a container goes to the place with the best sum of prominence and of the votes that the other names of
the document give to its country, its region and its corner of the map (a degree of latitude wide). A name votes once,
however often it stands, and shares its vote among its places; so the cost is linear in the number of names. The
idea that a document's places are near one another is Leidner's (2007) spatial minimality, by votes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.knowledge.gazetteer import Entry
from sayso.reading.toponym_names import Name, entries_in, near

MAX_VOTERS = 25
"""So many of its places does a name vote for; the rest are villages."""

# Scores are on the scale of prominence, base-ten logarithms; the weights were chosen on the development documents.
_COUNTRY, _REGION, _CORNER = 0.7, 1.5, 0.8
"""What the votes for the country, the region and the corner of a place weigh, logarithmically."""

_MOST_CONTEXT = 6.0
"""However many villages are named beside it, a world city stays what it is unless its rival is known too."""

_PEOPLE = 0.6
"""A vote for a country whose people are named: "Ukrainian"."""

_ALIAS = 1.5
_REGION_OF_ITS_TOWN = 1.5
"""Kursk is the city, and the region only where the text calls it one."""

_SHARPNESS = 0.35
"""How much more the better known places of a name get of its vote."""

_SPREAD = 0.3
"""Votes for a region count less where the document names many regions."""

_TEMPERATURE = 0.8
_CORNER_DEGREES = 1.0


@dataclass(slots=True)
class _Votes:
    """How much of the document speaks for each country, region and corner of the map."""

    country: defaultdict[str | None, float]
    region: defaultdict[int, float]
    corner: defaultdict[tuple[int, int], float]
    regions: float = 0.5

    @classmethod
    def none(cls) -> _Votes:
        return cls(defaultdict(float), defaultdict(float), defaultdict(float))

    def add(self, entry: Entry, weight: float) -> None:
        """Count a vote for the place, its region, its country and the corners around it."""
        if entry.country:
            self.country[entry.country] += weight
        region = entry.row if entry.feature == "ADM1" else entry.admin1
        if region is not None:
            self.region[region] += weight
            self.regions += weight
        if not entry.is_country and entry.feature != "ADM1":
            row, column = corner(entry)
            for corner_row in (row - 1, row, row + 1):
                for corner_column in (column - 1, column, column + 1):
                    self.corner[corner_row, corner_column] += weight

    def support(self, entry: Entry) -> tuple[float, float, float]:
        """Return the votes for the country, the region and the corner of a place."""
        region = entry.row if entry.feature == "ADM1" else entry.admin1
        near = 0.0 if entry.is_country or entry.feature == "ADM1" else self.corner.get(corner(entry), 0.0)
        return self.country.get(entry.country, 0.0), self.region.get(region, 0.0) if region is not None else 0.0, near


def corner(entry: Entry) -> tuple[int, int]:
    """Return the square of the map that a place lies in."""
    return math.floor(entry.lat / _CORNER_DEGREES), math.floor(entry.lon / _CORNER_DEGREES)


def resolve(names: Iterable[Name], home: Entry | None = None, countries: Iterable[str] = ()) -> None:
    """Set ``chosen`` and ``share`` (how sure the choice is among the places of the name) of every name.

    ``home`` is where the publisher is at home, if that is known; ``countries`` are those whose people are named.
    """
    groups = _by_sense(names)
    votes = _Votes.none()
    if home:
        votes.add(home, 2.0)
    for country in countries:
        votes.country[country] += _PEOPLE
    ballots = {sense: _ballot(group) for sense, group in groups.items()}
    for ballot in ballots.values():
        for entry, weight in ballot:
            votes.add(entry, weight)
    for sense, group in groups.items():
        chosen, share = _choose(_eligible(group), votes, ballots[sense], any(n.wants_region for n in group))
        for name in group:
            name.chosen, name.share = chosen, share


def _by_sense(names: Iterable[Name]) -> dict[str, list[Name]]:
    """Return names by what they are: one sense to a name, unless the text gives it two containers."""
    groups: dict[str, list[Name]] = defaultdict(list)
    contained: dict[str, str] = {}
    late = []
    for name in names:
        if name.container and name.container.best:
            sense = f"{name.key}, {name.container.key}"
            contained.setdefault(name.key, sense)
            groups[sense].append(name)
        else:
            late.append(name)
    for name in late:
        groups[contained.get(name.key, name.key) if not name.contains else name.key].append(name)
    return groups


def _eligible(group: list[Name]) -> Sequence[Entry]:
    """Return the places that the name may have, those in its container if it has one."""
    entries = group[0].entries
    container = next((name.container for name in group if name.container), None)
    inside = entries_in(entries, container) if container else []
    if any(name.contains for name in group) and not inside:
        inside = [entry for entry in entries if entry.is_country or entry.feature == "ADM1"]
    return inside or entries


def _ballot(group: list[Name]) -> list[tuple[Entry, float]]:
    """Return how a name shares its vote among its places: the better known the more, all of it where it has one."""
    entries = _eligible(group)[:MAX_VOTERS]
    if not entries:
        return []
    weights = [10 ** (_SHARPNESS * min(entry.prominence - (_ALIAS if entry.alias else 0), 7.5)) for entry in entries]
    total = sum(weights) / max(name.probability for name in group)
    strength = 1.0 + 0.3 * math.log(len(group))
    return [(entry, strength * weight / total) for entry, weight in zip(entries, weights, strict=True)]


def _choose(
    entries: Sequence[Entry], votes: _Votes, own: list[tuple[Entry, float]], wants_region: bool
) -> tuple[Entry | None, float]:
    """Return the best place and the share that it has among all, with those that are as good as the same place."""
    if not entries:
        return None, 0.0
    mine = _Votes.none()
    for entry, weight in own:
        mine.add(entry, weight)
    towns = {entry.admin1 for entry in entries if entry.feature_class == "P"}
    scores = [_prior(entry, towns, wants_region) + _context(entry, votes, mine) for entry in entries]
    best = max(range(len(entries)), key=scores.__getitem__)
    weights = [math.exp((score - scores[best]) / _TEMPERATURE) for score in scores]
    here = sum(weight for entry, weight in zip(entries, weights, strict=True) if near(entry, entries[best]))
    return entries[best], here / sum(weights)


def _prior(entry: Entry, towns: set[int | None], wants_region: bool) -> float:
    """Return how likely a place is before the rest of the document is looked at."""
    score = entry.prominence - (_ALIAS if entry.alias else 0.0)
    if entry.is_region and wants_region:
        return score + _REGION_OF_ITS_TOWN
    return score - (_REGION_OF_ITS_TOWN if entry.is_region and entry.row in towns else 0.0)


def _context(entry: Entry, votes: _Votes, mine: _Votes) -> float:
    """Return what the votes of the other names make of a place."""
    country, region, near_by = (
        max(0.0, every - own) for every, own in zip(votes.support(entry), mine.support(entry), strict=True)
    )
    region *= (region / votes.regions) ** _SPREAD
    weighed = _COUNTRY * math.log1p(4 * country) + _REGION * math.log1p(4 * region) + _CORNER * math.log1p(4 * near_by)
    return min(weighed, _MOST_CONTEXT)
