"""Fetching pages and feeds, politely and without ever waiting for long.

Whatever a server does (nothing, or one byte a minute, or bytes without end, packed or not, or sending us round in
circles), ``Fetcher.fetch`` comes back within its limits, with the body or with a sentence that says what was wrong and
what to do. It raises nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from sayso.errors import IntakeError
from sayso.intake.text import log
from sayso.intake.urls import host, is_local, link, normal
from sayso.intake.web_answer import Fetched, Outcome, Trouble
from sayso.intake.web_exchange import Answer, Exchange, Job, Limits
from sayso.intake.web_manners import ROBOTS_BYTES, Clock, Hosts, Robots, Rules, parse_rules
from sayso.version import __version__

__all__ = ["Fetched", "Fetcher", "Limits", "Outcome", "user_agent"]

NAME = "sayso"
"""What robots.txt files call us."""
UNREACHABLE = 120.0
"""Seconds for which a host that is not there is not looked for again."""


class Fetcher:
    """Fetches addresses. It may be used by several threads; each host still gets one request at a time.

    ``stop`` is asked ten times a second, and ends whatever is going on once it says True. ``contact`` is an address
    where the owner of a site can reach whoever runs this, and is sent along.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        limits: Limits | None = None,
        obey_robots: bool = True,
        clock: Clock | None = None,
        chance: Callable[[], float] = random.random,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.limits, self.clock, self.stop = limits or Limits(), clock or Clock(), stop
        self._exchange = Exchange(user_agent(contact), self.limits, self.clock.now)
        self._obey_robots, self._chance = obey_robots, chance
        self._hosts, self._robots = Hosts(self.clock), Robots(self.clock)

    def fetch(
        self,
        url: str,
        *,
        came_from: str | None = None,
        etag: str | None = None,
        modified: str | None = None,
        most: int | None = None,
    ) -> Fetched:
        """Return what is at an address.

        ``came_from`` is the address of the feed or sitemap that named it: addresses in the local network are fetched
        only where the user gave them, or where what named them is there itself. ``etag`` and ``modified`` are those of
        the last time: the outcome is then "not modified" where nothing changed. ``most`` is the greatest number of
        bytes, in place of that of the limits.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        try:
            address = normal(url)
            allow_local = True if came_from is None else is_local(came_from)
            if allow_local is None:
                raise Trouble(address, "later", "is not fetched for now: the host of its feed is not there")
            job = Job(headers, most or self.limits.body, self.limits.total, allow_local)
            return replace(self._follow(address, job, robots=self._obey_robots), asked=url)
        except IntakeError as error:
            return Fetched(asked=url, url=url, outcome="never", error=str(error))
        except Trouble as problem:
            return replace(problem.fetched, asked=url)

    def _follow(self, address: str, job: Job, *, robots: bool) -> Fetched:
        """Return what is at an address or where it leads."""
        seen = {address}
        for _ in range(self.limits.redirects + 1):
            delay = self._permitted(address, job) if robots else 0.0
            answer = self._ask(address, job, max(delay, self.limits.delay))
            if answer.location is None:
                return answer.fetched
            target, status = link(address, answer.location), answer.fetched.status
            if target is None:
                raise Trouble(
                    address, "never", f"leads to {answer.location[:99]!r}, which is no page: check it", status
                )
            if target in seen:
                raise Trouble(address, "never", "leads in a circle: give the address that a browser shows", status)
            seen.add(target)
            address = target
        raise Trouble(address, "never", f"is behind more than {self.limits.redirects} redirects: give the last", 302)

    def _permitted(self, address: str, job: Job) -> float:
        """Return the delay that the host wishes; raise where it does not want the address to be fetched."""
        parts = urlsplit(address)
        try:
            rules = self._robots.rules(f"{parts.scheme}://{parts.netloc}", lambda url: self._get_rules(url, job))
        except Trouble as trouble:
            raise Trouble(address, trouble.fetched.outcome, trouble.said) from trouble
        verdict = rules.verdict(address, NAME)
        if verdict == "unknown":
            raise Trouble(address, "later", rules.problem or "")
        if verdict == "disallowed":
            raise Trouble(
                address, "never", "may not be fetched by programs (robots.txt): save the page and give the file"
            )
        return rules.delay(NAME)

    def _get_rules(self, address: str, job: Job) -> Rules:
        own = replace(job, headers={}, most=ROBOTS_BYTES, cut=True)
        try:
            return parse_rules(self._follow(address, own, robots=False).body)
        except Trouble as trouble:
            outcome, status = trouble.fetched.outcome, trouble.fetched.status
            if outcome == "stopped" or (outcome == "never" and status is None):
                raise  # what keeps us from the robots.txt keeps us from the page
            if status is None:
                return Rules(problem=trouble.said)
            if 300 <= status < 500 and status != 429:
                return Rules()
            return Rules(problem=f"is not fetched while its robots.txt {trouble.said}")

    def _ask(self, address: str, job: Job, delay: float) -> Answer:
        """Return the answer of a server, asked again after a pause where it is busy or cannot be reached."""
        name = host(address)
        for attempt in range(1, self.limits.attempts + 1):
            held = self._hosts.held(name)
            if held > self.limits.patience:
                raise Trouble(address, "later", "is not fetched for now: its host is not there, or busy", wait=held)
            with self._hosts.turn(name, delay, self.stop) as ready:
                if not ready:
                    raise Trouble(address, "stopped", "was not fetched: told to stop")
                try:
                    return self._exchange.ask(address, job, self.stop)
                except Trouble as problem:
                    wait = problem.fetched.retry_after
                    if wait is not None:
                        self._hosts.hold(name, wait)
                    if problem.fetched.outcome != "later" or attempt == self.limits.attempts or job.left <= 0:
                        if problem.unreachable:
                            self._hosts.hold(name, UNREACHABLE)
                        raise
                    if wait is None:
                        backoff = self.limits.backoff * 2 ** (attempt - 1)
                        self._hosts.hold(name, backoff * (0.5 + self._chance() / 2))
                    log.info("%s; trying again", problem.fetched.error)
        raise AssertionError("the last attempt returns or raises")


def user_agent(contact: str | None = None) -> str:
    """Return what we call ourselves to servers; ``contact`` is where their owners can reach whoever runs this."""
    plain = re.sub(r"[^\x21-\x7e]+", "", contact or "")
    return f"{NAME}/{__version__} (+{plain})" if plain else f"{NAME}/{__version__} (news reader)"
