"""Ties: which documents a document was compared with when it came, and the pairs of tellings that were kept.

A telling is known within a casebook by one number, its *key*: the number of its document and its place there, so that
keys have the order in which things came.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.corroboration.likeness import Pair

_PLACES = 20
"""Bits for a telling's place in its document."""
_FORM = np.dtype([("own", "<i8"), ("other", "<i8"), ("likelihood", "<f4"), ("reasons", "<u4")])
MOST_REASONS = 32

Keys = NDArray[np.int64]


def key_of(document: int, place: int) -> int:
    """Return the key of a telling."""
    return document << _PLACES | place


def document_of(key: int) -> int:
    """Return the number of the document in which a telling stands."""
    return key >> _PLACES


def span_of(document: int) -> tuple[int, int]:
    """Return between which keys those of a document lie, both included."""
    return document << _PLACES, ((document + 1) << _PLACES) - 1


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties a document to those before it: their numbers, and the pairs, each with a bit for every reason."""

    near: tuple[int, ...]
    own: Keys
    other: Keys
    likelihood: NDArray[np.float32]
    reasons: NDArray[np.uint32]

    @classmethod
    def of(cls, near: Iterable[int], pairs: Iterable[Pair], keys: Mapping[str, int], bits: Mapping[str, int]) -> Ties:
        """Make the ties of a document from pairs whose second telling is its own, given keys by the tellings' ids."""
        rows = [
            (keys[pair.other], keys[pair.one], pair.likelihood, sum(1 << bits[reason] for reason in set(pair.reasons)))
            for pair in pairs
            if pair.one != pair.other
        ]
        return cls._from(tuple(near), np.array(rows, _FORM))

    @classmethod
    def unpack(cls, near: bytes, pairs: bytes) -> Ties:
        """Return ties that were packed."""
        return cls._from(tuple(np.frombuffer(near, "<i8").tolist()), np.frombuffer(zlib.decompress(pairs), _FORM))

    @classmethod
    def _from(cls, near: tuple[int, ...], rows: NDArray[np.void]) -> Ties:
        return cls(near, *(np.ascontiguousarray(rows[name]) for name in ("own", "other", "likelihood", "reasons")))

    def pack(self) -> tuple[bytes, bytes]:
        """Return the ties as bytes: the documents, and the pairs."""
        rows = np.empty(len(self.own), _FORM)
        for name in ("own", "other", "likelihood", "reasons"):
            rows[name] = getattr(self, name)
        return np.array(self.near, "<i8").tobytes(), zlib.compress(rows.tobytes(), 1)

    def within(self, keys: Keys) -> NDArray[np.intp]:
        """Return the rows of the pairs of which both tellings are among some, whose keys are given in order."""
        return np.flatnonzero(_among(self.own, keys) & _among(self.other, keys))


def _among(some: Keys, keys: Keys) -> NDArray[np.bool_]:
    at = np.minimum(np.searchsorted(keys, some), len(keys) - 1)
    found: NDArray[np.bool_] = keys[at] == some
    return found
