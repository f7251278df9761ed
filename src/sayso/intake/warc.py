"""Archives of the web: WARC (ISO 28500:2017), and the plain text of WET files, one record in memory at a time.

Pages that were fetched successfully become Documents; requests, redirects, pictures and the like are counted and
skipped. The date of a record is the day of the crawl: it bounds the date of publication and is never taken for it. A
record that is broken or cut off is a Document with ``error``, and the next one that can be found is read.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING, Any, BinaryIO

from sayso.errors import IntakeError
from sayso.intake.html import read_html
from sayso.intake.text import MAX_BYTES, decode, log, without_surrogates
from sayso.intake.unpacking import short, unpacked
from sayso.records import Document

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

MAX_RECORD = MAX_BYTES
"""Bytes of a record, and of what it holds when it is decoded; larger ones are not read."""

MAX_BREAKS = 10_000
"""Times that the next sound record is looked for in one file."""

_HTML = ("text/html", "application/xhtml+xml")
_WANTED = ("response", "resource", "conversion")
_HEAD = 65_536
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r\n")
_GZIP = re.compile(rb"\x1f\x8b\x08")
_PLAIN = re.compile(rb"WARC/1\.\d\r\n(?:WARC|Content)-")
_LONGEST_START = 32
_BROKEN = (OSError, ValueError, EOFError)
_WINDOW = 1 << 20


@dataclass(slots=True)
class _Record:
    """A record as it stands in the file; ``problem`` says what is wrong with it."""

    kind: str
    headers: dict[str, str]
    length: int
    block: bytes = b""
    problem: str | None = None

    def header(self, name: str) -> str:
        return without_surrogates(self.headers.get(name, "")).strip().strip("<>")


class _Skipped(Exception):  # noqa: N818 - it is none: such records are what archives are full of
    """The record is no page that was fetched successfully; says what it is."""


def read_warc(stream: BinaryIO, name: str) -> Iterator[tuple[Document, str | None]]:
    """Yield the Document of each page or text with the day on which it was fetched, where the record tells it.

    ``origin`` is the address of the page, ``ref`` the record's id. ``stream`` may be packed with gzip; where it can be
    sought in, reading goes on behind what is broken.
    """
    skipped: Counter[str] = Counter()
    number = 0
    for record in _records(stream):
        if isinstance(record, IntakeError):
            yield Document(text="", origin=name, error=f"{name}: {record}"), None
            continue
        number += 1
        try:
            yield _document(record, name), _day(record)
        except _Skipped as reason:
            skipped[str(reason)] += 1
    if skipped:
        counts = ", ".join(f"{count} {reason}" for reason, count in skipped.most_common(8))
        log.info("%s: %d of %d records are no pages and are skipped: %s", name, skipped.total(), number, counts)


def _records(stream: BinaryIO) -> Iterator[_Record | IntakeError]:
    """Yield the records of an archive, and once for each stretch that is broken, why.

    FastWARC ends at what is broken, sometimes without a word; then the next start of a record is looked for.
    """
    seekable = stream.seekable()
    start = _GZIP if seekable and _begins(stream, _GZIP) else _PLAIN
    place, sound, found, told = 0, True, 0, False
    for _ in range(MAX_BREAKS):
        last, problem = place, "it ends too early"
        try:
            for record in _iterate(stream):
                last, sound, found = place + record.stream_pos, True, found + 1
                yield _read(record)
                if start is _GZIP and record.content_length > MAX_RECORD:
                    sound = False  # not to be unpacked only to get behind it
                    break
        except _BrokenRecordError as error:
            yield error.record
            sound, told = False, True
        except _BROKEN as error:
            problem = short(error)
        following = _find(stream, start, last + 1) if seekable else None
        if sound and (following is not None or problem != "it ends too early"):
            where = f"broken after record {found}, which begins at byte {last:,}" if found else "not a sound WARC file"
            yield IntakeError(f"{where} ({problem}); get the file again")
            told = True
        if following is None:
            break
        place, sound = following, False
        stream.seek(place)
    if not (found or told):
        yield IntakeError("there is no WARC record in it: check what kind of file it is")


def _iterate(stream: BinaryIO) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator

    return iter(ArchiveIterator(stream if stream.seekable() else _Counted(stream), parse_http=False))


class _BrokenRecordError(ValueError):
    def __init__(self, record: _Record) -> None:
        self.record = record


def _read(record: WarcRecord) -> _Record:
    read = _Record(str(record.record_type), dict(record.headers.to_tuples()), record.content_length)
    if read.kind not in _WANTED:
        return read
    wanted = min(read.length, MAX_RECORD) if read.length <= MAX_RECORD else _HEAD
    try:
        read.block = _all(record.reader, wanted)
    except _BROKEN as error:
        read.problem = f"the record is broken ({short(error)}); get the file again"
        raise _BrokenRecordError(read) from error
    if len(read.block) < wanted or _PLAIN.search(read.block):
        read.problem = "the record is cut off; get the file again"
    return read


def _document(record: _Record, name: str) -> Document:
    """Return the Document of a record, with ``error`` where it should be one; raise _Skipped for what is none."""
    origin, ref = record.header("WARC-Target-URI") or name, record.header("WARC-Record-ID") or None
    try:
        document = _page(record, origin)
    except IntakeError as error:
        place = name if origin == name else f"{name}, {origin}"
        return Document(text="", origin=origin, ref=ref, error=f"{place}: {error}")
    document.ref = ref
    return document


def _page(record: _Record, origin: str) -> Document:
    if record.kind not in _WANTED:
        raise _Skipped(f"{record.kind} records")
    if record.kind == "response":
        headers, body = _answer(record)
    else:
        headers, body = Message(), record.block
        headers["Content-Type"] = record.header("Content-Type") or "application/octet-stream"
    kind = headers.get_content_type() if headers["Content-Type"] else record.header("WARC-Identified-Payload-Type")
    is_text = kind == "text/plain" and record.kind != "response"
    if kind not in _HTML and not is_text:
        raise _Skipped(kind or "of no known type")
    if record.problem:
        raise IntakeError(record.problem)
    if record.length > MAX_RECORD:
        raise IntakeError(f"the record is larger than {MAX_RECORD // 2**20} MB, too large for one document")
    charset = headers.get_content_charset()
    body = _decoded(body, headers)
    if not body.strip():
        raise IntakeError("the page is empty")
    if is_text:
        return Document(text=decode(body, charset), origin=origin)
    return read_html(body, origin, charset=charset, fetched=_day(record))


def _answer(record: _Record) -> tuple[Message, bytes]:
    """Return the headers and the body of a response; raise _Skipped for one that is not a page."""
    end = _HEAD_END.search(record.block, 0, _HEAD)
    status = _STATUS.match(record.block)
    if status is None or end is None:
        if record.problem:
            raise IntakeError(record.problem)
        raise _Skipped("no HTTP")
    if status[1] != b"200":
        raise _Skipped(f"with status {status[1].decode()}")
    lines = record.block[: end.start()].partition(b"\n")[2]
    return BytesHeaderParser().parsebytes(lines), record.block[end.end() :]


def _decoded(body: bytes, headers: Message) -> bytes:
    """Return a body without the codings that it was sent in; raise IntakeError where it is broken or swells too much.

    Many crawlers store the decoded body and leave the headers as they were: a coding that the body does not have is
    not believed.
    """
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader

    readers: dict[str, tuple[Callable[[Any], Any], Callable[[bytes], Any]]] = {
        "chunked": (ChunkedReader, _CHUNK_SIZE.match),
        "gzip": (_ungzip, _GZIP.match),
        "x-gzip": (_ungzip, _GZIP.match),
        "deflate": (lambda inner: GzipReader(inner, zlib=True), lambda data: data[:1] == b"\x78"),
        "br": (BrotliReader, lambda data: b"<" not in data[:64]),
        "zstd": (ZstdReader, lambda data: data.startswith(b"\x28\xb5\x2f\xfd")),
    }
    codings = _codings(headers, "Transfer-Encoding") + _codings(headers, "Content-Encoding")
    if len(codings) > 4:
        raise IntakeError("the page is packed more than four times over")
    for coding in codings:
        reader, looks_so = readers.get(coding, (None, None))
        if reader is None or looks_so is None or not looks_so(body):
            continue
        try:
            body = _all(reader(io.BytesIO(body)), MAX_RECORD + 1)
        except _BROKEN as error:
            raise IntakeError(f"the page cannot be unpacked ({short(error)}); get the file again") from error
        if len(body) > MAX_RECORD:
            raise IntakeError(f"the page is larger than {MAX_RECORD // 2**20} MB when unpacked, too large")
    return body


def _ungzip(packed: BinaryIO) -> BinaryIO:
    return unpacked(packed, ".gz")  # FastWARC's would take what is cut off for the whole


def _codings(headers: Message, name: str) -> list[str]:
    """Return the codings of a header, the one that was put on last first."""
    return [coding.strip().lower() for coding in str(headers.get(name) or "").split(",")][::-1]


def _day(record: _Record) -> str | None:
    found = re.match(r"\d{4}-[01]\d-[0-3]\d", record.header("WARC-Date"))
    return found[0] if found else None


def _all(reader: Any, limit: int) -> bytes:
    """Return what a reader gives, up to a limit."""
    parts, left = [], limit
    while left > 0 and (part := reader.read(min(left, _WINDOW))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


class _Counted:
    """A stream that cannot be sought in, for FastWARC, which asks where it is by seeking to there."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._place = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._place += len(data)
        return data

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if (whence, offset) not in ((io.SEEK_CUR, 0), (io.SEEK_SET, self._place)):
            raise io.UnsupportedOperation("seek")
        return self._place

    def close(self) -> None:
        """Leave the stream to whom it belongs."""


def _begins(stream: BinaryIO, start: re.Pattern[bytes]) -> bool:
    begins = start.match(stream.read(_LONGEST_START)) is not None
    stream.seek(0)
    return begins


def _find(stream: BinaryIO, start: re.Pattern[bytes], place: int) -> int | None:
    """Return where in a stream, from a place on, the next start of a record is."""
    stream.seek(place)
    kept = b""
    while window := stream.read(_WINDOW):
        if found := start.search(kept + window):
            return place - len(kept) + found.start()
        place += len(window)
        kept = (kept + window)[-_LONGEST_START:]
    return None
