"""Text: bytes into characters, and refusing what is no text.

The text of a plain file is the decoded file to the character: line ends and trailing blanks are kept, only a byte order
mark goes, for it says how to decode and is not part of what was written. UTF-8 is tried first and strictly, since
other encodings hardly ever pass for it by accident; then Windows-1252, where the text is mostly ASCII; then a guess.
"""

from __future__ import annotations

import codecs
import io
import logging
import re
from pathlib import Path
from typing import BinaryIO, cast

from sayso.errors import IntakeError

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are not read: no article is that long. Tables, which are streamed, may be of any size."""

log = logging.getLogger("sayso.intake")

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNPACK = "unpack it first"
_PACKED = "unpack it first, or add .{} to the name of the file"
_KINDS = (
    (b"%PDF-", "a PDF file", "save its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "name it .zip, or save it as text first"),
    (b"\x1f\x8b", "a gzip archive", _PACKED.format("gz")),
    (b"BZh", "a bzip2 archive", _PACKED.format("bz2")),
    (b"\xfd7zXZ\x00", "an xz archive", _PACKED.format("xz")),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _PACKED.format("zst")),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a", "a RAR archive", _UNPACK),
    (b"\x89PNG\r\n", "a PNG image", "give the text of it"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text of it"),
    (b"GIF8", "a GIF image", "give the text of it"),
    (b"\x7fELF", "a program", "give a text"),
    (b"SQLite format 3\x00", "an SQLite database", "export its texts as JSONL or CSV first"),
    (b"PAR1", "a Parquet file", "name it .parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document", "save it as text first"),
    (b"{\\rtf", "a rich text file", "save it as plain text first"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_bytes(path: str) -> bytes:
    """Return the bytes of a file; raise IntakeError where it cannot be read or is larger than any text."""
    try:
        if not Path(path).is_file():
            raise IntakeError(f"{path} is not a regular file: give a file or a directory")
        with Path(path).open("rb") as stream:
            return read_stream(stream, path)
    except OSError as error:
        raise IntakeError(f"{path} cannot be read ({error.strerror or error})") from error


def read_stream(stream: BinaryIO, name: str) -> bytes:
    """Return what a stream holds; raise IntakeError where that is more than any text."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise IntakeError(
            f"{name} is larger than {MAX_BYTES // 2**20} MB, too large for one document: split it into articles, "
            "or give them as rows of a JSONL, CSV or Parquet file"
        )
    return data


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """Return a stream that can be peeked into."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the characters of a text; raise IntakeError where it is empty or no text.

    ``declared`` is the encoding that the text says it has: it is believed where the text is not UTF-8 and it fits.
    """
    if not data:
        raise IntakeError("the file is empty")
    encoding = encoding_of(data, declared)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-8"):  # mostly UTF-8, with some bytes broken
            log.warning("byte %d is not UTF-8: what cannot be read there becomes U+FFFD", error.start)
            return data.decode(encoding, "replace")
        raise IntakeError(f"the text says that it is {encoding}, but is not: convert it to UTF-8") from error


def encoding_of(data: bytes, declared: str | None = None, *, checked: int = _SAMPLE) -> str:
    """Return the encoding of a text or of the beginning of one; raise IntakeError where it is no text.

    ``checked`` is how many bytes must look like text: a table may be sound but for some rows.
    """
    refuse_other_kinds(data)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return marked
    if unmarked := _unmarked_utf16(data[:_SAMPLE]):
        return unmarked
    refuse_binary(data[:checked])
    return "utf-8" if _is_utf8(data) else _fitting(declared, data) or _guess(data)


def refuse_other_kinds(data: bytes) -> None:
    """Raise IntakeError where the first bytes are those of an archive, an image, a PDF or another known kind."""
    for magic, kind, remedy in _KINDS:
        if data.startswith(magic):
            raise IntakeError(f"this is {kind}, not text: {remedy}")


def refuse_binary(sample: bytes) -> None:
    """Raise IntakeError where more than one byte in a hundred is a control character, or any is NUL."""
    controls = len(_CONTROL.findall(sample))
    if b"\x00" in sample or controls * 100 > len(sample):
        raise IntakeError("this is binary data, not text: give a text, HTML, JSONL, CSV or Parquet file")


def without_surrogates(text: str) -> str:
    """Return a text whose lone surrogates, which are not characters, are U+FFFD; the length stays the same."""
    return _SURROGATE.sub("\ufffd", text)


def _unmarked_utf16(sample: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in European text every other byte is NUL, and none between them."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0 : half * 2 : 2].count(0), sample[1 : half * 2 : 2].count(0)
    if even * 20 < half < odd * 2:
        return "utf-16-le"
    if odd * 20 < half < even * 2:
        return "utf-16-be"
    return None


def _is_utf8(data: bytes) -> bool:
    """Say whether bytes are UTF-8, forgiving a last character cut off and one broken character in fifty."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.reason == "unexpected end of data":
            return True
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        return broken * 50 < sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    return True


def _fitting(declared: str | None, data: bytes) -> str | None:
    """Return the encoding that a text declares, if there is one by that name and the text fits it.

    What declares itself as Latin-1 or ASCII is read as Windows-1252, as browsers do (WHATWG Encoding Standard).
    """
    try:
        name = codecs.lookup(declared or "").name
        if name in ("iso8859-1", "ascii"):
            return _fitting("cp1252", data) or name
        data.decode(name)
    except (LookupError, ValueError):
        return None
    return name


def _guess(data: bytes) -> str:
    high = sum(byte >= 0x80 for byte in data[:_SAMPLE])
    if high * 20 < min(len(data), _SAMPLE):
        return _fitting("cp1252", data) or "latin-1"
    from charset_normalizer import from_bytes  # loading it takes as long as reading several articles

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise IntakeError("the encoding of the text cannot be told: convert it to UTF-8")
    return _fitting(best.encoding, data) or "latin-1"
