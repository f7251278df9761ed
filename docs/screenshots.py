"""Screenshots of every page of the explorer, on a desk and on a phone, from our own examples: make screenshots.

The ledger holds the sample articles, the reports of the occurrences that corroboration is tuned on, which we wrote, and
those of the example of utterances.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn
import yaml
from playwright.sync_api import sync_playwright

import sayso
from sayso.explorer import Guard, Holdings, application
from sayso.intake import documents
from sayso.ledger import Ledger
from sayso.reading.reader import shared_reader
from sayso.reviews import Docket, judge

HOME = Path(__file__).parent
EXAMPLES, REPORTS = HOME.parent / "examples", HOME.parent / "benchmarks" / "occurrences" / "tuning"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
SIZES = {1440: 1000, 390: 844}
_SETTLED = 1500
"""Milliseconds after which charts are drawn."""


def main() -> None:
    """Write the pictures to docs/images."""
    if not CHROMIUM:
        sys.exit("screenshots need Chromium (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory() as folder, served(filled(Path(folder))) as (address, holdings):
        pages = paths(holdings)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for width, height in SIZES.items():
                page = browser.new_context(viewport={"width": width, "height": height}, base_url=address).new_page()
                for name, path in pages.items():
                    page.goto(path)
                    page.wait_for_load_state("networkidle")
                    page.wait_for_timeout(_SETTLED)
                    page.screenshot(path=HOME / "images" / f"{name}-{width}.png")
            browser.close()
    print(f"{len(pages) * len(SIZES)} pictures in docs/images")


def filled(folder: Path) -> Path:
    """Make a ledger of the examples."""
    path = folder / "examples"
    ledger = Ledger(path, create=True)
    ledger.append(
        sayso.code(file.read_text(encoding="utf-8"), published="2024-10-25", publisher="Sample Wire")
        for file in sorted(EXAMPLES.glob("*.txt"))
    )
    table = folder / "reports.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in reports()), encoding="utf-8")
    examples = [str(EXAMPLES / "occurrences" / "brest.jsonl"), str(EXAMPLES / "utterances" / "orle.jsonl")]
    ledger.append(shared_reader(None).read(documents([str(table), *examples])))
    reviewed(ledger, path)
    return path


def reviewed(ledger: Ledger, path: Path) -> None:
    """Judge some items, so that there are reviews to show."""
    docket = Docket(path)
    [record] = [one for one in ledger.records() if "Yongbyon" in one.text and len(one.events) > 4]
    for event, verdict in zip(record.events[:4], ("right", "right", "wrong", "right"), strict=True):
        docket.append(judge(record, event.id, verdict, "Ana", why="" if verdict == "right" else "an offer, no event"))


def reports() -> Iterator[dict[str, str]]:
    """Yield the reports of the tuning half as documents."""
    for file in sorted(REPORTS.glob("*.yaml")):
        for report in yaml.safe_load(file.read_text(encoding="utf-8"))["reports"]:
            yield {
                "id": report["id"],
                "title": report["title"],
                "text": report["text"],
                "published": str(report["published"]),
                "publisher": report["outlet"],
            }


@contextmanager
def served(path: Path) -> Iterator[tuple[str, Holdings]]:
    """Run the explorer on a ledger; give its address."""
    holdings = Holdings(path)
    holdings.catch_up()
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application(holdings, Guard()), log_level="warning"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", holdings
    server.should_exit = True
    thread.join(10)
    holdings.close()


def paths(holdings: Holdings) -> dict[str, str]:
    """Return an address of each page, by the name of its picture."""
    document = _first(
        holdings, "SELECT document AS id FROM texts WHERE contains(text, 'Yongbyon') ORDER BY length(text) DESC"
    )
    occurrence = _first(
        holdings,
        "SELECT occurrence AS id FROM occurrences WHERE status = 'disputed' AND place_name = 'Brest' ORDER BY 1",
    )
    utterance = _first(
        holdings,
        "SELECT utterance AS id FROM utterances WHERE speaker = 'Ada Brenn' ORDER BY outlets DESC, 1",
    )
    place = _first(holdings, "SELECT place AS id FROM events WHERE place_name = 'Brest' ORDER BY 1")
    return {
        "front": "/",
        "search": "/search?of=events&type=ASSAULT",
        "document": f"/documents/{document}",
        "why": f"/documents/{document}/why",
        "actors": "/actors",
        "actor": "/actors/actor:russia",
        "dyad": "/dyads?one=actor:russia&other=actor:ukraine",
        "places": "/places",
        "place": f"/places/{place}",
        "map": "/map",
        "timeline": "/timeline",
        "network": "/network",
        "occurrences": "/occurrences",
        "disputes": "/disputes",
        "occurrence": f"/occurrences/{occurrence}",
        "utterances": "/utterances",
        "utterance": f"/utterances/{utterance}",
        "compare": "/compare?outlet=Sample+Wire&outlet=State+News+Service",
        "reviews": "/reviews",
        "ledger": "/ledger",
    }


def _first(holdings: Holdings, query: str) -> str:
    return str(holdings.select(f"{query} LIMIT 1")[0]["id"])


if __name__ == "__main__":
    main()
