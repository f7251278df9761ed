"""Pages on the web: from an address, or from an entry of a feed, to a Document.

The origin is where the page was in the end, or the address on the same host that it gives as its proper one. A date is
taken from the page itself, else from the feed or sitemap that announced it, and only then from what the address or the
text suggest.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from urllib.parse import urlsplit

from sayso.errors import IntakeError
from sayso.intake.feed import MAX_BYTES as FEED_BYTES
from sayso.intake.feed import Entry, Feed, content_document, read_feed
from sayso.intake.html import read_html
from sayso.intake.sitemap import is_sitemap
from sayso.intake.text import decode
from sayso.intake.urls import host, link
from sayso.intake.web import Fetched, Fetcher
from sayso.intake.xml_source import root_name, xml_text
from sayso.records import Document

_HTML = ("text/html", "application/xhtml+xml")
_FEEDS = ("rss", "feed", "rdf", "channel", "opml", "urlset", "sitemapindex")
_HEAD = 262_144
_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_CANONICAL = re.compile(r"\brel\s*=\s*[\"']?canonical\b", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\"'\s>]+))", re.IGNORECASE)


def read_address(url: str, fetcher: Fetcher | None = None) -> Iterator[Document]:
    """Yield what is at an address: the article of a page, a text, or the articles that a feed announces.

    What cannot be had is a Document with ``error``. Without a fetcher one is taken that all addresses share, so that
    no host gets more than one request at a time.
    """
    fetcher = fetcher or _shared_fetcher()
    fetched = fetcher.fetch(url)
    kind = _kind(fetched) if fetched.outcome == "ok" else ""
    if kind in ("rss", "feed", "rdf", "channel"):
        yield from _announced(fetcher, fetched)
    elif kind in _FEEDS:
        name = "list of feeds" if kind == "opml" else "sitemap"
        yield _failed(url, f"{url} is a {name}, not an article: follow it with sayso watch {url}")
    else:
        yield _guarded(fetched, None)


@cache
def _shared_fetcher() -> Fetcher:
    return Fetcher()


def _announced(fetcher: Fetcher, fetched: Fetched) -> Iterator[Document]:
    """Yield the articles of a feed: as it carries them, else from their pages."""
    try:
        feed: Feed = read_feed(fetched.body, fetched.url, fetched.charset)
    except IntakeError as error:
        yield _failed(fetched.url, str(error))
        return
    if not feed.entries:
        yield _failed(fetched.url, f"{fetched.url}: the feed has no entries at present: try later")
    for entry in feed.entries:
        if entry.content is None and entry.url is not None:
            yield _guarded(fetcher.fetch(entry.url, came_from=fetched.url), entry)
            continue
        try:
            yield content_document(entry, fetched.url)
        except IntakeError as error:
            yield _failed(entry.url or fetched.url, f"{entry.url or fetched.url}: {error}")


def _guarded(fetched: Fetched, entry: Entry | None) -> Document:
    try:
        return page_document(fetched, entry)
    except IntakeError as error:
        failed = _failed(fetched.url, str(error))
        failed.ref = entry.guid if entry is not None else None
        return failed


def page_document(fetched: Fetched, entry: Entry | None = None) -> Document:
    """Return the article of a page, with what its entry knows of it; raise IntakeError where there is none."""
    if fetched.outcome != "ok":
        raise IntakeError(fetched.error or f"{fetched.asked} cannot be had")
    try:
        if _kind(fetched) == "text":
            made = Document(text=decode(fetched.body, fetched.charset), origin=fetched.url)
        else:
            made = read_html(fetched.body, canonical(fetched.body, fetched.url), charset=fetched.charset)
    except IntakeError as error:
        raise IntakeError(f"{fetched.url}: {error}") from error
    return made if entry is None else _completed(made, entry)


def _completed(made: Document, entry: Entry) -> Document:
    """Return a Document with what the feed or sitemap knows and the page does not tell."""
    made.ref = entry.guid
    made.title, made.publisher = made.title or entry.title, made.publisher or entry.publisher
    made.authors, made.language = made.authors or list(entry.authors), made.language or entry.language
    if entry.published and (made.published is None or made.published_from in ("address", "text")):
        made.published, made.published_from = entry.published, entry.dated_by
    return made


def canonical(page: bytes, url: str) -> str:
    """Return the address that a page gives as its proper one, if that is on the same host, else ``url``.

    A front page is no proper address of an article: some systems name it on all pages by mistake.
    """
    for tag in _LINK.findall(page[:_HEAD].decode("latin-1")):
        found = _HREF.search(tag) if _CANONICAL.search(tag) else None
        if found is None:
            continue
        address = link(url, unescape(found[1] or found[2] or found[3] or ""))
        if address is None or _site(address) != _site(url):
            return url
        front = urlsplit(address).path in ("", "/") and not urlsplit(address).query
        return url if front else address
    return url


def _kind(fetched: Fetched) -> str:
    """Return what came: "html", "text", or the name of the first element of a feed, list or sitemap."""
    head = fetched.body[:1024].lstrip(codecs.BOM_UTF8).lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")) or fetched.content_type in _HTML:
        return "html"
    if is_sitemap(fetched.body):
        return "urlset"
    if len(fetched.body) <= FEED_BYTES and ("xml" in fetched.content_type or head.startswith(b"<")):
        try:
            root = root_name(xml_text(fetched.body, fetched.charset))
        except IntakeError:
            return "html"
        return root if root in _FEEDS else "html"
    return "text" if fetched.content_type.startswith("text/") else "html"


def _site(address: str) -> str:
    return host(address).removeprefix("www.")


def _failed(url: str, error: str) -> Document:
    return Document(text="", origin=url, error=error)
