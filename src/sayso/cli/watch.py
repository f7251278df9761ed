"""``sayso watch``: follow feeds into a ledger."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import parameters
from sayso.cli.ledger_output import LedgerOutput
from sayso.cli.messages import Messages, explained
from sayso.errors import IntakeError

if TYPE_CHECKING:
    from sayso.engine.options import ReaderOptions
    from sayso.intake.web import Fetcher
    from sayso.records import Document

STATE, FOLDER_STATE = "watch.sqlite", "folder.sqlite"
"""What has been seen of feeds, or of a folder, is remembered in this file of the ledger's folder."""

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)")
_UNITS = {"s": 1, "": 1, "m": 60, "h": 3600, "d": 86_400}


def seconds(given: str) -> float:
    """Return a duration such as 90, 90s, 15m, 2h or 1d in seconds; raise a usage error for anything else."""
    found = _DURATION.fullmatch(given.strip().lower())
    if found is None:
        raise typer.BadParameter(f"{given!r} is not a duration such as 15m, 2h or 90s")
    return float(found[1]) * _UNITS[found[2]]


def watch(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="FEED",
            help="Addresses of feeds or news sitemaps, and OPML files with many of them; or one folder, whose files "
            "are read as they come or change.",
            show_default=False,
        ),
    ],
    path: parameters.LedgerPath,
    every: Annotated[str, typer.Option(metavar="DURATION", help="How often feeds are read: 15m, 2h.")] = "15m",
    once: Annotated[
        bool, typer.Option("--once", help="Read every feed once, fetch what is new, and end: for cron.")
    ] = False,
    contact: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Where the owners of the sites can reach you; sent with every request.",
            show_default=False,
        ),
    ] = "",
    ignore_robots: Annotated[
        bool, typer.Option("--ignore-robots", help="Fetch also what robots.txt asks programs not to fetch.")
    ] = False,
    state: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            dir_okay=False,
            help="Where to remember what has been seen. Without it: in the ledger's folder, as "
            f"{STATE} for feeds and {FOLDER_STATE} for a folder.",
            show_default=False,
        ),
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what was given up earlier.")] = False,
    reader: parameters.Reader = "fast",
    knowledge: parameters.Knowledge = None,
    ontologies: parameters.Ontologies = None,
    time_limit: parameters.TimeLimit = 60.0,
    max_characters: parameters.MaxCharacters = 1_000_000,
) -> None:
    """Follow feeds, or a folder: code what comes, and keep the accounts in a ledger, each article once.

    Goes on until Ctrl-C, and where it stopped when it is started again. A feed
    or page that fails is asked for again later; the others go on. With --once
    the exit status is 1 where a page could not be had.

    [bold]Examples[/bold]

    sayso watch https://example.org/rss --ledger news --contact mailto:desk@example.org

    sayso watch feeds.opml --ledger news --every 30m

    sayso watch feeds.opml --ledger news --once

    sayso watch incoming/ --ledger news --every 5s
    """
    from sayso.engine.options import ReaderOptions
    from sayso.intake.web import Fetcher
    from sayso.ledger import Ledger

    pause = seconds(every)
    options = ReaderOptions(
        reader, str(knowledge) if knowledge else None, time_limit, max_characters, parameters.files(ontologies)
    )
    messages = Messages()
    with explained():
        kept = LedgerOutput(Ledger(path, create=True))
        with _stopping() as stopped:
            if any(map(os.path.isdir, sources)):
                coming = _folder(sources, state or path / FOLDER_STATE, pause, once, stopped)
            else:
                fetcher = Fetcher(contact=contact, obey_robots=not ignore_robots)
                coming = _feeds(sources, fetcher, state or path / STATE, pause, once, retry, stopped)
            given_up = _code(coming, options, kept, messages)
    messages.note(messages.summary())
    messages.note(kept.summary())
    if once and (given_up or messages.failed):
        raise typer.Exit(1)


def _feeds(
    sources: list[str],
    fetcher: Fetcher,
    state: Path,
    every: float,
    once: bool,
    retry: bool,
    stopped: threading.Event,
) -> Iterator[tuple[list[Document], list[str]]]:
    """Yield documents, and what was given up; they count as done when the next are asked for."""
    from sayso.intake.opml import feed_addresses
    from sayso.intake.subscriptions import State
    from sayso.intake.watch import follow

    feeds = feed_addresses(sources)
    with State(state) as seen:
        if retry:
            seen.retry_failed()
        for batch in follow(feeds, seen, fetcher, once=once, every=every, stop=stopped.is_set):
            yield batch.documents, batch.failures
            seen.done(batch.entries)


def _folder(
    sources: list[str], state: Path, every: float, once: bool, stopped: threading.Event
) -> Iterator[tuple[list[Document], list[str]]]:
    from sayso.intake import documents
    from sayso.intake.drop_folder import drop_folder

    if len(sources) != 1 or once:
        raise IntakeError("a folder is watched alone, and not --once: sayso code reads what is in folders now")
    batches = drop_folder(sources[0], state, lambda path: documents([path]), every=every, stop=stopped)
    return ((batch, []) for batch in batches)


def _code(
    coming: Iterator[tuple[list[Document], list[str]]], options: ReaderOptions, kept: LedgerOutput, messages: Messages
) -> int:
    """Code what comes into the ledger, batch by batch; return how many articles were given up."""
    from sayso.engine.resumption import uncoded

    coded, made_by = kept.ledger.coded(), options.coded_with()
    reading = options.make()
    given_up = 0
    for documents, failures in coming:
        for sentence in failures:
            messages.note(f"given up: {sentence}")
        given_up += len(failures)
        before = messages.done
        for record in reading.read(uncoded(documents, coded, made_by, messages.skip)):
            kept.write(record)
            messages.count(record)
        kept.close()  # committed: only now is the batch done
        if messages.done > before:
            messages.note(f"{messages.done - before:,} new, {kept.summary()}")
    return given_up


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C or a request to terminate sets; a second Ctrl-C breaks off at once."""
    stopped = threading.Event()

    def stop(number: int, _: object) -> None:
        if stopped.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
