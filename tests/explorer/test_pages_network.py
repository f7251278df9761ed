"""The network: ties with their numbers, links to the two actors and to the reports, what is refused."""

import pytest
from asking import HTML
from fastapi.testclient import TestClient


def test_ties_lead_to_both_actors_and_to_the_reports(client: TestClient) -> None:
    page = client.get("/network", headers=HTML)
    assert page.status_code == 200
    assert 'data-chart="/network/chart.json"' in page.text
    assert "/dyads?one=actor%3Abelarus&amp;other=actor%3A" in page.text


def test_a_number_is_that_of_its_search(client: TestClient) -> None:
    rows = client.get("/network.json", params={"place": "Brest"}).json()["rows"]
    assert rows
    for row in rows:
        question = {"of": "events", "place": "Brest", "actor": row["one"], "recipient": row["other"]}
        assert client.get("/search.json", params=question).json()["total"] == row["events"]
        assert 0 <= row["conflict"] <= row["events"]


def test_is_drawn_with_fewer_actors_where_it_is_narrow(client: TestClient) -> None:
    told = [client.get("/network/chart.json", params={"width": width}) for width in (300, 900)]
    assert [answer.status_code for answer in told] == [200, 200]
    assert len(told[0].text) <= len(told[1].text)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_has_twins(client: TestClient, form: str) -> None:
    assert client.get(f"/network.{form}").status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [("/network?most=1", 422), ("/network?most=1000", 422), ("/network/chart.svg?actor=nobody-at-all", 400)],
)
def test_refuses_what_cannot_be_shown(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_says_so_where_nothing_fits(client: TestClient) -> None:
    assert "Nothing fits" in client.get("/network", params={"actor": "nobody-at-all"}, headers=HTML).text
