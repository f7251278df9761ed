"""From where a text is told: its dateline, its outlet's name, what it tells of most."""

from __future__ import annotations

import time

import pytest
from hand_made import record

from sayso.corroboration.narrators import Narrator
from sayso.records import Actor, Place


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("NAIROBI, Kenya - The army said so.", "KEN"),
        ("NAIROBI — The army said so.", "KEN"),
        ("NAIROBI (Sample Wire) - The army said so.", "KEN"),
        ("NAIROBI, Kenya (Sample Wire) — The army said so.", "KEN"),
        ("NAIROBI, Oct 3 (Sample Wire) - The army said so.", "KEN"),
        ("\n  N'DJAMENA – The army said so.", "TCD"),
        ("Nairobi - The army said so.", None),
        ("ELSEWHERE NOBODY KNOWS - The army said so.", None),
        ("The army said so in NAIROBI - and left.", None),
        ("NAIROBI-based traders said so.", None),
    ],
)
def test_a_text_is_filed_from_the_town_with_which_it_begins(text: str, country: str | None) -> None:
    assert Narrator.of(record(text)).filed == country


@pytest.mark.parametrize(
    ("publisher", "country"),
    [
        ("The Times of Kenya", "KEN"),
        ("Nairobi Courier", "KEN"),
        ("Reading Herald", None),  # a town, and not a large one
        ("nairobi", None),
        ("Harbour Post", None),
        (None, None),
    ],
)
def test_an_outlet_is_at_home_where_it_is_called_for(publisher: str | None, country: str | None) -> None:
    assert Narrator.of(record(publisher=publisher)).home == country


def test_where_a_text_was_filed_counts_for_more_than_where_its_outlet_is_at_home() -> None:
    found = Narrator.of(record("NAIROBI - The army said so.", publisher="Paris Courier"))
    assert (found.home, found.country) == ("FRA", "KEN")
    assert Narrator.of(record(publisher="Paris Courier")).country == "FRA"
    assert Narrator.of(record(publisher="Harbour Post")).country is None


def where(country: str | None, mentions: int) -> Place:
    return Place(id=None, name="x", country=country, mentions=[(0, 1)] * mentions, confidence=0.9)


def who(country: str | None, mentions: int, kind: str = "organization") -> Actor:
    spans = [(0, 1)] * mentions
    return Actor(id=f"actor:{country}-{kind}", name="x", kind=kind, country=country, mentions=spans, confidence=0.9)


@pytest.mark.parametrize(
    ("places", "actors", "country"),
    [
        ([where("KEN", 2), where("TCD", 3)], [who("KEN", 9)], "TCD"),
        ([where("KEN", 2), where("TCD", 2)], [who("TCD", 1)], "TCD"),  # as often: where more of the actors are from
        ([where("KEN", 2), where("TCD", 2)], [], "KEN"),
        ([where(None, 5)], [who("KEN", 1), who("TCD", 7, "person")], "KEN"),
        ([], [who("TCD", 7, "person")], None),
    ],
)
def test_the_scene_is_the_country_named_most(places: list[Place], actors: list[Actor], country: str | None) -> None:
    found = Narrator.of(record("xxx", places=places, actors=actors))
    assert found.scene == country


def test_capitals_without_end_are_read_in_no_time() -> None:
    begun = time.perf_counter()
    for text in ("A" * 100_000, "A " * 50_000, "AB, " * 30_000, "AB (" * 30_000):
        assert Narrator.of(record(text)).filed is None
    assert time.perf_counter() - begun < 2.0
