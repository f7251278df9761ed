"""Feeds: RSS and Atom of every version, by feedparser, from bytes to entries.

A summary is not the article, and no date is made up: an entry whose date cannot be read, or lies in the future, has
none. What feeds get wrong most (the encoding, and one guid for all entries) is put right here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape, unescape
from io import BytesIO
from typing import Any

from sayso.errors import IntakeError
from sayso.intake.dates import is_future, iso
from sayso.intake.html import read_html
from sayso.intake.text import log
from sayso.intake.urls import is_address, link
from sayso.intake.xml_source import one_line, root_name, xml_text
from sayso.records import DateSource, Document

MAX_BYTES = 4 * 1024 * 1024
MAX_ENTRIES = 5_000
"""Of a feed that is longer only the first are taken; one with many times more is none."""
FULL_WORDS = 100
"""Words that content needs to be taken for the article itself rather than for its beginning."""

_ROOTS = ("rss", "feed", "rdf", "channel")
_MISSING = ("1970-01-01", "0001-01-01")
"""What programs write for want of a date."""
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_CUT_OFF = re.compile(
    r"(?:(?:\u2026|\.\.\.)\]?|\b(?:continue reading|read more|read the (?:full|whole) \w+)\W{0,3})\s*$", re.IGNORECASE
)
_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]{1,2000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article that a feed or a sitemap announces; ``content`` is its HTML where the feed carries the whole text."""

    guid: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    dated_by: DateSource = "feed"
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says: its title and its entries, in its order."""

    title: str | None
    entries: list[Entry]


def read_feed(data: bytes, name: str, charset: str | None = None) -> Feed:
    """Return the entries of a feed; ``name`` is its address or file, ``charset`` what its server says.

    Raises IntakeError where it is no feed; the message names the feeds that a web page links to.
    """
    if len(data) > MAX_BYTES:
        raise IntakeError(f"{name}: larger than {MAX_BYTES // 2**20} MB, too large for a feed: check the address")
    try:
        text = xml_text(data, charset)
    except IntakeError as error:
        raise IntakeError(f"{name}: this is no feed ({error})") from error
    if root_name(text) not in _ROOTS:
        raise IntakeError(f"{name}: {_no_feed(text, name)}")
    if len(_ENTRY.findall(text)) > 4 * MAX_ENTRIES:
        raise IntakeError(f"{name}: more than {4 * MAX_ENTRIES:,} entries, too many for a feed: check the address")
    parsed = _parse(text, name)
    feed = parsed.get("feed", {})
    title, language = one_line(feed.get("title")), one_line(feed.get("language"), 40)
    entries = [_entry(found, name, title, language) for found in parsed.entries[:MAX_ENTRIES]]
    return Feed(title, _with_telling_guids(entry for entry in entries if entry.url or entry.content))


def read_feed_file(name: str, data: bytes) -> Iterator[Document]:
    """Yield a Document for each entry of a feed that was saved; one that the feed only sums up has ``error``."""
    try:
        feed = read_feed(data, name)
    except IntakeError as error:
        yield Document(text="", origin=name, error=str(error))
        return
    if not feed.entries:
        yield Document(text="", origin=name, error=f"{name}: the feed has no entries: get it anew")
    for number, entry in enumerate(feed.entries, 1):
        where = f"{name}, entry {number}"
        try:
            yield content_document(entry, where)
        except IntakeError as error:
            remedy = f"fetch {entry.url}" if entry.url else "find the article elsewhere"
            yield Document(
                text="",
                origin=entry.url or name,
                ref=entry.guid,
                title=entry.title,
                error=f"{where}: {error}: {remedy}, or follow the address of the feed with sayso watch",
            )


def content_document(entry: Entry, where: str) -> Document:
    """Return the article that an entry carries; raise IntakeError where it carries only a summary of it."""
    if entry.content is None:
        raise IntakeError("the feed has only a summary of this article")
    head = f"<head><meta charset='utf-8'><title>{escape(entry.title or '')}</title></head>"
    page = f"<!doctype html><html>{head}<body><article>{entry.content}</article></body></html>"
    document = read_html(page.encode("utf-8", "replace"), entry.url or where)
    document.published, document.published_from = entry.published, "feed" if entry.published else None
    document.publisher, document.title, document.ref = entry.publisher, entry.title or document.title, entry.guid
    document.authors, document.language = list(entry.authors) or document.authors, document.language or entry.language
    return document


def date_of(value: object, where: str) -> str | None:
    """Return a date that a feed or sitemap gives as ISO 8601; None, and a line in the log, where it cannot be right."""
    text = one_line(value, 80)
    if text is None:
        return None
    published = iso(text)
    if published is None or published.startswith(_MISSING):
        log.info("%s: the date %.60r cannot be right and is left out", where, text)
        return None
    if is_future(published):
        log.info("%s: the date %s is in the future and is left out", where, published)
        return None
    return published


def _parse(text: str, name: str) -> Any:
    import feedparser  # with its parts it takes as long to load as several articles to read

    # no address is given: guids would be resolved against it too
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(
            BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            sanitize_html=False,  # only the text is taken
            resolve_relative_uris=False,
        )
    except Exception as error:
        raise IntakeError(f"{name}: the feed cannot be read ({type(error).__name__}): get it anew") from error


def _no_feed(text: str, name: str) -> str:
    root = root_name(text)
    if root == "opml":
        return "this is a list of feeds (OPML), not a feed: give it to sayso watch, as a file"
    if root not in ("html", "head", "body"):
        return f"this is no feed, but XML of another kind ({root}): give the address of an RSS or Atom feed"
    found = [
        address
        for tag in _LINK.findall(text[:300_000])
        if _FEED_TYPE.search(tag) and (href := _HREF.search(tag)) and (address := _resolved(name, unescape(href[1])))
    ]
    links = f": give one that it links to, {', '.join(found[:3])}" if found else ": look for RSS or Atom on its site"
    return f"this is a web page, not a feed{links}"


def _resolved(base: str, address: object) -> str | None:
    return link(base if "://" in base else "", address)


def _entry(found: Any, name: str, title: str | None, language: str | None) -> Entry:
    address = _resolved(name, found.get("feedburner_origlink")) or _address(found, name)
    where = f"{name}, {address or 'an entry'}"
    source = found.get("source")
    publisher = one_line(source.get("title")) if isinstance(source, dict) else None
    named = [one_line(author.get("name"), 200) for author in found.get("authors") or [] if isinstance(author, dict)]
    content = _content(found)
    return Entry(
        guid=one_line(found.get("id")),
        url=address,
        title=_plain(found.get("title")),
        # "updated" is asked of the dict itself, for feedparser may answer with another date
        published=date_of(dict.get(found, "published") or dict.get(found, "updated"), where),
        authors=tuple(author for author in named[:50] if author),
        publisher=publisher or title,
        language=language,
        content=content,
    )


def _address(found: Any, name: str) -> str | None:
    """Return where an entry links to; a guid stands for a link only where it is an address."""
    given = found.get("link")
    if given == found.get("id") and not is_address(str(given)):
        return None
    return _resolved(name, given)


def _content(found: Any) -> str | None:
    """Return the longest content of an entry as HTML where it is long enough, and not cut off, to be the article."""
    longest = None
    for part in found.get("content") or []:
        value, kind = part.get("value"), part.get("type") or "text/html"
        if isinstance(value, str) and kind.startswith(("text/", "application/xhtml")):
            page = value if kind != "text/plain" else "".join(f"<p>{escape(p)}</p>" for p in value.split("\n"))
            longest = page if longest is None or len(page) > len(longest) else longest
    if longest is None:
        return None
    words = _TAG.sub(" ", longest)
    return longest if len(words.split()) >= FULL_WORDS and not _CUT_OFF.search(unescape(words[-200:])) else None


def _plain(title: object) -> str | None:
    """Return a title without the mark-up that some feeds leave in it."""
    line = one_line(title, 4_000)
    return one_line(unescape(_TAG.sub("", line))) if line else None


def _with_telling_guids(entries: Iterator[Entry]) -> list[Entry]:
    """Drop the guids that a feed gives to more than one address: they do not tell its entries apart."""
    kept = list(entries)
    addresses: dict[str | None, set[str | None]] = defaultdict(set)
    for entry in kept:
        addresses[entry.guid].add(entry.url)
    return [replace(entry, guid=None) if len(addresses[entry.guid]) > 1 else entry for entry in kept]
