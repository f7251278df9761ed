"""The timeline: its chart, the same in numbers, what is narrowed, what is refused."""

import csv
import io
from urllib.parse import urlencode

import pytest
from asking import HTML
from fastapi.testclient import TestClient


def test_shows_a_chart_and_the_same_numbers(client: TestClient) -> None:
    page = client.get("/timeline", headers=HTML)
    assert page.status_code == 200
    assert 'data-chart="/timeline/chart.json"' in page.text
    assert '<noscript><img src="/timeline/chart.svg"' in page.text
    assert 'href="/search?of=events&amp;since=2025' in page.text


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"by": "type"},
        {"by": "actor", "when": "published"},
        {"of": "statements"},
        {"of": "statements", "by": "act"},
        {"of": "statements", "by": "speaker"},
        {"q": "drivers"},
    ],
)
def test_numbers_add_up(client: TestClient, asked: dict[str, str]) -> None:
    told = client.get("/timeline.json", params=asked).json()
    assert told["rows"]
    for row in told["rows"]:
        assert row["told"] + row["open"] + row["denied"] == row["count"]
        assert row["since"] <= row["until"]
    lines = list(csv.DictReader(io.StringIO(client.get("/timeline.csv", params=asked).text)))
    assert [int(line["count"]) for line in lines] == [row["count"] for row in told["rows"]]


def test_a_number_is_that_of_its_search(client: TestClient) -> None:
    rows = client.get("/timeline.json", params={"of": "statements", "by": "kind"}).json()["rows"]
    for row in rows:
        question = {"of": "statements", "since": row["since"], "until": row["until"], "kind": row["group"]}
        assert client.get("/search.json", params=question).json()["total"] == row["count"]


def test_denials_are_told_apart(client: TestClient) -> None:
    rows = client.get("/timeline.json", params={"by": "type", "type": "COERCE", "place": "Brest"}).json()["rows"]
    assert sum(row["denied"] for row in rows) >= 1
    assert sum(row["told"] for row in rows) >= 1


@pytest.mark.parametrize("form", ["json", "svg"])
def test_draws_in_the_width_asked_for(client: TestClient, form: str) -> None:
    narrow, wide = (client.get(f"/timeline/chart.{form}", params={"width": width}) for width in (300, 900))
    assert narrow.status_code == wide.status_code == 200
    assert narrow.text != wide.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/timeline?by=speaker", 400),
        ("/timeline?of=statements&when=date", 400),
        ("/timeline?of=songs", 422),
        ("/timeline?colour=red", 422),
        ("/timeline/chart.json?width=100000", 422),
        ("/timeline/chart.json?actor=nobody-at-all", 400),
    ],
)
def test_refuses_what_cannot_be_shown(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_says_so_where_nothing_fits(client: TestClient) -> None:
    page = client.get("/timeline", params={"actor": "nobody-at-all"}, headers=HTML)
    assert "Nothing fits" in page.text
    assert "data-chart" not in page.text


def test_hostile_words_are_escaped(client: TestClient) -> None:
    page = client.get(f"/timeline?{urlencode({'actor': '<script>alert(1)</script>'})}", headers=HTML)
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
