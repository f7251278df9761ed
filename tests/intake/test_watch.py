from __future__ import annotations

import json
import logging
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from odd_server import Request, Server, article, drip, in_turn, item, raw, rss, running, text

from sayso.errors import IntakeError
from sayso.intake.opml import FeedAddress
from sayso.intake.subscriptions import State
from sayso.intake.watch import Batch, follow
from sayso.intake.web import Fetcher, Limits
from sayso.intake.web_manners import Clock

QUICK = Limits(connect=2, read=2, total=5, delay=0, backoff=0.01, attempts=2)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as started:
        started.answers["/robots.txt"] = text(b"", 404)
        yield started


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with State(tmp_path / "watch.sqlite") as opened:
        yield opened


class Days(Clock):
    """A clock whose date can be put forward; pauses last no time, but the shortest, so that threads get on."""

    def __init__(self) -> None:
        self.ahead = 0.0
        super().__init__(
            now=lambda: time.time() + self.ahead, tick=lambda: time.monotonic() + self.ahead, sleep=self._sleep
        )

    def _sleep(self, seconds: float) -> None:
        self.ahead += seconds
        time.sleep(0.001)


def announce(server: Server, *numbers: int, path: str = "/feed", **headers: str) -> None:
    items = "".join(item(number, server.url(f"/{number}")) for number in numbers)
    server.answers[path] = text(rss(items).encode(), kind="application/rss+xml", **headers)
    server.answers |= {f"/{number}": text(article(number)) for number in numbers}


def run(server: Server, state: State, *paths: str, clock: Clock | None = None, keep: bool = True) -> list[Batch]:
    """Follow feeds once, and mark all as done."""
    feeds = [FeedAddress(server.url(path)) for path in paths or ["/feed"]]
    batches = []
    for batch in follow(feeds, state, Fetcher(limits=QUICK, clock=clock), once=True):
        batches.append(batch)
        if keep:
            state.done(batch.entries)
    return batches


def refs(batches: list[Batch]) -> list[str]:
    return sorted(str(document.ref) for batch in batches for document in batch.documents)


def failures(batches: list[Batch]) -> list[str]:
    return [sentence for batch in batches for sentence in batch.failures]


def test_each_article_comes_once(server: Server, state: State) -> None:
    announce(server, 1, 2)
    assert refs(run(server, state)) == ["talk-1", "talk-2"]
    announce(server, 1, 2, 3)
    (batch,) = run(server, state)
    (document,) = batch.documents
    assert (document.ref, document.origin, document.publisher) == ("talk-3", server.url("/3"), "Example Wire")
    assert document.text.count("the ministers of both countries") == 5
    assert Counter(server.pages()) == {"/feed": 2, "/1": 1, "/2": 1, "/3": 1}


def test_a_feed_that_did_not_change_is_not_sent_and_costs_no_entry(server: Server, state: State) -> None:
    def answer(request: Request) -> None:
        known = request.headers["If-None-Match"] == '"1"'
        body = rss(item(1, server.url("/1"))).encode()
        text(b"" if known else body, 304 if known else 200, ETag='"1"')(request)

    server.answers |= {"/feed": answer, "/1": text(article(1))}
    assert refs(run(server, state, keep=False)) == ["talk-1"]
    assert refs(run(server, state)) == ["talk-1"], "it was not marked as done"
    assert refs(run(server, state)) == []
    assert server.pages() == ["/feed", "/1", "/feed", "/feed"]


def test_a_batch_that_is_not_marked_comes_again_only_with_the_next_start(server: Server, state: State) -> None:
    announce(server, *range(1, 12))
    assert len(refs(run(server, state, keep=False))) == 11
    assert state.counts() == {"pending": 11, "done": 0, "failed": 0}


def test_an_article_in_the_feed_itself_is_not_fetched(server: Server, state: State) -> None:
    paragraph = "<p>The ministers of both countries met in Riga and spoke about the harbour for a day.</p>" * 10
    body = item(1, server.url("/1"), f"<content:encoded><![CDATA[{paragraph}]]></content:encoded>")
    server.answers["/feed"] = text(rss(body).encode())
    assert refs(run(server, state)) == ["talk-1"]
    assert server.pages() == ["/feed"]


def test_what_fails_for_good_is_said_once_and_the_rest_goes_on(server: Server, state: State) -> None:
    announce(server, 1, 2, 3, 4)
    server.answers |= {"/2": text(b"", 404), "/3": text(b"<html><body>Log in</body></html>")}
    server.answers["/robots.txt"] = text(b"User-agent: *\nDisallow: /4")
    batches = run(server, state)
    assert refs(batches) == ["talk-1"]
    assert sorted(sentence.split("/")[3][0] for sentence in failures(batches)) == ["2", "3", "4"]
    assert failures(run(server, state)) == []
    assert "/4" not in server.hits


def test_what_fails_for_now_is_tried_again_later_and_given_up_in_the_end(server: Server, state: State) -> None:
    announce(server, 1, 2)
    server.answers |= {"/1": in_turn(text(b"", 503), text(b"", 503), text(article(1))), "/2": raw(b"")}
    clock = Days()
    assert run(server, state, clock=clock) == []
    assert run(server, state, clock=clock) == [], "it is too early"
    clock.ahead += 301
    assert refs(run(server, state, clock=clock)) == ["talk-1"]
    said: list[str] = []
    for _ in range(10):
        clock.ahead += 86_401
        said += failures(run(server, state, clock=clock))
    (sentence,) = said
    assert "broke the connection off" in sentence
    assert state.counts() == {"pending": 0, "done": 1, "failed": 1}


def test_a_feed_that_fails_backs_off_is_said_once_and_does_not_keep_others(
    server: Server, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    announce(server, 1)
    server.answers["/bad"] = text(b"", 500)
    clock = Days()
    for day in range(4):
        run(server, state, "/bad", "/feed", clock=clock)
        run(server, state, "/bad", "/feed", clock=clock)
        clock.ahead += 86_401
        assert server.hits.count("/bad") == 2 * (day + 1), "two attempts, and none before it is due"
    assert len([r for r in caplog.records if "/bad" in r.message and r.levelno >= logging.WARNING]) == 1
    (bad, _) = state.subscriptions()
    assert bad.due - clock.now() < 0
    announce(server, 2, path="/bad")
    assert refs(run(server, state, "/bad", clock=clock)) == ["talk-2"]
    assert "/bad can be read again" in caplog.text


def test_a_feed_backs_off_to_a_day_at_most_and_longer_only_where_asked(server: Server, state: State) -> None:
    server.answers["/feed"] = text(b"", 404)
    clock = Days()
    pauses = []
    for _ in range(10):
        run(server, state, clock=clock)
        (feed,) = state.subscriptions()
        pauses.append(round(feed.due - clock.now(), -1))
        clock.ahead = feed.due - time.time() + 1
    assert pauses == [900, 1800, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 86_400, 86_400]


def test_while_the_network_is_away_nothing_is_lost_and_hosts_are_not_hammered(server: Server, state: State) -> None:
    announce(server, *range(1, 30))
    clock = Days()
    feeds = [FeedAddress(server.url("/feed"))]
    fetcher = Fetcher(limits=QUICK, clock=clock)
    with pytest.MonkeyPatch.context() as patch:
        real, looked_up = socket.getaddrinfo, []

        def away(*args: object, **options: object) -> object:
            looked_up.append(args[1])
            if len(server.pages()):
                raise socket.gaierror(-3, "Temporary failure in name resolution")
            return real(*args, **options)  # type: ignore[arg-type]

        patch.setattr(socket, "getaddrinfo", away)
        assert list(follow(feeds, state, fetcher, once=True)) == []
        assert len([port for port in looked_up if port]) < 10
    assert state.counts() == {"pending": 29, "done": 0, "failed": 0}
    clock.ahead += 86_401
    assert len(refs(list(follow(feeds, state, fetcher, once=True)))) == 29


def test_a_feed_that_is_gone_is_set_aside(server: Server, state: State, caplog: pytest.LogCaptureFixture) -> None:
    server.answers["/feed"] = text(b"", 410)
    clock = Days()
    for _ in range(3):
        run(server, state, clock=clock)
        clock.ahead += 86_400 * 5
    assert server.hits.count("/feed") == 1
    assert "set aside for a month" in caplog.text


@pytest.mark.parametrize(
    "answer", [text(article(1)), text(b""), text(b"\x00\x01\x02"), raw(b"\x16\x03\x01\x02"), drip()]
)
def test_a_feed_that_is_none_is_said_and_skipped(
    server: Server, state: State, answer: object, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers["/odd"] = answer  # type: ignore[assignment]
    announce(server, 1)
    feeds = [FeedAddress(server.url("/odd")), FeedAddress(server.url("/feed"))]
    found = list(follow(feeds, state, Fetcher(limits=Limits(delay=0, total=1, attempts=1)), once=True))
    assert refs(found) == ["talk-1"]
    assert "/odd" in caplog.text


def test_a_news_sitemap_is_followed_like_a_feed(server: Server, state: State) -> None:
    space = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    today = datetime.now(UTC).date()
    pages = "".join(
        f"<url><loc>{server.url(f'/{n}')}</loc><n:news><n:publication><n:name>Example Times</n:name></n:publication>"
        f"<n:publication_date>{today - timedelta(days=age)}</n:publication_date></n:news></url>"
        for n, age in ((1, 1), (2, 400))
    )
    server.answers |= {"/map.xml": text(f"<urlset {space}>{pages}</urlset>".encode()), "/1": text(article(1))}
    ((document,),) = [batch.documents for batch in run(server, state, "/map.xml")]
    assert (document.publisher, document.published_from) == ("Example Times", "sitemap")
    assert document.published == str(today - timedelta(days=1))
    assert "/2" not in server.hits


def test_an_index_is_read_anew_though_it_stays_the_same(server: Server, state: State) -> None:
    def index(request: Request) -> None:
        known = request.headers["If-None-Match"] == '"1"'
        text(b"<sitemapindex><sitemap><loc>/map</loc></sitemap></sitemapindex>", 304 if known else 200, ETag='"1"')(
            request
        )

    today = datetime.now(UTC).date()
    for number in (1, 2):
        page = f"<url><loc>/{number}</loc><lastmod>{today}</lastmod></url>"
        server.answers |= {
            "/i": index,
            "/map": text(f"<urlset>{page}</urlset>".encode()),
            f"/{number}": text(article(number)),
        }
        ((document,),) = [batch.documents for batch in run(server, state, "/i")]
        assert (document.origin, document.published) == (server.url(f"/{number}"), None), "touched is not published"


def test_a_sitemap_without_dates_cannot_be_followed(
    server: Server, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers["/map.xml"] = text(b"<urlset><url><loc>/1</loc></url></urlset>")
    assert run(server, state, "/map.xml") == []
    assert "no dates" in caplog.text


def test_it_goes_on_reading_feeds_until_told_to_stop(server: Server, state: State) -> None:
    announce(server, 1)
    told = threading.Event()
    clock = Days()
    seen: list[str] = []
    feeds = [FeedAddress(server.url("/feed"))]
    for batch in follow(feeds, state, Fetcher(limits=QUICK, clock=clock), every=60, stop=told.is_set):
        state.done(batch.entries)
        seen += refs([batch])
        if len(seen) == 3:
            told.set()
        announce(server, *range(1, len(seen) + 2))
    assert seen == ["talk-1", "talk-2", "talk-3"]
    assert clock.ahead > 100


@pytest.mark.parametrize("slow", ["/feed", "/1"])
def test_it_stops_within_a_second_also_in_the_middle_of_a_transfer(server: Server, state: State, slow: str) -> None:
    announce(server, 1, 2)
    server.answers[slow] = drip()
    told = threading.Event()
    threading.Timer(0.4, told.set).start()
    started = time.monotonic()
    feeds = [FeedAddress(server.url("/feed"))]
    assert list(follow(feeds, state, Fetcher(limits=Limits(delay=0)), stop=told.is_set)) == []
    assert time.monotonic() - started < 1.4
    assert state.counts()["failed"] == 0


def test_whoever_leaves_the_loop_is_not_held(server: Server, state: State) -> None:
    announce(server, 1)
    announce(server, 2, path="/other")
    server.answers["/2"] = drip()
    feeds = [FeedAddress(server.url("/feed"))]
    started = time.monotonic()
    batches = follow(feeds, state, Fetcher(limits=Limits(delay=0)))
    next(batches)
    batches.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 2


def test_feeds_are_not_read_more_often_than_once_a_minute(state: State) -> None:
    with pytest.raises(IntakeError, match="give 60 or more"):
        follow([], state, Fetcher(), every=5)


def test_killed_at_any_moment_every_article_comes_once(server: Server, tmp_path: Path) -> None:
    numbers = range(1, 41)
    announce(server, *numbers, ETag='"1"')
    whole = server.answers["/feed"]
    server.answers["/feed"] = lambda request: (
        text(b"", 304)(request) if request.headers["If-None-Match"] == '"1"' else whole(request)
    )
    ledger = tmp_path / "ledger.jsonl"
    command = [
        sys.executable, str(Path(__file__).with_name("watch_once.py")),
        server.url("/feed"), str(tmp_path / "watch.sqlite"), str(ledger),
    ]  # fmt: skip
    chance = random.Random(20241025)
    kills = 0
    while kills < 6:
        process = subprocess.Popen(command)
        pages = len(server.pages())
        deadline = time.monotonic() + 20
        while len(server.pages()) == pages and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)  # it is still starting
        time.sleep(chance.uniform(0, 0.25))
        process.kill()
        process.wait(10)
        kills += 1
    assert subprocess.run(command, timeout=30, check=False).returncode == 0
    written = [json.loads(line)["ref"] for line in ledger.read_text().splitlines()]
    assert sorted(written) == sorted(f"talk-{number}" for number in numbers)
    fetched = Counter(path for path in server.pages() if path != "/feed")
    assert sum(fetched.values()) < 2 * len(numbers), "what was fetched is not fetched again"
