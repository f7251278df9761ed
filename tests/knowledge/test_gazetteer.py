"""The gazetteer: names, coordinates, ids; and the lists that say how texts name places."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.gazetteer import DIRECTORY, Gazetteer, check, feature_class, gazetteer, normalise, prominence
from sayso.knowledge.places import check as check_cues
from sayso.knowledge.places import place_cues


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("São Paulo", "sao paulo"), ("St. Petersburg", "st petersburg"), ("Saint Petersburg", "st petersburg"),
        ("Port-au-Prince", "port au prince"), ("O’Fallon", "ofallon"), ("The Hague", "hague"), ("U.S.", "us"),
        ("Fort Worth", "ft worth"), ("Łódź", "lodz"), ("  Rio   de Janeiro ", "rio de janeiro"), ("", ""),
    ],
)  # fmt: skip
def test_normalise(name: str, normal: str) -> None:
    assert normalise(name) == normal


@pytest.mark.parametrize(
    ("name", "country", "feature", "lat", "lon", "identifier"),
    [
        ("U.S.", "USA", "PCLI", 39.76, -98.5, "geonames:6252001"),
        ("Russia", "RUS", "PCLI", 60, 100, "geonames:2017370"),
        ("Kiev", "UKR", "PPLC", 50.45, 30.52, "geonames:703448"),
        ("Kazan", "RUS", "PPL", 55.79, 49.12, None),
        ("Louisiana", "USA", "ADM1", 31.0, -92.0, "geonames:4331987"),
        ("Bavaria", "DEU", "ADM1", 49.0, 11.5, "geonames:2951839"),
        ("Crimea", "UKR", "ADM1", 45.3, 34.4, "geonames:703883"),
        ("Rapides Parish", "USA", "ADM2", 31.2, -92.45, "geonames:4338356"),
        ("Black Sea", None, "SEA", 43.0, 34.0, None),
        ("Gaza Strip", "PSE", "RGN", 31.4, 34.3, None),
        ("Donbas", "UKR", "RGN", 48.3, 38.3, None),
        ("Asia", None, "CONT", 29.8, 89.3, None),
    ],
)
def test_the_first_place_of_a_name(
    name: str, country: str | None, feature: str, lat: float, lon: float, identifier: str | None
) -> None:
    first = gazetteer().lookup(name)[0]
    assert (first.country, first.feature) == (country, feature)
    assert (first.lat, first.lon) == (pytest.approx(lat, abs=0.3), pytest.approx(lon, abs=0.3))
    assert identifier is None or first.id == identifier


def test_a_name_of_many_places_comes_with_the_best_known_first() -> None:
    found = gazetteer().lookup("Springfield")
    assert len(found) > 10
    assert [e.prominence for e in found] == sorted((e.prominence for e in found), reverse=True)
    assert {"Illinois", "Missouri", "Massachusetts"} <= {e.admin1_name for e in found}


@pytest.mark.parametrize("name", ["", "   ", "Xyzzyville", "the", "..."])
def test_unknown_names_have_no_places(name: str) -> None:
    assert gazetteer().lookup(name) == []


def test_an_entry_knows_its_region() -> None:
    alexandria = next(e for e in gazetteer().lookup("Alexandria") if e.admin1_code == "US.LA")
    assert (alexandria.admin1_name, alexandria.population > 40_000) == ("Louisiana", True)


def test_what_ships_is_small() -> None:
    assert sum(path.stat().st_size for path in DIRECTORY.iterdir()) < 8_000_000
    assert len(gazetteer()) > 250_000


def test_countries_come_by_code() -> None:
    country = gazetteer().country_named("UKR")
    assert country is not None
    assert country.name == "Ukraine"
    assert gazetteer().country_named("XXX") is None


def test_prominence_puts_countries_before_capitals_before_towns() -> None:
    assert prominence(1_000_000, "PCLI") > prominence(1_000_000, "PPLC") > prominence(1_000_000, "PPL")
    assert prominence(9_000_000, "PPL") > prominence(9_000, "PPL")


@pytest.mark.parametrize(
    ("code", "letter"), [("PCLI", "A"), ("PPLC", "P"), ("STM", "H"), ("ISL", "T"), ("RGN", "L"), ("FAC", "S")]
)
def test_feature_classes(code: str, letter: str) -> None:
    assert feature_class(code) == letter


def test_a_missing_gazetteer_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=str(tmp_path)):
        Gazetteer(tmp_path)


def test_a_broken_gazetteer_is_named(tmp_path: Path) -> None:
    (tmp_path / "names.marisa").write_bytes(b"not a trie")
    with pytest.raises(KnowledgeError, match="cannot be opened"):
        Gazetteer(tmp_path)


def test_what_ships_has_no_problems() -> None:
    assert check() == []
    assert check_cues() == []


def test_a_user_extends_the_lists(tmp_path: Path) -> None:
    (tmp_path / "places.yaml").write_text("titles: archduke\nabbreviations: {US.TX: Txs.}\n")
    cues = place_cues(str(tmp_path))
    assert {"archduke", "president"} <= cues.titles
    assert cues.abbreviations["Txs."] == "US.TX"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("titels: duke", "unknown"),
        ("titles: [duke]", "must be a string"),
        ("weights: {bias: heavy}", "must be a number"),
        ("abbreviations: Txs.", "must be a mapping"),
        ("places: [{name: Nowhere}]", "lat: Field required"),
        ("places: [{name: Nowhere, lat: 95, lon: 0}]", "lat: Input should be"),
        ("- a list", "is not a mapping"),
    ],
)
def test_bad_lists_are_named(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "places.yaml").write_text(content)
    with pytest.raises(KnowledgeError, match=problem):
        place_cues(str(tmp_path))


def test_codes_of_regions_that_do_not_exist_are_reported(tmp_path: Path) -> None:
    (tmp_path / "places.yaml").write_text("abbreviations: {US.QQ: Qq.}")
    assert check_cues(str(tmp_path)) == ["places.yaml: abbreviations: no region has the code US.QQ"]
