"""Grouping: which tellings are of one occurrence, given how likely each two of them are.

Groups grow by joining the two that agree most on average over all pairs between them that were compared, as long as
they agree enough: a chain of weak links joins nothing, since its ends disagree. A pair that was compared and not kept
counts as unlikely; one that was never compared says nothing. (Average-link clustering of log-odds, as in correlation
clustering: Bansal, Blum & Chawla 2004.)
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

JOINING = -0.75
"""Log-odds that two groups must have on average to be joined."""
UNLIKELY = -2.5
"""Log-odds of a pair that was compared and not kept."""
_STRONGEST = 6.0


@dataclass(slots=True)
class _Tie:
    """What is known between two groups: the sum over pairs kept, their number, and how many were compared."""

    total: float = 0.0
    kept: int = 0
    compared: int = 0

    def strength(self) -> float:
        return (self.total + (self.compared - self.kept) * UNLIKELY) / max(self.compared, 1)


@dataclass(slots=True)
class _Group:
    members: list[int]
    documents: Counter[int]
    ties: dict[int, _Tie] = field(default_factory=dict)


Kept = tuple[int, int, float]
"""A pair of tellings that was kept, and how likely they are of one occurrence."""


def groups(
    tellings: Mapping[int, int], pairs: Iterable[Kept], compared: Mapping[int, Collection[int]]
) -> list[list[int]]:
    """Return a partition of tellings, each group in order; tellings and documents are numbers.

    ``tellings`` gives for each its document; ``compared`` for each document those that it was compared with, either way
    round; every document was compared with itself. The result depends on no order.
    """
    return _Grouping(tellings, pairs, compared).groups()


class _Grouping:
    def __init__(
        self, tellings: Mapping[int, int], pairs: Iterable[Kept], compared: Mapping[int, Collection[int]]
    ) -> None:
        self._compared = compared
        self._groups = {t: _Group([t], Counter([document])) for t, document in sorted(tellings.items())}
        self._waiting: list[tuple[float, int, int]] = []
        for first, second, likelihood in pairs:
            one, other = sorted((first, second))
            tie = self._groups[one].ties.setdefault(other, _Tie(compared=1))
            self._groups[other].ties[one] = tie
            if not tie.kept:
                tie.total, tie.kept = log_odds(likelihood), 1
        for one, group in self._groups.items():
            for other, tie in group.ties.items():
                if one < other:
                    self._wait(one, other, tie)

    def groups(self) -> list[list[int]]:
        while self._waiting:
            strength, one, other = heapq.heappop(self._waiting)
            group = self._groups.get(one)
            tie = group.ties.get(other) if group else None
            if tie is not None and tie.strength() == -strength:
                self._join(one, other)
        return sorted(sorted(group.members) for group in self._groups.values())

    def _wait(self, one: int, other: int, tie: _Tie) -> None:
        strength = tie.strength()
        if strength > JOINING:
            heapq.heappush(self._waiting, (-strength, one, other))

    def _join(self, one: int, other: int) -> None:
        kept, gone = self._groups[one], self._groups.pop(other)
        del kept.ties[other], gone.ties[one]
        for third in sorted(kept.ties.keys() | gone.ties.keys()):
            beyond = self._groups[third]
            tie = self._sum(kept, gone, third, beyond)
            kept.ties[third] = beyond.ties[one] = tie
            beyond.ties.pop(other, None)
        kept.members += gone.members
        kept.documents += gone.documents
        for third, tie in kept.ties.items():
            self._wait(min(one, third), max(one, third), tie)

    def _sum(self, kept: _Group, gone: _Group, third: int, beyond: _Group) -> _Tie:
        ties = [group.ties.get(third) or _Tie(compared=self._pairs(group, beyond)) for group in (kept, gone)]
        return _Tie(*(sum(values) for values in zip(*((t.total, t.kept, t.compared) for t in ties), strict=True)))

    def _pairs(self, one: _Group, other: _Group) -> int:
        """Return how many pairs between two groups stand in documents that were compared."""
        if len(one.documents) > len(other.documents):
            one, other = other, one
        found = 0
        for document, n in one.documents.items():
            found += n * other.documents.get(document, 0)
            near = self._compared.get(document, ())
            smaller = near if len(near) < len(other.documents) else other.documents
            for neighbour in smaller:
                if neighbour != document and neighbour in near:
                    found += n * other.documents.get(neighbour, 0)
        return found


def log_odds(likelihood: float) -> float:
    """Return the log-odds of a likelihood, bounded so that no single pair outweighs all others."""
    bounded = min(max(likelihood, 1e-6), 1 - 1e-6)
    return max(-_STRONGEST, min(_STRONGEST, math.log(bounded / (1 - bounded))))
