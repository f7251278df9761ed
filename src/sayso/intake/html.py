"""Web pages that were saved: the article without what surrounds it, and what the page says of itself.

Extraction is trafilatura's (Barbaresi 2021), which is given the bytes and never a URL, so that nothing is fetched and
no script is run. Its parser stops at a depth of some hundred elements and its clean-up costs more than linear time in
the number of elements and of attributes: pages beyond all measure are refused beforehand.
"""

from __future__ import annotations

import re

from sayso.errors import IntakeError
from sayso.intake.dates import is_future, iso
from sayso.intake.text import decode, log, without_surrogates
from sayso.records import Document

MAX_CHARACTERS = 16_000_000
MAX_TAGS = 100_000
MAX_ATTRIBUTES = 5_000
LEAST_WORDS = 5
"""A page of which less is left holds no article."""

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# A tag as a browser reads it: a quotation mark after "=" hides what would close the tag. Nothing here backtracks.
_TAG = re.compile(r"<[a-zA-Z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+")
_BETWEEN = re.compile(r"[\s/]+")


def read_html(data: bytes, name: str) -> Document:
    """Return the article of a page; raise IntakeError where there is none or the page is beyond all measure."""
    declared = _DECLARED.search(data[:4096])
    page = decode(data, declared[1].decode("ascii") if declared else None)
    _refuse_monsters(page)
    return _extract(page, name)


def _refuse_monsters(page: str) -> None:
    if len(page) > MAX_CHARACTERS:
        raise IntakeError(f"the page has more than {MAX_CHARACTERS:,} characters: save the article alone, as text")
    if page.count("<") > MAX_TAGS:
        raise IntakeError(f"the page has more than {MAX_TAGS:,} tags: save the article alone, as text")
    for tag in _TAG.finditer(page):
        if len(tag[0]) > MAX_ATTRIBUTES and len(_BETWEEN.findall(tag[0])) > MAX_ATTRIBUTES:
            raise IntakeError(
                f"the page has a tag of more than {MAX_ATTRIBUTES:,} attributes: save the article as text"
            )


def _extract(page: str, name: str) -> Document:
    from trafilatura import bare_extraction  # loading it takes as long as reading several articles

    try:
        found = bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:
        raise IntakeError(f"the page cannot be read ({type(error).__name__}): save the article as text") from error
    if found is None or isinstance(found, dict) or len((found.text or "").split()) < LEAST_WORDS:
        raise IntakeError("the page holds no article that can be told from its menus: save the article as text")
    return Document(
        text=without_surrogates(found.text or ""),
        title=_line(found.title),
        publisher=_line(found.sitename),
        authors=[author.strip() for author in (found.author or "").split(";") if author.strip()],
        published=_published(found.date, name),
        origin=name,
    )


def _line(value: str | None) -> str | None:
    return " ".join(without_surrogates(value or "").split()) or None


def _published(value: str | None, name: str) -> str | None:
    """Return the date that the page gives; a future one is a mistake of the page, and unknown stays unknown."""
    published = iso(value or "")
    if published is not None and is_future(published):
        log.warning("%s: the date %s is in the future and is left out", name, published)
        return None
    return published
