"""What a server answered, or did not, and what that means to the user."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Literal

from urllib3.exceptions import DecodeError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as SlowError

from sayso.intake.urls import host
from sayso.intake.web_connection import LocalAddressError, NoSuchHostError
from sayso.intake.web_manners import retry_after

Outcome = Literal["ok", "not modified", "later", "never", "gone", "stopped"]
"""``later``: asking again may help. ``never``: it will not. ``gone``: the server says so. ``stopped``: we had to."""

_BUSY = (408, 425, 429)
_STATUS = {
    401: "asks for a password",
    402: "asks for payment",
    403: "refuses to give it",
    404: "has no such page",
    410: "says that it is gone for good",
    429: "asks to be left alone for a while",
    451: "may not give it for legal reasons",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came of a fetch: a body (after unpacking), or an outcome with the ``error`` that says why there is none."""

    asked: str
    url: str
    outcome: Outcome
    status: int | None = None
    body: bytes = b""
    content_type: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    error: str | None = None
    retry_after: float | None = None
    """Seconds that the server wants to be left alone."""


class Trouble(Exception):  # noqa: N818 - it carries an outcome, and stays within the fetcher
    """A fetch that came to an end without a body.

    ``fetched`` says how, ``said`` the same of any address; ``unreachable`` is whether the whole host is.
    """

    def __init__(
        self, address: str, outcome: Outcome, said: str, status: int | None = None, wait: float | None = None
    ) -> None:
        error = f"{address} {said}"
        super().__init__(error)
        self.said, self.unreachable = said, False
        self.fetched = Fetched(
            asked=address, url=address, outcome=outcome, status=status, error=error, retry_after=wait
        )


def refused(address: str, status: int, wanted: str | None, now: float) -> Trouble:
    """Return what a status other than success means; ``wanted`` is the Retry-After header."""
    busy = status in _BUSY or status >= 500
    wait = retry_after(wanted, now) if status in (429, 503) else None
    said = _STATUS.get(status, "has trouble of its own" if status >= 500 else "does not give it")
    remedy = "try later" if busy else "check the address, or save the page and give the file"
    outcome: Outcome = "later" if busy else "gone" if status == 410 else "never"
    return Trouble(address, outcome, f"cannot be had: the server {said} ({status}): {remedy}", status, wait)


def failed(address: str, error: Exception) -> Trouble:
    """Return what an error of a transfer means."""
    trouble = _failed(address, host(address), error)
    trouble.unreachable = isinstance(error, NoSuchHostError | NewConnectionError)
    return trouble


def _failed(address: str, name: str, error: Exception) -> Trouble:
    if isinstance(error, LocalAddressError):
        said = f"leads from the web into the local network ({name}): give that address itself if you trust it"
        return Trouble(address, "never", said)
    if isinstance(error, NoSuchHostError):
        return Trouble(address, "later", f"cannot be had: no host {name} is known: check name and network")
    if isinstance(error, SSLError) and any(isinstance(cause, ssl.SSLCertVerificationError) for cause in error.args):
        said = f"cannot be had: the certificate of {name} is not valid: check the address, or save the page"
        return Trouble(address, "never", said)
    if isinstance(error, DecodeError):
        return Trouble(address, "never", "is packed in a way that cannot be unpacked: save it and give the file")
    if isinstance(error, NewConnectionError):
        return Trouble(address, "later", f"cannot be had: no connection to {name}: check address and network")
    if isinstance(error, SlowError | TimeoutError):
        return Trouble(address, "later", f"cannot be had: {name} does not answer: try later")
    return Trouble(address, "later", f"cannot be had: {name} broke the connection off: try later")
