from __future__ import annotations

from collections.abc import Iterator

import pytest
from odd_server import Server, article, item, redirect, rss, running, text

from sayso.intake.feed import Entry
from sayso.intake.page import canonical, page_document, read_address
from sayso.intake.web import Fetched, Fetcher, Limits
from sayso.records import Document

ENTRY = Entry(
    guid="talk-1",
    url="https://example.org/1",
    title="From the feed",
    published="2024-10-20T08:00:00+00:00",
    authors=("Jane Roe",),
    publisher="Example Wire",
)
DATED = "<meta property='article:published_time' content='2024-10-25T09:00:00Z'>"
NAMED = "<meta property='og:site_name' content='Example Times'>"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as started:
        yield started


def fetcher() -> Fetcher:
    return Fetcher(limits=Limits(delay=0, backoff=0.01, attempts=2))


def read(url: str) -> list[Document]:
    return list(read_address(url, fetcher()))


def fetched(
    body: bytes, url: str = "https://example.org/1", kind: str = "text/html", charset: str | None = None
) -> Fetched:
    return Fetched(asked=url, url=url, outcome="ok", status=200, body=body, content_type=kind, charset=charset)


def test_a_page_becomes_a_document_with_its_last_address(server: Server) -> None:
    server.answers |= {"/a": redirect("/b"), "/b": text(article(1, DATED + NAMED))}
    (document,) = read(server.url("/a"))
    assert document.error is None
    assert document.text.count("the ministers of both countries") == 5
    assert (document.origin, document.publisher, document.ref) == (server.url("/b"), "Example Times", None)
    assert (str(document.published)[:10], document.published_from) == ("2024-10-25", "page")


def test_the_date_of_the_page_comes_before_that_of_the_feed() -> None:
    document = page_document(fetched(article(1, DATED + NAMED)), ENTRY)
    assert (str(document.published)[:10], document.published_from) == ("2024-10-25", "page")
    assert (document.publisher, document.title, document.ref) == ("Example Times", "Talk 1 about the harbour", "talk-1")


def test_what_the_page_does_not_say_the_feed_does() -> None:
    document = page_document(fetched(article(1)), ENTRY)
    assert (document.published, document.published_from) == ("2024-10-20T08:00:00+00:00", "feed")
    assert (document.publisher, document.authors) == ("Example Wire", ["Jane Roe"])


def test_the_encoding_is_the_one_that_the_server_says_where_that_is_right() -> None:
    page = article(1).replace(b"the harbour", "порт Риги".encode("cp1251"))
    assert "порт Риги" in page_document(fetched(page, charset="windows-1251")).text
    utf8 = article(1).replace(b"the harbour", "порт Риги".encode())
    assert "порт Риги" in page_document(fetched(utf8, charset="iso-8859-1")).text


def test_a_plain_text_is_taken_to_the_character(server: Server) -> None:
    server.answers["/a.txt"] = text(b"Riga.\r\n  The ministers met.\r\n", kind="text/plain")
    (document,) = read(server.url("/a.txt"))
    assert (document.text, document.origin) == ("Riga.\r\n  The ministers met.\r\n", server.url("/a.txt"))


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<link rel='canonical' href='https://www.example.org/proper?id=1&amp;x=2'>", "https://www.example.org/proper?id=1&x=2"),
        ("<LINK HREF=/proper REL=canonical>", "https://example.org/proper"),
        ("<link rel='canonical' href='https://elsewhere.example/1'>", "https://example.org/1"),
        ("<link rel='canonical' href='https://example.org/'>", "https://example.org/1"),
        ("<link rel='canonical' href='javascript:x'>", "https://example.org/1"),
        ("<link rel='canonical'>", "https://example.org/1"),
        ("<link rel='stylesheet' href='/style.css'>", "https://example.org/1"),
        ("", "https://example.org/1"),
    ],
)  # fmt: skip
def test_the_proper_address_counts_only_on_the_same_host(link: str, expected: str) -> None:
    assert canonical(article(1, link), "https://example.org/1") == expected


def test_a_feed_gives_the_articles_of_its_entries(server: Server) -> None:
    paragraph = "<p>The ministers of both countries met in Riga and spoke about the harbour for a day.</p>" * 10
    full = f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA[{paragraph}]]></content:encoded>"
    items = item(1, "/1") + item(2, "/2", full) + item(3, "/missing")
    server.answers |= {"/feed": text(rss(items).encode(), kind="application/rss+xml"), "/1": text(article(1))}
    first, second, third = read(server.url("/feed"))
    assert (first.origin, first.ref, first.error) == (server.url("/1"), "talk-1", None)
    assert (second.origin, second.ref, second.error) == (server.url("/2"), "talk-2", None)
    assert (third.ref, third.text) == ("talk-3", "")
    assert "no such page (404)" in str(third.error)
    assert "/2" not in server.hits


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (text(b"<opml><body/></opml>", kind="text/xml"), "list of feeds"),
        (text(b"<urlset></urlset>", kind="text/xml"), "sitemap"),
        (text(b"%PDF-1.4 ...", kind="application/pdf"), "PDF"),
        (text(b"<html><body>Log in</body></html>"), "no article"),
        (text(b""), "empty"),
        (text(rss("").encode(), kind="text/xml"), "no entries"),
        (text(b"no", 404), "404"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_a_failed_document(server: Server, answer: object, said: str) -> None:
    server.answers["/a"] = answer  # type: ignore[assignment]
    (document,) = read(server.url("/a"))
    assert document.text == ""
    assert said in str(document.error)
    assert str(document.error).startswith(server.url("/a"))
