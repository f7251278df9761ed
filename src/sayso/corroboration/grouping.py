"""Grouping: which tellings are of one occurrence, given how likely each two of them are.

Groups grow by joining the two that agree most on average over all pairs between them that were compared, as long as
they agree enough: a chain of weak links joins nothing, since its ends disagree. A pair that was compared and not kept
counts as unlikely; one that was never compared says nothing. (Average-link clustering of log-odds, as in correlation
clustering: Bansal, Blum & Chawla 2004.)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

JOINING = -0.75
"""Log-odds that two groups must have on average to be joined."""
UNLIKELY = -2.5
"""Log-odds of a pair that was compared and not kept."""
_STRONGEST = 6.0

_Square = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Kept:
    """Pairs of tellings that were kept, each once: the two, and how likely they are of one occurrence."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    likelihood: NDArray[np.float32]


def groups(tellings: Mapping[int, int], kept: Kept, compared: Mapping[int, Collection[int]]) -> list[list[int]]:
    """Return a partition of tellings, each group in order; tellings and documents are numbers.

    ``tellings`` gives for each its document; ``compared`` for each document those that it was compared with, either way
    round; every document was compared with itself. The result depends on no order.
    """
    keys = np.array(sorted(tellings), np.int64)
    return _Grouping(keys, kept, _compared([tellings[key] for key in keys.tolist()], compared)).groups()


def log_odds(likelihood: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the log-odds of likelihoods, bounded so that no single pair outweighs all others."""
    bounded = np.clip(likelihood.astype(np.float64), 1e-6, 1 - 1e-6)
    found: NDArray[np.float64] = np.clip(np.log(bounded / (1 - bounded)), -_STRONGEST, _STRONGEST)
    return found


def _compared(documents: list[int], compared: Mapping[int, Collection[int]]) -> _Square:
    """Return for every two tellings, given their documents, 1 where they were compared."""
    place = {document: number for number, document in enumerate(dict.fromkeys(documents))}
    near = np.eye(len(place))
    for document, others in compared.items():
        for other in others:
            if document in place and other in place:
                near[place[document], place[other]] = near[place[other], place[document]] = 1
    places = [place[document] for document in documents]
    return near[np.ix_(places, places)]


class _Grouping:
    """Groups on their way, each in the row and column of its first telling; what was joined to another has none."""

    def __init__(self, keys: NDArray[np.int64], kept: Kept, compared: _Square) -> None:
        self._members = [[key] for key in keys.tolist()]
        self._compared = compared
        self._total, self._kept = np.zeros_like(compared), np.zeros_like(compared)
        one, other = np.searchsorted(keys, kept.one), np.searchsorted(keys, kept.other)
        odds = log_odds(kept.likelihood)
        for rows, columns in ((one, other), (other, one)):
            self._total[rows, columns] = odds
            self._kept[rows, columns] = 1
            self._compared[rows, columns] = 1
        self._strength = _strength(self._total, self._kept, self._compared)

    def groups(self) -> list[list[int]]:
        while len(self._members) > 1:
            # Of pairs that agree alike the first is joined: its row comes before the other's.
            one, other = divmod(int(self._strength.argmax()), len(self._members))
            if self._strength[one, other] <= JOINING:
                break
            self._join(one, other)
        return sorted(sorted(members) for members in self._members if members)

    def _join(self, one: int, other: int) -> None:
        self._members[one] += self._members[other]
        self._members[other] = []
        for sums in (self._total, self._kept, self._compared):
            sums[one] += sums[other]
            sums[:, one] = sums[one]
        self._kept[one, one] = self._kept[other] = self._kept[:, other] = 0  # neither with itself nor with what is gone
        self._strength[one] = _strength(self._total[one], self._kept[one], self._compared[one])
        self._strength[:, one] = self._strength[one]
        self._strength[other] = self._strength[:, other] = -np.inf


def _strength(total: _Square, kept: _Square, compared: _Square) -> _Square:
    """Return how well groups agree on average; those of which no pair was kept are not to be joined."""
    mean = (total + (compared - kept) * UNLIKELY) / np.maximum(compared, 1)
    return np.where(kept > 0, mean, -np.inf)
