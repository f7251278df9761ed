"""The kinds of file that are read, told by the extension, and what reads each from a stream of bytes.

Readers give pairs: a Document, and the day on which it was fetched, where it is of an archive of the web, else None.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from sayso.errors import IntakeError
from sayso.intake import table
from sayso.intake.html import read_html
from sayso.intake.text import decode, read_stream, without_surrogates
from sayso.intake.warc import read_warc
from sayso.records import Document

TEXT = (".txt", ".text", ".md")
HTML = (".html", ".htm")
FEED = (".xml", ".rss", ".atom")
WARC = (".warc", ".wet")
PARQUET = ".parquet"
PACKED = (".gz", ".bz2", ".xz", ".zst")
ARCHIVES = (".zip", ".tar", ".tgz", ".tbz2", ".txz")
EXTENSIONS = (*TEXT, *HTML, *table.EXTENSIONS, *FEED, *WARC, *PACKED, *ARCHIVES)

Found = tuple[Document, str | None]

_STREAMED = (*TEXT, *HTML, *FEED, *WARC, *(extension for extension in table.EXTENSIONS if extension != PARQUET))
_SHORT = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a name says of a file: the extension of what it holds, and the one of how that is packed ("" if not)."""

    extension: str
    packing: str = ""

    @property
    def is_archive(self) -> bool:
        """Whether it holds files by name."""
        return self.extension in (".zip", ".tar")

    @property
    def is_read(self) -> bool:
        """Whether there is a reader for it."""
        if self.extension == ".zip" or self.extension == PARQUET:
            return not self.packing
        return self.extension == ".tar" or self.extension in _STREAMED

    @property
    def is_one_document(self) -> bool:
        """Whether it holds one document and not many."""
        return self.extension in (*TEXT, *HTML)


def kind_of(name: str) -> Kind:
    """Return the kind of a file by its name: "news.jsonl.gz" is JSONL that is packed with gzip."""
    path = PurePath(name.lower())
    if path.suffix in _SHORT:
        path = path.with_suffix(_SHORT[path.suffix])
    if path.suffix in PACKED:
        return Kind(PurePath(path.stem).suffix, path.suffix)
    return Kind(path.suffix)


def read_open(stream: BinaryIO, name: str, extension: str, columns: table.Columns) -> Iterator[Found]:
    """Yield what an open file holds, unpacked already; what cannot be read is a Document with ``error``."""
    if extension in table.TEXT_READERS:
        yield from undated(table.TEXT_READERS[extension](stream, name, columns))
    elif extension in WARC:
        yield from read_warc(stream, name)
    else:
        yield from undated(_whole(stream, name, extension))


def undated(documents: Iterator[Document]) -> Iterator[Found]:
    """Yield documents of which it is not known when they were fetched."""
    for document in documents:
        yield document, None


def failed(name: str, error: object) -> Document:
    """Return the Document that says why an item cannot be read; the message begins with the item's name."""
    message = without_surrogates(str(error))
    named = without_surrogates(name)
    return Document(text="", origin=named, error=message if message.startswith(named) else f"{named}: {message}")


def _whole(stream: BinaryIO, name: str, extension: str) -> Iterator[Document]:
    try:
        data = read_stream(stream, name)
        if extension in FEED:
            from sayso.intake.feed import read_feed_file

            yield from read_feed_file(name, data)
        else:
            yield read_html(data, name) if extension in HTML else Document(text=decode(data), origin=name)
    except IntakeError as error:
        yield failed(name, error)
