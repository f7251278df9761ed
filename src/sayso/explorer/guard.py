"""The guard: who may come in, who may write, and what a browser may do with a page.

The token is made at the start and shown to whoever started the server. A browser signs in with it and gets a cookie
that no script reads and no other site sends; forms carry a key besides. Programs send the token itself.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "sayso-session"
MOST_BYTES = 4_000_000
"""Bytes of a request's body at most."""
_TOO_LONG = f"more than {MOST_BYTES:,} bytes"
LOOPBACK = ("127.0.0.1", "localhost", "::1")

_OPEN = ("/static/", "/sign-in")
"""Where everybody may go."""
_SAFE = ("GET", "HEAD", "OPTIONS")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """What is asked of requests. ``everywhere``: reading needs the token too, as where other machines can connect.

    ``hosts`` are the names under which the server may be spoken to, so that no other site's name leads to it.
    """

    hosts: tuple[str, ...] = LOOPBACK
    everywhere: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def session(self) -> str:
        """What the cookie of whoever signed in holds."""
        return self._made("session")

    @property
    def form_key(self) -> str:
        """What forms that write carry."""
        return self._made("form")

    def knows(self, request: Request) -> bool:
        """Say whether a request comes from somebody who has the token."""
        return self._has_token(request.headers) or _same(request.cookies.get(COOKIE, ""), self.session)

    def accepts(self, token: str) -> bool:
        """Say whether somebody gave the token."""
        return _same(token.strip(), self.token)

    def may_write(self, request: Request, key: str) -> bool:
        """Say whether a request may write: with the token, or signed in and from one of our forms."""
        if self._has_token(request.headers):
            return True
        return _same(request.cookies.get(COOKIE, ""), self.session) and _same(key, self.form_key)

    def is_at_home(self, host: str) -> bool:
        """Say whether a Host header names this server."""
        try:
            return urlsplit(f"//{host}").hostname in self.hosts
        except ValueError:
            return False

    def _has_token(self, headers: Headers) -> bool:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and _same(token, self.token)

    def _made(self, purpose: str) -> str:
        return hmac.new(self.token.encode(), purpose.encode(), hashlib.sha256).hexdigest()


class Gate:
    """The part of the application that all requests go through first, and all answers last."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app, self._guard = app, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or let it through with its body bounded."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        sending = _with_headers(send, scope["path"])
        refusal = self._refusal(request)
        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        await self._app(scope, _bounded(receive), sending)

    def _refusal(self, request: Request) -> PlainTextResponse | RedirectResponse | None:
        if not self._guard.is_at_home(request.headers.get("host", "")):
            return PlainTextResponse("this server does not go by that name", 400)
        if _length(request.headers) > MOST_BYTES:
            return PlainTextResponse(_TOO_LONG, 413)
        if request.method not in _SAFE and _is_foreign(request.headers):
            return PlainTextResponse("this comes from another site", 403)
        inside = request.url.path.startswith(_OPEN) or not self._guard.everywhere or self._guard.knows(request)
        if inside:
            return None
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/sign-in", 303)
        return PlainTextResponse("give the token: Authorization: Bearer TOKEN", 401, {"WWW-Authenticate": "Bearer"})


def may_write(request: Request) -> None:
    """Refuse who may not write; a dependency of routes that write. The key of a form may come in a header."""
    admit(request, request.headers.get("x-sayso-key", ""))


def admit(request: Request, key: str) -> None:
    """Refuse a request that may not write, with the key that its form carried."""
    guard: Guard = request.app.state.guard
    if not guard.may_write(request, key):
        raise HTTPException(401, "sign in to write", {"WWW-Authenticate": "Bearer"})


Writing = Annotated[None, Depends(may_write)]


def _bounded(receive: Receive) -> Receive:
    taken = 0

    async def receiving() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise HTTPException(413, _TOO_LONG)
        return message

    return receiving


def _with_headers(send: Send, path: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if path.startswith("/static/"):
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
            else:
                headers.setdefault("Cache-Control", "no-store" if path.startswith("/sign") else "no-cache")
        await send(message)

    return sending


def _length(headers: Headers) -> int:
    given = headers.get("content-length", "0")
    return int(given) if given.isdecimal() and len(given) < 19 else MOST_BYTES + 1


def _is_foreign(headers: Headers) -> bool:
    """Say whether a browser sends a request for a page of another site."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def hosts_of(host: str) -> Iterable[str]:
    """Return the names by which a server that listens at an address may be called."""
    return (*LOOPBACK, host) if host not in LOOPBACK else LOOPBACK
