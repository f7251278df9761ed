"""Translations, whose words tell nothing: they are linked by the outlet that they credit and by whom they quote."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Self

from sayso.ledger.publications import Publication, Rank, day_of, outlet_words, same_outlet

DAYS = 3
"""A translation comes out so many days after its original at the latest."""
SPEAKERS = 2
"""Named sources that a translation and its original share at least, and half of the translation's."""

_NOBODY: frozenset[str] = frozenset()


@dataclass(slots=True, order=True)
class Member:
    """A document among those of its text; ``sources`` are the outlets that a translation may be from."""

    rank: Rank
    id: str = field(compare=False)
    outlet: str = field(compare=False)
    day: int | None = field(compare=False)
    speakers: frozenset[str] = field(compare=False)
    sources: tuple[str, ...] = field(compare=False)
    says_whose: bool = field(compare=False)

    @classmethod
    def of(cls, document: Publication) -> Self:
        """Return what counts of a document among others."""
        others = [line for line in document.lineage if not same_outlet(line.name, document.publisher)]
        translated = any(line.relation == "translation" for line in others)
        return cls(
            rank=document.rank(),
            id=document.id,
            outlet=sys.intern("".join(outlet_words(document.publisher or ""))),
            day=day_of(document.published),
            speakers=document.speakers if len(document.speakers) >= SPEAKERS else _NOBODY,
            sources=tuple({"".join(outlet_words(line.name)): None for line in others}) if translated else (),
            says_whose=translated and any(line.relation != "translation" for line in others),
        )


class Translations:
    """Documents by outlet and day, and the translations that may be of them."""

    def __init__(self) -> None:
        self._published: defaultdict[tuple[str, int], list[Member]] = defaultdict(list)
        self._waiting: defaultdict[tuple[str, int], list[Member]] = defaultdict(list)

    def add(self, member: Member) -> None:
        """Take a document in."""
        for shelf, place in self._places(member):
            shelf[place].append(member)

    def remove(self, member: Member) -> None:
        """Take a document out."""
        for shelf, place in self._places(member):
            shelf[place].remove(member)

    def original(self, translation: Member, stands_alone: Callable[[Member], bool]) -> str | None:
        """Return the one document of a credited outlet, of the days before, that quotes the same; None if not one."""
        if translation.day is None or not translation.speakers:
            return None
        found = [
            member.id
            for outlet in translation.sources
            for day in range(translation.day - DAYS, translation.day + 1)
            for member in self._published.get((outlet, day), ())
            if 2 * len(member.speakers & translation.speakers) >= max(2 * SPEAKERS, len(translation.speakers))
            and stands_alone(member)
        ]
        return found[0] if len(found) == 1 else None

    def after(self, member: Member) -> Iterator[Member]:
        """Yield the translations that may be of a document."""
        if self._waiting and member.day is not None and member.speakers and member.outlet:
            for day in range(member.day, member.day + DAYS + 1):
                yield from self._waiting.get((member.outlet, day), ())

    def _places(self, member: Member) -> Iterator[tuple[defaultdict[tuple[str, int], list[Member]], tuple[str, int]]]:
        if member.day is None or not member.speakers:
            return
        if member.sources:
            yield from ((self._waiting, (outlet, member.day)) for outlet in member.sources)
        elif member.outlet:
            yield self._published, (member.outlet, member.day)
