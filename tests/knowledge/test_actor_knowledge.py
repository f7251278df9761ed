from __future__ import annotations

import time
from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.actor_names import items, pieces, slug
from sayso.knowledge.actor_offices import parse_holder
from sayso.knowledge.actors import check, load_actors, plural_of
from sayso.knowledge.memberships import load_memberships
from sayso.records import Actor


@pytest.fixture(scope="module")
def known():
    return load_actors()


def test_what_ships_is_sound():
    assert check() == []


def test_loading_is_quick():
    load_actors.cache_clear()
    begin = time.process_time()
    load_actors()
    assert time.process_time() - begin < 3.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S.", ("us",)),
        ("Al-Qaeda", ("al", "qaeda")),
        ("Côte d'Ivoire", ("cote", "d", "ivoire")),
        ("-", ()),
        ("N’Djamena", ("n", "djamena")),
    ],
)
def test_pieces(text, expected):
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("Vladimir Putin", "vladimir-putin"), ("São Tomé", "sao-tome"), ("!", "unnamed")]
)
def test_slug(name, expected):
    assert slug(name) == expected


@pytest.mark.parametrize(("adjective", "plural"), [("Russian", "Russians"), ("Chinese", "Chinese"), ("Swiss", "Swiss")])
def test_plural(adjective, plural):
    assert plural_of(adjective) == plural


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1999-12-30", "Boris Yeltsin"),
        ("2000-01-01", "Vladimir Putin"),
        ("2010", "Dmitry Medvedev"),
        ("2024-10-25", "Vladimir Putin"),
    ],
)
def test_president_of_russia(known, day, name):
    assert [t.person.name for t in known.holders("RUS", "president") if t.covers(day) and t.office.leads] == [name]


def test_highest_office_comes_first(known):
    putin = known.people["actor:vladimir-putin"]
    assert putin.tenure_at("2009-09-09").office.name == "Prime Minister of Russia"
    assert putin.tenure_at("2003-03-03").office.name == "President of Russia"
    assert putin.tenure_at(None) is None


def test_former_holder(known):
    blair = known.people["actor:tony-blair"]
    assert blair.had_left_by("2010-01-01")
    assert not blair.had_left_by("2001-01-01")
    assert not blair.had_left_by(None)


def test_no_office_has_two_holders_for_long(known):
    spans = {}
    for person in known.people.values():
        for tenure in person.tenures:
            spans.setdefault(tenure.office.name, []).append((tenure.since, tenure.until or "9999"))
    overlaps = {
        name
        for name, held in spans.items()
        for (_, end), (begin, _) in zip(sorted(held), sorted(held)[1:], strict=False)
        if end[:4] > begin[:4]
    }
    assert overlaps <= {"President of Ivory Coast"}


@pytest.mark.parametrize(
    "line", ["Boris Yeltsin", "1999..2000", "2001-01-01..2000-01-01 Somebody", "1999-1-1.. Somebody"]
)
def test_bad_holder(line):
    with pytest.raises(ValueError, match=r"FROM|before"):
        parse_holder(line)


@pytest.mark.parametrize("count", [("people", 900), ("offices", 200), ("known", 800), ("states", 220)])
def test_how_much_is_known(known, count):
    name, least = count
    assert len(getattr(known, name)) >= least


def test_every_sector_is_labelled(known):
    codes = {a.sector for a in known.known.values()} | {p.sector for p in known.people.values()}
    bodies = {"IGO", "NGO", "NGM", "IMG", "MNC", "ISM", "PRE", None}
    assert codes - set(known.sectors.labels) <= bodies


def test_ids_make_records(known):
    for actor in list(known.known.values())[:50]:
        Actor(
            id=actor.id,
            name=actor.name,
            kind=actor.kind,
            country=actor.country,
            mentions=[(0, 1)],
            confidence=0.5,
        )


USER = """
version: "1"
source: a test
people:
  Jane Doe: {country: NZL, sector: OPP, also: J. Doe, woman: true}
"""


def test_users_own_people(tmp_path: Path):
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "people.yaml").write_text(USER, encoding="utf-8")
    assert load_actors(str(tmp_path)).people["actor:jane-doe"].country == "NZL"
    assert check(str(tmp_path)) == []


@pytest.mark.parametrize(
    ("file", "content", "named"),
    [
        ("people.yaml", USER.replace("woman: true", "wombat: true"), "wombat"),
        (
            "people.yaml",
            'version: "1"\nsource: x\noffices:\n  X: {country: NZL, titles: x, holders: [Jane]}',
            "X",
        ),
        ("countries.yaml", 'version: "1"\nsource: x\ncountries:\n  NZL: {nmaes: y}', "nmaes"),
        ("organizations.yaml", "bodies:\n  bodies: {}", "sector"),
        ("groups.yaml", "a: [", "line"),
    ],
)
def test_users_mistake_is_named(tmp_path: Path, file, content, named):
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / file).write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        load_actors(str(tmp_path))


def test_users_wrong_country_is_a_problem(tmp_path: Path):
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "people.yaml").write_text(USER.replace("NZL", "XXX"), encoding="utf-8")
    assert any("XXX" in problem for problem in check(str(tmp_path)))


def test_items():
    assert items("a; b;; c ") == ["a", "b", "c"]


@pytest.mark.parametrize("day", ["1995-06-15", "2003-06-15", "2014-06-15", "2024-06-15"])
def test_nearly_every_member_of_the_united_nations_has_a_leader(known, day):
    members = set(load_memberships().members("United Nations", day))
    tenures = [tenure for person in known.people.values() for tenure in person.tenures if tenure.covers(day)]
    led = {tenure.office.country for tenure in tenures if tenure.office.leads}
    assert len(members) > 180
    assert len(members & led) >= 0.93 * len(members), sorted(members - led)


def test_offices_are_told_by_the_hundred(known):
    tenures = [tenure for person in known.people.values() for tenure in person.tenures]
    assert (len(known.offices) >= 800, len(tenures) >= 5_000, len(known.people) >= 4_500) == (True, True, True)
