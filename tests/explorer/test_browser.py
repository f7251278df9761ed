"""The explorer in a real browser: reading, searching, keys, links, and what a browser complains about."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Iterator
from threading import Thread
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from sayso.explorer import Guard, Holdings, application

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (Debian: apt-get install chromium)")

TOKEN = "a-token-for-tests-only"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
SERIOUS = ("serious", "critical")
PATIENCE = 60_000
"""Milliseconds: on a busy machine the reader of articles takes long to start."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def address(holdings: Holdings) -> Iterator[str]:
    """Where the application answers while these tests run."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(application(holdings, Guard(token=TOKEN)), log_level="warning", lifespan="off")
    )
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of, and what leaves the host; tests assert that it is empty."""
    return []


def is_complaint(said: ConsoleMessage) -> bool:
    """Say whether a message is one to mend; Vega-Lite warns that a domain of dates is not the same in numbers."""
    return said.type in ("error", "warning") and not said.text.startswith('WARN Conflicting scale property "domain')


def watched(context: BrowserContext, address: str, complaints: list[str]) -> Page:
    """Return a page that notes errors and requests to other hosts."""
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: complaints.append(asked.url) if not asked.url.startswith((address, "data:", "blob:")) else None,
    )
    return page


@pytest.fixture
def page(browser: Browser, address: str, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK, base_url=address)
    context.set_default_timeout(PATIENCE)
    yield watched(context, address, complaints)
    context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def paths(holdings: Holdings) -> list[str]:
    """One address of each page, filled with what the ledger holds."""
    document = document_of(holdings, "drivers")
    [disputed] = holdings.select("SELECT occurrence FROM occurrences WHERE status = 'disputed' ORDER BY 1 LIMIT 1")
    [said] = holdings.select("SELECT utterance FROM utterances ORDER BY document_count DESC, 1 LIMIT 1")
    return [
        *("/", "/search", "/search?of=events&type=COERCE", document, f"{document}/why", "/ledger", "/sign-in"),
        *("/timeline", "/timeline?of=statements&by=speaker", "/network", "/map", "/occurrences", "/disputes"),
        f"/occurrences/{disputed['occurrence']}",
        "/utterances?single=true",
        f"/utterances/{said['utterance']}",
    ]


def document_of(holdings: Holdings, word: str) -> str:
    [found] = holdings.select(
        "SELECT document FROM texts WHERE contains(text, $word) ORDER BY document LIMIT 1", {"word": word}
    )
    return f"/documents/{found['document']}"


def test_reading_ties_items_and_words_to_each_other(page: Page, holdings: Holdings) -> None:
    page.goto(document_of(holdings, "Khartoum"))
    item = page.locator(".item.event").first
    item.locator(".tag").first.hover()
    expect(item).to_have_class("item event lit")
    words = page.locator(f"article [data-item='{item.get_attribute('data-item')}']").first
    expect(words).to_have_class(re.compile(r"\blit\b"))
    mark = page.locator("article a.mark.cue").first
    mark.hover()
    said = page.locator(f".item[data-item='{mark.get_attribute('data-item')}']")
    expect(said).to_have_class("item statement lit")


def test_what_is_said_within_what_is_said_is_nested(page: Page, holdings: Holdings) -> None:
    page.goto(document_of(holdings, "Khartoum"))
    expect(page.locator(".item.statement .nested .item").first).to_be_visible()


def test_searching_and_sharing_the_link(page: Page, browser: Browser, address: str) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("drivers")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_contain_text("driver")
    page.locator(".facet a", has_text="COERCE").first.click()
    expect(page.locator(".chips")).to_contain_text("COERCE")
    shared = page.url
    other = browser.new_context(base_url=address).new_page()
    other.goto(shared)
    assert other.locator(".results").inner_text() == page.locator(".results").inner_text()
    page.locator(".chips a").first.click()
    assert "type" not in page.url
    other.context.close()


def test_keys_go_through_items_and_tell_themselves(page: Page) -> None:
    page.goto("/search?of=events")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert (
        page.evaluate(
            "[...document.querySelectorAll('[data-step]')].indexOf(document.activeElement.closest('[data-step]'))"
        )
        == 1
    )
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).not_to_be_visible()


@pytest.mark.parametrize("path", ["/timeline", "/timeline?by=actor&when=published", "/network", "/disputes"])
def test_charts_are_drawn_as_wide_as_there_is_room(page: Page, path: str) -> None:
    page.goto(path)
    if path == "/disputes":
        page.locator(".happened .title").first.click()
    drawn = page.locator(".chart svg")
    expect(drawn).to_be_visible()
    wide = drawn.evaluate("picture => picture.getBoundingClientRect().width")
    page.set_viewport_size(PHONE)
    page.wait_for_function(
        "before => document.querySelector('.chart svg').getBoundingClientRect().width < before", arg=wide
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_map_opens_a_place_and_keeps_what_is_seen_in_its_address(page: Page) -> None:
    page.goto("/map?lat=52.1&lon=23.7&z=7")
    page.locator(".mark[aria-label^='Brest'] circle").click()
    expect(page.locator("[data-card]")).to_contain_text("detained")
    page.locator("[data-map]").focus()
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile(r"lon=23\.700&z=8\.00"))
    page.keyboard.press("ArrowLeft")
    expect(page).not_to_have_url(re.compile(r"lon=23\.700"))
    seen = page.url
    page.goto(seen)
    expect(page.locator("[data-marks] .mark").first).to_be_visible()
    assert page.url == seen


def test_a_cluster_opens_into_its_places(page: Page) -> None:
    page.goto("/map?lat=20&lon=30&z=0")
    cluster = page.locator(".mark:has(> text:not(.name))").first
    cluster.focus()
    expect(page).to_have_url(re.compile(r"z=[12]\.\d\d"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"z=[34]\.\d\d"))


def test_the_map_is_narrowed_to_a_stretch_of_time(page: Page) -> None:
    page.goto("/map")
    expect(page.locator("[data-marks] .mark").nth(1)).to_be_visible()
    page.locator("[data-from]").press("End")
    expect(page).to_have_url(re.compile("since=2025-03"))
    expect(page.locator("[data-marks] .mark")).to_have_count(1)


def test_an_article_that_is_pasted_is_read(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Text", exact=True).fill("Police arrested 20 protesters in Minsk, the Interior Ministry said.")
    page.get_by_label("Published").fill("2024-10-25")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".item.event")).to_have_count(1, timeout=90_000)
    expect(page.locator(".item.event")).to_contain_text("COERCE")


def test_signing_in_and_out(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in to review")).to_be_visible()


def test_no_page_hurts_those_who_use_a_screen_reader(page: Page, paths: list[str]) -> None:
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page).response["violations"]
        bad = [(path, one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in SERIOUS]
        assert bad == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_pages_fit_a_phone(
    browser: Browser, address: str, paths: list[str], scheme: Any, complaints: list[str]
) -> None:
    context = browser.new_context(viewport=PHONE, base_url=address, color_scheme=scheme, has_touch=True)
    page = watched(context, address, complaints)
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        if scheme == "dark":
            found = Axe().run(page).response["violations"]
            assert [one["id"] for one in found if one["impact"] in SERIOUS] == [], path
    context.close()
    assert complaints == []


def test_all_pages_can_be_read_without_scripts(browser: Browser, address: str, paths: list[str]) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    for path in paths:
        page.goto(path)
        expect(page.locator("main")).not_to_be_empty()
    page.goto("/search?of=events")
    page.locator(".facet a").first.click()
    expect(page.locator(".chips li").first).to_be_visible()
    context.close()


def test_what_is_hostile_stays_text(page: Page) -> None:
    page.goto("/search?q=" + quote('"><img src=x onerror=alert(1)>') + "&actor=" + quote("<script>alert(1)</script>"))
    expect(page.locator("[data-search]")).to_have_value('"><img src=x onerror=alert(1)>')
    assert page.locator("main img, main script").count() == 0


def test_nothing_but_the_host_is_asked(page: Page, paths: list[str], address: str) -> None:
    for path in paths:
        page.goto(path)
        for link in page.locator("a[href]").evaluate_all("links => links.map((link) => link.href)"):
            assert urlsplit(link).netloc in (urlsplit(address).netloc, ""), link
