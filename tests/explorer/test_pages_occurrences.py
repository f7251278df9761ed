"""Occurrences, disputes, and one occurrence: what is asked for, what is contested, whose words, what is refused."""

from collections.abc import Iterator

import pytest
from asking import HTML
from fastapi.testclient import TestClient

from sayso.explorer import Guard, Holdings, application
from sayso.ledger import Ledger
from sayso.reading.reader import shared_reader
from sayso.records import Document

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def brest(client: TestClient) -> str:
    """The id of the occurrence that voices of the sample contest."""
    [row] = client.get("/disputes.json", params={"place": "Brest"}).json()["rows"]
    return str(row["occurrence"])


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({"status": "disputed"}, lambda row: row["status"] == "disputed"),
        ({"actor": "blr"}, lambda row: "BLR" in row["actor_countries"]),
        ({"recipient": "Poland: labour"}, lambda row: "Poland: labour" in row["recipient_names"]),
        ({"type": "coerce"}, lambda row: row["type"] == "COERCE"),
        ({"place": "geonames:629634"}, lambda row: row["place_name"] == "Brest"),
        ({"country": "BLR"}, lambda row: row["place_country"] == "BLR"),
        ({"publisher": "Meridian Post"}, lambda row: row["document_count"] >= 1),
        ({"voice": "Poland: government"}, lambda row: row["independent"] >= 1),
        ({"since": "2025-03", "until": "2025"}, lambda row: (row["date"] or row["first_reported"]) >= "2025-03"),
        ({"min_voices": 3}, lambda row: row["independent"] >= 3),
        ({"min_documents": 2}, lambda row: row["document_count"] >= 2),
    ],
)
def test_finds_what_fits(client: TestClient, asked: dict[str, str], fits) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/occurrences.json", params=asked).json()
    everything = client.get("/occurrences.json").json()["total"]
    assert 0 < told["total"] < everything
    assert all(fits(row) for row in told["rows"])
    assert client.get("/occurrences", params=asked, headers=HTML).status_code == 200


def test_counts_by_status_whichever_is_asked_for(client: TestClient) -> None:
    everything, some = (
        client.get("/occurrences.json", params=asked).json() for asked in ({}, {"status": "corroborated"})
    )
    assert everything["status"] == some["status"]
    assert sum(everything["status"].values()) == everything["total"]
    assert some["status"]["corroborated"] == some["total"]


def test_untyped_ones_are_shown_when_asked_for(client: TestClient) -> None:
    typed, everything = (client.get("/occurrences.json", params=asked).json() for asked in ({}, {"untyped": True}))
    assert typed["total"] < everything["total"]
    assert client.get("/occurrences", params={"untyped": True, "limit": 1000}, headers=HTML).status_code == 200


@pytest.mark.parametrize("order", ["newest", "voices"])
def test_pages_follow_one_another(client: TestClient, order: str) -> None:
    everything = client.get("/occurrences.json", params={"order": order, "limit": 1000}).json()["rows"]
    found, address = [], f"/occurrences.json?order={order}&limit=7"
    while address:
        told = client.get(address).json()
        found += told["rows"]
        address = told["next"]
    assert found == everything


def test_disputes_have_each_side_in_a_line(client: TestClient) -> None:
    told = client.get("/disputes.json").json()
    assert {row["status"] for row in told["rows"]} <= {"disputed", "denied"}
    page = client.get("/disputes", params={"place": "Brest"}, headers=HTML).text
    assert "<strong>Poland: labour</strong>: nine Polish lorry drivers" in page
    assert "<strong>Belarus: government</strong>: denies it" in page


def test_tells_whose_words_and_where_they_stand(client: TestClient, brest: str) -> None:
    page = client.get(f"/occurrences/{brest}", headers=HTML).text
    assert "Says so" in page
    assert "Denies it" in page
    assert "<em>detained</em>" in page
    assert '#e1"' in page
    assert "/documents/sha256:" in page
    assert "Counts as a voice of its own: speaks for the state" in page
    assert "9 to 14 arrested" in page
    assert f'data-chart="/occurrences/{brest}/chart.json"' in page
    assert "/compare?one=sha256" in page
    assert "Whether it happened is not judged" in page


def test_any_report_finds_it_and_so_does_its_beginning(client: TestClient, brest: str) -> None:
    reports = client.get(f"/occurrences/{brest}.json").json()["rows"]
    for name in (reports[-1]["report"], reports[-1]["report"][:9]):
        assert client.get(f"/occurrences/{name}.json").json()["occurrence"]["id"] == brest


def test_reports_are_paged(client: TestClient, brest: str) -> None:
    everything = client.get(f"/occurrences/{brest}.json").json()
    found, address = [], f"/occurrences/{brest}.json?limit=3"
    while address:
        told = client.get(address).json()
        assert len(told["rows"]) <= 3
        found += told["rows"]
        address = told["next"]
    assert found == everything["rows"]
    assert len(found) == everything["total"]


@pytest.mark.parametrize("form", ["json", "svg"])
def test_draws_the_voices(client: TestClient, brest: str, form: str) -> None:
    assert client.get(f"/occurrences/{brest}/chart.{form}", params={"width": 320}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/occurrences/nothing-of-that-name", 404),
        ("/occurrences/80", 404),
        ("/occurrences/nothing-of-that-name/chart.json", 404),
        ("/occurrences?status=true", 422),
        ("/disputes?status=corroborated", 422),
        ("/occurrences?min_voices=0", 422),
        ("/occurrences?after=nonsense", 422),
        ("/occurrences?order=loudest", 422),
    ],
)
def test_refuses_what_there_is_not(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client on a ledger whose articles are meant to break pages."""
    path = tmp_path_factory.mktemp("ledgers") / "hostile"
    ledger = Ledger(path, create=True)
    texts = (
        f"Belarus detained 14 Polish lorry drivers in Brest on Monday, {HOSTILE} said.",
        f"Belarus denied that it had detained Polish lorry drivers in Brest on Monday. {HOSTILE}",
    )
    ledger.append(
        shared_reader(None).read(
            [
                Document(text=text, published="2025-03-11", publisher=f"{HOSTILE}{n}", title=HOSTILE)
                for n, text in enumerate(texts)
            ]
        )
    )
    holdings = Holdings(path)
    holdings.catch_up()
    yield TestClient(application(holdings, Guard(hosts=("testserver",))))
    holdings.close()


def test_hostile_articles_are_escaped(hostile: TestClient) -> None:
    rows = hostile.get("/occurrences.json", params={"untyped": True}).json()["rows"]
    assert rows
    addresses = [
        "/occurrences?untyped=true",
        "/disputes",
        "/timeline",
        "/network",
        "/map",
        "/map/card?at=geonames:629634",
    ]
    for address in [*addresses, *(f"/occurrences/{row['occurrence']}" for row in rows)]:
        page = hostile.get(address, headers=HTML)
        assert page.status_code == 200
        assert "<img src=x" not in page.text
