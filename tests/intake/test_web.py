from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from odd_server import Request, Server, drip, endless, in_turn, raw, redirect, running, text

from sayso import __version__
from sayso.intake import urls, web_connection
from sayso.intake.web import Fetcher, Limits
from sayso.intake.web_manners import Clock, retry_after

QUICK = Limits(connect=2, read=2, total=5, delay=0, backoff=0.01, patience=1)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as started:
        yield started


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> str:
    """Make this machine look like the web under the name "localhost"; 127.0.0.1 stays local."""
    real = socket.getaddrinfo
    named: list[bool] = [False]

    def look_up(name: str, *args: object, **options: object) -> object:
        named[0] = name == "localhost"
        return real("127.0.0.1" if named[0] else name, *args, **options)  # type: ignore[arg-type]

    def judge(address: str) -> bool:
        return not named[0] and urls_is_local(address)

    urls_is_local = urls.is_local_ip
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(web_connection, "is_local_ip", judge)
    monkeypatch.setattr(urls, "is_local_ip", judge)
    return "localhost"


def fetcher(**limits: object) -> Fetcher:
    return Fetcher(limits=Limits(**{**{name: getattr(QUICK, name) for name in QUICK.__slots__}, **limits}))


class FakeClock(Clock):
    """Time that passes only in sleep."""

    def __init__(self) -> None:
        self.passed = 0.0
        super().__init__(now=lambda: 1e9 + self.passed, tick=lambda: self.passed, sleep=self._pass)

    def _pass(self, seconds: float) -> None:
        self.passed += seconds


def test_a_page_comes_with_its_type_and_we_say_who_we_are(server: Server) -> None:
    server.answers["/a"] = text("прывет".encode("cp1251"), kind='Text/HTML; Charset="Windows-1251"', ETag='"1"')
    found = Fetcher(contact="mailto:desk@example.org\r\nX-Bad: 1").fetch(server.url("/a#part"))
    assert (found.outcome, found.status, found.body.decode("cp1251")) == ("ok", 200, "прывет")
    assert (found.content_type, found.charset, found.etag) == ("text/html", "windows-1251", '"1"')
    assert (found.asked, found.url) == (server.url("/a#part"), server.url("/a"))
    assert server.heads[-1]["User-Agent"] == f"sayso/{__version__} (+mailto:desk@example.orgX-Bad:1)"


def test_what_did_not_change_is_not_sent_again(server: Server) -> None:
    def answer(request: Request) -> None:
        known = request.headers["If-None-Match"] == '"1"' and request.headers["If-Modified-Since"] == "yesterday"
        text(b"" if known else b"new", 304 if known else 200)(request)

    server.answers["/"] = answer
    assert fetcher().fetch(server.url(), etag='"1"', modified="yesterday").outcome == "not modified"
    assert fetcher().fetch(server.url(), etag='"2"').body == b"new"


def test_redirects_are_followed_but_not_in_circles_nor_for_ever_nor_away_from_the_web(server: Server) -> None:
    server.answers |= {
        "/1": redirect("/2?q=ä"), "/2?q=%C3%A4": redirect(server.url("/3"), 308), "/3": text(b"here"),
        "/circle": redirect("/back", 301), "/back": redirect("/circle"),
        "/file": redirect("file:///etc/passwd"), "/ftp": redirect("ftp://127.0.0.1/"), "/odd": redirect("http://["),
        "*": lambda request: redirect(f"{request.path}x")(request), "/robots.txt": text(b"", 404),
    }  # fmt: skip
    found = fetcher().fetch(server.url("/1"))
    assert (found.outcome, found.url, found.body) == ("ok", server.url("/3"), b"here")
    for path, said in {
        "/circle": "in a circle", "/file": "no page", "/ftp": "no page", "/odd": "no page", "/long": "5 redirects"
    }.items():  # fmt: skip
        found = Fetcher(limits=QUICK, obey_robots=False).fetch(server.url(path))
        assert found.outcome == "never"
        assert said in str(found.error)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://example.org/", "https://"),
        ("javascript:alert(1)", "https://"),
        ("http://", "no host"),
        ("https://user:secret@example.org/", "take it out"),
        ("http://example.org:99999/", "check it"),
        ("http://a" + "b" * 5000, "characters"),
        ("http://" + "x" * 70 + "ä.example/", "no name of a host"),
        ("http://nowhere.invalid/", "no host nowhere.invalid is known"),
    ],
)
def test_what_is_no_address_is_refused_with_a_remedy(address: str, said: str) -> None:
    found = fetcher(attempts=1).fetch(address)
    assert found.outcome in ("never", "later")
    assert said in str(found.error)
    assert "secret" not in str(found.error)


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("127.0.0.1", True), ("10.1.2.3", True), ("169.254.169.254", True), ("100.64.0.1", True), ("0.0.0.0", True),
        ("::1", True), ("fe80::1%eth0", True), ("::ffff:127.0.0.1", True), ("64:ff9b::7f00:1", True),
        ("2002:7f00:1::", True), ("fd00::1", True), ("224.0.0.1", True), ("192.0.2.1", True),
        ("8.8.8.8", False), ("2606:4700::1111", False), ("64:ff9b::808:808", False),
    ],
)  # fmt: skip
def test_addresses_of_the_local_network_are_told_from_those_of_the_web(address: str, local: bool) -> None:
    assert urls.is_local_ip(address) is local


def test_the_web_does_not_lead_into_the_local_network(server: Server, public: str) -> None:
    server.answers |= {"/in": redirect(server.url("/secret")), "/secret": text(b"keys")}
    outside = f"http://{public}:{server.server_port}"
    found = fetcher().fetch(f"{outside}/in")
    assert (found.outcome, found.body) == ("never", b"")
    assert "local network" in str(found.error)
    named = fetcher().fetch(server.url("/secret"), came_from=f"{outside}/feed")
    assert "local network" in str(named.error)
    assert "/secret" not in server.hits
    assert fetcher().fetch(server.url("/in")).body == b"keys"
    assert fetcher().fetch(server.url("/secret"), came_from=server.url("/feed")).body == b"keys"


@pytest.mark.parametrize("answer", [drip(), drip(headers=False), drip(b"1\r\nx\r\n"), lambda _: time.sleep(3)])
def test_a_slow_server_is_left_when_the_time_is_up(server: Server, answer: object) -> None:
    server.answers["/"] = answer  # type: ignore[assignment]
    started = time.monotonic()
    found = Fetcher(limits=Limits(total=0.6, read=10, delay=0), obey_robots=False).fetch(server.url())
    assert (found.outcome, "longer than 0.6 seconds" in str(found.error)) == ("later", True)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("answer", [drip(), lambda _: time.sleep(3)])
def test_a_fetch_ends_within_a_second_when_told_to_stop(server: Server, answer: object) -> None:
    server.answers["/"] = answer  # type: ignore[assignment]
    told = threading.Event()
    threading.Timer(0.3, told.set).start()
    started = time.monotonic()
    assert Fetcher(obey_robots=False, stop=told.is_set).fetch(server.url()).outcome == "stopped"
    assert time.monotonic() - started < 1.3


def test_a_pause_ends_within_a_second_when_told_to_stop(server: Server) -> None:
    server.answers["/"] = text(b"", 503, Retry_After="50")
    told = threading.Event()
    threading.Timer(0.3, told.set).start()
    started = time.monotonic()
    assert Fetcher(obey_robots=False, stop=told.is_set).fetch(server.url()).outcome == "stopped"
    assert time.monotonic() - started < 1.3


def packed(plain: int, by: str) -> bytes:
    if by == "gzip":
        return gzip.compress(b"0" * plain)
    if by == "gzip, gzip":
        return gzip.compress(gzip.compress(b"0" * plain))
    return zlib.compress(b"0" * plain)


@pytest.mark.parametrize("by", ["gzip", "deflate", "gzip, gzip"])
def test_a_bomb_is_not_unpacked(server: Server, by: str) -> None:
    server.answers["/"] = text(packed(100_000_000, by), Content_Encoding=by)
    tracemalloc.start()
    found = fetcher(body=1_000_000).fetch(server.url())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.outcome, found.body) == ("never", b"")
    assert "more than 976 KB" in str(found.error)
    assert peak < 20_000_000


def test_an_honest_packed_page_is_unpacked(server: Server) -> None:
    server.answers["/"] = text(gzip.compress(b"fine" * 1000), Content_Encoding="gzip")
    assert fetcher().fetch(server.url()).body == b"fine" * 1000


def test_a_body_without_end_is_cut(server: Server) -> None:
    server.answers["/"] = endless
    found = fetcher(body=500_000).fetch(server.url())
    assert (found.outcome, "KB" in str(found.error)) == ("never", True)


@pytest.mark.parametrize(
    ("answer", "outcome", "said"),
    [
        (text(b"not packed", Content_Encoding="gzip"), "never", "unpacked"),
        (text(b"odd", Content_Encoding="compress"), "never", "unpacked"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), "later", "broke"),
        (raw(b""), "later", "broke"),
        (raw(b"\x00\x01\x02 what\r\n\r\n"), "later", "broke"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "later", "broke"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n"), "later", "broke"),
        (raw(b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 100_000 + b"\r\n\r\n"), "later", "broke"),
        (text(b"no", 404), "never", "no such page"),
        (text(b"no", 410), "gone", "gone"),
        (text(b"no", 403), "never", "refuses"),
        (text(b"no", 418), "never", "does not give it"),
        (text(b"", 304), "never", "does not give it"),
        (text(b"", 302), "never", "does not give it"),
    ],
)
def test_bad_answers_say_what_is_wrong_and_what_to_do(server: Server, answer: object, outcome: str, said: str) -> None:
    server.answers["/"] = answer  # type: ignore[assignment]
    found = Fetcher(limits=QUICK, obey_robots=False).fetch(server.url())
    assert (found.outcome, found.body) == (outcome, b"")
    assert said in str(found.error)
    assert str(found.error).startswith(server.url())


def test_nobody_at_home_is_said_after_a_few_attempts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        found = Fetcher(limits=QUICK, obey_robots=False).fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert (found.outcome, "no connection" in str(found.error)) == ("later", True)


def test_a_server_in_trouble_is_asked_again_after_growing_pauses(server: Server) -> None:
    server.answers["/"] = in_turn(text(b"", 500), raw(b""), text(b"fine"))
    clock = FakeClock()
    found = Fetcher(limits=Limits(delay=0), clock=clock, chance=lambda: 1.0, obey_robots=False).fetch(server.url())
    assert (found.outcome, found.body, len(server.hits)) == ("ok", b"fine", 3)
    assert clock.passed == pytest.approx(2 + 4, abs=0.1)


def test_a_busy_server_is_left_alone_for_as_long_as_it_says(server: Server) -> None:
    server.answers["/"] = in_turn(text(b"", 429, Retry_After="7"), text(b"fine"))
    clock = FakeClock()
    assert Fetcher(clock=clock, obey_robots=False).fetch(server.url()).body == b"fine"
    assert clock.passed == pytest.approx(7, abs=0.1)


def test_a_server_that_asks_for_a_long_pause_gets_it_on_all_its_pages(server: Server) -> None:
    server.answers |= {"/": text(b"", 503, Retry_After="3600"), "/other": text(b"fine")}
    clock = FakeClock()
    patient = Fetcher(clock=clock, obey_robots=False)
    found = patient.fetch(server.url())
    assert (found.outcome, found.retry_after, clock.passed) == ("later", 3600, 0)
    assert patient.fetch(server.url("/other")).outcome == "later"
    assert len(server.hits) == 1
    clock.passed += 3601
    assert patient.fetch(server.url("/other")).body == b"fine"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), ("0", 0), ("999999999999999999999", 86_400), ("-5", None), ("soon", None), ("", None),
        (None, None), ("1.5", None), ("²", None), ("Fri, 99 Nov 2024 99:00:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after_is_understood_or_ignored(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, 1e9) == seconds


def test_retry_after_may_be_a_date() -> None:
    now = datetime(2024, 10, 25, 12, tzinfo=UTC)
    later = format_datetime(now + timedelta(minutes=2), usegmt=True)
    assert retry_after(later, now.timestamp()) == 120
    assert retry_after(format_datetime(now - timedelta(days=2), usegmt=True), now.timestamp()) == 0


def test_robots_are_obeyed_and_asked_for_once_a_day(server: Server) -> None:
    rules = b"User-agent: sayso\nDisallow: /private\nCrawl-delay: 3\n\nUser-agent: *\nDisallow: /\n"
    server.answers |= {"/robots.txt": text(rules, kind="text/plain"), "*": text(b"page")}
    clock = FakeClock()
    polite = Fetcher(clock=clock)
    assert polite.fetch(server.url("/open")).body == b"page"
    assert polite.fetch(server.url("/other")).body == b"page"
    assert clock.passed >= 3
    closed = polite.fetch(server.url("/private/a"))
    assert (closed.outcome, "robots.txt" in str(closed.error)) == ("never", True)
    assert server.hits == ["/robots.txt", "/open", "/other"]
    clock.passed += 90_000
    polite.fetch(server.url("/open"))
    assert server.hits.count("/robots.txt") == 2


def test_a_redirect_does_not_lead_around_robots(server: Server) -> None:
    server.answers |= {"/robots.txt": text(b"User-agent: *\nDisallow: /private"), "/a": redirect("/private")}
    assert fetcher().fetch(server.url("/a")).outcome == "never"
    assert "/private" not in server.hits


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (text(b"", 404), "ok"), (text(b"", 401), "ok"), (text(b"", 500), "later"), (text(b"", 429), "later"),
        (raw(b""), "later"), (redirect("/robots.txt"), "ok"), (endless, "ok"),
        (text(b"\xff\xfe\x00garbage" * 100), "ok"),
    ],
)  # fmt: skip
def test_without_robots_all_is_allowed_but_not_while_they_cannot_be_had(
    server: Server, answer: object, outcome: str
) -> None:
    server.answers |= {"/robots.txt": answer, "*": text(b"page")}  # type: ignore[dict-item]
    clock = FakeClock()
    polite = Fetcher(limits=Limits(read=2, delay=0), clock=clock)
    assert polite.fetch(server.url("/a")).outcome == outcome
    if outcome == "later":
        assert "/a" not in server.hits
        server.answers["/robots.txt"] = text(b"", 404)
        clock.passed += 601
        assert polite.fetch(server.url("/a")).outcome == "ok"


def test_a_host_gets_one_request_at_a_time_with_a_pause_between(server: Server) -> None:
    server.answers["*"] = text(b"page")
    polite = Fetcher(limits=Limits(delay=0.15), obey_robots=False)
    threads = [threading.Thread(target=polite.fetch, args=(server.url(f"/{n}"),)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    gaps = [after - before for before, after in zip(server.times, server.times[1:], strict=False)]
    assert len(gaps) == 4
    assert min(gaps) >= 0.14


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a?id=1&utm_source=rss", "https://EXAMPLE.org/a?id=1"),
        ("https://example.org/a#top", "https://example.org/a"),
        ("https://example.org/a?fbclid=x", "https://example.org/a"),
    ],
)
def test_addresses_of_one_page_are_recognised(one: str, other: str) -> None:
    assert urls.same_page(one) == urls.same_page(other)
    assert urls.same_page(one) != urls.same_page("https://example.org/b?id=1")


def test_addresses_in_other_scripts_become_ascii() -> None:
    assert (
        urls.normal("https://bücher.example/straße?q=ä b") == "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4%20b"
    )
    assert urls.normal("HTTP://Example.org:80") == "http://example.org/"
    assert urls.normal("https://[::1]:8443/x") == "https://[::1]:8443/x"
