"""Reviewing in a real browser: marking an item without leaving the article, and what is shown when it is refused."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

import sayso
from sayso.explorer import Guard, Holdings, application
from sayso.ledger import Ledger

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (Debian: apt-get install chromium)")

TOKEN = "a-token-for-tests-only"
TEXT = "Rebels shelled Kursk on Monday, Anna Berg said. Later France condemned the attack."


@pytest.fixture
def holdings(tmp_path: Path) -> Iterator[Holdings]:
    Ledger(tmp_path / "news", create=True).append([sayso.code(TEXT, published="2024-10-25", title="Kursk")])
    found = Holdings(tmp_path / "news")
    found.catch_up()
    yield found
    found.close()


@pytest.fixture
def page(holdings: Holdings) -> Iterator[Page]:
    """The article, opened by somebody who has signed in."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = application(holdings, Guard(token=TOKEN))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    document = holdings.select("SELECT document FROM documents")[0]["document"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}")
        opened.goto("/sign-in")
        opened.get_by_label("Token").fill(TOKEN)
        opened.get_by_role("button", name="Sign in").click()
        opened.wait_for_url("**/")
        opened.goto(f"/documents/{document}")
        yield opened
        browser.close()
    server.should_exit = True
    thread.join(10)


def test_an_item_is_marked_without_leaving_the_article(page: Page, holdings: Holdings) -> None:
    item, address = page.locator(".item[data-item=e1]"), page.url
    page.evaluate("window.stayed = true")
    item.locator(":scope > .judging > summary").click()
    item.get_by_label("Your name").first.fill("Ana")
    item.get_by_label("Why").first.fill("it is a drill")
    item.get_by_role("button", name="Wrong").first.click()
    expect(item.locator(":scope > .said-of")).to_contain_text("wrong, says Ana – it is a drill")
    assert page.url == address
    assert page.evaluate("window.stayed")
    assert [(one.item, one.verdict) for one in holdings.docket.judgements()] == [("e1", "wrong")]


def test_what_is_wrong_with_a_judgement_is_shown(page: Page, holdings: Holdings) -> None:
    item = page.locator(".item[data-item=e1]")
    item.locator(":scope > .judging > summary").click()
    item.get_by_label("Your name").first.fill("Ana")
    item.locator(":scope > .judging details summary").first.click()
    item.get_by_label("mode").first.fill("no such mode")
    item.get_by_role("button", name="Right with this instead").first.click()
    expect(page.locator("main")).to_contain_text("is not in the codebook")
    assert holdings.docket.judgements() == []


def test_the_form_does_not_hurt_those_who_use_a_screen_reader(page: Page) -> None:
    item = page.locator(".item[data-item=e1]")
    item.locator(":scope > .judging > summary").click()
    item.locator(":scope > .judging details summary").first.click()
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
