"""An account as one page: the article with its evidence marked, beside the statements and events it supports.

The page holds everything it needs and asks nothing of any server. Whatever comes from a text is escaped by the
templates, and the page's own security policy forbids every script and style but the ones written here.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from sayso.records import Record
from sayso.rendering.account import account
from sayso.rendering.highlights import paragraphs
from sayso.rendering.templating import environment
from sayso.version import __version__

_ASSETS = Path(__file__).parent / "assets"


def section(record: Record, number: int) -> str:
    """Return one document as a section of a page; ``number`` tells its ids from those of other sections.

    The text of a document that could not be read is left out: it may be of any size and kind.
    """
    template = _environment().get_template("section.html")
    shown = [] if record.error else paragraphs(record)
    return template.render(account=account(record), paragraphs=shown, document=f"d{number}")


def contents_line(record: Record) -> tuple[str, str]:
    """Return what a list of contents says about a document: its title, and where and when it was published."""
    told = account(record)
    return told.title, " · ".join([*told.particulars, *(["not coded"] if told.error else [])])


def page(sections: Iterable[str], contents: list[tuple[str, str]]) -> str:
    """Return the page that holds sections, with a list of contents where there are several."""
    style, script = _asset("account.css") + _asset("article.css"), _asset("account.js")
    return (
        _environment()
        .get_template("account.html")
        .render(
            sections=[Markup(part) for part in sections],  # noqa: S704 - made and escaped by section()
            contents=contents,
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_digest=_digest(style),
            script_digest=_digest(script),
            version=__version__,
        )
    )


def render(records: Iterable[Record]) -> str:
    """Return a page of Records."""
    listed = list(records)
    return page(
        (section(record, number) for number, record in enumerate(listed, 1)),
        [contents_line(record) for record in listed],
    )


@cache
def _environment() -> Environment:
    made = environment("sayso.rendering")
    made.globals.update(quads=_QUADS)
    return made


_QUADS: dict[int, Any] = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
