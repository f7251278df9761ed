"""Sitemaps: the pages of a site with their dates, after the protocol of sitemaps.org and Google's news extension.

The date of publication is the one of the news extension alone: ``lastmod`` is when a page was last touched, which says
nothing of when it was published, and is kept apart.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.errors import IntakeError
from sayso.intake.feed import Entry, date_of
from sayso.intake.text import log
from sayso.intake.urls import link, same_page
from sayso.intake.web import Fetched, Fetcher
from sayso.intake.xml_source import elements, local_name, one_line, root_name, xml_text

MAX_BYTES = 52_428_800
MAX_PAGES = 50_000
"""Both are the bounds of the protocol, for one sitemap."""
MAX_SITEMAPS = 50
"""Of an index; who wants a whole site needs a crawler."""
MAX_DEPTH = 3

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a sitemap lists, and when it was last touched."""

    entry: Entry
    touched: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap holds: pages, or, where it is an index, other sitemaps, each with when it was last touched."""

    pages: list[Listed]
    sitemaps: list[tuple[str, str | None]]


def is_sitemap(data: bytes) -> bool:
    """Say whether data are a sitemap or an index of sitemaps, packed by gzip or not."""
    return _root(data) in ("urlset", "sitemapindex")


def is_index(data: bytes) -> bool:
    """Say whether data are an index of sitemaps, which may stay the same while they change."""
    return _root(data) == "sitemapindex"


def read_sitemap(data: bytes, name: str) -> Sitemap:
    """Return what a sitemap at an address ``name`` lists; raise IntakeError where it is none."""
    try:
        text = xml_text(_unpacked(data))
        if root_name(text) not in ("urlset", "sitemapindex"):
            raise IntakeError(f"this is no sitemap, but {root_name(text)!r}: look for it in the robots.txt of the site")
        return _listed(text, name)
    except IntakeError as error:
        raise IntakeError(f"{name}: {error}") from error


def walk(fetcher: Fetcher, fetched: Fetched, since: str | None = None) -> Iterator[Listed]:
    """Yield the pages of a fetched sitemap, and, where it is an index, those of the sitemaps that it leads to.

    ``since`` is a day (ISO 8601): sitemaps that were last touched before it are not fetched. Raises IntakeError where
    the first one cannot be read; others that cannot are named in the log.
    """
    first = read_sitemap(fetched.body, fetched.url)
    yield from first.pages
    queue = deque((address, touched, 1) for address, touched in first.sitemaps)
    seen = {same_page(fetched.url), same_page(fetched.asked)}
    left = MAX_SITEMAPS
    while queue and left and not fetcher.stop():
        address, touched, depth = queue.popleft()
        if same_page(address) in seen or (since and touched and touched < since):
            continue
        seen.add(same_page(address))
        left -= 1
        found = _fetch(fetcher, address, fetched.url)
        if found is not None:
            yield from found.pages
            if depth < MAX_DEPTH:
                queue.extend((further, when, depth + 1) for further, when in found.sitemaps)
    if queue and not left:
        log.info("%s: leads to more than %d sitemaps: the rest is left out", fetched.url, MAX_SITEMAPS)


def _fetch(fetcher: Fetcher, address: str, came_from: str) -> Sitemap | None:
    fetched = fetcher.fetch(address, came_from=came_from, most=MAX_BYTES)
    try:
        if fetched.outcome == "ok":
            return read_sitemap(fetched.body, fetched.url)
        log.warning("%s", fetched.error)
    except IntakeError as error:
        log.warning("%s", error)
    return None


def _listed(text: str, name: str) -> Sitemap:
    pages: list[Listed] = []
    sitemaps: list[tuple[str, str | None]] = []
    for element in elements(text):
        kind = local_name(element)
        if kind not in ("url", "sitemap"):
            continue
        values = _values(element)
        address = link(name, values.get("loc"))
        if address is not None and kind == "url":
            pages.append(_page(address, values, name))
        elif address is not None:
            sitemaps.append((address, date_of(values.get("lastmod"), f"{name}, {address}")))
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
        if len(pages) + len(sitemaps) >= MAX_PAGES:
            log.warning("%s: lists more than %d addresses: the rest is left out", name, MAX_PAGES)
            break
    return Sitemap(pages, sitemaps)


def _values(element: Any) -> dict[str, str]:
    """Return the texts within an element by name, the outermost of each name first: images have a loc too."""
    values: dict[str, str] = {}
    for child in element:
        values.setdefault(local_name(child), child.text or "")
    for news in (child for child in element if local_name(child) == "news"):
        for part in news.iter():
            values.setdefault(f"news {local_name(part)}", part.text or "")
    return values


def _page(address: str, values: dict[str, str], name: str) -> Listed:
    entry = Entry(
        url=address,
        title=one_line(values.get("news title")),
        published=date_of(values.get("news publication_date"), f"{name}, {address}"),
        dated_by="sitemap",
        publisher=one_line(values.get("news name")),
        language=one_line(values.get("news language"), 40),
    )
    return Listed(entry, date_of(values.get("lastmod"), f"{name}, {address}"))


def _root(data: bytes) -> str:
    try:
        return root_name(xml_text(_unpacked(data[:65_536], whole=False)))
    except IntakeError:
        return ""


def _unpacked(data: bytes, *, whole: bool = True) -> bytes:
    """Return data, without the gzip around them, as far as a sitemap may be long."""
    if not data.startswith(_GZIP):
        return data
    unpacking = zlib.decompressobj(wbits=31)
    try:
        plain = unpacking.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise IntakeError(f"the sitemap cannot be unpacked ({error}): get it anew") from error
    if len(plain) > MAX_BYTES:
        raise IntakeError(f"larger than {MAX_BYTES // 2**20} MB, too large for a sitemap: check the address")
    if whole and not unpacking.eof:
        raise IntakeError("the packed sitemap is cut off: get it anew")
    return plain
