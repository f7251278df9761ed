"""Likeness (interface while being written): which tellings are compared, and how likely two are of one occurrence."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.corroboration.occurrence import Link
from sayso.corroboration.telling import Telling


@dataclass(frozen=True, slots=True)
class Traits:
    """What a telling is recognised by, in short."""

    id: str

    @classmethod
    def of(cls, telling: Telling) -> Traits:
        raise NotImplementedError

    def keys(self) -> list[int]:
        """Return what it is looked up under: tellings are compared that share a key."""
        raise NotImplementedError

    def pack(self) -> bytes:
        raise NotImplementedError

    @classmethod
    def unpack(cls, packed: bytes) -> Traits:
        raise NotImplementedError


def compare(traits: Traits, others: list[Traits]) -> list[Link | None]:
    """Return for each of the others the link to it, None where the two are surely not of one occurrence."""
    raise NotImplementedError
