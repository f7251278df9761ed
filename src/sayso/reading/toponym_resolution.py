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
from sayso.reading.toponym_names import Name, lies_in, near

MAX_VOTERS = 25
"""So many of its places does a name vote for; the rest are villages."""

_PROMINENCE, _COUNTRY, _REGION, _CORNER = 1.0, 0.5, 2.5, 0.8
_ALIAS, _REGION_OF_ITS_TOWN, _CORNER_DEGREES = 1.0, 2.5, 1.0
_TEMPERATURE = 0.8
_PEOPLE = 0.6
_SHARPNESS = 0.35
_STATE = 0.6
_SPREAD = 0.6


@dataclass(slots=True)
class _Votes:
    """How much of the document speaks for each country, region and corner of the map."""

    country: defaultdict[str | None, float]
    region: defaultdict[int, float]
    corner: defaultdict[tuple[int, int], float]

    @classmethod
    def none(cls) -> _Votes:
        return cls(defaultdict(float), defaultdict(float), defaultdict(float))

    def add(self, entry: Entry, weight: float) -> None:
        """Count a vote for the place, its region, its country and the corners around it."""
        if entry.country:
            self.country[entry.country] += weight
        region = entry.row if entry.feature == "ADM1" else entry.admin1
        if region is not None:
            self.region[region] += weight * (_STATE if region == entry.row else 1.0)
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
    outers = next((name.container.entries[:5] for name in group if name.container), ())
    entries = group[0].entries
    inside = [entry for entry in entries if any(lies_in(entry, outer) for outer in outers)]
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
    everywhere = sum(votes.region.values()) + 0.5
    towns = {entry.admin1 for entry in entries if entry.feature_class == "P"}
    scores = []
    for entry in entries:
        others = [max(0.0, a - b) for a, b in zip(votes.support(entry), mine.support(entry), strict=True)]
        others[1] *= (others[1] / everywhere) ** _SPREAD
        score = _PROMINENCE * entry.prominence - (_ALIAS if entry.alias and entry.population < 500_000 else 0)
        score += sum(w * math.log1p(4 * v) for w, v in zip((_COUNTRY, _REGION, _CORNER), others, strict=True))
        if entry.is_region:
            score += _REGION_OF_ITS_TOWN if wants_region else -_REGION_OF_ITS_TOWN if entry.row in towns else 0.0
        scores.append(score)
    best = max(range(len(entries)), key=scores.__getitem__)
    chosen = entries[best]
    weights = [math.exp((score - scores[best]) / _TEMPERATURE) for score in scores]
    here = sum(weight for entry, weight in zip(entries, weights, strict=True) if near(entry, chosen))
    return chosen, here / sum(weights)
