"""Where documents come from: files, folders, archives, the web, object stores and standard input, item by item.

Each item is a Document. Nothing here fails a batch: an item that cannot be read is a Document whose ``error`` names the
item, what is wrong with it and what to do. Nothing is read ahead, and no table or archive is held in memory.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sayso import object_store
from sayso.errors import IntakeError
from sayso.intake import table
from sayso.intake.compressed import count_zip, read_packed
from sayso.intake.dates import is_future, iso
from sayso.intake.kinds import EXTENSIONS, PARQUET, WARC, Found, failed, kind_of, read_open, undated
from sayso.intake.publication import settle
from sayso.intake.text import buffered, log
from sayso.intake.unpacking import short
from sayso.records import Document

__all__ = ["EXTENSIONS", "count", "documents"]

STDIN = "standard input"

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
    text. What begins with http:// or https:// is fetched; s3://bucket/key is an object, or all objects below it (see
    ``sayso.object_store``). ``columns`` says under which names tables have what Sayso
    calls ``text``, ``published`` and so on. ``published`` (a day, month or year) and ``publisher`` hold for documents
    that do not give their own; see ``publication`` for which date is believed.

    Raises IntakeError at once where an option makes no sense; an item that cannot be read is a Document with ``error``.
    """
    renamed = dict(columns or {})
    if unknown := sorted(set(renamed) - set(table.COLUMNS)):
        raise IntakeError(f"no column is called {', '.join(unknown)}: choose from {', '.join(table.COLUMNS)}")
    given = _Given(_given_date(published), publisher)
    return map(given.complete, _found(paths, stdin, renamed))


def files_of(path: str) -> Iterator[str]:
    """Yield the files of which ``documents`` would read a path: a folder's, a store's, or the path itself."""
    if object_store.is_stored(path):
        found: list[str] = []
        with suppress(OSError):  # that is said when it is read
            found = _objects(path)
        yield from found or [path]
    elif "://" not in path and Path(path).is_dir():
        yield from _walk(path)
    else:
        yield path


def count(paths: Sequence[str]) -> int | None:
    """Return how many documents paths hold, estimated for large tables; None where it cannot be told cheaply."""
    total = 0
    for path in paths:
        if object_store.is_stored(path):
            return None
        number = _count_folder(path) if Path(path).is_dir() else _count_file(path)
        if number is None:
            return None
        total += number
    return total


@dataclass(frozen=True, slots=True)
class _Given:
    """What the user says of documents that do not say it themselves."""

    published: str | None
    publisher: str | None

    def complete(self, found: Found) -> Document:
        document, fetched = found
        document.publisher = document.publisher or self.publisher
        return settle(document, self.published, fetched=fetched)


def _given_date(value: str | None) -> str | None:
    if value is None:
        return None
    date = iso(value)
    if date is None:
        raise IntakeError(f"the date {value!r} cannot be read: write it as YYYY-MM-DD, YYYY-MM or YYYY")
    if is_future(date):
        raise IntakeError(f"the date {date} is in the future: give the date of publication")
    return date


def _found(paths: Sequence[str], stdin: BinaryIO | None, columns: Mapping[str, str]) -> Iterator[Found]:
    for path in paths:
        if path == "-":
            yield from _read_stdin(stdin or sys.stdin.buffer, columns)
        elif path.lower().startswith(("http://", "https://")):
            yield from _read_address(path)
        elif object_store.is_stored(path):
            yield from _read_stored(path, columns)
        elif "://" in path:
            yield failed(path, "only http://, https:// and s3:// are read: save the file and give its path"), None
        elif Path(path).is_dir():
            for file in _walk(path):
                yield from _read_file(file, columns)
        else:
            yield from _read_file(path, columns)


def _read_address(url: str) -> Iterator[Found]:
    from sayso.intake.page import read_address  # loads what talks to the network

    return undated(read_address(url))


def _read_file(path: str, columns: Mapping[str, str]) -> Iterator[Found]:
    kind = kind_of(path)
    if not Path(path).exists():
        yield failed(path, "there is no such file; check the name"), None
    elif Path(path).is_dir():
        yield failed(path, "the folder cannot be opened; check who may read it"), None
    elif not kind.is_read:
        yield failed(path, _unread(path)), None
    elif not Path(path).is_file():
        yield failed(path, f"{path} is not a regular file: give a file or a directory"), None
    elif kind.extension in WARC and kind.packing in ("", ".gz"):
        yield from _read_plain(path, kind.extension, columns)  # which knows gzip, and how to go on behind a break
    elif kind.packing or kind.is_archive:
        yield from read_packed(path, columns)
    elif kind.extension == PARQUET:
        yield from undated(table.read_table(path, columns))
    else:
        yield from _read_plain(path, kind.extension, columns)


def _read_stored(path: str, columns: Mapping[str, str]) -> Iterator[Found]:
    """Read the object that a path names, or all below it."""
    try:
        found = _objects(path)
        missing = None if found else _missing(path)
    except OSError as error:
        yield failed(path, f"{path} cannot be read ({short(error)}); check the variables AWS_..."), None
        return
    if missing:
        yield failed(path, missing), None
    for address in found:
        yield from _read_object(address, columns)


def _objects(path: str) -> list[str]:
    """Return the object that a path names, or those below it that are read; raise OSError where that fails."""
    if object_store.is_object(path):
        return [path]
    return [address for address in object_store.objects_below(path) if kind_of(address).is_read]


def _missing(path: str) -> str:
    if not object_store.has_bucket(path):
        return f"there is no bucket {object_store.bucket_of(path)}; check its name and AWS_ENDPOINT_URL"
    return "there is no such object, nor any below it that is read; check the name"


def _read_object(address: str, columns: Mapping[str, str]) -> Iterator[Found]:
    kind = kind_of(address)
    if not kind.is_read:
        yield failed(address, _unread(address)), None
    elif kind.extension == PARQUET:
        yield from undated(table.read_table(address, columns))
    elif (kind.packing or kind.is_archive) and not (kind.extension in WARC and kind.packing == ".gz"):
        yield from read_packed(address, columns)
    else:
        try:
            with object_store.opened(address) as stream:
                yield from read_open(stream, address, kind.extension, columns)
        except OSError as error:
            yield failed(address, f"{address} cannot be read ({short(error)})"), None


def _read_plain(path: str, extension: str, columns: Mapping[str, str]) -> Iterator[Found]:
    try:
        with Path(path).open("rb") as stream:
            yield from read_open(stream, path, extension, columns)
    except OSError as error:
        yield failed(path, f"{path} cannot be read ({error.strerror or error})"), None


def _unread(path: str) -> str:
    """Return why a file of a kind that has no reader is not read."""
    kind = kind_of(path)
    if kind.packing and not kind.extension:
        return f"{path}: its name does not say what is packed in it; name it like news.jsonl{kind.packing}"
    what = kind.extension + kind.packing or "files without an extension"
    return f"{path}: Sayso does not read {what}; it reads {' '.join(EXTENSIONS)}"


def _read_stdin(stream: BinaryIO, columns: Mapping[str, str]) -> Iterator[Found]:
    peekable = buffered(stream)
    head = peekable.peek(_SAMPLE)[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") and head[1:].lstrip()[:1] in (b'"', b"}"):
        yield from undated(table.read_jsonl(peekable, STDIN, columns))
        return
    extension = ".html" if head[:14].lower().startswith((b"<!doctype html", b"<html")) else ".txt"
    for document, fetched in read_open(peekable, STDIN, extension, columns):
        document.origin = "-"
        yield document, fetched


def _walk(folder: str) -> Iterator[str]:
    """Yield the files of a folder in the order of their names, then the folders that could not be opened.

    Hidden files and files of other kinds do not count.
    """
    unreadable: list[str] = []
    for directory, folders, files in os.walk(folder, onerror=lambda error: unreadable.append(error.filename)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        visible = sorted(name for name in files if not name.startswith("."))
        skipped = [name for name in visible if not kind_of(name).is_read]
        if skipped:
            log.info("%s: %d files of other kinds are skipped: %s", directory, len(skipped), ", ".join(skipped[:5]))
        yield from (os.path.join(directory, name) for name in visible if kind_of(name).is_read)
    yield from unreadable


def _count_folder(folder: str) -> int | None:
    numbers = [_count_file(file) for file in _walk(folder)]
    return None if None in numbers else sum(filter(None, numbers))


def _count_file(path: str) -> int | None:
    kind = kind_of(path)
    if path == "-" or path.lower().startswith(("http://", "https://")):
        return None
    if not kind.is_read or kind.is_one_document or not Path(path).is_file():
        return 1
    if kind.extension == ".zip":
        return count_zip(path)
    return table.count_rows(path) if kind.extension in table.EXTENSIONS and not kind.packing else None
