"""Following feeds: what they announce becomes Documents, each once, for as long as somebody wants them.

The work is a loop that never waits long: feeds that are due are read in the background, a few at a time; what they
announced is fetched in batches, some pages of every host at once and each host's one after the other; and a batch is
handed out as soon as it is there. A feed or page that fails costs nothing but itself: it is asked for again later, and
later still when it keeps failing.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from queue import SimpleQueue

from sayso.errors import IntakeError
from sayso.intake.announced import Heard, hear
from sayso.intake.feed import content_document
from sayso.intake.opml import FeedAddress
from sayso.intake.page import page_document
from sayso.intake.publication import settle
from sayso.intake.subscriptions import State, Subscription, Waiting
from sayso.intake.text import log
from sayso.intake.web import Fetcher
from sayso.intake.web_manners import DAY
from sayso.records import Document

EVERY = 900.0
LEAST_EVERY = 60.0
ASIDE = 30 * DAY
"""Seconds after which a feed that was gone for good is asked for again."""
PAGE_BYTES = 8 * 1024 * 1024
BATCH = 64
PER_HOST = 8
"""Pages in a batch, and of one host in it."""
ATTEMPTS = 8
"""Over some two days, before an entry is given up."""

_WORKERS = 8
_FIRST_PAUSE = 300.0
_SLICE = 0.2
_LONGEST_REST = 60.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to read, and the entries they come from: give these to ``State.done`` once the records are kept.

    ``failures`` are sentences, one for each entry that was given up.
    """

    documents: list[Document]
    entries: list[int]
    failures: list[str]


def follow(
    feeds: Sequence[FeedAddress],
    state: State,
    fetcher: Fetcher,
    *,
    once: bool = False,
    every: float = EVERY,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Batch]:
    """Return batches of what feeds (and sitemaps) announce and ``state`` does not have as done.

    With ``once`` every feed is read once, those that failed lately excepted, and the batches end when nothing is left
    that can be had now. Else feeds are read ``every`` so many seconds, until ``stop`` turns true; it is asked several
    times a second, also while pages are being fetched. A batch that was not marked as done comes again with the next
    ``follow``. ``fetcher`` takes over ``stop``.

    Raises IntakeError at once where ``every`` is less than a minute, and later where the state cannot be written.
    """
    if every < LEAST_EVERY:
        raise IntakeError(f"feeds are not read every {every:g} seconds: give {LEAST_EVERY:g} or more")
    state.subscribe(feeds)
    return _Follower([feed.url for feed in feeds], state, fetcher, once, every, stop).batches()


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of an entry: a document, or why there is none, and whether to try again."""

    waiting: Waiting
    document: Document | None = None
    error: str = ""
    again: bool = False
    stopped: bool = False
    pause: float = 0.0


class _Follower:
    """The loop. Everything that touches the state happens in the thread that asks for batches."""

    def __init__(
        self, feeds: list[str], state: State, fetcher: Fetcher, once: bool, every: float, stop: Callable[[], bool]
    ) -> None:
        self._feeds, self._state, self._fetcher = set(feeds), state, fetcher
        self._once, self._every, self._told_to_stop = once, every, stop
        self._closed = False
        self._now = fetcher.clock.now
        self._queue: deque[Subscription] = deque()
        self._polls: set[Future[Heard]] = set()
        self._handed_out: set[int] = set()
        self._extracting = threading.Lock()
        """Held while a feed is parsed, or a page: the libraries do not promise to work in several threads."""

    def batches(self) -> Iterator[Batch]:
        self._fetcher.stop = self._stop
        workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="sayso-fetch")
        try:
            self._queue.extend(self._due())
            while not self._stop():
                self._read_feeds(workers)
                batch = self._next_batch(workers)
                if batch is not None:
                    if batch.documents or batch.failures:
                        yield batch
                elif self._polls or self._queue:
                    wait(self._polls, timeout=_SLICE, return_when=FIRST_COMPLETED)
                elif self._once:
                    return
                else:
                    self._rest()
        finally:
            self._closed = True
            workers.shutdown(wait=True, cancel_futures=True)

    def _stop(self) -> bool:
        return self._closed or self._told_to_stop()

    def _due(self) -> list[Subscription]:
        """Return the feeds to read now; with ``once`` also those that were read a short while ago."""
        now = self._now()
        return [
            feed
            for feed in self._state.subscriptions()
            if feed.url in self._feeds and (feed.due <= now or _beyond(feed, now) or (self._once and not feed.failures))
        ]

    def _read_feeds(self, workers: ThreadPoolExecutor) -> None:
        """Note what came of the feeds that were asked for, and ask for those that are due."""
        for finished in [poll for poll in self._polls if poll.done()]:
            self._polls.remove(finished)
            self._note(finished.result())
        if not self._once and not self._polls and not self._queue:
            self._queue.extend(self._due())
        while self._queue and len(self._polls) < _WORKERS:
            self._polls.add(workers.submit(hear, self._fetcher, self._queue.popleft(), self._extracting))

    def _note(self, heard: Heard) -> None:
        feed, fetched = heard.subscription, heard.fetched
        now = self._now()
        if fetched.outcome == "stopped" or self._stop():  # what was heard may be half of it
            return
        if heard.error is None:
            changed = heard.entries is not None
            new = self._state.heard(
                feed.url,
                now + self._every,
                heard.entries or (),
                etag=fetched.etag if changed else feed.etag,
                modified=fetched.modified if changed else feed.modified,
            )
            if feed.failures:
                log.warning("%s can be read again", feed.url)
            log.info("%s: %d new entries", feed.url, new)
            return
        gone = fetched.outcome == "gone"
        pause = max(min(DAY, self._every * 2.0 ** min(feed.failures, 20)), fetched.retry_after or 0.0)
        self._state.missed(feed.url, now + (ASIDE if gone else pause), heard.error, aside=gone)
        if gone and not feed.aside:
            log.warning("%s; the feed is set aside for a month: take it out of your list", heard.error)
        elif heard.error != feed.error:
            log.warning("%s; the feed is asked for again later", heard.error)

    def _next_batch(self, workers: ThreadPoolExecutor) -> Batch | None:
        """Return what could be made of some pending entries, None where none is pending now, or when told to stop."""
        waiting = self._state.pending(self._now(), BATCH, PER_HOST, self._handed_out)
        if not waiting:
            return None
        batch = Batch([], [], [])
        for found in self._read(waiting, workers):
            self._settle(found, batch)
        if self._stop():  # what was fetched is written down, and is handed out when the watch goes on
            return None
        self._handed_out.update(batch.entries)
        return batch

    def _read(self, waiting: list[Waiting], workers: ThreadPoolExecutor) -> Iterator[_Read]:
        by_host: dict[str, list[Waiting]] = defaultdict(list)
        for entry in waiting:
            if entry.document is not None:
                yield _Read(entry, entry.document)
            else:
                by_host[entry.host].append(entry)
        results: SimpleQueue[_Read | None] = SimpleQueue()
        for entries in by_host.values():
            workers.submit(self._read_host, entries, results)
        hosts = len(by_host)
        while hosts:
            if (found := results.get()) is None:
                hosts -= 1
            else:
                yield found

    def _read_host(self, entries: list[Waiting], results: SimpleQueue[_Read | None]) -> None:
        """Put what comes of the entries of one host into a queue, one by one, and None at the end."""
        for entry in entries:
            try:
                results.put(self._read_entry(entry))
            except Exception as error:  # noqa: BLE001 - one odd page must not end a watch of months
                log.debug("%s", entry.entry.url, exc_info=True)
                said = f"{entry.entry.url or entry.feed} cannot be read ({type(error).__name__}): save the page"
                results.put(_Read(entry, error=said))
        results.put(None)

    def _read_entry(self, waiting: Waiting) -> _Read:
        entry = waiting.entry
        try:
            with self._extracting:
                return _Read(waiting, settle(content_document(entry, waiting.feed)))
        except IntakeError as error:
            if entry.url is None:
                return _Read(waiting, error=f"{waiting.feed}: {error}")
        fetched = self._fetcher.fetch(entry.url, came_from=waiting.feed, most=PAGE_BYTES)
        if fetched.outcome in ("later", "stopped"):
            return _Read(
                waiting,
                error=fetched.error or "",
                again=True,
                stopped=fetched.outcome == "stopped",
                pause=fetched.retry_after or 0.0,
            )
        try:
            with self._extracting:
                return _Read(waiting, settle(page_document(fetched, entry)))
        except IntakeError as error:
            return _Read(waiting, error=str(error))

    def _settle(self, found: _Read, batch: Batch) -> None:
        """Write down what came of an entry, and put it into a batch where there is something to hand out."""
        entry = found.waiting
        if found.document is not None:
            if entry.document is not None or self._state.hold(entry.id, found.document):
                batch.documents.append(found.document)
                batch.entries.append(entry.id)
        elif found.stopped:
            return
        elif found.again and entry.attempts + 1 < ATTEMPTS:
            pause = max(min(DAY, _FIRST_PAUSE * 3.0**entry.attempts), found.pause)
            self._state.put_off(entry.id, self._now() + pause, found.error)
            log.info("%s; trying again in %d minutes", found.error, pause // 60)
        else:
            self._state.failed(entry.id, found.error)
            batch.failures.append(found.error)

    def _rest(self) -> None:
        """Wait until a feed or an entry is due."""
        now = self._now()
        dues = [feed.due for feed in self._state.subscriptions() if feed.url in self._feeds]
        if (due := self._state.next_due()) is not None:
            dues.append(due)
        pause = min((due - now for due in dues), default=_LONGEST_REST)
        self._fetcher.clock.wait(min(max(pause, _SLICE), _LONGEST_REST), self._stop)


def _beyond(feed: Subscription, now: float) -> bool:
    """Say whether a feed is due so late that the clock must have been wrong when that was written."""
    return feed.due > now + (ASIDE if feed.aside else DAY) + 3_600.0
