"""What feeds and sitemaps announce at present."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sayso.errors import IntakeError
from sayso.intake.feed import Entry, read_feed
from sayso.intake.sitemap import MAX_BYTES, is_index, is_sitemap, walk
from sayso.intake.subscriptions import Subscription
from sayso.intake.text import log
from sayso.intake.web import Fetched, Fetcher
from sayso.intake.web_manners import DAY

SITEMAP_DAYS = 7
"""Pages that a sitemap dates earlier are not news."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of reading a feed; ``entries`` is None where it is as it was."""

    subscription: Subscription
    fetched: Fetched
    entries: list[Entry] | None = None
    error: str | None = None


def hear(fetcher: Fetcher, feed: Subscription, parsing: AbstractContextManager[object]) -> Heard:
    """Return what a feed or sitemap announces, or why that cannot be told; ``parsing`` is held while it is read."""
    fetched = fetcher.fetch(feed.url, etag=feed.etag, modified=feed.modified, most=MAX_BYTES)
    if fetched.outcome == "not modified":
        return Heard(feed, fetched)
    if fetched.outcome != "ok":
        return Heard(feed, fetched, error=fetched.error)
    if is_index(fetched.body):  # what it leads to changes, and the index does not
        fetched = replace(fetched, etag=None, modified=None)
    try:
        return Heard(feed, fetched, _entries(fetcher, fetched, feed.title, parsing))
    except IntakeError as error:
        return Heard(feed, fetched, error=str(error))
    except Exception as error:  # noqa: BLE001 - one odd feed must not end a watch of months
        log.debug("%s", feed.url, exc_info=True)
        return Heard(feed, fetched, error=f"{feed.url}: the feed cannot be read ({type(error).__name__})")


def _entries(
    fetcher: Fetcher, fetched: Fetched, title: str | None, parsing: AbstractContextManager[object]
) -> list[Entry]:
    if is_sitemap(fetched.body):
        return _news(fetcher, fetched)
    with parsing:
        found = read_feed(fetched.body, fetched.url, fetched.charset)
    return [entry if entry.publisher else replace(entry, publisher=title) for entry in found.entries]


def _news(fetcher: Fetcher, fetched: Fetched) -> list[Entry]:
    """Return the pages of a sitemap that are not older than a week."""
    earliest = datetime.fromtimestamp(fetcher.clock.now() - SITEMAP_DAYS * DAY, UTC).date().isoformat()
    news: list[Entry] = []
    pages = dated = 0
    for page in walk(fetcher, fetched, since=earliest):
        day = page.entry.published or page.touched
        pages, dated = pages + 1, dated + (day is not None)
        if day is not None and day[:10] >= earliest:
            news.append(page.entry)
    if pages and not dated:
        raise IntakeError(
            f"{fetched.url}: the sitemap gives no dates, so that nobody can tell what is new: give a feed"
        )
    return news
