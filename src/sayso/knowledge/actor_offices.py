"""Offices and who held them when: what "President Bush" and "the Kremlin chief" mean on a given day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

from sayso.knowledge.actor_names import items

_EVER = "9999"

Holder = tuple[str, str | None, str]
"""Beginning, end and name."""

_HOLDER = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)\.\.(\d{4}(?:-\d\d(?:-\d\d)?)?)? (\S.*)")


class OfficeEntry(BaseModel):
    """An office as the file has it; ``holders`` are lines such as "2000-05-07..2008-05-07 Vladimir Putin"."""

    model_config = ConfigDict(extra="forbid")
    country: str | None = None
    body: str | None = None
    sector: str = "GOV"
    titles: str = ""
    alone: str = ""
    leads: bool = False
    holders: list[str] = []


class PersonEntry(BaseModel):
    """What the names of office holders do not say, and people who are known without an office."""

    model_config = ConfigDict(extra="forbid")
    country: str | None = None
    sector: str | None = None
    also: str = ""
    short: str = ""
    woman: bool = False


class PeopleFile(BaseModel):
    """A file of offices, of people, or of both."""

    model_config = ConfigDict(extra="forbid")
    version: str = ""
    source: str = ""
    offices: dict[str, OfficeEntry] = {}
    people: dict[str, PersonEntry] = {}


@dataclass(slots=True, eq=False)
class Person:
    """A known person with the offices held, in order of their beginning."""

    id: str
    name: str
    country: str | None
    sector: str | None
    woman: bool
    short: tuple[str, ...]
    tenures: list[Tenure] = field(default_factory=list)

    def tenure_at(self, day: str | None) -> Tenure | None:
        """Return the office held on a day, the highest first; without a day None."""
        held = [t for t in self.tenures if t.covers(day)] if day else []
        return min(held, key=lambda t: t.office.rank, default=None)

    def had_left_by(self, day: str | None) -> bool:
        """Say whether every known office had ended by a day."""
        return bool(day and self.tenures) and all(t.until is not None and t.until < str(day) for t in self.tenures)

    def is_yet_to_serve(self, day: str | None) -> bool:
        """Say whether every known office was still to come on a day."""
        return bool(day and self.tenures) and all(t.since > str(day) for t in self.tenures)


@dataclass(slots=True, eq=False)
class Office:
    """An office of a country or of a body; ``rank`` is its place in the file, so leaders come before ministers."""

    name: str
    country: str | None
    body: str | None
    sector: str
    titles: tuple[str, ...]
    leads: bool
    rank: int


@dataclass(slots=True, eq=False)
class Tenure:
    """A person in an office from one day until before another; dates are ISO prefixes, None while it lasts."""

    person: Person
    office: Office
    since: str
    until: str | None

    def covers(self, day: str | None) -> bool:
        """Say whether a day lies in the tenure; a date without month or day counts as all of its days."""
        if day is None:
            return False
        begun = self.since <= day or day.startswith(self.since)
        return begun and (self.until is None or day < self.until or day.startswith(self.until))


def parse_holder(line: str) -> Holder:
    """Return beginning, end and name of a holder's line; raise ValueError where it is not one."""
    match = _HOLDER.fullmatch(line.strip())
    if not match:
        raise ValueError(f"{line!r} is not written FROM..UNTIL Name")
    since, until, name = match.groups()
    if until and until < since:
        raise ValueError(f"{line!r} ends before it begins")
    return since, until, name


def laid_over(old: list[Holder], new: list[Holder]) -> list[Holder]:
    """Return holders of an office in order; where ``new`` ones are in office, ``old`` ones are not.

    A term of the same person that overlaps is corrected, one of another person is cut short.
    """
    left = old
    for since, until, name in new:
        left = [part for holder in left for part in _outside(holder, since, until or _EVER, name)]
    return sorted(left + new, key=lambda holder: holder[0]) if old else new


def _outside(holder: Holder, since: str, until: str, by: str) -> Iterator[Holder]:
    begin, end, name = holder
    if begin >= until or since >= (end or _EVER):
        yield holder
    elif name != by:
        if begin < since:
            yield begin, since, name
        if until < (end or _EVER):
            yield until, end, name


def as_office(name: str, entry: OfficeEntry, rank: int) -> Office:
    """Return an office as it is looked up."""
    titles = tuple(title.lower() for title in items(entry.titles))
    return Office(name, entry.country, entry.body, entry.sector, titles, entry.leads, rank)
