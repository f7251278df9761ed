"""The pages of actors, dyads and places."""

from __future__ import annotations

import pytest
from asking import HTML, all_rows
from fastapi.testclient import TestClient

BELARUS = "/actors/actor:belarus"
DYAD = "/dyads?one=actor:donald-trump&other=actor:kim-jong-un"


@pytest.mark.parametrize(("path", "name"), [("/actors", "actor"), ("/places", "place")])
def test_lists_go_through_everything_once(client: TestClient, path: str, name: str) -> None:
    found = all_rows(client, f"{path}.json?limit=7")
    assert len({row[name] for row in found}) == len(found) == client.get(f"{path}.json").json()["total"]
    assert [row["documents"] for row in found] == sorted((row["documents"] for row in found), reverse=True)


def test_a_name_is_found_by_its_letters(client: TestClient) -> None:
    assert "actor:belarus" in {row["actor"] for row in all_rows(client, "/actors.json?q=BELAR")}
    assert "Nobody of that name." in client.get("/actors?q=nobodyofthatname", headers=HTML).text
    assert {row["name"] for row in all_rows(client, "/places.json?q=brest")} == {"Brest"}


@pytest.mark.parametrize("side", ["said", "did", "had"])
def test_each_side_of_an_actor_is_a_page(client: TestClient, side: str) -> None:
    answer = client.get(f"/actors/actor:kim-jong-un.json?side={side}").json()
    assert answer["total"] == answer["totals"][side] > 0
    page = client.get(f"/actors/actor:kim-jong-un?side={side}", headers=HTML).text
    assert page.count("<li data-step>") == min(answer["total"], 25)


def test_an_actor_has_those_who_quote_them_and_counterparts(client: TestClient) -> None:
    page = client.get(BELARUS, headers=HTML).text
    assert "Poland: labour" in page
    assert "/dyads?one=actor%3Abelarus" in page
    assert "on the word of" in page
    assert 'class="evidence"' in page


def test_time_narrows_the_list(client: TestClient) -> None:
    everything = client.get(f"{BELARUS}.json").json()["total"]
    assert 0 < client.get(f"{BELARUS}.json?since=2025-03-12").json()["total"] < everything


def test_a_dyad_has_both_ways_and_says_what_it_compares_with(client: TestClient) -> None:
    answer = client.get(DYAD.replace("/dyads", "/dyads.json")).json()
    assert {(row["actor"], row["recipient"]) for row in answer["rows"]} == {
        ("actor:donald-trump", "actor:kim-jong-un"),
        ("actor:kim-jong-un", "actor:donald-trump"),
    }
    assert all(
        row["events"]
        == sum(row[n] for n in ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"))
        for row in answer["rows"]
    )
    page = client.get(DYAD, headers=HTML).text
    assert "mean of the 12 months before" in page
    assert "violence" not in page


def test_a_place_says_how_precisely_it_is_known_and_who_acts_there(client: TestClient) -> None:
    [brest] = all_rows(client, "/places.json?q=brest")
    answer = client.get(f"/places/{brest['place']}.json").json()
    assert answer["place"]["precision"] == "town or site"
    assert "actor:belarus" in {row["actor"] for row in answer["acting"]}
    assert answer["total"] == sum(row["count"] for row in answer["types"])
    assert "town or site" in client.get(f"/places/{brest['place']}", headers=HTML).text


@pytest.mark.parametrize("path", ["/actors/nobody", "/places/nowhere", "/dyads?one=x&other=y", "/actors/a/b/c"])
def test_nobody_is_no_page(client: TestClient, path: str) -> None:
    assert client.get(path, headers=HTML).status_code == 404


@pytest.mark.parametrize("path", [BELARUS, "/places/geonames:629634", "/dyads"])
@pytest.mark.parametrize("form", ["json", "svg"])
def test_charts_are_drawn(client: TestClient, path: str, form: str) -> None:
    asked = {"one": "actor:donald-trump", "other": "actor:kim-jong-un"} if path == "/dyads" else {}
    answer = client.get(f"{path}/chart.{form}", params=asked)
    assert answer.status_code == 200
    assert ("$schema" if form == "json" else "<svg") in answer.text


def test_a_chart_of_nothing_says_so(client: TestClient) -> None:
    answer = client.get(f"{BELARUS}/chart.json?since=2030")
    assert answer.status_code == 400
    assert "No events" in answer.json()["detail"][0]
