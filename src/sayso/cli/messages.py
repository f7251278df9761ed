"""Messages to the person at the terminal, on standard error: failures, notes, and how far the work is."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from sayso.errors import SaysoError
from sayso.rendering.neutral import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from sayso.records import Record

FEW = 3
"""So many documents are read without a progress bar."""


class Messages:
    """Where messages go, and the count of what has been done; with a progress bar if that helps anybody."""

    def __init__(self) -> None:
        from rich.console import Console

        self.console: Console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)
        self.done = 0
        self.failed = 0
        self.skipped = 0
        self._bar: Bar | None = None
        _Notes.attach(self)

    def note(self, text: str) -> None:
        """Say something worth knowing."""
        self.console.print(one_line(text))

    def count(self, record: Record) -> None:
        """Count a record, and say what went wrong with it if anything did."""
        self.done += 1
        if record.error:
            self.failed += 1
            self.note(f"not coded: {_named(record)}")
        if self._bar:
            self._bar.advance()

    def count_many(self, coded: int) -> None:
        """Count so many documents that were coded."""
        self.done += coded
        if self._bar:
            self._bar.advance(coded)

    def skip(self, documents: int = 1) -> None:
        """Count documents that need not be coded."""
        self.skipped += documents
        if self._bar:
            self._bar.advance(documents)

    def summary(self) -> str:
        """Return one line on everything that was counted."""
        coded = self.done - self.failed
        others = {"not coded": self.failed, "skipped, for the ledger has them": self.skipped}
        return ", ".join([f"{coded:,} coded", *(f"{count:,} {what}" for what, count in others.items() if count)])

    @contextmanager
    def progress(self, total: int | None) -> Iterator[None]:
        """Show a progress bar meanwhile, if there are more than a few documents."""
        if total is not None and total <= FEW:
            yield
            return
        with Bar(self.console, total) as self._bar:
            yield
        self._bar = None


class Bar:
    """A progress bar with what is done, the rate and the time that is left."""

    def __init__(self, console: Console, total: int | None) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task("reading", total=total, rate="")

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def advance(self, documents: int = 1) -> None:
        """Count documents."""
        task = self._progress.tasks[0]
        total = max(task.total, task.completed + documents) if task.total is not None else None
        rate = f"{task.speed:.1f} a second" if task.speed else ""
        self._progress.update(self._task, advance=documents, total=total, rate=rate)


class _Notes(logging.Handler):
    """Takes what Sayso's modules log to the messages."""

    def __init__(self, messages: Messages) -> None:
        super().__init__(logging.INFO)
        self.messages = messages

    @classmethod
    def attach(cls, messages: Messages) -> None:
        logger = logging.getLogger("sayso")
        logger.handlers = [cls(messages)]
        logger.setLevel(logging.INFO)
        logger.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.note(f"note: {record.getMessage()}")


@contextmanager
def explained() -> Iterator[None]:
    """End a command that cannot do what it is told, with exit status 2 and a message that says why."""
    try:
        yield
    except SaysoError as error:
        complain(str(error))
        raise typer.Exit(2) from error


def complain(text: str) -> None:
    """Say on standard error why a command ends."""
    print(f"sayso: {one_line(text)}", file=sys.stderr)  # noqa: T201 - this is what the function is for


def _named(record: Record) -> str:
    """Return a record's error, beginning with the item that it is about."""
    error, origin = record.error or "", record.origin or record.title or "a document"
    if origin in error:
        return error
    return f"{origin}, {record.ref}: {error}" if record.ref and record.ref != origin else f"{origin}: {error}"
