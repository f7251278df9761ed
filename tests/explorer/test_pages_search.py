"""Search: what is found, the counts beside it, paging, and what is said where nothing fits."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from asking import HTML, all_rows
from fastapi.testclient import TestClient

from sayso.explorer import Holdings


@pytest.mark.parametrize("kind", ["documents", "statements", "events"])
def test_pages_lead_through_everything_once(client: TestClient, holdings: Holdings, kind: str) -> None:
    found = all_rows(client, f"/search.json?of={kind}&limit=3")
    names = Counter((row["document"], row.get(kind[:-1])) for row in found)
    assert set(names.values()) == {1}
    assert holdings.select(f"SELECT count(*) AS n FROM {kind}") == [{"n": len(found)}]


@pytest.mark.parametrize(
    ("asked", "true"),
    [
        ("of=events&type=ASSAULT", lambda row: row["type"] == "ASSAULT"),
        ("of=events&type=ASSAULT&type=COERCE", lambda row: row["type"] in ("ASSAULT", "COERCE")),
        ("of=events&actor=Belarus", lambda row: "Belarus" in row["actor_names"]),
        ("of=events&quad=4", lambda row: row["quad"] == 4),
        ("of=events&factuality=CT-", lambda row: row["factuality"] == "CT-"),
        ("of=events&min_confidence=0.9", lambda row: row["confidence"] >= 0.9),
        ("of=statements&act=deny", lambda row: row["act"] == "deny"),
        ("of=statements&speaker=Russia", lambda row: row["speaker_name"] == "Russia"),
        ("of=documents&publisher=Sample Wire", lambda row: row["publisher"] == "Sample Wire"),
        ("of=documents&since=2025", lambda row: row["published"] >= "2025"),
        ("of=documents&until=2024", lambda row: row["published"] < "2025"),
    ],
)
def test_finds_what_fits_and_only_that(client: TestClient, asked: str, true: Any) -> None:
    found = all_rows(client, f"/search.json?{asked}")
    kind = re.findall(r"of=(\w+)", asked)[0]
    everything = all_rows(client, f"/search.json?of={kind}")
    assert 0 < len(found) < len(everything)
    assert len(found) == sum(map(true, everything))
    assert all(map(true, found))


def test_words_are_looked_for_in_texts_and_shown(client: TestClient) -> None:
    page = client.get("/search?q=drivers", headers=HTML).text
    assert "<mark>drivers</mark>" in page
    assert 'value="drivers"' in page
    assert {row["title"] for row in all_rows(client, "/search.json?q=Khartoum")} == {"sudan-fighting"}
    assert len(all_rows(client, "/search.json?q=drivers&of=events")) > 3


def test_a_document_needs_an_item_of_each_kind_that_is_asked_for(client: TestClient) -> None:
    both = all_rows(client, "/search.json?speaker=Poland&type=COERCE")
    assert both
    assert all_rows(client, "/search.json?speaker=Poland&type=RETREAT") == []


def test_occurrences_narrow_by_how_voices_stand(client: TestClient) -> None:
    contested = all_rows(client, "/search.json?of=events&status=disputed")
    everything = all_rows(client, "/search.json?of=events")
    assert 0 < len(contested) < len(everything)


@pytest.mark.parametrize("kind", ["documents", "statements", "events"])
def test_counts_are_those_of_following_them(client: TestClient, kind: str) -> None:
    for name, values in client.get(f"/search.json?of={kind}").json()["facets"].items():
        of = "statements" if name in ("speaker", "act", "kind") else "events"
        if name in ("publisher", "language", "since"):
            continue
        for value in values[:2]:
            found = client.get("/search.json", params={"of": of, name: value["value"]}).json()
            assert found["total"] == value["count"], (name, value)


def test_shows_the_exact_words_and_whose_word_it_is(client: TestClient) -> None:
    page = client.get("/search?of=events&actor=Belarus", headers=HTML).text
    assert re.search(r'class="evidence" dir="auto">“[^<]*<em>\w+</em>', page)
    assert "on the word of" in page


def test_copies_are_counted_and_shown_where_asked_for(client: TestClient) -> None:
    originals, everything = all_rows(client, "/search.json"), all_rows(client, "/search.json?copies=true")
    assert len(everything) == len(originals) + 1
    assert "1 copy" in client.get("/search", headers=HTML).text


def test_says_what_to_drop_where_nothing_fits(client: TestClient) -> None:
    page = client.get("/search?type=RETREAT&actor=Belarus", headers=HTML).text
    assert "Nothing fits all of this." in page
    assert "/search?type=RETREAT" in page


def test_what_is_asked_is_escaped(client: TestClient) -> None:
    page = client.get("/search", params={"q": '"><script>x</script>', "actor": "<b>"}, headers=HTML).text
    assert "<script>x" not in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    "asked",
    ["nothing=1", "since=2024-13", "limit=0", "limit=100000", "quad=9", "of=x", "after=x", "min_confidence=2", "act=x",
     "q=" + "x" * 301, "q=-", "after=WzFd"],
)  # fmt: skip
def test_what_makes_no_sense_is_an_error_that_says_why(client: TestClient, asked: str) -> None:
    answer = client.get(f"/search?{asked}", headers=HTML)
    assert answer.status_code in (400, 422)
    assert "<li>" in answer.text
    assert client.get(f"/search.json?{asked}").json()["detail"]


def test_a_form_may_leave_fields_empty(client: TestClient) -> None:
    asked = "q=&actor=&type=&since=&until=&factuality=&status=&min_confidence=&quad=&act=&kind="
    assert client.get(f"/search.json?{asked}").json()["total"] == client.get("/search.json").json()["total"]
