"""Where records go: a terminal, a pipe or a file, in one of the formats, never half a line of it."""

from __future__ import annotations

import io
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol

import typer

from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.records import Record
    from sayso.rendering.terminal import Screen

BROKEN_PIPE = 141
"""The exit status of a program whose reader has gone, as a shell shows it."""


class Format(StrEnum):
    """How an account is written."""

    pretty = "pretty"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"


class Listing(StrEnum):
    """How a list is written."""

    table = "table"
    jsonl = "jsonl"


_SUFFIXES = {
    ".txt": Format.pretty,
    ".jsonl": Format.jsonl,
    ".ndjson": Format.jsonl,
    ".json": Format.jsonl,
    ".csv": Format.csv,
    ".html": Format.html,
    ".htm": Format.html,
}


class OutputError(SaysoError):
    """What was to be written cannot be; the message says why."""


class Output(Protocol):
    """Takes records one by one. ``close`` completes what was written, also after an interruption."""

    def write(self, record: Record) -> None:
        """Take one record."""

    def close(self) -> None:
        """Complete the output."""


def chosen_format(wanted: Format | None, path: Path | None) -> Format:
    """Return the format that was asked for, else the one that the file's name or the terminal suggests."""
    if wanted is not None:
        return wanted
    if path is not None:
        return _SUFFIXES.get(path.suffix.lower(), Format.jsonl)
    return Format.pretty if sys.stdout.isatty() else Format.jsonl


def open_output(wanted: Format, path: Path | None) -> Output:
    """Open the output; raise OutputError where it cannot be written to."""
    from sayso.rendering import line, table

    if wanted is Format.html:
        return _PageOutput(Sink(path))
    if wanted is Format.csv:
        return _LineOutput(Sink(path), table.render, opening=table.header())
    if wanted is Format.jsonl:
        return _LineOutput(Sink(path), line.render)
    shown_on = screen(path)
    return _LineOutput(Sink(path, shown_on.encoding), _pretty(shown_on))


def screen(path: Path | None = None) -> Screen:
    """Return what standard output can show, or a file."""
    from rich.console import Console

    from sayso.rendering.terminal import Screen

    if path is not None:
        return Screen()
    console = Console()
    colour = console.color_system is not None and not console.no_color
    return Screen(console.width, colour, sys.stdout.encoding or "utf-8")


def _pretty(shown_on: Screen) -> Callable[[Record], str]:
    from sayso.rendering.terminal import render

    # What failed is told on standard error.
    return lambda record: "" if record.error else render(record, shown_on)


class _LineOutput:
    """Writes each record as soon as it comes."""

    def __init__(self, sink: Sink, render: Callable[[Record], str], opening: str = "") -> None:
        self.sink = sink
        self.render = render
        self.opening = opening

    def write(self, record: Record) -> None:
        text = self.opening + self.render(record)
        self.opening = ""
        self.sink.write(text)

    def close(self) -> None:
        self.sink.write(self.opening)
        self.sink.close()


class _PageOutput:
    """Keeps the sections of a page until all are there: its list of contents comes first."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.sections: list[str] = []
        self.contents: list[tuple[str, str]] = []

    def write(self, record: Record) -> None:
        from sayso.rendering import page

        self.sections.append(page.section(record, len(self.sections) + 1))
        self.contents.append(page.contents_line(record))

    def close(self) -> None:
        from sayso.rendering import page

        self.sink.write(page.page(self.sections, self.contents))
        self.sink.close()


class Sink:
    """Standard output or a file, written without a buffer of our own, so that what was written is there.

    A file that exists keeps its content until there is something to write in its place.
    """

    def __init__(self, path: Path | None, encoding: str = "utf-8") -> None:
        self.name = str(path) if path else "standard output"
        self.encoding = encoding
        self._file = None if path is None else _opened(path)
        self._begun = False

    def write(self, text: str) -> None:
        """Write a text whole, or not at all where the disk is full; hold Ctrl-C back meanwhile."""
        with uninterrupted():
            self._begin()
            try:
                self._write(text.encode(self.encoding, "replace"))
            except BrokenPipeError as error:
                raise typer.Exit(BROKEN_PIPE) from error
            except OSError as error:
                raise OutputError(f"{self.name} cannot be written to ({error.strerror})") from error

    def close(self) -> None:
        """Close a file; standard output stays open."""
        self._begin()
        if self._file is not None:
            self._file.close()

    def _begin(self) -> None:
        if self._file is not None and not self._begun and _is_regular(self._file):
            self._file.truncate(0)
        self._begun = True

    def _write(self, data: bytes) -> None:
        stream = self._stream()
        before = self._file.tell() if self._file is not None and _is_regular(self._file) else None
        rest = memoryview(data)
        try:
            while rest:
                written = stream.write(rest)
                if written is None:  # a pipe that does not block is full
                    time.sleep(0.01)
                rest = rest[written or 0 :]
        except OSError:
            if before is not None and self._file is not None:
                with suppress(OSError):
                    self._file.truncate(before)
            raise

    def _stream(self) -> Any:
        """Return what takes bytes in one call to the system; tests give it a buffer instead."""
        if self._file is not None:
            return self._file
        sys.stdout.flush()
        return getattr(sys.stdout.buffer, "raw", sys.stdout.buffer)


def _opened(path: Path) -> io.FileIO:
    try:
        return io.FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "wb")
    except OSError as error:
        problem = "it is a folder" if path.is_dir() else error.strerror
        raise OutputError(f"{path} cannot be written to: {problem}; choose another place with -o") from error


def _is_regular(file: io.FileIO) -> bool:
    return stat.S_ISREG(os.fstat(file.fileno()).st_mode)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back a first Ctrl-C until the block is done; a second one breaks it off, for the block may hang."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler or not _in_main_thread():
        yield
        return
    held: list[int] = []

    def hold(number: int, _frame: FrameType | None) -> None:
        if held:
            raise KeyboardInterrupt
        held.append(number)

    before = signal.signal(signal.SIGINT, hold)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
