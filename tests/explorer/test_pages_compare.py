"""Compare: two articles, or two outlets, aligned on the same occurrences."""

from __future__ import annotations

from typing import Any

import pytest
from asking import HTML
from fastapi.testclient import TestClient

from sayso.explorer import Holdings
from sayso.explorer.comparing import differing


def telling(**given: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("position", "type", "date", "voice", "word", "quantities"))
    return nothing | given


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"position": "asserts"}, {"position": "denies"}, ["position"]),
        ({"position": "asserts"}, {"position": "asserts"}, []),
        ({"word": "Left"}, {"word": "left"}, []),
        ({"word": "left"}, {"word": "fled"}, ["word"]),
        ({"date": "2024-10-25"}, {"date": "2024-10"}, []),
        ({"date": "2024-10-25"}, {"date": "2024-10-26"}, ["date"]),
        ({"date": None}, {"date": "2024-10-26"}, []),
        ({"type": "RETREAT"}, {"type": "ASSAULT"}, ["type"]),
        (
            {"quantities": [{"kind": "killed", "low": 3.0, "high": 3.0}]},
            {"quantities": [{"kind": "killed", "low": 9.0, "high": None}]},
            ["figure"],
        ),
    ],
)
def test_sides_differ_where_they_have_nothing_in_common(one: Any, other: Any, expected: list[str]) -> None:
    assert differing([telling(**one)], [telling(**other)]) == expected


@pytest.fixture
def two(holdings: Holdings) -> tuple[str, str]:
    """The documents that deny and assert the detention of drivers."""
    found = {row["title"]: row["document"] for row in holdings.select("SELECT title, document FROM documents")}
    return found["Belarus detained 14 drivers, Poland says"], found["Union counts nine drivers held in Brest"]


def test_two_articles_are_aligned_and_what_differs_is_named(client: TestClient, two: tuple[str, str]) -> None:
    answer = client.get("/compare.json", params={"one": two[0], "other": two[1]}).json()
    both = {row["occurrence"] for row in answer["rows"] if row["side"] == "one"} & {
        row["occurrence"] for row in answer["rows"] if row["side"] == "other"
    }
    assert both
    assert any(row["differing"] for row in answer["rows"] if row["occurrence"] in both)
    page = client.get("/compare", params={"one": two[0], "other": two[1]}, headers=HTML).text
    assert "differs in" in page
    assert "says nothing of it" in page or answer["total"] == len(both)
    assert "<em>detained</em>" in page


def test_two_outlets_are_aligned(client: TestClient) -> None:
    answer = client.get("/compare.json?outlet=Harbour Gazette&outlet=Meridian Post").json()
    assert answer["total"] > 0
    assert {row["publisher"] for row in answer["rows"]} == {"Harbour Gazette", "Meridian Post"}


def test_pages_go_on(client: TestClient, two: tuple[str, str]) -> None:
    asked = {"one": two[0], "other": two[1], "untyped": "true"}
    everything = client.get("/compare.json", params=asked).json()
    first = client.get("/compare.json", params={**asked, "limit": 1}).json()
    second = client.get(first["next"]).json()
    ids = list(dict.fromkeys(row["occurrence"] for row in everything["rows"]))
    assert [first["rows"][0]["occurrence"], second["rows"][0]["occurrence"]] == ids[:2]


@pytest.mark.parametrize("asked", ["one=x", "outlet=a", "outlet=a&outlet=b&outlet=c"])
def test_one_alone_cannot_be_compared(client: TestClient, asked: str) -> None:
    assert client.get(f"/compare?{asked}", headers=HTML).status_code == 422


def test_what_is_not_there_is_no_page(client: TestClient) -> None:
    assert client.get("/compare?one=x&other=y", headers=HTML).status_code == 404
    assert client.get("/compare.json?outlet=a&outlet=b").json()["total"] == 0
    assert "Choose two outlets." in client.get("/compare", headers=HTML).text
