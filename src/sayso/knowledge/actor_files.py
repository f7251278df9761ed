"""The files of actors, read and laid over one another by key, so that a user's word about an actor wins.

Lists of names grow by what a later file adds; a single field (sector, country, dates) is replaced by it. A holder of an
office takes its time from those of an earlier file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from sayso.errors import KnowledgeError
from sayso.knowledge.actor_names import items, slug
from sayso.knowledge.actor_offices import Holder, OfficeEntry, PeopleFile, PersonEntry, laid_over, parse_holder
from sayso.knowledge.files import knowledge_files, load_mapping, validated

Entry = TypeVar("Entry", bound=BaseModel)

_LISTS = frozenset({"names", "adjectives", "people", "capital", "seats", "also", "shared", "titles"})


class Country(BaseModel):
    """A country or an entity as ``countries.yaml`` has it."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    names: str = ""
    adjectives: str = ""
    people: str = ""
    capital: str = ""
    seats: str = ""
    part_of: str | None = None
    country: str | None = None
    sector: str | None = None
    since: str | None = Field(default=None, alias="from")
    until: str | None = None


class CountryFile(BaseModel):
    """The schema of ``countries.yaml``."""

    model_config = ConfigDict(extra="forbid")
    version: str = ""
    source: str = ""
    countries: dict[str, Country] = {}
    entities: dict[str, Country] = {}


class Body(BaseModel):
    """A body or group as ``organizations.yaml`` and ``groups.yaml`` have it."""

    model_config = ConfigDict(extra="forbid")
    also: str = ""
    shared: str = ""
    seats: str = ""
    country: str | None = None
    sector: str | None = None
    parent: str | None = None


class Section(BaseModel):
    """Bodies that share a sector unless they say another."""

    model_config = ConfigDict(extra="forbid")
    sector: str
    bodies: dict[str, Body]


@dataclass(slots=True)
class ListedBody:
    """A body with the name and the section under which it was first listed."""

    name: str
    section: str
    entry: Body


@dataclass(slots=True)
class ActorFiles:
    """What all files together say; bodies go by the slug of their name."""

    countries: dict[str, Country] = field(default_factory=dict)
    entities: dict[str, Country] = field(default_factory=dict)
    bodies: dict[str, ListedBody] = field(default_factory=dict)
    offices: dict[str, OfficeEntry] = field(default_factory=dict)
    holders: dict[str, list[Holder]] = field(default_factory=dict)
    people: dict[str, PersonEntry] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def country_files(user: str | Path | None = None) -> Iterator[tuple[Path, CountryFile]]:
    """Yield the files of countries; raise KnowledgeError where one breaks its schema."""
    for path in knowledge_files("actors/countries.yaml", user):
        yield path, validated(CountryFile, path, load_mapping(path))


def read_files(user: str | None = None) -> ActorFiles:
    """Return what ships and what a user adds; raise KnowledgeError, naming file and item, where a schema is broken."""
    found = ActorFiles()
    for path, file in country_files(user):
        _add_countries(found, path, file)
    for pattern in ("actors/organizations.yaml", "actors/groups.yaml"):
        for path in knowledge_files(pattern, user):
            _add_bodies(found, path)
    for path in knowledge_files("actors/people*.yaml", user):
        _add_people(found, path, validated(PeopleFile, path, load_mapping(path)))
    return found


def _overlaid(old: Entry | None, new: Entry) -> Entry:
    if old is None:
        return new
    said = {name: getattr(new, name) for name in new.model_fields_set}
    for name in said.keys() & _LISTS:
        said[name] = "; ".join(dict.fromkeys(items(getattr(old, name)) + items(said[name])))
    return old.model_copy(update=said)


def _add_countries(found: ActorFiles, path: Path, file: CountryFile) -> None:
    for code, entry in file.countries.items():
        found.countries[code] = _overlaid(found.countries.get(code), entry)
        if not items(found.countries[code].names):
            raise KnowledgeError(str(path), f"countries.{code}", "a country that is new needs names")
    for name, entry in file.entities.items():
        found.entities[name] = _overlaid(found.entities.get(name), entry)


def _add_bodies(found: ActorFiles, path: Path) -> None:
    here: set[str] = set()
    for name, raw in load_mapping(path).items():
        if name in {"version", "source"}:
            continue
        section = validated(Section, path, raw, within=str(name))
        for title, body in section.bodies.items():
            key = slug(title)
            if key in here:
                found.problems.append(f"{path}: {title}: an actor of this name is there already")
            here.add(key)
            entry = body.model_copy(update={"sector": body.sector or section.sector})
            known = found.bodies.setdefault(key, ListedBody(title, str(name), entry))
            known.entry = _overlaid(known.entry, entry)


def _add_people(found: ActorFiles, path: Path, file: PeopleFile) -> None:
    for name, office in file.offices.items():
        found.offices[name] = _overlaid(found.offices.get(name), office)
        if not items(found.offices[name].titles):
            raise KnowledgeError(str(path), f"offices.{name}", "an office that is new needs titles")
        try:
            holders = [parse_holder(line) for line in office.holders]
        except ValueError as error:
            raise KnowledgeError(str(path), f"offices.{name}", str(error)) from error
        found.holders[name] = laid_over(found.holders.get(name, []), holders)
    for name, person in file.people.items():
        found.people[name] = _overlaid(found.people.get(name), person)
