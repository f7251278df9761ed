"""Utterances and one utterance: what is asked for, in whose words, what is left out, what is refused."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import HTML, all_rows
from fastapi.testclient import TestClient

from sayso.corroboration import UtteranceQuestion, Utterances
from sayso.explorer import Guard, Holdings, application
from sayso.intake import documents
from sayso.ledger import Ledger
from sayso.reading.reader import shared_reader
from sayso.records import Document

ORLE = Path(__file__).parents[2] / "examples" / "utterances" / "orle.jsonl"
HOSTILE = '<img src=x onerror="alert(1)">'
CONDITION = "unless the divers find new cracks"
Opened = tuple[TestClient, Holdings]


def opened(path: Path, given: list[Document]) -> Iterator[Opened]:
    """Give a client on a new ledger of documents, and the holdings that it asks."""
    Ledger(path, create=True).append(shared_reader(None).read(given))
    holdings = Holdings(path)
    holdings.catch_up()
    yield TestClient(application(holdings, Guard(hosts=("testserver",)))), holdings
    holdings.close()


@pytest.fixture(scope="module")
def orle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Five reports of what an engineer and a mayor say of a bridge."""
    yield from opened(tmp_path_factory.mktemp("ledgers") / "orle", list(documents([str(ORLE)])))


@pytest.fixture(scope="module")
def heard(orle: Opened) -> TestClient:
    return orle[0]


@pytest.fixture(scope="module")
def announcement(heard: TestClient) -> str:
    """The id of the utterance whose condition some leave out."""
    [row, *_] = heard.get("/utterances.json", params={"order": "outlets"}).json()["rows"]
    return str(row["utterance"])


def text_of(page: str) -> str:
    """Return a page as it is read."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


def test_a_list_has_each_utterance_with_who_leaves_out_what(heard: TestClient, announcement: str) -> None:
    page = heard.get("/utterances", headers=HTML).text
    assert f'href="/utterances/{announcement}"' in page
    told = text_of(page)
    assert "“We shall reopen" not in told  # the marks are made by the browser
    assert "We shall reopen the bridge on 2 June unless the divers find new cracks" in told
    assert "4 outlets (3 independent)" in told
    assert f"Lowland Courier: condition: {CONDITION}" in told


@pytest.mark.parametrize(
    "asked",
    [
        {"speaker": "Tom Quist"},
        {"speaker": "ada brenn"},
        {"act": "say"},
        {"publisher": "River Times"},
        {"omitted_by": "Lowland Courier"},
        {"omitted_by": "River Times"},
        {"omitted": True},
        {"since": "2025-05-07"},
        {"until": "2025-05-06"},
        {"min_documents": 4},
        {"single": True},
        {"voice": "actor:nobody"},
    ],
    ids=str,
)
def test_finds_what_the_command_finds(orle: Opened, asked: dict[str, str]) -> None:
    client, holdings = orle
    with Utterances(holdings.ledger) as utterances:
        wanted = [told.id for told in utterances.told(UtteranceQuestion(**asked))]  # type: ignore[arg-type]
    told = client.get("/utterances.json", params=asked).json()
    assert sorted(row["utterance"] for row in told["rows"]) == sorted(wanted)
    assert told["total"] == len(wanted)
    assert client.get("/utterances", params=asked, headers=HTML).status_code == 200


def test_counts_of_how_many_something_is_left_out_whichever_is_asked_for(heard: TestClient) -> None:
    everything, some = (heard.get("/utterances.json", params=asked).json() for asked in ({}, {"omitted": True}))
    assert everything["counts"] == some["counts"] == {"everything": everything["total"], "omitted": some["total"]}


def test_what_tabs_have_is_kept_by_the_filters_and_is_no_chip(heard: TestClient) -> None:
    page = heard.get("/utterances", params={"omitted": True, "speaker": "Ada Brenn"}, headers=HTML).text
    assert '<input type="hidden" name="omitted" value="true">' in page
    assert "Drop who speaks: Ada Brenn" in page
    assert "Drop omitted" not in page


@pytest.mark.parametrize("order", ["newest", "outlets"])
def test_pages_follow_one_another(heard: TestClient, order: str) -> None:
    everything = heard.get("/utterances.json", params={"order": order, "single": True}).json()["rows"]
    assert all_rows(heard, f"/utterances.json?order={order}&single=true&limit=2") == everything


def test_tells_the_variants_side_by_side_and_where_they_stand(heard: TestClient, announcement: str) -> None:
    page = heard.get(f"/utterances/{announcement}", headers=HTML).text
    rows = heard.get(f"/utterances/{announcement}.json").json()["rows"]
    assert len(rows) == page.count("<article") == 5
    for row in rows:
        assert f'href="/documents/{row["document"]}#{row["statement"]}"' in page
    told = text_of(page)
    assert "relayed by Harbour Gazette" in told
    assert "the same speaker" in told
    assert "What was really said is not judged" in told


def test_words_that_a_fuller_variant_has_are_marked_where_another_lacks_them(
    heard: TestClient, announcement: str
) -> None:
    page = heard.get(f"/utterances/{announcement}", headers=HTML).text
    [lean] = re.findall(r'<article[^>]*aria-label="Lowland Courier, 2025-05-06">.*?</article>', page, re.DOTALL)
    said, lacking = lean.split("not here", 1)
    assert CONDITION not in text_of(said)
    assert "<em>" not in said
    assert f"<em>{CONDITION}</em>" in lacking
    assert "Harbour Gazette" in lacking
    assert "If the divers find no more cracks</em>" in page
    assert f"<em>{CONDITION}</em>" in page.split('id="variants"', 1)[0]


def test_two_documents_can_be_compared_of_which_one_leaves_something_out(heard: TestClient, announcement: str) -> None:
    page = html.unescape(heard.get(f"/utterances/{announcement}", headers=HTML).text)
    [address] = re.findall(r'href="(/compare[^"]*)"', page)
    assert heard.get(address, headers=HTML).status_code == 200


def test_any_variant_finds_it_and_so_does_its_beginning(heard: TestClient, announcement: str) -> None:
    variants = heard.get(f"/utterances/{announcement}.json").json()["rows"]
    for name in (variants[-1]["variant"], variants[-1]["variant"][:9]):
        assert heard.get(f"/utterances/{name}.json").json()["utterance"]["id"] == announcement


def test_variants_are_paged(heard: TestClient, announcement: str) -> None:
    everything = heard.get(f"/utterances/{announcement}.json").json()["rows"]
    assert all_rows(heard, f"/utterances/{announcement}.json?limit=2") == everything
    assert [row["published"] for row in everything] == sorted(row["published"] for row in everything)


def test_a_statement_of_an_article_leads_to_its_utterance(heard: TestClient, announcement: str) -> None:
    [lean] = [
        row
        for row in heard.get(f"/utterances/{announcement}.json").json()["rows"]
        if row["publisher"] == "Lowland Courier"
    ]
    page = heard.get(f"/documents/{lean['document']}", headers=HTML).text
    [item] = re.findall(rf'<li class="item statement" id="{lean["statement"]}".*?</li>', page, re.DOTALL)
    assert f'<a class="utterance" href="/utterances/{announcement}">told by 4 outlets</a>' in item
    assert f"leaves out condition: {CONDITION}" in item
    rows = heard.get(f"/documents/{lean['document']}.json").json()["rows"]
    assert {row["item"]: row["utterance"] for row in rows}[lean["statement"]] == announcement


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/utterances/nothing-of-that-name", 404),
        ("/utterances/u4", 404),
        ("/utterances?act=sing", 422),
        ("/utterances?min_documents=0", 422),
        ("/utterances?after=nonsense", 422),
        ("/utterances?order=loudest", 422),
        ("/utterances?since=yesterday", 422),
        ("/utterances?status=disputed", 422),
    ],
)
def test_refuses_what_there_is_not(heard: TestClient, address: str, status: int) -> None:
    assert heard.get(address).status_code == status
    assert "<h1" in heard.get(address, headers=HTML).text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A client on a ledger whose articles are meant to break pages."""
    texts = (
        f"“We shall reopen the bridge on 2 June {HOSTILE} unless the divers find new cracks,” engineer Ada Brenn said.",
        f"The bridge will be reopened on 2 June {HOSTILE}, engineer Ada Brenn said.",
        f"It is unsafe {HOSTILE}, {HOSTILE} residents said.",
    )
    given = [
        Document(text=text, published="2025-05-06", publisher=f"{HOSTILE}{n}", title=HOSTILE)
        for n, text in enumerate(texts)
    ]
    yield from opened(tmp_path_factory.mktemp("ledgers") / "hostile", given)


def test_hostile_articles_are_escaped(hostile: Opened) -> None:
    client, _ = hostile
    rows = client.get("/utterances.json", params={"single": True}).json()["rows"]
    assert any(HOSTILE in row["wording"] for row in rows)
    told_by = client.get("/search.json").json()["rows"]
    addresses = ["/utterances?single=true", *(f"/utterances/{row['utterance']}" for row in rows)]
    addresses += [f"/documents/{row['document']}" for row in told_by]
    for address in addresses:
        page = client.get(address, headers=HTML)
        assert page.status_code == 200
        assert "<img src=x" not in page.text
        assert "&lt;img src=x" in page.text
