"""Addresses hold the whole state of a page."""

import pytest

from sayso.explorer.address import Address, of, to

ASKED = Address("/search", (("type", "ASSAULT"), ("type", "PROTEST"), ("since", "2024"), ("after", "x")))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (ASKED.having(since="2025"), "/search?type=ASSAULT&type=PROTEST&since=2025"),
        (ASKED.having(type=None), "/search?since=2024"),
        (ASKED.having(copies=True), "/search?type=ASSAULT&type=PROTEST&since=2024&copies=true"),
        (ASKED.having(copies=False), "/search?type=ASSAULT&type=PROTEST&since=2024"),
        (ASKED.adding("type", "AID"), "/search?since=2024&type=ASSAULT&type=PROTEST&type=AID"),
        (ASKED.dropping("type", "ASSAULT"), "/search?since=2024&type=PROTEST"),
        (ASKED.going_on("y"), "/search?type=ASSAULT&type=PROTEST&since=2024&after=y"),
        (ASKED.at("/map"), "/map?type=ASSAULT&type=PROTEST&since=2024"),
        (ASKED.twin("csv"), "/search.csv?type=ASSAULT&type=PROTEST&since=2024&after=x"),
        (Address("/").twin("json"), "/index.json"),
        (to("/actors", "actor:é/x y?"), "/actors/actor:%C3%A9/x%20y%3F"),
        (to("/places", "geonames:1", since="2024"), "/places/geonames:1?since=2024"),
        (Address("/search", (("q", "a&b=c<d>"),)), "/search?q=a%26b%3Dc%3Cd%3E"),
    ],
)
def test_are_changed_in_one_respect(made: Address, expected: str) -> None:
    assert str(made) == expected


def test_are_the_same_for_all_forms() -> None:
    assert of("/search.csv", [("q", "x")]) == of("/search", [("q", "x")]) == Address("/search", (("q", "x"),))
    assert of("/index.json", []) == Address("/")


def test_know_what_they_have() -> None:
    assert ASKED.has("type", "PROTEST")
    assert not ASKED.has("type", "AID")
