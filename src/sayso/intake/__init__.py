"""Where documents come from: files, folders, tables and standard input, each item of them a Document.

Nothing here fails a batch: an item that cannot be read is a Document whose ``error`` names the item, what is wrong with
it and what to do. Nothing is read ahead, and no table is held in memory.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from sayso.errors import IntakeError
from sayso.intake import table
from sayso.intake.dates import is_future, iso
from sayso.intake.html import read_html
from sayso.intake.text import buffered, decode, log, read_bytes, read_stream
from sayso.records import Document

__all__ = ["count", "documents"]

TEXT = (".txt", ".text", ".md")
HTML = (".html", ".htm")
EXTENSIONS = (*TEXT, *HTML, *table.EXTENSIONS)

_SAMPLE = 1 << 20


def documents(
    paths: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
    published: str | None = None,
    publisher: str | None = None,
) -> Iterator[Document]:
    """Return the documents that paths hold, in order, a folder's in the order of their names.

    ``-`` is standard input: JSONL where its first line is a JSON object, a web page where it begins as one, else a
    text. ``columns`` says under which names tables have what Sayso calls ``text``, ``published`` and so on.
    ``published`` and ``publisher`` hold for documents that do not give their own.

    Raises IntakeError at once where an option makes no sense; an item that cannot be read is a Document with ``error``.
    """
    renamed = dict(columns or {})
    if unknown := sorted(set(renamed) - set(table.COLUMNS)):
        raise IntakeError(f"no column is called {', '.join(unknown)}: choose from {', '.join(table.COLUMNS)}")
    day = _given_date(published)
    return _with_defaults(_documents(paths, stdin, renamed), day, publisher)


def count(paths: Sequence[str]) -> int | None:
    """Return how many documents paths hold, estimated for large tables; None where it cannot be told cheaply."""
    total = 0
    for path in paths:
        number = _count_folder(path) if Path(path).is_dir() else _count_file(path)
        if number is None:
            return None
        total += number
    return total


def _given_date(value: str | None) -> str | None:
    if value is None:
        return None
    day = iso(value)
    if day is None:
        raise IntakeError(f"the date {value!r} cannot be read: write it as YYYY-MM-DD")
    if is_future(day):
        raise IntakeError(f"the date {day} is in the future: give the day of publication")
    return day


def _with_defaults(found: Iterator[Document], published: str | None, publisher: str | None) -> Iterator[Document]:
    for document in found:
        document.published = document.published or published
        document.publisher = document.publisher or publisher
        yield document


def _documents(paths: Sequence[str], stdin: BinaryIO | None, columns: Mapping[str, str]) -> Iterator[Document]:
    for path in paths:
        if path == "-":
            yield from _read_stdin(stdin or sys.stdin.buffer, columns)
        elif "://" in path:
            yield _failed(path, "fetching from the web is not built in yet: save the page and give the file")
        elif Path(path).is_dir():
            for file in _walk(path):
                yield from _read_file(file, columns)
        else:
            yield from _read_file(path, columns)


def _read_file(path: str, columns: Mapping[str, str]) -> Iterator[Document]:
    extension = Path(path).suffix.lower()
    if not Path(path).exists():
        yield _failed(path, f"{path}: there is no such file; check the name")
    elif Path(path).is_dir():
        yield _failed(path, f"{path}: the folder cannot be opened; check who may read it")
    elif extension in table.EXTENSIONS and Path(path).is_file():
        yield from table.read_table(path, columns)
    elif extension in EXTENSIONS:
        yield _guarded(path, lambda: _read_single(read_bytes(path), path, html=extension in HTML))
    else:
        known = " ".join(EXTENSIONS)
        yield _failed(
            path, f"{path}: Sayso does not read {extension or 'files without an extension'}; it reads {known}"
        )


def _read_stdin(stream: BinaryIO, columns: Mapping[str, str]) -> Iterator[Document]:
    peekable = buffered(stream)
    head = peekable.peek(_SAMPLE)[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") and head[1:].lstrip()[:1] in (b'"', b"}"):
        yield from table.read_jsonl(peekable, "standard input", columns)
    else:
        html = head[:14].lower().startswith((b"<!doctype html", b"<html"))
        yield _guarded("-", lambda: _read_single(read_stream(peekable, "standard input"), "-", html=html))


def _read_single(data: bytes, path: str, *, html: bool) -> Document:
    return read_html(data, path) if html else Document(text=decode(data), origin=path)


def _guarded(path: str, read: Callable[[], Document]) -> Document:
    """Return what a reader makes of an item, or the Document that says why it could not."""
    name = "standard input" if path == "-" else path
    try:
        return read()
    except IntakeError as error:
        message = str(error)
        return _failed(path, message if message.startswith(name) else f"{name}: {message}")


def _walk(folder: str) -> Iterator[str]:
    """Yield the files of a folder in the order of their names, then the folders that could not be opened.

    Hidden files and files of other kinds do not count.
    """
    unreadable: list[str] = []
    for directory, folders, files in os.walk(folder, onerror=lambda error: unreadable.append(error.filename)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        visible = sorted(name for name in files if not name.startswith("."))
        skipped = [name for name in visible if Path(name).suffix.lower() not in EXTENSIONS]
        if skipped:
            log.info("%s: %d files of other kinds are skipped: %s", directory, len(skipped), ", ".join(skipped[:5]))
        yield from (os.path.join(directory, name) for name in visible if name not in set(skipped))
    yield from unreadable


def _count_folder(folder: str) -> int | None:
    numbers = [_count_file(file) for file in _walk(folder)]
    return None if None in numbers else sum(filter(None, numbers))


def _count_file(path: str) -> int | None:
    extension = Path(path).suffix.lower()
    if path == "-":
        return None
    if extension not in table.EXTENSIONS or not Path(path).is_file():
        return 1
    return table.count_rows(path)


def _failed(path: str, error: str) -> Document:
    return Document(text="", origin=path, error=error)
