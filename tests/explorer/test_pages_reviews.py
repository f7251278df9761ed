"""Reviewing in the explorer: the form beside an item, the route of programs, the page of what was said."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asking import HTML
from fastapi.testclient import TestClient

import sayso
from sayso.explorer import Guard, Holdings, application
from sayso.ledger import Ledger
from sayso.records import Record
from sayso.reviews.judgement import coding_of

TOKEN = "a-token-for-tests-only"
TEXT = "Rebels shelled Kursk on Monday, Anna Berg said. Later France condemned the attack."
HOSTILE = "<script>alert(1)</script> \u202eevil {{ 7 * 7 }}"


@pytest.fixture(scope="module")
def record() -> Record:
    return sayso.code(TEXT, published="2024-10-25", publisher="Sample Wire", title="Kursk")


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory, record: Record) -> Path:
    """A ledger of that record whose occurrences are grouped; each test takes a copy of its own."""
    path = tmp_path_factory.mktemp("reviews") / "news"
    Ledger(path, create=True).append([record])
    made = Holdings(path)
    made.catch_up()
    made.close()
    return path


@pytest.fixture
def shelf(tmp_path: Path, grouped: Path) -> Iterator[Holdings]:
    shutil.copytree(grouped, tmp_path / "news")
    found = Holdings(tmp_path / "news")
    found.catch_up()
    yield found
    found.close()


@pytest.fixture
def program(shelf: Holdings) -> TestClient:
    """A client who has the token."""
    app = application(shelf, Guard(hosts=("testserver",), token=TOKEN))
    return TestClient(app, headers={"Authorization": f"Bearer {TOKEN}"}, follow_redirects=False)


@pytest.fixture
def stranger(shelf: Holdings) -> TestClient:
    return TestClient(application(shelf, Guard(hosts=("testserver",), token=TOKEN)))


def given(record: Record, **other: Any) -> dict[str, Any]:
    return {"document": record.id, "item": "e1", "verdict": "wrong", "reviewer": "Ana"} | other


def test_a_program_judges_an_item(program: TestClient, shelf: Holdings, record: Record) -> None:
    answer = program.post("/reviews.json", json=given(record, why=HOSTILE))
    assert answer.status_code == 201
    (judgement,) = shelf.docket.judgements()
    assert (answer.json()["id"], judgement.why) == (judgement.id, HOSTILE)


@pytest.mark.parametrize("route", ["/reviews.json", "/reviews"])
def test_nobody_judges_without_the_token(stranger: TestClient, shelf: Holdings, record: Record, route: str) -> None:
    sent = {"json": given(record)} if route.endswith("json") else {"data": given(record, key="guessed")}
    assert stranger.post(route, **sent).status_code == 401
    assert shelf.docket.judgements() == []


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"item": "e99"}, 400),
        ({"verdict": "maybe"}, 422),
        ({"document": "sha256:none"}, 404),
        ({"verdict": "fixed", "fixes": {"type": "WAR"}}, 400),
        ({"verdict": "fixed"}, 400),
        ({"fixes": {"type": "AID"}}, 400),
        ({"coding": "0" * 16}, 400),
        ({"colour": "red"}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(
    program: TestClient, shelf: Holdings, record: Record, other: dict[str, Any], status: int
) -> None:
    answer = program.post("/reviews.json", json=given(record, **other))
    assert answer.status_code == status
    assert shelf.docket.judgements() == []


def test_the_form_beside_an_item_judges_it_and_leads_back(program: TestClient, shelf: Holdings, record: Record) -> None:
    page = program.get(f"/documents/{record.id}", headers=HTML).text
    assert f'name="coding" value="{coding_of(record.events[0])}"' in page
    answer = program.post("/reviews", data=given(record, verdict="fixed", type="PROTEST", actors="Cem Okur"))
    assert (answer.status_code, answer.headers["location"].rpartition("#")[2]) == (303, "e1")
    (judgement,) = shelf.docket.judgements()
    assert judgement.fixes == {"type": "PROTEST", "actors": ["Cem Okur"]}
    after = program.get(f"/documents/{record.id}?show=reviewed", headers=HTML).text
    assert "Cem Okur" in after


@pytest.mark.parametrize("name", ["Zoë", "Жанна", 'A "B" <c>; d=1', "x" * 100, "😀" * 100])
def test_a_reviewers_name_is_remembered_as_it_was_given(program: TestClient, record: Record, name: str) -> None:
    assert program.post("/reviews", data=given(record, reviewer=name)).status_code == 303
    page = program.get(f"/documents/{record.id}", headers=HTML).text
    assert f'name="reviewer" value="{html.escape(name).replace("&quot;", "&#34;")}"' in page


def test_a_form_that_changes_nothing_says_right(program: TestClient, shelf: Holdings, record: Record) -> None:
    event = record.events[0]
    same = {"type": event.type, "mode": event.mode or "", "date": event.date or "", "actors": ", ".join(event.actors)}
    assert program.post("/reviews", data=given(record, verdict="fixed", **same)).status_code == 303
    assert shelf.docket.judgements()[0].verdict == "right"


def test_a_form_that_was_opened_before_the_document_was_coded_anew_is_refused(
    program: TestClient, shelf: Holdings, record: Record
) -> None:
    seen = coding_of(record.events[0])
    first, *others = record.events
    anew = record.model_copy(update={"events": [first.model_copy(update={"factuality": "CT-"}), *others]})
    Ledger(shelf.ledger.path).append([anew])
    shelf.catch_up()
    assert program.post("/reviews", data=given(record, coding=seen)).status_code == 400
    assert shelf.docket.judgements() == []


@pytest.mark.parametrize("fixes", [{"place": "Nowhere"}, {"actors": [HOSTILE]}, {"type": "AID", "recipients": []}])
@pytest.mark.parametrize("show", ["both", "coded", "reviewed"])
def test_an_article_is_shown_however_it_was_reviewed(
    program: TestClient, record: Record, fixes: dict[str, Any], show: str
) -> None:
    program.post("/reviews.json", json=given(record, verdict="fixed", fixes=fixes, why=HOSTILE))
    program.post("/reviews.json", json=given(record, item="s1", verdict="wrong", reviewer=HOSTILE))
    page = program.get(f"/documents/{record.id}?show={show}", headers=HTML)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text


def test_what_was_said_of_items_that_are_gone_is_told(program: TestClient, shelf: Holdings, record: Record) -> None:
    program.post("/reviews.json", json=given(record, why="it is a drill"))
    Ledger(shelf.ledger.path).append([record.model_copy(update={"events": []})])
    shelf.catch_up()
    page = program.get(f"/documents/{record.id}", headers=HTML).text
    assert "coded no more" in page
    assert "it is a drill" in page


def test_the_page_of_reviews_tells_what_was_said_last_first(program: TestClient, record: Record) -> None:
    for item in ("e1", "s1"):
        program.post("/reviews.json", json=given(record, item=item, why=HOSTILE))
    answer = program.get("/reviews.json").json()
    assert [row["item"] for row in answer["rows"]] == ["s1", "e1"]
    page = program.get("/reviews", headers=HTML).text
    assert "<script>alert" not in page
    assert len(re.findall("<tr data-step", page)) == 2


def test_judgements_are_shown_where_reviewers_disagree_on_all_there_is(program: TestClient, record: Record) -> None:
    program.post("/reviews.json", json=given(record))
    program.post("/reviews.json", json=given(record, reviewer="Ben", verdict="right"))
    page = program.get("/reviews", headers=HTML).text
    assert len(re.findall("<tr data-step", page)) == 2
    assert "reviewers disagree" in page
    assert program.get("/reviews.json").json()["contested"] == 1
