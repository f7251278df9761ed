"""Likeness (INTERFACE, changed 11:50: the unit that is looked up and compared is the document, not the telling).

The casebook keeps for every document ``DocumentTraits.pack()`` under each of ``keys``; for a new document it loads the
candidates that share keys, hands them to ``nearest`` which chooses at most ``NEIGHBOURS`` of them, and stores what
``links`` returns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.records import Record

NEIGHBOURS = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings (by id) that may be of one occurrence: likelihood and what they share."""

    one: str
    other: str
    likelihood: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentTraits:
    """What a document and its tellings are recognised by, in short."""

    document: str
    order: int
    tellings: tuple[str, ...]
    keys: tuple[int, ...]  # signed 64-bit, the weightiest first, at most 32

    @classmethod
    def of(cls, record: Record, order: int) -> DocumentTraits:
        raise NotImplementedError

    def pack(self) -> bytes:
        raise NotImplementedError

    @classmethod
    def unpack(cls, packed: bytes) -> DocumentTraits:
        raise NotImplementedError


def nearest(traits: DocumentTraits, sharing: Mapping[str, int]) -> list[str]:
    """Choose the documents to compare with, given how many keys each candidate shares; at most NEIGHBOURS."""
    return sorted(sharing, key=lambda d: (-sharing[d], d))[:NEIGHBOURS]


def links(traits: DocumentTraits, others: Sequence[DocumentTraits]) -> list[Pair]:
    """Return the pairs within a document and between it and others that are likely enough to be kept."""
    raise NotImplementedError
