"""The books of a ledger, brought up to date for a command, with a progress bar where that takes its time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.cli.messages import Messages

if TYPE_CHECKING:
    from sayso.corroboration import Casebook, Utterances
    from sayso.corroboration.book import Book, Progress
    from sayso.ledger import Ledger

_Book = TypeVar("_Book", bound="Book[Any, Any]")

SOON = 1.0
"""Seconds that nobody minds waiting without a sign."""


def current(ledger: Ledger) -> AbstractContextManager[Casebook]:
    """Give the casebook of a ledger, up to date; raise LedgerError where it can be neither read nor made."""
    from sayso.corroboration import Casebook

    return up_to_date(Casebook, ledger)


def utterances(ledger: Ledger) -> AbstractContextManager[Utterances]:
    """Give the utterances of a ledger, up to date; raise LedgerError where they can be neither read nor made."""
    from sayso.corroboration import Utterances

    return up_to_date(Utterances, ledger)


@contextmanager
def up_to_date(opened: Callable[[Ledger], _Book], ledger: Ledger) -> Iterator[_Book]:
    """Give the book of a ledger that a function opens, up to date; raise LedgerError where it cannot be had."""
    Messages()  # tells what is logged: that a damaged book is made again
    with opened(ledger) as book:
        with grouping() as progress:
            book.update(progress)
        yield book


@contextmanager
def grouping() -> Iterator[Progress]:
    """Give what counts documents that are grouped; a bar shows it on a terminal where it takes longer than a second."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("grouping"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not console.is_terminal,
    )
    task = bar.add_task("grouping", total=None)
    begun = time.monotonic()

    def count(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)
        if time.monotonic() - begun > SOON:
            bar.start()

    # The first five hundred documents may take longer than a second.
    waiting = Timer(SOON, bar.start)
    waiting.daemon = True
    waiting.start()
    try:
        yield count
    finally:
        waiting.cancel()
        waiting.join()
        bar.stop()
