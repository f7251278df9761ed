"""What a page says of its own date of publication: in its metadata, and failing that where readers see it.

The metadata are the ``meta`` elements of Open Graph, Dublin Core and large analytics services, JSON-LD and microdata of
schema.org, and ``time`` elements. They are taken as precisely as they are written, time of day and zone included.
Where there are none, htmldate (Barbaresi 2020) looks for a date in sight, after what has misled it is taken out of its
copy: dates of changes, of pictures, of copyright, of other articles, and those in sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from sayso.intake.dates import first_day, is_future, iso
from sayso.intake.text import log

_SURE = frozenset(
    (
        "article:published_time", "article:published", "article:published_date", "og:published_time",
        "og:article:published_time", "og:article:published", "datepublished", "date_published", "rnews:datepublished",
        "pubdate", "publishdate", "publish-date", "publish_date", "published_time", "published-date", "published_date",
        "publication_date", "originalpublicationdate", "article_date_original", "parsely-pub-date", "sailthru.date",
        "cxenseparse:recs:publishtime", "bt:pubdate", "vr:published_time", "mediator_published_time", "dc.date.issued",
        "dcterms.issued", "citation_publication_date", "dc.date.publication",
    )
)  # fmt: skip
_VAGUE = frozenset(("date", "dc.date", "dc:date", "dcterms.date", "dcterms.created", "dc.date.created", "displaydate"))
_MISLEADING = re.compile(r"modif|updated|lastmod|revision|moddate|image|copyright|og:url|expir", re.IGNORECASE)
_BESIDE = ("aside", "nav", "footer")
_MISLEADERS = ("meta", "script", "time", "p", *_BESIDE)
_CHANGED = re.compile(r"updated|modified|dateUpdate", re.IGNORECASE)
_NEW_YEAR = re.compile(
    r"01[-/.]01\b|\b0?1\.0?1\.|\b0?1(?:st)?\.? jan|\bjan[a-z]*\.? 0?1\b|\b1er? janvier", re.IGNORECASE
)
_WRITTEN_DATE = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,40})"')
_OTHERS = frozenset(("itemListElement", "citation", "comment", "isBasedOn", "mentions", "review", "video", "image"))
"""Where JSON-LD tells of other works than the page's own."""

_MOST_TIMES = 100
_MOST_SCRIPTS = 20
_MOST_NODES = 5_000
_LONGEST_SCRIPT = 500_000


def published(tree: Any, name: str, *, fetched: str | None = None) -> str | None:
    """Return the date of publication that a page (an lxml tree) gives, as ISO 8601; None where it gives none.

    One in the future, or after the day on which the page was ``fetched``, is a mistake of the page and is passed over;
    that is said in the log.
    """
    dates = _believable(_declared(tree), name, fetched)
    first = next(dates, None)
    if first is None:
        return next(_believable(filter(None, [_in_sight(tree)]), name, fetched), None)
    return max((date for date in [first, *dates] if date.startswith(first)), key=len)


def addresses(tree: Any) -> Iterator[str]:
    """Yield the URLs that a page says are its own."""
    for link in tree.iterfind(".//link[@rel='canonical']"):
        yield link.get("href") or ""
    for meta in tree.iterfind(".//meta[@property='og:url']"):
        yield meta.get("content") or ""


def _believable(written: Iterable[str], name: str, fetched: str | None) -> Iterator[str]:
    for text in written:
        date = iso(text)
        if date is not None and is_future(date, fetched):
            log.warning("%s: the date %s is %s and is left out", name, date, _too_late(date))
        elif date is not None:
            yield date


def _too_late(date: str) -> str:
    return "in the future" if is_future(date) else "after the day on which the page was fetched"


def _declared(tree: Any) -> Iterator[str]:
    """Yield the dates of publication in the metadata, the surest first."""
    metas = [meta for meta in tree.iter("meta") if meta.get("content")]
    yield from _in_metas(metas, _SURE)
    yield from _in_scripts(tree)
    for element in tree.xpath("//*[contains(@itemprop, 'datePublished')][@content or @datetime]")[:_MOST_TIMES]:
        yield element.get("datetime") or element.get("content")
    yield from _in_times(tree)
    yield from _in_metas(metas, _VAGUE)


def _in_metas(metas: list[Any], wanted: frozenset[str]) -> Iterator[str]:
    for meta in metas:
        if any((meta.get(key) or "").strip().lower() in wanted for key in ("property", "name", "itemprop")):
            yield meta.get("content")


def _in_scripts(tree: Any) -> Iterator[str]:
    """Yield ``datePublished`` of the articles in JSON-LD, then of the page: the outermost first."""
    articles: list[str] = []
    pages: list[str] = []
    for script in tree.xpath("//script[@type='application/ld+json']")[:_MOST_SCRIPTS]:
        for node in _nodes(script.text or ""):
            date, kind = node.get("datePublished"), str(node.get("@type"))
            if isinstance(date, str):
                (articles if "Article" in kind or "Posting" in kind else pages if "Page" in kind else []).append(date)
    yield from articles
    yield from pages


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON document, level by level."""
    if len(script) > _LONGEST_SCRIPT or "datePublished" not in script:
        return
    try:
        level = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):  # as many a page writes it: the first date in it is the page's
        if found := _WRITTEN_DATE.search(script):
            yield {"@type": "Article", "datePublished": found[1]}
        return
    seen = 0
    while level and seen < _MOST_NODES:
        seen += len(level)
        yield from (node for node in level if isinstance(node, dict))
        level = [below for node in level for below in _below(node)]


def _below(node: Any) -> Iterable[Any]:
    if isinstance(node, dict):
        held = [value for key, value in node.items() if key not in _OTHERS]
    else:
        held = node if isinstance(node, list) else []
    return [value for value in held if isinstance(value, dict | list)]


def _in_times(tree: Any) -> Iterator[str]:
    """Yield the times that are marked as of publication, or else the one day that all times of a page are of."""
    times = [time for time in tree.iter("time") if time.get("datetime")][:_MOST_TIMES]
    for time in times:
        if time.get("pubdate") is not None or re.search(r"entry-date|publish|posted", time.get("class") or ""):
            yield time.get("datetime")
    own = [time for time in times if not _is_change(time) and next(time.iterancestors(*_BESIDE), None) is None]
    dates = [iso(time.get("datetime")) for time in own]
    if dates and all(dates) and len({first_day(date) for date in dates if date}) == 1:
        yield str(dates[0])


def _is_change(element: Any) -> bool:
    return bool(_CHANGED.search(f"{element.get('class')} {element.get('itemprop')}"))


def _in_sight(tree: Any) -> str | None:
    """Return the date that htmldate sees on a page, but for one that it made up of a year."""
    from htmldate import find_date

    copy = deepcopy(tree)
    for element in [element for element in copy.iter(*_MISLEADERS) if _misleads(element)]:
        element.clear(keep_tail=True)  # to take it out, tail and all, would cost time squared
    found: str | None = find_date(copy, extensive_search=False, original_date=True, url="")
    if found and found.endswith("-01-01") and not _NEW_YEAR.search(tree.text_content()):
        return None
    return found


def _misleads(element: Any) -> bool:
    if element.tag == "meta":
        return any(_MISLEADING.search(element.get(key) or "") for key in ("property", "name", "itemprop", "http-equiv"))
    if element.tag == "time":
        return _is_change(element)
    return element.tag != "p" or _is_sentence(" ".join(element.text_content().split()))


def _is_sentence(text: str) -> bool:
    return len(text) > 100 or (len(text) > 40 and text.endswith((".", "”", '"')))
