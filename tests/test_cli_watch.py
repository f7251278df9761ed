"""``sayso watch`` from a feed on this machine to a ledger, stopped, and started again."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.ledger import Ledger

PAGE = """<html><head><title>{title}</title><meta property="article:published_time" content="{day}"></head>
<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"""
TALKS = (
    "The president of Georgia said on Monday that her government would meet the opposition in Gori within a week. "
    "The opposition demanded an election before any talks, and called for a march through the town on Saturday."
)
HARBOUR = (
    "Customs officers closed the harbour of Poti after a strike by crane drivers, the port authority announced. "
    "A spokesman for the union denied that anybody was hurt, and accused the owners of breaking an agreement."
)
ARTICLES = {"1": ("Talks in Gori", "2024-05-11", TALKS), "2": ("Harbour closed", "2024-05-12", HARBOUR)}


class _Site(BaseHTTPRequestHandler):
    """A feed of three articles; the last page is missing."""

    def do_GET(self) -> None:
        number = self.path.removeprefix("/").removesuffix(".html")
        if self.path == "/feed":
            self._answer("application/rss+xml", self._feed())
        elif number in ARTICLES:
            title, day, text = ARTICLES[number]
            self._answer("text/html", PAGE.format(title=title, day=day, text=text))
        else:
            self.send_error(404)

    def _feed(self) -> str:
        links = "".join(
            f"<item><title>Talks</title><link>http://{self.headers['Host']}/{n}.html</link></item>" for n in (1, 2, 3)
        )
        return f"<rss version='2.0'><channel><title>Sample Wire</title>{links}</channel></rss>"

    def _answer(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def feed() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/feed"
    server.shutdown()
    server.server_close()


def test_every_article_of_a_feed_is_kept_once_and_a_missing_page_is_told(feed: str, tmp_path: Path) -> None:
    command = ["watch", feed, "--ledger", str(tmp_path / "news"), "--once"]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 1, first.output
    assert "3.html" in first.stderr
    assert "404" in first.stderr
    again = CliRunner().invoke(app, command)
    assert again.exit_code == 0, again.output
    rows = list(Ledger(tmp_path / "news").documents().rows())
    assert sorted(row["published"] for row in rows) == ["2024-05-11", "2024-05-12"]
    assert {row["publisher"] for row in rows} == {"Sample Wire"}
    assert {row["published_from"] for row in rows} == {"page"}


def test_a_watch_that_is_told_to_stop_ends_well_with_what_it_had(feed: str, tmp_path: Path) -> None:
    _watch_until(["watch", feed, "--ledger", str(tmp_path / "news")], "2 added")
    assert Ledger(tmp_path / "news").documents().count() == 2


def test_what_is_no_duration_and_no_feed_is_a_usage_error(tmp_path: Path) -> None:
    ledger = ["--ledger", str(tmp_path / "news")]
    assert CliRunner().invoke(app, ["watch", "http://127.0.0.1:9/feed", "--every", "soon", *ledger]).exit_code == 2
    nothing = CliRunner().invoke(app, ["watch", str(tmp_path / "no.opml"), "--once", *ledger])
    assert nothing.exit_code == 2
    assert "no.opml" in nothing.stderr


def test_files_that_are_dropped_into_a_folder_are_coded_once_also_after_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "1.txt").write_text("The minister said on Monday that talks in Gori had failed.", encoding="utf-8")
    command = ["watch", str(folder), "--ledger", str(tmp_path / "news"), "--every", "1s"]
    _watch_until(command, "1 added")
    (folder / "2.txt").write_text("Police arrested four demonstrators in Poti, officials said.", encoding="utf-8")
    told = _watch_until(command, "1 added")
    assert "1 new" in told
    assert "skipped" not in told
    assert Ledger(tmp_path / "news").documents().count() == 2


def _watch_until(command: list[str], sign: str) -> str:
    """Run a command until it says something, ask it to end, and return all that it said."""
    with subprocess.Popen([sys.executable, "-m", "sayso", *command], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        until = time.monotonic() + 60
        told = []
        for line in process.stderr:
            told.append(line)
            if sign in line or time.monotonic() > until:
                break
        process.send_signal(signal.SIGTERM)
        told.append(process.stderr.read())
        assert process.wait(30) == 0, told
    return "".join(told)
