"""Which documents are known already, for very many of them: eight bytes each, in sorted runs.

A hundred million documents are 800 MB so; as a set of Python's they would be ten times that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
"""Numbers of documents, as ``sayso.ledger.shape.coding_key`` gives them."""


class Known:
    """A set of keys that grows. ``keys`` must be sorted; it is only read, and may be shared with other processes."""

    def __init__(self, keys: Keys) -> None:
        self._runs = [keys]

    def __contains__(self, key: int) -> bool:
        return bool(self._holds(np.array([key], dtype=np.int64))[0])

    def take(self, keys: Keys) -> NDArray[np.bool_]:
        """Take in keys, and say of each whether it is new; of those that are given twice the first is."""
        first = np.zeros(len(keys), dtype=np.bool_)
        first[np.unique(keys, return_index=True)[1]] = True
        new = first & ~self._holds(keys)
        if new.any():
            self._runs.append(np.sort(keys[new]))
            self._merge()
        return new

    def fresh(self) -> Keys:
        """Return the keys that were taken in, sorted, without those that were there from the beginning."""
        return np.sort(np.concatenate(self._runs[1:])) if len(self._runs) > 1 else np.empty(0, dtype=np.int64)

    def _holds(self, keys: Keys) -> NDArray[np.bool_]:
        held = np.zeros(len(keys), dtype=np.bool_)
        for run in self._runs:
            if len(run):
                held |= run.take(run.searchsorted(keys), mode="clip") == keys
        return held

    def _merge(self) -> None:
        """Merge the last runs until each is more than twice as long as the next; the first stays as it was given."""
        while len(self._runs) > 2 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            merged = np.concatenate((self._runs.pop(-2), self._runs.pop()))
            merged.sort(kind="stable")
            self._runs.append(merged)
