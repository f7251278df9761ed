"""Who belonged to which international body when: the states of the EU in 2010, the alliances of a state on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from sayso.errors import KnowledgeError
from sayso.knowledge.actors import load_actors
from sayso.knowledge.files import knowledge_files, load_mapping, validated

_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_LINE = re.compile(rf"([A-Z]{{3}}) ({_DATE})\.\.({_DATE})?")


class _MembershipFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: str = ""
    source: str = ""
    organizations: dict[str, list[str]] = {}


@dataclass(frozen=True, slots=True)
class Membership:
    """One state in one body, from one day until before another; dates are ISO prefixes, None while it lasts."""

    body: str
    country: str
    since: str
    until: str | None

    def covers(self, day: str) -> bool:
        """Say whether a day, month or year lies in it; a date without month or day counts as all of its days."""
        begun = self.since <= day or day.startswith(self.since) or self.since.startswith(day)
        return begun and (self.until is None or day < self.until or day.startswith(self.until))


@dataclass(frozen=True, slots=True)
class Memberships:
    """All memberships that are known, in the order of the files."""

    all: tuple[Membership, ...]

    @property
    def bodies(self) -> list[str]:
        """The names of the bodies."""
        return list(dict.fromkeys(membership.body for membership in self.all))

    def members(self, body: str, day: str) -> list[str]:
        """Return the countries of a body on a day, as ISO 3166-1 alpha-3 codes in order of the alphabet."""
        return sorted({m.country for m in self.all if m.body == body and m.covers(day)})

    def bodies_of(self, country: str, day: str) -> list[str]:
        """Return the bodies that a country belonged to on a day."""
        return list(dict.fromkeys(m.body for m in self.all if m.country == country and m.covers(day)))


@cache
def load_memberships(user: str | None = None) -> Memberships:
    """Return what is known of memberships; a user's list of a body takes the place of ours.

    Raises KnowledgeError, naming file and line, where a line is not written CODE FROM..UNTIL.
    """
    bodies: dict[str, list[Membership]] = {}
    for path in knowledge_files("actors/memberships.yaml", user):
        for body, lines in validated(_MembershipFile, path, load_mapping(path)).organizations.items():
            bodies[body] = [_parsed(str(path), body, line) for line in lines]
    return Memberships(tuple(membership for listed in bodies.values() for membership in listed))


def _parsed(path: str, body: str, line: str) -> Membership:
    match = _LINE.fullmatch(line.strip())
    if match is None:
        raise KnowledgeError(path, body, f"{line!r} is not written CODE FROM..UNTIL, as GBR 1973-01-01..2020-01-31")
    country, since, until = match.groups()
    if until and until < since:
        raise KnowledgeError(path, body, f"{line!r} ends before it begins")
    return Membership(body, country, since, until)


def check(user: str | None = None) -> list[str]:
    """Return what is wrong with the memberships beyond their schema."""
    return list(_problems(load_memberships(user), user))


def _problems(found: Memberships, user: str | None) -> Iterator[str]:
    actors = load_actors(user)
    bodies = {known.name for known in actors.known.values() if known.kind == "organization"}
    for body in found.bodies:
        if body not in bodies:
            yield f"memberships: no body is called {body}"
    last: dict[tuple[str, str], Membership] = {}
    for membership in sorted(found.all, key=lambda m: (m.body, m.country, m.since)):
        if membership.country not in actors.states:
            yield f"memberships of {membership.body}: no country has the code {membership.country}"
        before = last.get((membership.body, membership.country))
        if before and (before.until is None or before.until > membership.since):
            yield f"memberships of {membership.body}: {membership.country} is a member twice at once"
        last[membership.body, membership.country] = membership
