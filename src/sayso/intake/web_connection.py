"""Connections that cannot hang and do not stray: every transfer has an end, and an address is looked at before use.

Time-outs of sockets begin anew with every byte, so that a server that sends one now and then holds a reader for ever.
Here a guard ends the transfer: it shuts the socket when the time is up or the program is to stop. The name of a host is
looked up once, and the connection goes to the very address that was judged, so that a name which changes its address in
between leads nowhere.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError

from sayso.intake.urls import is_local_ip

_LOOK = 0.1
_ADDRESSES = 4


class LocalAddressError(HTTPError):
    """A public page led to an address in the local network."""


class NoSuchHostError(HTTPError):
    """The name of the host cannot be looked up."""


class Guard:
    """Ends a transfer after ``seconds``, or when ``stop`` says so; to be used in a ``with`` statement.

    ``overdue`` and ``stopped`` tell which it was, ``local`` whether the server is in the local network; with
    ``allow_local=False`` such servers are not connected to.
    """

    def __init__(self, seconds: float, stop: Callable[[], bool], *, allow_local: bool) -> None:
        self.overdue = self.stopped = self.local = False
        self._end, self._stop, self._allow_local = time.monotonic() + seconds, stop, allow_local
        self._sockets: list[socket.socket] = []
        self._lock, self._over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="sayso-guard", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()
        for held in self._sockets:
            held.close()

    def connect(self, connection: HTTPConnection, timeout: float) -> socket.socket:
        """Return a socket that is connected to an address of a host; raise urllib3's HTTPError where there is none."""
        try:
            found = socket.getaddrinfo(connection.host.strip("[]"), connection.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NoSuchHostError(connection.host) from error
        if not self._allow_local and any(is_local_ip(str(entry[4][0])) for entry in found):
            raise LocalAddressError(connection.host)
        problem: OSError | None = None
        for family, kind, protocol, _, address in found[:_ADDRESSES]:
            try:
                return self._connected(socket.socket(family, kind, protocol), address, timeout)
            except OSError as error:
                problem = error
        raise NewConnectionError(connection, f"{problem}")

    def _connected(self, made: socket.socket, address: Any, timeout: float) -> socket.socket:
        try:
            self._keep(made)
            made.settimeout(timeout)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            made.connect(address)
        except OSError:
            made.close()
            raise
        self.local = is_local_ip(str(address[0]))
        return made

    def _keep(self, made: socket.socket) -> None:
        """Keep a second handle: TLS takes the first one over, but shutting either shuts the connection."""
        with self._lock:
            if self.overdue or self.stopped:
                raise TimeoutError("the time is up")
            self._sockets.append(made.dup())

    def _run(self) -> None:
        while not self._over.wait(_LOOK):
            if self._stop():
                self._shut(stopped=True)
                return
            if time.monotonic() >= self._end:
                self._shut(stopped=False)
                return

    def _shut(self, *, stopped: bool) -> None:
        with self._lock:
            self.stopped, self.overdue = stopped, not stopped
            for held in self._sockets:
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)


class _Http(HTTPConnection):
    """A connection that goes where its guard leads; ``_new_conn`` is the place that urllib3 leaves for this."""

    def __init__(self, *args: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*args, **options)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self, _seconds(self.timeout))


class _Https(HTTPSConnection):
    """The same with TLS, certificates checked."""

    def __init__(self, *args: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*args, **options)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self, _seconds(self.timeout))


class _HttpPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Https


def pool(scheme: str, name: str, port: int | None, guard: Guard) -> urllib3.HTTPConnectionPool:
    """Return what makes one connection to a host, under a guard; retries and redirects are not its business."""
    kind = _HttpsPool if scheme == "https" else _HttpPool
    return kind(name, port, maxsize=1, retries=False, guard=guard)


def _seconds(timeout: Any) -> float:
    return float(timeout) if isinstance(timeout, int | float) else 10.0
