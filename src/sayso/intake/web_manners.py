"""Manners on the web: one request at a time to a host, with a pause between two, and only what its robots.txt allows.

robots.txt is read as RFC 9309 says: where there is none (4xx) everything is allowed, where it cannot be had (5xx, no
connection) nothing is, for now. How long a host wants to be left alone it says with Retry-After (RFC 9110, 10.2.3) and
Crawl-delay.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from protego import Protego

DAY = 86_400.0
LONGEST_CRAWL_DELAY = 60.0
ROBOTS_BYTES = 512_000
ROBOTS_KEPT = DAY
ROBOTS_RETRIED = 600.0
"""Seconds after which a robots.txt that could not be had is asked for again."""
HOSTS_REMEMBERED = 2_000

_SLICE = 0.2

Verdict = Literal["allowed", "disallowed", "unknown"]


@dataclass(slots=True)
class Clock:
    """Time, to be replaced in tests: ``now`` is seconds since 1970, ``tick`` never goes back."""

    now: Callable[[], float] = time.time
    tick: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def wait(self, seconds: float, stop: Callable[[], bool]) -> bool:
        """Sleep, and return whether the time passed; return False at once when ``stop`` turns true."""
        end = self.tick() + seconds
        while not stop():
            left = end - self.tick()
            if left <= 0:
                return True
            self.sleep(min(left, _SLICE))
        return False


def retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds that a Retry-After header asks for, a day at most; None where it cannot be understood."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), DAY)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, moment.timestamp() - now), DAY)


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Hosts:
    """Whose turn it is: one request at a time to each host, and none before it is free again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turns: dict[str, _Turn] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay: float, stop: Callable[[], bool]) -> Iterator[bool]:
        """Wait until a host may be asked, False where ``stop`` came first; ``delay`` seconds follow the request."""
        turn = self._turn(host)
        while not turn.lock.acquire(timeout=_SLICE):
            if stop():
                yield False
                return
        try:
            ready = self._clock.wait(turn.free_at - self._clock.tick(), stop)
            yield ready
            if ready:
                turn.free_at = max(turn.free_at, self._clock.tick() + delay)
        finally:
            turn.lock.release()

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        turn = self._turn(host)
        turn.free_at = max(turn.free_at, self._clock.tick() + seconds)

    def held(self, host: str) -> float:
        """Return the seconds until a host may be asked again."""
        return max(0.0, self._turn(host).free_at - self._clock.tick())

    def _turn(self, host: str) -> _Turn:
        with self._lock:
            if len(self._turns) > HOSTS_REMEMBERED:
                now = self._clock.tick()
                self._turns = {h: t for h, t in self._turns.items() if t.lock.locked() or t.free_at > now or h == host}
            return self._turns.setdefault(host, _Turn())


@dataclass(frozen=True, slots=True)
class Rules:
    """What the robots.txt of a host says; ``problem`` says why a page is not fetched where it could not be had."""

    read: Protego | None = None
    problem: str | None = None

    def verdict(self, address: str, agent: str) -> Verdict:
        """Say whether an agent may fetch an address."""
        if self.problem is not None:
            return "unknown"
        return "allowed" if self.read is None or self.read.can_fetch(address, agent) else "disallowed"

    def delay(self, agent: str) -> float:
        """Return the seconds between two requests that the host asks for, a minute at most."""
        wished = self.read.crawl_delay(agent) if self.read is not None else None
        return min(max(0.0, wished or 0.0), LONGEST_CRAWL_DELAY)


def parse_rules(body: bytes) -> Rules:
    """Return the rules of a robots.txt, of which the first 500 KiB count."""
    from protego import Protego

    return Rules(Protego.parse(body[:ROBOTS_BYTES].decode("utf-8-sig", "replace")))


class Robots:
    """The rules of hosts, each asked for once a day, and every ten minutes where they cannot be had."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, tuple[float, Rules]] = {}

    def rules(self, site: str, get: Callable[[str], Rules]) -> Rules:
        """Return the rules of a site ("https://example.org"); ``get`` fetches those that are not known."""
        until, rules = self._known.get(site, (0.0, Rules()))
        if site in self._known and until > self._clock.tick():
            return rules
        rules = get(f"{site}/robots.txt")
        if len(self._known) >= HOSTS_REMEMBERED:
            self._known.clear()
        kept = ROBOTS_RETRIED if rules.problem is not None else ROBOTS_KEPT
        self._known[site] = (self._clock.tick() + kept, rules)
        return rules
