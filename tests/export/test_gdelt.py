from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sayso.export import checks, columns, export, gdelt
from sayso.export.gdelt_actors import pairs
from sayso.ledger import Ledger


def table(path: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        (inner,) = archive.namelist()
        assert inner == path.name.removesuffix(".zip")
        lines = archive.read(inner).decode().splitlines()
    return [dict(zip(columns.names(name), line.split("\t"), strict=True)) for line in lines]


def exported(ledger: Ledger, target: Path, **options: object) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    events, mentions = export("gdelt", ledger, target, **options).files  # type: ignore[arg-type]
    return table(events, "gdelt_events"), table(mentions, "gdelt_mentions")


def parties(actors: list[str], recipients: list[str]) -> dict[str, list[str | None]]:
    sides = {"actor": actors, "recipient": recipients}
    return {
        f"{role}{ending}": list(names)
        for role, names in sides.items()
        for ending in ("s", "_names", "_countries", "_sectors")
    }


def test_both_tables_have_their_columns_and_types(ledger: Ledger, target: Path) -> None:
    events, mentions = export("gdelt", ledger, target, unreal=True).files
    assert checks.gdelt_events(events) == []
    assert checks.gdelt_mentions(mentions) == []
    assert (len(columns.names("gdelt_events")), len(columns.names("gdelt_mentions"))) == (61, 16)


def test_a_meeting_of_two_is_a_pair_each_way(ledger: Ledger, target: Path) -> None:
    events, _ = exported(ledger, target, type="CONSULT")
    assert [(row["Actor1Code"], row["Actor2Code"]) for row in events] == [("FRAGOV", "DEUGOV"), ("DEUGOV", "FRAGOV")]
    assert len({row["GLOBALEVENTID"] for row in events}) == 2


def test_the_event_code_is_the_generic_leaf_of_the_root(ledger: Ledger, target: Path) -> None:
    row = exported(ledger, target, type="CONSULT")[0][0]
    codes = ("EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale")
    assert [row[name] for name in codes] == ["040", "040", "04", "1", "1.0"]


def test_dates_are_days_and_a_fraction_of_the_year(ledger: Ledger, target: Path) -> None:
    row = exported(ledger, target, type="CONSULT")[0][0]
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == (
        "20241022",
        "202410",
        "2024",
        "2024.8000",
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("CONSULT", ("4", "Paris, Île-de-France, France", "FR", "FR", "")),
        ("ASSAULT", ("3", "Austin, Texas, United States", "US", "USTX", "")),
    ],
)
def test_places_are_in_fips(ledger: Ledger, target: Path, kind: str, expected: tuple[str, ...]) -> None:
    row = exported(ledger, target, type=kind)[0][0]
    names = ("Type", "FullName", "CountryCode", "ADM1Code", "FeatureID")
    assert tuple(row[f"ActionGeo_{name}"] for name in names) == expected


@pytest.mark.parametrize(
    ("feature", "country", "admin1", "expected"),
    [
        ("PCLI", "SDN", None, (1, "SU", "SU", "SU")),
        ("PCLI", "USA", None, (1, "US", "US", "US")),
        ("ADM1", "USA", "Texas", (2, "US", "USTX", "USTX")),
        ("ADM1", "SDN", "North Darfur", (5, "SU", "SU", "")),
        ("PPL", "SDN", "Khartoum", (4, "SU", "SU", "")),
        ("SEA", None, None, (4, "", "", "")),
    ],
)
def test_the_kind_of_place_follows_from_its_feature(
    feature: str, country: str | None, admin1: str | None, expected: tuple[int, str, str, str]
) -> None:
    event = {"place": "x", "place_name": admin1 or "Somewhere", "place_feature": feature, "place_country": country}
    cells = gdelt._place(event | {"place_admin1": admin1, "lat": 1.0, "lon": 2.0})
    names = ("Type", "CountryCode", "ADM1Code", "FeatureID")
    assert tuple(cells[f"ActionGeo_{name}"] for name in names) == expected


def test_a_body_above_states_has_a_known_group_and_no_country(ledger: Ledger, target: Path) -> None:
    row = exported(ledger, target, type="AID", unreal=True)[0][0]
    names = ("Code", "CountryCode", "KnownGroupCode", "Type1Code")
    assert [row[f"Actor1{name}"] for name in names] == ["IGOWHO", "", "WHO", "IGO"]


def test_copies_count_as_mentions_and_sources(ledger: Ledger, target: Path) -> None:
    events, mentions = exported(ledger, target, type="CONSULT")
    assert [events[0][name] for name in ("NumMentions", "NumSources", "NumArticles")] == ["2", "2", "2"]
    of_first = [row for row in mentions if row["GLOBALEVENTID"] == events[0]["GLOBALEVENTID"]]
    assert [row["MentionType"] for row in of_first] == ["1", "2"]
    assert of_first[0]["MentionSourceName"] == "stern.example"
    assert of_first[1]["MentionIdentifier"] == "Other Paper, 2024-10-25T23:30:00+02:00, A meeting in Paris"
    assert [row["Confidence"] for row in of_first] == ["90", "90"]


def test_confidence_is_at_least_ten(ledger: Ledger, target: Path) -> None:
    assert exported(ledger, target, type="ASSAULT")[1][0]["Confidence"] == "10"


def test_tone_is_not_made_up(ledger: Ledger, target: Path) -> None:
    events, mentions = exported(ledger, target)
    assert {row["AvgTone"] for row in events} == {""}
    assert {row["MentionDocTone"] for row in mentions} == {""}


def test_no_path_of_the_machine_is_told() -> None:
    document = {"origin": "/home/jo/secret/a.txt", "publisher": "Stern", "published": None, "title": None}
    assert gdelt._citation(document | {"document": "sha256:0"}) == "Stern"


def test_ids_are_positive_and_fit_63_bits() -> None:
    ids = {gdelt.event_id(f"sha256:{n}", "e1", pair) for n in range(500) for pair in range(2)}
    assert len(ids) == 1000
    assert all(0 < id_ < 2**63 for id_ in ids)


@pytest.mark.parametrize(
    ("actors", "recipients", "expected"),
    [
        (["A", "B"], ["C"], [("A", "C"), ("B", "C")]),
        (["A"], [], [("A", "")]),
        ([], ["C"], [("", "C")]),
        ([], [], [("", "")]),
        (["A"], ["A"], [("A", "")]),
        (["A", "B"], ["A", "B"], [("A", "B"), ("B", "A")]),
    ],
)
def test_parties_are_paired_and_nobody_with_themselves(
    actors: list[str], recipients: list[str], expected: list[tuple[str, str]]
) -> None:
    assert [(a.id, b.id) for a, b in pairs(parties(actors, recipients))] == expected


def test_pairs_are_bounded() -> None:
    names = [f"a{n}" for n in range(200)]
    assert len(pairs(parties(names, names))) == 100
