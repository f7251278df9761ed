"""The reader: margin and words, nesting, copies, why; and articles that are pasted."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asking import HTML
from fastapi.testclient import TestClient

import sayso
from sayso.explorer import Guard, Holdings, application
from sayso.explorer.desk import Desk, DeskError
from sayso.explorer.margin import margin
from sayso.ledger import Ledger
from sayso.records import Document, Record
from sayso.rendering.account import account

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> \u202eevil\u0000 {{ 7 * 7 }}'
NESTED = (
    "The ministry said on Monday that the general had told its officers that Ukraine attacked Kursk. "
    "France condemned the attack."
)


@pytest.fixture
def documents(holdings: Holdings) -> dict[str, str]:
    """Titles of all documents, copies included, with their ids."""
    return {row["title"]: row["document"] for row in holdings.select("SELECT title, document FROM all_documents")}


def test_shows_the_text_and_every_item_once(client: TestClient, holdings: Holdings, documents: dict[str, str]) -> None:
    document = documents["sudan-fighting"]
    record = holdings.record(document)
    assert record is not None
    page = client.get(f"/documents/{document}", headers=HTML).text
    for item in (*record.statements, *record.events):
        assert page.count(f'id="{item.id}"') == 1
        assert page.count(f'id="{item.id}-text"') == 1
    article = html.unescape(
        re.sub(r"<sup.*?</sup>|<[^>]*>", "", page[page.index("<article") : page.index("</article>")])
    )
    words = re.findall(r"\w+", record.text[slice(*record.body[0])])[:60]
    assert " ".join(words) in " ".join(re.findall(r"\w+", article))


def test_rows_have_offsets_into_the_text(client: TestClient, documents: dict[str, str]) -> None:
    answer = client.get(f"/documents/{documents['sudan-fighting']}.json").json()
    text = answer["document"]["text"]
    assert answer["rows"]
    for row in answer["rows"]:
        if row["kind"] == "event":
            assert text[row["start"] : row["end"]] == row["words"]


def test_the_beginning_of_an_id_will_do(client: TestClient, documents: dict[str, str]) -> None:
    whole = documents["sudan-fighting"]
    for name in (whole, whole[:20], whole.removeprefix("sha256:")[:12]):
        assert client.get(f"/documents/{name}.json").json()["document"]["id"] == whole
    assert client.get("/documents/sha256:.json").status_code == 404
    assert client.get("/documents/nothing", headers=HTML).status_code == 404


def test_copies_and_originals_are_linked_both_ways(client: TestClient, holdings: Holdings) -> None:
    [copy] = holdings.select("SELECT document, copy_of FROM all_documents WHERE copy_of IS NOT NULL")
    assert copy["copy_of"] in client.get(f"/documents/{copy['document']}", headers=HTML).text
    original = client.get(f"/documents/{copy['copy_of']}", headers=HTML).text
    assert copy["document"] in original
    assert "count as the same voice" in original


def test_others_on_the_same_can_be_compared(client: TestClient, documents: dict[str, str]) -> None:
    page = client.get(f"/documents/{documents['Minsk: nobody was detained']}", headers=HTML).text
    assert "Others on the same" in page
    assert "/compare?one=" in page


def test_what_is_held_by_a_statement_is_within_it() -> None:
    record = sayso.code(NESTED, published="2024-10-25")
    entries = margin(record, account(record), {})
    placed: list[str] = []

    def walk(entry: Any) -> None:
        placed.append(entry.item.id)
        for inner in entry.within:
            assert inner.item.id != entry.item.id
            holder = getattr(inner.item, "parent", None) or getattr(inner.item, "statement", None)
            assert holder == entry.item.id
            walk(inner)

    for entry in entries:
        walk(entry)
    assert sorted(placed) == sorted(item.id for item in (*record.statements, *record.events))
    assert any(entry.within for entry in entries)


def test_a_circle_of_holders_loses_nothing() -> None:
    record = sayso.code(NESTED, published="2024-10-25")
    first, second = record.statements[:2]
    circle = [
        first.model_copy(update={"parent": second.id}),
        second.model_copy(update={"parent": first.id}),
        *record.statements[2:],
    ]
    told = record.model_copy(update={"statements": circle})
    found = margin(told, account(told), {})
    assert {first.id, second.id} <= {entry.item.id for entry in found}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, list[Record]]]:
    """A ledger of a text that means no good, and one that could not be read."""
    path = tmp_path_factory.mktemp("hostile") / "ledger"
    text = f"Police arrested {HOSTILE} in Minsk, the Interior Ministry said. “{HOSTILE},” said Anna Bell." + " x" * 5000
    bad = sayso.code(text, published="2024-10-25", publisher=HOSTILE, title=HOSTILE)
    bad = bad.model_copy(update={"origin": "javascript:alert(1)", "authors": [HOSTILE]})
    failed = sayso.code("   ", title=HOSTILE)
    Ledger(path, create=True).append([bad, failed])
    holdings = Holdings(path)
    holdings.catch_up()
    yield TestClient(application(holdings, Guard(hosts=("testserver",)))), [bad, failed]
    holdings.close()


@pytest.mark.parametrize(
    "path", ["/", "/search", "/search?of=events", "/search?of=statements", "/ledger", "/occurrences"]
)
def test_what_is_hostile_is_escaped_everywhere(hostile: tuple[TestClient, list[Record]], path: str) -> None:
    page = hostile[0].get(path, headers=HTML)
    assert page.status_code == 200
    unharmed(page.text)


def test_what_is_hostile_is_escaped_in_the_reader(hostile: tuple[TestClient, list[Record]]) -> None:
    client, records = hostile
    for record in records:
        page = client.get(f"/documents/{record.id}", headers=HTML)
        assert page.status_code == 200
        unharmed(page.text)
        assert 'href="javascript:' not in page.text
        assert client.get(f"/documents/{record.id}.csv").status_code == 200
    assert "Not coded" in client.get(f"/documents/{records[1].id}", headers=HTML).text


def unharmed(page: str) -> None:
    """Assert that nothing of the hostile text is markup in a page."""
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\u202e" not in page


def test_says_why_and_what_was_not_coded(client: TestClient, documents: dict[str, str]) -> None:
    page = client.get(f"/documents/{documents['Union counts nine drivers held in Brest']}/why", headers=HTML)
    assert page.status_code == 200
    assert "What looked like an event and was not coded" in page.text
    assert 'class="evidence"' in page.text
    rows = client.get(f"/documents/{documents['Union counts nine drivers held in Brest']}/why.json").json()["rows"]
    assert {"statement", "event", "rejected"} <= {row["kind"] for row in rows}


def test_an_article_that_is_pasted_is_read_and_not_kept(client: TestClient, holdings: Holdings) -> None:
    before = holdings.version
    answer = client.post(
        "/read",
        data={
            "text": "Police arrested 20 protesters in Minsk, officials said.",
            "published": "2024-10",
            "title": HOSTILE,
        },
        headers=HTML,
    )
    assert answer.status_code == 200
    assert "COERCE" in answer.text
    unharmed(answer.text)
    holdings.shelf.catch_up()
    assert holdings.version == before


@pytest.mark.parametrize(
    "data",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": "x" * 200_001},
        {"text": "x", "published": "soon"},
        {},
        {"text": "x", "y": "z"},
    ],
)
def test_what_cannot_be_read_is_said(client: TestClient, data: dict[str, str]) -> None:
    assert client.post("/read", data=data, headers=HTML).status_code == 422


def _sleeps(line: Any) -> None:
    line.recv_bytes()
    time.sleep(60)


def _dies(line: Any) -> None:
    line.recv_bytes()


@pytest.mark.parametrize(("target", "told"), [(_sleeps, "longer than"), (_dies, "died")])
def test_the_desk_gives_up_and_goes_on(target: Any, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sayso.explorer.desk._STARTING", 10.0)
    desk = Desk(longest=0.5, target=target)
    monkeypatch.setattr(desk, "_longest", -8.0 if target is _sleeps else 5.0)
    for _ in range(2):
        with pytest.raises(DeskError, match=told):
            desk.read(Document(text="x"))
    desk.close()
