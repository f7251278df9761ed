"""When a document was published: which of the places that say so is believed.

What the input says of the document itself (a column, the page, a feed) comes first, then the date in its URL, then the
date that was given for all documents that do not say, then a date line at the head of its text. Never now, and never
the future.
"""

from __future__ import annotations

from sayso.intake.address import address_date
from sayso.intake.dateline import dateline
from sayso.intake.dates import days_apart, is_future
from sayso.intake.text import log
from sayso.records import DateSource, Document, is_url

TOLERANCE = 2
"""Days by which a URL may differ from what else is known: it is filed at night, or in another zone."""


def settle(document: Document, option: str | None = None, *, fetched: str | None = None) -> Document:
    """Fill in when a document was published, as far as its reader has not found it, and from where; return it.

    ``option`` is the date that the user gave for documents that do not tell theirs; ``fetched`` the day on which the
    document was fetched, where it is an archived one: nothing is published after that.
    """
    _from_address(document, fetched)
    if document.published is None and option is not None:
        document.published, document.published_from = option, "option"
    if document.published is None and document.error is None:
        found = dateline(document.text)
        if found and not is_future(found, fetched):
            document.published, document.published_from = found, "text"
    return document


def believed(
    found: str | None, source: DateSource | None, url: str | None, *, fetched: str | None = None
) -> tuple[str | None, DateSource | None]:
    """Return the date to believe, and where it is from, when one was found and a URL may give another.

    The one found stands, unless the URL says the same more precisely; where they disagree, that is said in the log.
    """
    filed = address_date(url) if url and is_url(url) else None
    if filed is None or is_future(filed, fetched):
        return found, source
    if found is None or (len(found) < len(filed) and filed.startswith(found)):
        return filed, "address"
    if (apart := days_apart(found, filed)) > TOLERANCE:
        log.info("%s: says that it was published on %s, %d days from the date in its URL", url, found, apart)
    return found, source


def _from_address(document: Document, fetched: str | None) -> None:
    if document.error is None:
        document.published, document.published_from = believed(
            document.published, document.published_from, document.origin, fetched=fetched
        )
