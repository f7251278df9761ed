"""Who is known by name: countries, bodies, groups and people, and what each word for them denotes.

The files under ``data/actors`` say what they hold at their top. Facts are dated: a name of the Soviet Union is read
as such, and offices have holders from one day until another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from sayso.knowledge.actor_files import ActorFiles, Country, ListedBody, read_files
from sayso.knowledge.actor_names import NameIndex, Pieces, items, pieces, slug
from sayso.knowledge.actor_offices import Holder, Office, OfficeEntry, Person, PersonEntry, Tenure, as_office
from sayso.knowledge.actor_sectors import Sectors, load_sectors
from sayso.records import ActorKind

How = Literal["name", "adjective", "people", "capital", "seat", "surname"]


@dataclass(slots=True, eq=False)
class Known:
    """A country or body that is known by name."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    since: str | None = None
    until: str | None = None
    section: str = "countries"


@dataclass(slots=True, frozen=True)
class Sense:
    """What a name denotes and how: Russia by its name, by an adjective, or by the Kremlin.

    A ``surname`` of several words ("Van Rompuy") denotes its bearer alone only while in office.

    A ``shared`` name (Congress, Supreme Court) belongs to several countries and denotes this one by default only.
    """

    known: Known | Person
    how: How
    shared: bool = False


@dataclass(slots=True)
class ActorKnowledge:
    """All that is known of actors; ``names`` gives the senses of a name, ``shorts`` people by surname.

    ``alone`` gives the country or body of titles that need none said: of "the pope" and "the taoiseach".
    """

    sectors: Sectors
    names: NameIndex[Sense] = field(default_factory=NameIndex)
    known: dict[str, Known] = field(default_factory=dict)
    states: dict[str, Known] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    shorts: dict[Pieces, list[Person]] = field(default_factory=dict)
    offices: list[Office] = field(default_factory=list)
    tenures: dict[tuple[str, str], list[Tenure]] = field(default_factory=dict)
    alone: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def body(self, name: str) -> Known | None:
        """Return the body or country that goes by a name, in any capitals; None where there is none or several."""
        wanted = pieces(name)
        found = {
            sense.known.id: sense.known
            for key, _, sense in self.names.starting(next(iter(wanted), ""))
            if key == wanted and isinstance(sense.known, Known)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def holders(self, of: str, title: str) -> list[Tenure]:
        """Return the tenures of offices by country code or body's name, and title in lower case."""
        return self.tenures.get((of, title), [])


def plural_of(adjective: str) -> str:
    """Return the plural noun of a demonym adjective: Russians, Chinese, Swiss."""
    return adjective if adjective.endswith(("ese", "sh", "ch", "ss", "s")) else adjective + "s"


def _add_country(found: ActorKnowledge, known: Known, entry: Country, names: list[str]) -> None:
    found.known[known.id] = known
    for how, listed in (
        ("name", names),
        ("adjective", items(entry.adjectives)),
        ("people", items(entry.people) + [plural_of(word) for word in items(entry.adjectives)]),
        ("capital", items(entry.capital)),
        ("seat", items(entry.seats)),
    ):
        found.names.add(listed, Sense(known, how))  # type: ignore[arg-type]


def _add_countries(found: ActorKnowledge, files: ActorFiles) -> None:
    for code, country in files.countries.items():
        names = items(country.names)
        known = Known("actor:" + slug(names[0]), names[0], "country", code, "GOV", country.since, country.until)
        found.states[code] = known
        _add_country(found, known, country, names)
    for name, region in files.entities.items():
        known = Known("actor:" + slug(name), name, "country", region.country, region.sector or "GOV")
        _add_country(found, known, region, items(region.names) or [name])


def _add_body(found: ActorKnowledge, listed: ListedBody) -> None:
    body, title = listed.entry, listed.name
    known = Known("actor:" + slug(title), title, "organization", body.country, body.sector, section=listed.section)
    if known.id in found.known:
        found.problems.append(f"{title}: a country of this name is there already")
    found.known[known.id] = known
    own = [] if title in items(body.shared) else [title]
    found.names.add(own + items(body.also), Sense(known, "name"))
    found.names.add(items(body.shared), Sense(known, "name", shared=True))
    found.names.add(items(body.seats), Sense(known, "capital"))


def _person(found: ActorKnowledge, name: str, country: str | None, sector: str | None) -> Person:
    key = "actor:" + slug(name)
    if key not in found.people:
        person = found.people[key] = Person(key, name, country, sector, False, ())
        found.names.add([name], Sense(person, "name"))
    return found.people[key]


def _add_office(found: ActorKnowledge, name: str, entry: OfficeEntry, holders: list[Holder]) -> None:
    office = as_office(name, entry, len(found.offices))
    found.offices.append(office)
    found.alone.update(dict.fromkeys(items(entry.alone), entry.country or entry.body or ""))
    for since, until, holder in holders:
        person = _person(found, holder, entry.country, entry.sector)
        tenure = Tenure(person, office, since, until)
        person.tenures.append(tenure)
        for title in office.titles:
            found.tenures.setdefault((entry.country or entry.body or "", title), []).append(tenure)


def _add_person(found: ActorKnowledge, name: str, entry: PersonEntry) -> None:
    person = _person(found, name, entry.country, entry.sector)
    person.country, person.sector = entry.country or person.country, entry.sector or person.sector
    person.woman = entry.woman
    found.names.add(items(entry.also), Sense(person, "name"))
    if entry.short:
        person.short = tuple(items(entry.short))


_FAMILY_NAME_FIRST = {"CHN", "TWN", "KOR", "PRK", "HKG"}
_GENERATIONS = {"jr", "sr", "ii", "iii", "iv"}


def short_names(person: Person) -> tuple[str, ...]:
    """Return the names under which a person is met again: the surname, Assad beside al-Assad."""
    if person.short:
        return person.short
    words = [word for word in person.name.split() if word.lower().rstrip(".") not in _GENERATIONS]
    if len(words) < 2:
        return ()
    if person.country in _FAMILY_NAME_FIRST:
        return (words[0],)
    last = words[-1]
    if words[-2].lower() in {"van", "von", "de", "da", "del", "della", "al", "ben", "bin", "di", "du", "le", "la"}:
        return (last, f"{words[-2]} {last}")
    return (last, last.split("-", 1)[1]) if last.lower().startswith(("al-", "el-")) else (last,)


def _index_short_names(found: ActorKnowledge) -> None:
    for person in found.people.values():
        person.short = short_names(person)
        for name in person.short:
            found.shorts.setdefault(pieces(name), []).append(person)
            if " " in name:
                found.names.add([name], Sense(person, "surname"))


@cache
def load_actors(user: str | None = None) -> ActorKnowledge:
    """Return what is known of actors, with a user's own directory added.

    Raises KnowledgeError, naming file and item, where a file breaks its schema.
    """
    files = read_files(user)
    found = ActorKnowledge(load_sectors(user), problems=list(files.problems))
    _add_countries(found, files)
    for body in files.bodies.values():
        _add_body(found, body)
    for name, office in files.offices.items():
        _add_office(found, name, office, files.holders[name])
    for name, person in files.people.items():
        _add_person(found, name, person)
    _index_short_names(found)
    return found


def check(user: str | None = None) -> list[str]:
    """Return what is wrong with the knowledge of actors beyond its schema."""
    found = load_actors(user)
    codes = set(found.states)
    problems = list(found.problems)
    actors: list[Known | Person] = [*found.known.values(), *found.people.values()]
    problems += [
        f"{a.name}: no country has the code {a.country}" for a in actors if a.country and a.country not in codes
    ]
    for office in found.offices:
        if not (office.country or office.body):
            problems.append(f"{office.name}: belongs to no country and no body")
        if office.body and "actor:" + slug(office.body) not in found.known:
            problems.append(f"{office.name}: no body is called {office.body}")
    return problems
