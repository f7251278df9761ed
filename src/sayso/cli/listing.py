"""Lists of what a book holds: a table for people, JSON lines and CSV for programs."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.messages import Messages
from sayso.cli.output import Sink, screen
from sayso.rendering.wording import counted

if TYPE_CHECKING:
    from sayso.corroboration.book import Book
    from sayso.corroboration.questions import Asking
    from sayso.rendering.terminal import Screen


class Form(StrEnum):
    """How a list is written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


_SUFFIXES = {".csv": Form.csv, ".jsonl": Form.jsonl, ".ndjson": Form.jsonl, ".txt": Form.table}
SHORT = 12
"""Characters of an id that the tables show: enough to name what it is of."""
_INDENT = SHORT + 2
_MOST_LINES = 3

Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="Show so many at most.", show_default=False)]


@dataclass(frozen=True, slots=True)
class Layout:
    """How what is found is laid out: ``table`` takes it as objects, ``csv`` as JSON.

    ``more`` says how to find what was left out because nobody asked for it; None where nothing was.
    """

    table: Callable[[Iterable[Any], Screen], Iterator[str]]
    csv: Callable[[Iterable[bytes]], Iterator[str]]
    more: str | None


def listed(
    book: Book[Any, Any], question: Asking, layout: Layout, limit: int | None, form: Form | None, output: Path | None
) -> None:
    """Write what a question asks for to standard output or a file, as it is read."""
    form = form or _suggested(output)
    shown_on = screen(output)
    sink = Sink(output, shown_on.encoding if form is Form.table else "utf-8")
    for text in _written(book, question, layout, limit, form, shown_on):
        sink.write(text)
    sink.close()
    if form is Form.table:
        Messages().note(_summary(book.kind.word, book.count(question), limit, layout.more))


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text under an id, cut after the third."""
    indent = " " * _INDENT
    return textwrap.wrap(
        text,
        max(width, 2 * _INDENT),
        initial_indent=indent,
        subsequent_indent=indent,
        max_lines=_MOST_LINES,
        placeholder=" …",
        break_on_hyphens=False,
    )


def _suggested(output: Path | None) -> Form:
    """Return the form in which a list is written where none is asked for."""
    if output is not None:
        return _SUFFIXES.get(output.suffix.lower(), Form.jsonl)
    return Form.table if sys.stdout.isatty() else Form.jsonl


def _written(
    book: Book[Any, Any], question: Asking, layout: Layout, limit: int | None, form: Form, shown_on: Screen
) -> Iterator[str]:
    if form is Form.table:
        yield from layout.table(islice(book.made(question), limit), shown_on)
        return
    accounts = islice(book.accounts(question), limit)
    yield from (_json_lines if form is Form.jsonl else layout.csv)(accounts)


def _json_lines(accounts: Iterable[bytes]) -> Iterator[str]:
    yield from (f"{account.decode('utf-8', 'surrogatepass')}\n" for account in accounts)


def _summary(word: str, total: int, limit: int | None, more: str | None) -> str:
    found = f"{counted(total, word)} found"
    if limit is not None and limit < total:
        return f"{found}, {limit:,} shown"
    return found if total or more is None else f"{found}; {more}"
