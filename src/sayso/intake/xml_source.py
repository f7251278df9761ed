"""XML from strangers: decoded, without a document type, and parsed without entities, network or great depth.

A document type is where XML can be made to explode or to read files; feeds, lists of feeds and sitemaps do not need
one. What stands before the first element is therefore not even given to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from sayso.errors import IntakeError
from sayso.intake.text import decode, without_surrogates

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_BEFORE = re.compile(r"<!--|<\?|<(?=[A-Za-z_])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HIDING = {"<!--": "-->", "<?": "?>"}


def xml_text(data: bytes, charset: str | None = None) -> str:
    """Return an XML document from its first element on; raise IntakeError where it has none or is no text.

    The encoding is the one that the document declares, else ``charset``, which is what the server says; either is
    believed only where the document is not UTF-8.
    """
    declared = _DECLARED.search(data[:1024].replace(b"\x00", b""))
    text = decode(data, declared[1].decode("ascii") if declared and _fits(declared[1], data) else charset)
    position = 0
    while found := _BEFORE.search(text, position):
        if found[0] == "<":
            return _CONTROL.sub(" ", without_surrogates(text[found.start() :]))
        end = text.find(_HIDING[found[0]], found.end())
        if end < 0:
            break
        position = end + 2
    raise IntakeError("this is not XML: give the address or file of a feed, a list of feeds (OPML) or a sitemap")


def root_name(text: str) -> str:
    """Return the name of the first element, in lower case and without its prefix."""
    found = re.match(r"<(?:[\w.-]{1,40}:)?([\w.-]{1,40})", text)
    return found[1].lower() if found else ""


def elements(text: str) -> Iterator[Any]:
    """Yield lxml elements as they end, innermost first; raise IntakeError where it is no XML at all.

    Small mistakes are forgiven, as a reader of feeds must. Whoever is done with an element clears it.
    """
    from lxml import etree

    try:
        yield from (
            element
            for _, element in etree.iterparse(
                BytesIO(text.encode("utf-8", "replace")),
                events=("end",),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                recover=True,
                remove_comments=True,
                remove_pis=True,
            )
        )
    except etree.XMLSyntaxError as error:
        raise IntakeError(f"this is broken XML ({error.msg}): get it anew") from error


def local_name(element: Any) -> str:
    """Return the name of an element in lower case, without its namespace."""
    return str(element.tag).rpartition("}")[2].lower()


def one_line(value: object, longest: int = 1_000) -> str | None:
    """Return a text as one line, None where it says nothing."""
    return (
        " ".join(without_surrogates(value[: 4 * longest]).split())[:longest] or None if isinstance(value, str) else None
    )


def _fits(name: bytes, data: bytes) -> bool:
    try:
        data.decode(name.decode("ascii"))
    except (LookupError, ValueError):
        return False
    return True
