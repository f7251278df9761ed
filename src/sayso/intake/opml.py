"""Lists of feeds: OPML, as feed readers export it, in which folders may be nested to any depth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import IntakeError
from sayso.intake.text import log, read_bytes
from sayso.intake.urls import is_address, link, normal, same_page
from sayso.intake.xml_source import elements, local_name, one_line, root_name, xml_text

MAX_BYTES = 16 * 1024 * 1024
MAX_FEEDS = 20_000


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A feed to follow, with the title that the list gives it."""

    url: str
    title: str | None = None


def feed_addresses(sources: Sequence[str]) -> list[FeedAddress]:
    """Return the feeds that addresses and OPML files name, each once; raise IntakeError where one is neither."""
    found: list[FeedAddress] = []
    for source in sources:
        if is_address(source):
            found.append(FeedAddress(normal(source)))
        elif Path(source).exists():
            found += read_opml(read_bytes(source), source)
        else:
            raise IntakeError(
                f"{source}: there is no such file; give the address of a feed (https://...) or an OPML file"
            )
    return _once(found)


def read_opml(data: bytes, name: str) -> list[FeedAddress]:
    """Return the feeds of an OPML file, each once; raise IntakeError where it is none, or names no feed."""
    if len(data) > MAX_BYTES:
        raise IntakeError(f"{name}: larger than {MAX_BYTES // 2**20} MB, too large for a list of feeds: split it")
    try:
        text = xml_text(data)
        if root_name(text) != "opml":
            raise IntakeError("this is no list of feeds (OPML): for a feed, give its address (https://...)")
        found = _outlines(text, name)
    except IntakeError as error:
        raise IntakeError(f"{name}: {error}") from error
    if not found:
        raise IntakeError(f"{name}: the list names no feed (an <outline> with xmlUrl): export it anew")
    return _once(found)[:MAX_FEEDS]


def _outlines(text: str, name: str) -> list[FeedAddress]:
    found = []
    for element in elements(text):
        if local_name(element) != "outline":
            continue
        values = {str(key).lower(): str(value) for key, value in element.attrib.items()}
        address = values.get("xmlurl")
        if address and (url := link("", address)):
            found.append(FeedAddress(url, one_line(values.get("title") or values.get("text"))))
        elif address:
            log.warning("%s: %.200s is not the address of a feed and is left out", name, address)
        element.clear()
    return found


def _once(feeds: list[FeedAddress]) -> list[FeedAddress]:
    kept: dict[str, FeedAddress] = {}
    for feed in feeds:
        kept.setdefault(same_page(feed.url), feed)
    return list(kept.values())
