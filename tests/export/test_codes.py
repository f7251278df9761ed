from __future__ import annotations

import re

import pytest

from sayso.export.codes import cameo, cameo_country, country_codes, state_letters
from sayso.knowledge.actor_files import country_files
from sayso.knowledge.country_names import country_name
from sayso.knowledge.ontology import load

PLACELESS = {"SUN", "YUG", "SCG", "CSK", "DDR"}
"""States of the past: ISO gave their alpha-2 codes away or withdrew them."""


def known() -> set[str]:
    return {code for _, file in country_files() for code in file.countries}


def test_every_country_that_sayso_knows_has_codes() -> None:
    assert {code for code in known() if country_codes(code).fips is None} == set()
    assert {code for code in known() if country_codes(code).iso2 is None} == PLACELESS


@pytest.mark.parametrize("kind", ["iso2", "fips", "cow"])
def test_no_two_countries_of_today_share_a_code(kind: str) -> None:
    codes = [getattr(country_codes(code), kind) for code in known() - PLACELESS]
    given = [code for code in codes if code is not None]
    assert len(given) == len(set(given))


def test_codes_look_like_codes() -> None:
    for code in known():
        found = country_codes(code)
        assert re.fullmatch("[A-Z]{2}", found.fips or "")
        assert found.cow is None or 2 <= found.cow <= 990


@pytest.mark.parametrize(
    ("alpha3", "iso2", "fips", "cow"),
    [
        ("USA", "US", "US", 2), ("DEU", "DE", "GM", 255), ("RUS", "RU", "RS", 365), ("UKR", "UA", "UP", 369),
        ("CHN", "CN", "CH", 710), ("ISR", "IL", "IS", 666), ("SDN", "SD", "SU", 625), ("SSD", "SS", "OD", 626),
        ("VNM", "VN", "VM", 816), ("PSE", "PS", "WE", None), ("XKX", "XK", "KV", 347), (None, None, None, None),
    ],
)  # fmt: skip
def test_a_country_has_its_codes(alpha3: str | None, iso2: str | None, fips: str | None, cow: int | None) -> None:
    found = country_codes(alpha3)
    assert (found.iso2, found.fips, found.cow) == (iso2, fips, cow)


def test_cameo_has_codes_of_its_own_for_two_countries() -> None:
    assert [cameo_country(code) for code in ("ROU", "TLS", "FRA", None)] == ["ROM", "TMP", "FRA", ""]


def test_cameo_has_a_score_for_every_root_and_a_type_for_most_sectors() -> None:
    ontology = load()
    assert set(cameo().goldstein) == {f"{root:02d}" for root in range(1, 21)}
    assert set(ontology.sectors) - set(cameo().types) == {"PTY", "UNK", "PRE", "REL", "SOC"}


def test_names_and_states() -> None:
    assert country_name("FRA") == "France"
    assert country_name("QQQ") is None
    assert state_letters("New York") == "NY"
    assert state_letters("Bavaria") is None
