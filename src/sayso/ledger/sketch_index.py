"""An index from hashes to the documents whose sketches have them, which grows by one document at a time.

A posting is one number: the 32 bits of the hash, and 32 of the document's key. Postings lie in sorted runs; a new
document is a run of its own, and a run that is no longer than twice the next one is merged with it (a log-structured
merge tree, O'Neil et al. 1996), so that there are few runs, and each posting is copied a logarithmic number of times:
8 bytes a posting, some half a kilobyte a document.

A hash in very many documents is a phrase of their publisher's, or a story that all have. Only the first ``MOST`` of its
documents are looked at, so that neither makes the cost of a document grow with the number of those that came before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.ledger.sketch import Sketch

MOST = 128
"""Documents of one hash that are looked at, those added first."""
MOST_KEYS = 1 << 32

_KEY_BITS = np.uint64(32)
_KEY = np.uint64(MOST_KEYS - 1)

Postings = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Documents that share hashes with a sketch.

    ``shared`` holds the number of hashes by key, a lower bound where ``complete`` is false: then some hash has more
    documents than were looked at.
    """

    shared: dict[int, int]
    complete: bool


class SketchIndex:
    """The documents of each hash. Keys are numbers from 0 to 2^32 - 1 that the caller gives, in ascending order."""

    def __init__(self) -> None:
        self._runs: list[Postings] = []
        self.copied = 0
        """Postings copied so far: what the index has cost to build."""

    def __len__(self) -> int:
        return sum(len(run) for run in self._runs)

    @property
    def runs(self) -> int:
        """The number of sorted runs, each of which a search has to look at."""
        return len(self._runs)

    def add(self, key: int, sketch: Sketch) -> None:
        """Take in a document; raises ValueError for a key that is no number of 32 bits."""
        self.extend([(key, sketch)])

    def extend(self, documents: Iterable[tuple[int, Sketch]]) -> None:
        """Take in many documents at once, which costs less than one by one."""
        runs = [_postings(key, sketch) for key, sketch in documents]
        if runs and (run := np.sort(np.concatenate(runs))).size:
            self._runs.append(run)
            self._merge()

    def candidates(self, sketch: Sketch, least: int = 1) -> Candidates:
        """Return the documents that share at least so many hashes with a sketch."""
        first = _high(sketch)
        left = np.full(len(first), MOST, dtype=np.int64)
        found, complete = [], True
        for run in self._runs:
            start = run.searchsorted(first)
            hit = np.flatnonzero(run.take(start, mode="clip") & ~_KEY == first)  # most hashes are in no other document
            if not len(hit):
                continue
            start = start[hit]
            width = run.searchsorted(first[hit] | _KEY, "right") - start
            taken = np.minimum(width, left[hit])
            complete = complete and bool((width == taken).all())
            left[hit] -= taken
            found.append(run[_places(start, taken)] & _KEY)
        if not found:
            return Candidates({}, complete)
        keys, counts = np.unique(np.concatenate(found), return_counts=True)
        enough = counts >= least
        return Candidates(dict(zip(keys[enough].tolist(), counts[enough].tolist(), strict=True)), complete)

    def _merge(self) -> None:
        """Merge the last runs until each is more than twice as long as the next."""
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            merged = np.concatenate((self._runs.pop(-2), self._runs.pop()))
            merged.sort(kind="stable")  # of two sorted runs this is a merge
            self._runs.append(merged)
            self.copied += len(merged)


def _high(sketch: Sketch) -> Postings:
    """Return each hash where a posting has it."""
    return sketch.astype(np.uint64) << _KEY_BITS


def _postings(key: int, sketch: Sketch) -> Postings:
    if not 0 <= key < MOST_KEYS:
        raise ValueError(f"{key} is no key of an index: keys are numbers from 0 to {MOST_KEYS - 1}")
    return _high(sketch) | np.uint64(key)


def _places(start: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers from each start on, as many as its count says."""
    ends = np.cumsum(count)
    places: NDArray[np.int64] = np.arange(ends[-1]) + np.repeat(start - (ends - count), count)
    return places
