"""One request to a server and its answer: bounded in time, and in bytes after unpacking."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from sayso.intake.web_answer import Fetched, Trouble, failed, refused
from sayso.intake.web_connection import Guard, pool

_CHUNK = 65_536
_ACCEPT = "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.5"
_REDIRECTS = (301, 302, 303, 307, 308)
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate", "br", "zstd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a fetch goes. Times are seconds; ``total`` counts the transfers of one fetch, not the pauses between."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    body: int = 16 * 1024 * 1024
    redirects: int = 5
    attempts: int = 3
    delay: float = 1.0
    """Between two requests to a host."""
    backoff: float = 2.0
    """Before the second attempt; twice as long before each further one."""
    patience: float = 60.0
    """A server that wants a longer pause is asked another time."""


@dataclass(slots=True)
class Job:
    """One fetch on its way: what is asked for, and what is left of its limits."""

    headers: dict[str, str]
    most: int
    left: float
    allow_local: bool
    cut: bool = False
    """Take the beginning of what is too long, rather than nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and, where it lies elsewhere, the address as the server gives it."""

    fetched: Fetched
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """How requests are made: in whose name, within which limits, by which clock (for dates of servers), until when."""

    user_agent: str
    limits: Limits
    now: Callable[[], float]

    def ask(self, address: str, job: Job, stop: Callable[[], bool]) -> Answer:
        """Return what a server answers; raise Trouble where that is nothing to go on with."""
        parts = urlsplit(address)
        started = time.monotonic()
        guard = Guard(job.left, stop, allow_local=job.allow_local)
        try:
            with guard, pool(parts.scheme, parts.hostname or "", parts.port, guard) as connections:
                target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                return self._exchange(connections, target, address, job, guard)
        except (HTTPError, OSError, http.client.HTTPException, ValueError) as error:
            if guard.stopped:
                raise Trouble(address, "stopped", "was not fetched: told to stop") from error
            if guard.overdue:
                said = f"took longer than {self.limits.total:g} seconds: try later"
                raise Trouble(address, "later", said) from error
            raise failed(address, error) from error
        finally:
            job.left -= time.monotonic() - started

    def _exchange(
        self, connections: urllib3.HTTPConnectionPool, target: str, address: str, job: Job, guard: Guard
    ) -> Answer:
        packed = urllib3.util.make_headers(accept_encoding=True)
        response = connections.urlopen(
            "GET",
            target,
            headers={"User-Agent": self.user_agent, "Accept": _ACCEPT, "Connection": "close", **packed, **job.headers},
            timeout=urllib3.Timeout(connect=self.limits.connect, read=self.limits.read),
            redirect=False,
            preload_content=False,
        )
        with closing(response):
            status, headers = response.status, response.headers
            if status in _REDIRECTS and headers.get("Location"):
                job.allow_local = guard.local
                target = _as_sent(headers["Location"])
                return Answer(Fetched(asked=address, url=address, outcome="ok", status=status), target)
            if status == 304 and job.headers:
                return Answer(Fetched(asked=address, url=address, outcome="not modified", status=304))
            if not 200 <= status < 300:
                raise refused(address, status, headers.get("Retry-After"), self.now())
            body = self._body(response, address, job, guard)
        content_type, charset = _content_type(headers.get("Content-Type"))
        return Answer(
            Fetched(
                asked=address,
                url=address,
                outcome="ok",
                status=status,
                body=body,
                content_type=content_type,
                charset=charset,
                etag=_sendable(headers.get("ETag")),
                modified=_sendable(headers.get("Last-Modified")),
            )
        )

    def _body(self, response: urllib3.BaseHTTPResponse, address: str, job: Job, guard: Guard) -> bytes:
        """Return the unpacked body; reading it in pieces, so that a small bomb cannot unpack to more than the limit."""
        encodings = [name.strip().lower() for name in response.headers.get("Content-Encoding", "").split(",")]
        if unknown := [name for name in encodings if name not in _ENCODINGS]:
            raise Trouble(address, "never", f"comes packed as {unknown[0][:40]!r}, which cannot be unpacked")
        pieces, size = [], 0
        while piece := response.read(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            if size > job.most:
                if job.cut:
                    break
                raise Trouble(address, "never", f"has more than {job.most // 1024:,} KB: save what you need of it")
        if guard.overdue or guard.stopped:  # a body without a length ends when its socket is shut
            raise TimeoutError
        return b"".join(pieces)[: job.most]


def _content_type(value: str | None) -> tuple[str, str | None]:
    """Return the media type of a Content-Type header and the character set that it names."""
    message = Message()
    message["Content-Type"] = (value or "")[:500].replace("\r", " ").replace("\n", " ")
    named = message.get_param("charset")
    charset = named.strip(" '\"").lower() if isinstance(named, str) else None
    return (message.get_content_type() if value else ""), charset or None


def _as_sent(value: str) -> str:
    """Return a header that was taken for Latin-1, as the standard has it, as the UTF-8 that many servers send."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _sendable(value: str | None) -> str | None:
    """Return the value of a header where it can be sent back as it is."""
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None
