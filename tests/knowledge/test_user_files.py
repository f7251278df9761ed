from __future__ import annotations

import pickle
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from sayso.cli import app
from sayso.errors import KnowledgeError
from sayso.knowledge import actors, gazetteer
from sayso.knowledge.actor_offices import laid_over
from sayso.knowledge.files import DATA, load_yaml
from sayso.knowledge.times import load_times
from sayso.reading import toponym_roles

READERS = {
    "acts.yaml": ["cues"],
    "plover.yaml": ["ontology"],
    "frames/agree.yaml": ["frames"],
    "frames/shared.yaml": ["frames"],
    "actors/countries.yaml": ["actors", "places"],
    "actors/contexts.yaml": ["actor_contexts"],
    "actors/memberships.yaml": ["memberships"],
    "actors/pronouns.yaml": ["actor_pronouns"],
} | {f"actors/{name}.yaml": ["actors"] for name in ("groups", "organizations", "people", "sectors")}
for name in (
    "boilerplate",
    "contexts",
    "cues",
    "factuality",
    "language",
    "places",
    "qualifiers",
    "quantities",
    "times",
    "voices",
    "wordings",
):
    READERS[f"{name}.yaml"] = [name]
FILES = sorted(READERS)
CONTENTS = {
    "empty": "",
    "a list": "- a\n- b",
    "a scalar": "7",
    "zero": "0",
    "an unknown key": "wombat: 1",
    "a key that is no text": "1: {a: b}",
    "a bad date": "version: 2024-13-45",
    "broken": "a: [",
}
WRONG = ("7", "[7]", "[[a]]", "{a: 7}", "{a: {b: 7}}")
_load = yaml.load


@cache
def _parsed(text: str, loader: type) -> bytes:
    return pickle.dumps(_load(text, Loader=loader))


@pytest.fixture(autouse=True)
def parse_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse each text once, and give everybody who loads it a copy: what ships is read hundreds of times here."""

    def load(text: str, Loader: type) -> Any:  # noqa: N803 - the name is PyYAML's
        return pickle.loads(_parsed(text, Loader))

    monkeypatch.setattr(yaml, "load", load)


def written(folder: Path, name: str, content: str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return str(folder)


def complaints(user: str, name: str) -> list[str]:
    found = []
    for module in READERS[name]:
        try:
            found += import_module(f"sayso.knowledge.{module}").check(user)
        except KnowledgeError as error:
            found.append(str(error))
    return found


def test_every_file_has_a_reader() -> None:
    shipped = {str(path.relative_to(DATA)) for path in DATA.rglob("*.yaml")}
    assert shipped - set(READERS) == {name for name in shipped if name.startswith("frames/")} - set(READERS)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", CONTENTS)
def test_a_file_of_another_shape_is_named(tmp_path: Path, name: str, kind: str) -> None:
    found = complaints(written(tmp_path, name, CONTENTS[kind]), name)
    if kind == "empty":
        assert found == []
    else:
        assert any(str(tmp_path / name) in problem for problem in found)


def fields_of(name: str) -> list[str]:
    content = load_yaml(DATA / name)
    return [field for field in content if field not in ("version", "source", "name")]


@pytest.mark.parametrize("name", FILES)
def test_a_field_of_another_type_is_named_or_read(tmp_path: Path, name: str) -> None:
    wrong_ones = [f"{field}: {wrong}" for field in fields_of(name)[:8] for wrong in WRONG]
    for number, content in enumerate(wrong_ones):
        user = written(tmp_path / str(number), name, content)
        assert all(isinstance(problem, str) for problem in complaints(user, name))


@pytest.mark.parametrize("name", ["actors/countries.yaml", "places.yaml", "frames/agree.yaml", "times.yaml"])
def test_the_command_line_says_what_is_wrong(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "check", lambda _: [])  # users add nothing to it, and it is long
    result = CliRunner().invoke(app, ["knowledge", "validate", "--knowledge", written(tmp_path, name, "- a")])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "is not a mapping" in " ".join(result.output.split())


def test_a_country_is_extended(tmp_path: Path) -> None:
    user = written(tmp_path, "actors/countries.yaml", "countries:\n  RUS: {seats: Old Square}")
    known = actors.load_actors(user)
    assert [s.known.id for _, name, s in known.names.starting("old") if name == "Old Square"] == ["actor:russia"]
    assert known.states["RUS"].name == "Russia"
    assert "kremlin" in known.names.by_first
    assert complaints(user, "actors/countries.yaml") == []


def test_a_new_country_needs_names(tmp_path: Path) -> None:
    user = written(tmp_path, "actors/countries.yaml", "countries:\n  XAA: {seats: Old Square}")
    with pytest.raises(KnowledgeError, match="XAA"):
        actors.load_actors(user)


def test_a_users_sector_replaces_what_ships(tmp_path: Path) -> None:
    user = written(tmp_path, "actors/groups.yaml", "mine: {sector: GOV, bodies: {Hamas: {also: The Movement}}}")
    senses = [s for _, name, s in actors.load_actors(user).names.starting("hamas") if name == "Hamas"]
    assert [(s.known.sector, s.known.country) for s in senses] == [("GOV", "PSE")]
    assert complaints(user, "actors/groups.yaml") == []


def test_a_body_listed_twice_in_one_file_is_a_problem(tmp_path: Path) -> None:
    content = "one: {sector: GOV, bodies: {Moon Office: {}}}\ntwo: {sector: MED, bodies: {Moon Office: {}}}"
    assert any(
        "Moon Office" in problem
        for problem in complaints(written(tmp_path, "actors/groups.yaml", content), "actors/groups.yaml")
    )


def test_a_users_holder_replaces_those_who_ship(tmp_path: Path) -> None:
    user = written(
        tmp_path,
        "actors/people.yaml",
        "offices:\n  President of Russia: {holders: [2024-01-01.. Anna Testova]}",
    )
    held = actors.load_actors(user).holders("RUS", "president")
    names = {day: [t.person.name for t in held if t.covers(day)] for day in ("2010-06-01", "2023-06-01", "2024-06-01")}
    assert names == {
        "2010-06-01": ["Dmitry Medvedev"],
        "2023-06-01": ["Vladimir Putin"],
        "2024-06-01": ["Anna Testova"],
    }
    assert complaints(user, "actors/people.yaml") == []


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (("2005", None, "B"), [("2000", "2005", "A"), ("2005", None, "B")]),
        (("2005", "2006", "B"), [("2000", "2005", "A"), ("2005", "2006", "B"), ("2006", "2010", "A")]),
        (("2000", "2009", "A"), [("2000", "2009", "A")]),
        (("2010", None, "B"), [("2000", "2010", "A"), ("2010", None, "B")]),
        (("1990", "2000", "B"), [("1990", "2000", "B"), ("2000", "2010", "A")]),
        (("1990", None, "B"), [("1990", None, "B")]),
    ],
)
def test_terms_are_cut_by_later_files(new, expected) -> None:
    assert laid_over([("2000", "2010", "A")], [new]) == expected


def test_the_circumstances_of_events_follow_the_users_words(tmp_path: Path, read) -> None:
    written(tmp_path, "places.yaml", "speech_verbs: zapped")
    user = written(tmp_path, "times.yaml", "holding: [zap]")
    doc = read("The rebels met.", upto="sayso_times")
    doc.user_data["sayso_knowledge"] = user
    assert "zapped" in toponym_roles._cues(doc).speech_verbs
    assert "zap" in load_times(doc.user_data["sayso_knowledge"]).holding
    doc.user_data.clear()
    assert "zapped" not in toponym_roles._cues(doc).speech_verbs
