"""Web pages that were saved: the article without what surrounds it, and what the page says of itself.

Extraction is trafilatura's (Barbaresi 2021), which is given the bytes and never a URL, so that nothing is fetched and
no script is run. Its parser stops at a depth of some hundred elements and its clean-up costs more than linear time in
the number of elements and of attributes: pages beyond all measure are refused beforehand.
"""

from __future__ import annotations

import re
from typing import Any

from sayso.errors import IntakeError
from sayso.intake import metadata
from sayso.intake.publication import believed
from sayso.intake.text import decode, without_surrogates
from sayso.records import DateSource, Document, is_url

MAX_CHARACTERS = 16_000_000
MAX_TAGS = 100_000
MAX_ATTRIBUTES = 5_000
MAX_ROW_COST = 2_000_000_000
"""Elements side by side times the characters between them: taking such elements out costs time by that product."""
LEAST_WORDS = 5
"""A page of which less is left holds no article."""

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# A tag as a browser reads it: a quotation mark after "=" hides what would close the tag. Nothing here backtracks.
_TAG = re.compile(r"<[a-zA-Z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+")
_MANY = 1_000
_NO_SEARCH = {"extensive_search": False}  # for a date: we look for it ourselves
_BETWEEN = re.compile(r"[\s/]+")


def read_html(data: bytes, name: str, *, charset: str | None = None, fetched: str | None = None) -> Document:
    """Return the article of a page; raise IntakeError where there is none or the page is beyond all measure.

    ``charset`` is the encoding that the server gave, ``fetched`` the day (ISO 8601) on which an archived page was
    fetched: it cannot have been published after that.
    """
    declared = _DECLARED.search(data[:4096])
    said = [charset or "", declared[1].decode("ascii") if declared else ""]
    page = decode(data, next((encoding for encoding in said if encoding.lower() not in ("", "utf-8", "utf8")), None))
    _refuse_monsters(page)
    return _extract(page, name, fetched)


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


def _extract(page: str, name: str, fetched: str | None) -> Document:
    from trafilatura import bare_extraction, load_html  # loading it takes as long as reading several articles

    try:
        tree = load_html(page)
        _refuse_rows(tree)
        dated = (None, None) if tree is None else _published(tree, name, fetched)
        found = (
            None
            if tree is None
            else bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=_NO_SEARCH)
        )
    except IntakeError:
        raise
    except Exception as error:
        raise IntakeError(f"the page cannot be read ({type(error).__name__}): save the article as text") from error
    if found is None or isinstance(found, dict) or len((found.text or "").split()) < LEAST_WORDS:
        raise IntakeError("the page holds no article that can be told from its menus: save the article as text")
    return Document(
        text=without_surrogates(found.text or ""),
        title=_line(found.title),
        publisher=_line(found.sitename),
        authors=[author.strip() for author in (found.author or "").split(";") if author.strip()],
        published=dated[0],
        published_from=dated[1],
        origin=name,
    )


def _refuse_rows(tree: Any) -> None:
    for parent in () if tree is None else tree.iter():
        if len(parent) > _MANY and len(parent) * sum(len(child.tail or "") for child in parent) > MAX_ROW_COST:
            raise IntakeError(
                f"the page has {len(parent):,} elements and much text in one row: save the article as text"
            )


def _published(tree: Any, name: str, fetched: str | None) -> tuple[str | None, DateSource | None]:
    """Return the date that the page gives, else the one in its URL."""
    found = metadata.published(tree, name, fetched=fetched)
    source: DateSource | None = "page" if found else None
    url = name if is_url(name) else next((url for url in metadata.addresses(tree) if "://" in url), None)
    return believed(found, source, url, fetched=fetched)


def _line(value: str | None) -> str | None:
    return " ".join(without_surrogates(value or "").split()) or None
