from __future__ import annotations

import gzip
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_server import Server, attempt, running, text

from sayso.errors import IntakeError
from sayso.intake.sitemap import MAX_PAGES, is_sitemap, read_sitemap, walk
from sayso.intake.web import Fetcher, Limits

NAME = "https://example.org/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as started:
        yield started


def urlset(body: str) -> bytes:
    return f"<?xml version='1.0'?><urlset {SPACES}>{body}</urlset>".encode()


def index(*addresses: str) -> bytes:
    held = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex {SPACES}>{held}</sitemapindex>".encode()


def test_pages_with_the_date_of_publication_apart_from_that_of_changes() -> None:
    body = """<url><image:image><image:loc>https://example.org/a.jpg</image:loc></image:image>
      <loc> https://example.org/a?x=1&amp;y=2 </loc><lastmod>2024-10-26T10:00:00Z</lastmod>
      <n:news><n:publication><n:name>Example Times</n:name><n:language>en</n:language></n:publication>
      <n:publication_date>2024-10-25</n:publication_date><n:title>Talks &amp; harbours</n:title></n:news></url>
      <url><loc>/b</loc><lastmod>2024-10-24</lastmod></url><url><loc>javascript:alert(1)</loc></url><url/>"""
    first, second = read_sitemap(urlset(body), NAME).pages
    assert (first.entry.url, first.entry.published) == ("https://example.org/a?x=1&y=2", "2024-10-25")
    assert (first.entry.title, first.entry.publisher, first.entry.dated_by) == (
        "Talks & harbours", "Example Times", "sitemap"
    )  # fmt: skip
    assert (second.entry.url, second.entry.published, second.touched) == ("https://example.org/b", None, "2024-10-24")


def test_a_packed_sitemap_is_unpacked_and_a_bomb_is_not() -> None:
    packed = gzip.compress(urlset("<url><loc>/a</loc></url>"))
    assert is_sitemap(packed)
    assert len(read_sitemap(packed, NAME).pages) == 1
    with pytest.raises(IntakeError, match="cut off"):
        read_sitemap(packed[:-20], NAME)
    with pytest.raises(IntakeError, match="unpacked"):
        read_sitemap(packed[:20] + b"garbage" + packed[30:], NAME)
    bomb = gzip.compress(b"<urlset>" + b" " * 200_000_000)
    tracemalloc.start()
    with pytest.raises(IntakeError, match="too large"):
        read_sitemap(bomb, NAME)
    assert tracemalloc.get_traced_memory()[1] < 130_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("data", [b"", b"words", b"<rss/>", b"<html><body/></html>", b"\x1f\x8bgarbage"])
def test_what_is_no_sitemap_is_refused(data: bytes) -> None:
    assert not is_sitemap(data)
    with pytest.raises(IntakeError, match=r"^https://example.org/sitemap.xml: "):
        read_sitemap(data, NAME)


def test_an_index_is_walked_once_through_however_it_turns_in_circles(server: Server) -> None:
    server.answers |= {
        "/i": text(index(server.url("/1"), server.url("/2.gz"), server.url("/i"), server.url("/missing"))),
        "/1": text(index(server.url("/i"), server.url("/2.gz"), server.url("/3"))),
        "/2.gz": text(gzip.compress(urlset("<url><loc>/a</loc></url>")), kind="application/gzip"),
        "/3": text(b"no sitemap"),
    }
    fetcher = Fetcher(limits=Limits(delay=0, attempts=1), obey_robots=False)
    pages = list(walk(fetcher, fetcher.fetch(server.url("/i"))))
    assert [page.entry.url for page in pages] == [server.url("/a")]
    assert sorted(server.hits) == ["/1", "/2.gz", "/3", "/i", "/missing"]


def test_sitemaps_that_were_not_touched_lately_are_not_fetched(server: Server) -> None:
    held = "".join(
        f"<sitemap><loc>/{n}</loc>{touched}</sitemap>"
        for n, touched in (
            (1, "<lastmod>2024-10-01</lastmod>"),
            (2, "<lastmod>2024-10-25T08:00:00Z</lastmod>"),
            (3, ""),
        )
    )
    server.answers["/i"] = text(f"<sitemapindex>{held}</sitemapindex>".encode())
    fetcher = Fetcher(limits=Limits(delay=0, attempts=1), obey_robots=False)
    assert list(walk(fetcher, fetcher.fetch(server.url("/i")), since="2024-10-20")) == []
    assert server.hits == ["/i", "/2", "/3"]


def test_an_index_without_end_is_left_at_some_depth(server: Server) -> None:
    class Deeper(dict):  # type: ignore[type-arg]
        def get(self, path: str, _: object = None) -> object:
            return text(index(server.url(f"{path}x")))

    server.answers = Deeper()
    fetcher = Fetcher(limits=Limits(delay=0), obey_robots=False)
    assert list(walk(fetcher, fetcher.fetch(server.url("/")))) == []
    assert len(server.hits) <= 5


@pytest.mark.parametrize(
    "body",
    [
        "<url>" * 50_000,
        "<url><loc>&a11;</loc></url>" * 1000,
        "<url><loc>https://example.org/" + "a" * 1_000_000 + "</loc></url>",
        f"<url><loc>/a</loc>{'<n:news>' * 300}</url>",
        "<url><loc>/a</loc></url>" * (MAX_PAGES + 5_000),
    ],
)
def test_hostile_sitemaps_cost_little(body: str) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    data = f"<!DOCTYPE urlset [{entities}]>".encode() + urlset(body).partition(b"?>")[2]
    started = time.monotonic()
    found, said = attempt(lambda: read_sitemap(data, NAME))
    if found is None:
        assert said.startswith(NAME)
    else:
        assert len(found.pages) <= MAX_PAGES
        assert all(len(page.entry.url or "") < 5_000 for page in found.pages)
    assert time.monotonic() - started < 5


@given(st.text(alphabet="<>/&;![]-?'\"= urlocset:\x00é", max_size=200))
@settings(max_examples=100, deadline=None)
def test_broken_sitemaps_give_pages_or_an_error_and_nothing_else(noise: str) -> None:
    found, said = attempt(lambda: read_sitemap(urlset(f"<url><loc>/a</loc></url>{noise}"), NAME))
    assert said.startswith(NAME) if found is None else found.pages
