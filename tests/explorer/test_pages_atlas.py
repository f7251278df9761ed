"""The map: places, clusters, what is seen, the card with exact words, the outlines, what is refused."""

import pytest
from asking import HTML
from fastapi.testclient import TestClient

from sayso.explorer import Holdings
from sayso.explorer.mapping import Box
from sayso.plotting.place_counts import PRECISION_SQL, precision_of

BREST = "geonames:629634"
WORLD = "-180,-85,180,85"


def test_has_a_list_and_a_picture_for_those_without_scripts(client: TestClient) -> None:
    page = client.get("/map", headers=HTML)
    assert page.status_code == 200
    assert '<noscript><figure class="chart"><img src="/map/chart.svg"' in page.text
    assert f'href="/places/{BREST}"' in page.text
    assert "no statement on them" in page.text
    assert client.get("/map/chart.svg").status_code == 200


def test_places_are_counted_as_search_does(client: TestClient) -> None:
    rows = client.get("/map.json", params={"limit": 1000}).json()["rows"]
    assert rows
    for row in rows[:5]:
        question = {"of": "events", "place": row["place"]}
        assert client.get("/search.json", params=question).json()["total"] == row["events"]
        assert row["precision"] in {"site", "region", "country"}
        assert row["places"] == 1


def test_places_are_paged(client: TestClient) -> None:
    everything = client.get("/map.json", params={"limit": 1000}).json()["rows"]
    found, address = [], "/map.json?limit=3"
    while address:
        told = client.get(address).json()
        found += told["rows"]
        address = told["next"]
    assert found == everything


def test_clusters_hold_all_places_once(client: TestClient) -> None:
    places = client.get("/map.json", params={"limit": 1000}).json()["rows"]
    counts = []
    for zoom in (0, 2, 5, 9):
        marks = client.get("/map.json", params={"bbox": WORLD, "zoom": zoom}).json()["rows"]
        assert sum(mark["events"] for mark in marks) == sum(place["events"] for place in places)
        assert sum(mark["places"] for mark in marks) == len(places)
        counts.append(len(marks))
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] <= len(places)


def test_places_stay_where_they_are(client: TestClient) -> None:
    where = {row["place"]: (row["lat"], row["lon"]) for row in client.get("/map.json?limit=1000").json()["rows"]}
    marks = client.get("/map.json", params={"bbox": WORLD, "zoom": 9}).json()["rows"]
    for mark in marks:
        if mark["places"] == 1:
            assert (mark["lat"], mark["lon"]) == pytest.approx(where[mark["place"]])
        else:
            assert len(mark["members"]) == mark["places"]


def test_only_what_is_in_the_box(client: TestClient) -> None:
    rows = client.get("/map.json", params={"bbox": "23,51,25,53"}).json()["rows"]
    assert [row["place"] for row in rows] == [BREST]


def test_a_stretch_of_time_narrows_it(client: TestClient) -> None:
    rows = client.get("/map.json", params={"since": "2025-03", "until": "2025-03"}).json()["rows"]
    assert [row["name"] for row in rows] == ["Brest"]


def test_the_card_has_exact_words(client: TestClient) -> None:
    card = client.get("/map/card", params={"at": BREST})
    assert "<em>detained</em>" in card.text
    assert f'href="/places/{BREST}"' in card.text
    assert "<html" not in card.text


def test_the_outlines_are_steps_from_point_to_point(client: TestClient) -> None:
    answer = client.get("/map/land.json")
    told = answer.json()
    assert "max-age" in answer.headers["cache-control"]
    assert {"Belarus", "Poland"} <= {country["name"] for country in told["countries"]}
    [ring] = max((country["rings"] for country in told["countries"] if country["name"] == "Belarus"), key=len)
    lon, lat = sum(ring[::2]) / told["scale"], sum(ring[1::2]) / told["scale"]
    assert (lon, lat) == pytest.approx((ring[0] / told["scale"], ring[1] / told["scale"]), abs=1.5)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/map?bbox=1,2,3", 422),
        ("/map?bbox=a,b,c,d", 422),
        ("/map?bbox=nan,0,1,1", 422),
        ("/map?zoom=40", 422),
        ("/map?zoom=nan", 422),
        ("/map?lat=200", 422),
        ("/map?after=nonsense", 422),
        ("/map/card", 422),
        ("/map/chart.svg?actor=nobody-at-all", 400),
    ],
)
def test_refuses_what_there_is_not(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_says_so_where_nothing_fits(client: TestClient) -> None:
    page = client.get("/map", params={"actor": "nobody-at-all"}, headers=HTML).text
    assert "Nothing fits" in page
    assert "data-map" not in page


@pytest.mark.parametrize("feature", ["PPL", "PCLI", "ADM1", "ADM0", "TERR", "SEA", "AIRP", None])
def test_precision_is_the_same_in_both_tongues(holdings: Holdings, feature: str | None) -> None:
    query = f"SELECT {PRECISION_SQL} AS p FROM (SELECT $feature::VARCHAR AS place_feature)"
    assert holdings.select(query, {"feature": feature})[0]["p"] == precision_of(feature).name


@pytest.mark.parametrize("words", ["", "1,2,3,4,5", "inf,0,0,0", "1e9,0,0,0"])
def test_a_box_has_four_corners(words: str) -> None:
    with pytest.raises(ValueError, match=r"box|float"):
        Box.of(words)
