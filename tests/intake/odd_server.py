"""A web server on this machine that behaves as badly as it is told to."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sayso.errors import IntakeError

LONGEST = 20.0
"""Seconds after which even the slowest answer ends, so that no test can hang."""

Answer = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; answers are functions that take it and write what they like."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = LONGEST

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.hits.append(self.path)
        self.server.times.append(time.monotonic())
        self.server.heads.append(dict(self.headers.items()))
        answer = self.server.answers.get(self.path) or self.server.answers.get("*") or text(b"nothing here", 404)
        with contextlib.suppress(OSError):
            answer(self)

    def head(self, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.answers: dict[str, Answer] = {}
        self.hits: list[str] = []
        self.times: list[float] = []
        self.heads: list[dict[str, str]] = []

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def pages(self) -> list[str]:
        return [path for path in self.hits if path != "/robots.txt"]

    def handle_error(self, *_: object) -> None:
        """A client that goes away is no error here."""


@contextlib.contextmanager
def running() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(5)


def text(body: bytes, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    def answer(request: Request) -> None:
        request.head(status, Content_Type=kind, Content_Length=str(len(body)), **headers)
        request.wfile.write(body)

    return answer


def redirect(target: str, status: int = 302) -> Answer:
    return text(b"", status, Location=target)


def in_turn(*answers: Answer) -> Answer:
    """Give one answer after the other, and the last one from then on."""
    left = list(answers)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


def drip(piece: bytes = b"x", pause: float = 0.2, *, headers: bool = True) -> Answer:
    """Send a byte now and then: of the body, or even of the headers."""

    def answer(request: Request) -> None:
        if headers:
            request.head(200, Content_Type="text/html")
        else:
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            request.wfile.write(piece)
            request.wfile.flush()
            time.sleep(pause)

    return answer


def endless(request: Request) -> None:
    request.head(200, Content_Type="text/html")
    for _ in range(4096):
        request.wfile.write(b"<p>more</p>" * 6000)


def raw(data: bytes) -> Answer:
    """Send bytes that may be no answer at all, and close."""
    return lambda request: (request.wfile.write(data), None)[1]


def attempt(read: Callable[[], Any]) -> tuple[Any, str]:
    """Return what a reader returns, and "", or None and what its IntakeError says."""
    try:
        return read(), ""
    except IntakeError as error:
        return None, str(error)


def article(number: int, head: str = "") -> bytes:
    paragraphs = "".join(
        f"<p>On day {day} of talk {number} the ministers of both countries met in Riga about the harbour, officials "
        "said, and they agreed to meet again before the end of the month.</p>"
        for day in range(1, 6)
    )
    title = f"<title>Talk {number} about the harbour</title>"
    return (
        f"<!doctype html><html><head>{title}{head}</head><body><article>{paragraphs}</article></body></html>".encode()
    )


def rss(items: str, title: str = "Example Wire", declaration: str = "<?xml version='1.0' encoding='utf-8'?>") -> str:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'{declaration}<rss version="2.0" {space}><channel><title>{title}</title>{items}</channel></rss>'


def item(number: int, url: str, more: str = "") -> str:
    return f"<item><title>Talk {number}</title><link>{url}</link><guid>talk-{number}</guid>{more}</item>"
