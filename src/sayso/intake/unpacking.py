"""Unpacking gzip, bzip2, xz and zstd in memory, piece by piece, and stopping at what swells beyond all measure.

What stands before a break, or before the point where a bomb is taken for one, is given out first.
"""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from sayso.errors import IntakeError
from sayso.intake.text import without_surrogates

MAX_RATIO = 300
"""Bytes unpacked of one that is packed; texts give 3 to 30, and only bombs more than this."""

MAX_UNPACKED = 64 * 2**30
"""Bytes that a packed file, or one in an archive, may unpack to."""

HARMLESS = 64 * 2**20
"""Bytes up to which nobody asks how far they were packed."""

PIECE = 1 << 18

BROKEN = (
    OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, struct.error, NotImplementedError, RuntimeError,
    ValueError, LookupError, ArithmeticError,
)  # fmt: skip
"""What the standard library and pyarrow raise where packed data are not sound."""

_XZ_MEMORY = 256 * 2**20
_PACKED_PIECE = 1 << 14


class Pieces(io.RawIOBase):
    """A stream that gives what another one unpacks to, and that refuses to go on when that is too much.

    ``taken`` says how many packed bytes have gone into it.
    """

    def __init__(self, inner: Any, taken: Callable[[], int], limit: int) -> None:
        self._inner, self._taken, self._limit, self.given = inner, taken, limit, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Unpack as much as comes at once; raise IntakeError where the data are broken or too much."""
        try:
            piece = self._inner.read(min(len(buffer), PIECE))
        except BROKEN as error:
            raise IntakeError(f"the packed data are broken or cut off ({short(error)}): get the file again") from error
        self.given += len(piece)
        if self.given > self._limit:
            raise IntakeError(f"it unpacks to more than {self._limit // 2**30} GB: unpack it first and split it")
        if self.given > HARMLESS and self.given > MAX_RATIO * max(1, self._taken()):
            raise IntakeError(
                f"it unpacks to more than {MAX_RATIO} times its size, as bombs do: if it is none, unpack it first"
            )
        buffer[: len(piece)] = piece
        return len(piece)


def unpacked(source: Any, packing: str, limit: int = MAX_UNPACKED) -> io.BufferedReader:
    """Return what a stream unpacks to; ``packing`` is the extension that says how, such as ".gz"."""
    return io.BufferedReader(Pieces(_OPENERS[packing](source), source.tell, limit), PIECE)


def _open_zstd(source: BinaryIO) -> Any:
    import pyarrow as pa

    return pa.CompressedInputStream(pa.PythonFile(source, mode="r"), "zstd")


class _Gzip:
    """zlib's decoder of gzip, with the manners of those of bz2 and lzma."""

    def __init__(self) -> None:
        self._decoder = zlib.decompressobj(wbits=31)

    def decompress(self, packed: bytes, size: int) -> bytes:
        return self._decoder.decompress(self._decoder.unconsumed_tail + packed, size)

    @property
    def needs_input(self) -> bool:
        return not self._decoder.unconsumed_tail

    @property
    def eof(self) -> bool:
        return self._decoder.eof

    @property
    def unused_data(self) -> bytes:
        return self._decoder.unused_data


class _Streams:
    """What one stream after another in a file unpacks to; the standard library's own would lose what is before a break.

    ``magic`` is what each begins with: what is behind the last one, such as zeros, is ignored, as gzip and bzip2 do.
    """

    def __init__(self, source: BinaryIO, new: Callable[[], Any], magic: bytes) -> None:
        self._source, self._new, self._magic = source, new, magic
        self._decoder, self._rest = new(), b""
        self._is_begun = self._is_over = False

    def read(self, size: int) -> bytes:
        if not self._is_begun:
            self._rest = self._source.read(_PACKED_PIECE)
            self._is_begun, self._is_over = True, not self._rest
        while not self._is_over:
            if self._decoder.eof:
                self._begin_next()
                continue
            packed = b""
            if self._decoder.needs_input:
                packed, self._rest = self._rest or self._source.read(_PACKED_PIECE), b""
            if piece := self._decoder.decompress(packed, size):
                return cast(bytes, piece)
            if not packed and not self._decoder.eof:
                raise EOFError("it ends too early")
        return b""

    def _begin_next(self) -> None:
        rest = self._decoder.unused_data or self._rest
        while len(rest) < len(self._magic) and (more := self._source.read(_PACKED_PIECE)):
            rest += more
        self._is_over = not rest.startswith(self._magic)
        self._decoder, self._rest = self._new(), rest


_OPENERS: dict[str, Callable[[Any], Any]] = {
    ".gz": lambda source: _Streams(source, _Gzip, b"\x1f\x8b"),
    ".bz2": lambda source: _Streams(source, bz2.BZ2Decompressor, b"BZh"),
    # a header of xz may ask for a dictionary of gigabytes
    ".xz": lambda source: _Streams(source, lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY), b"\xfd7zXZ\x00"),
    ".zst": _open_zstd,
}


def short(error: BaseException) -> str:
    """Return what an error says as one short line."""
    return " ".join(without_surrogates(str(error)).split())[:120] or type(error).__name__
