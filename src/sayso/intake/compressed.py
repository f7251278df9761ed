"""Files that are packed, and ZIP and tar archives of files.

Everything is unpacked in memory, and nothing is written to disk, so that the names in an archive do no harm. What
swells beyond all measure is refused while it does so, whatever its headers promise. A packed file in an archive is
unpacked; an archive in an archive is not.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from sayso import object_store
from sayso.errors import IntakeError
from sayso.intake.kinds import PARQUET, Found, Kind, failed, kind_of, read_open
from sayso.intake.table import Columns
from sayso.intake.text import MAX_BYTES, log, without_surrogates
from sayso.intake.unpacking import BROKEN, HARMLESS, MAX_RATIO, MAX_UNPACKED, PIECE, Pieces, short, unpacked

MAX_ARCHIVE = 256 * 2**30
"""Bytes that all of an archive may unpack to."""

MAX_MEMBERS = 1_000_000
"""Files in an archive."""

_UNPACK = "unpack it first"


def read_packed(path: str, columns: Columns) -> Iterator[Found]:
    """Yield what a packed file or an archive holds; what cannot be read is a Document with ``error``."""
    kind = kind_of(path)
    try:
        with _opened(path) as source:
            if kind.extension == ".zip":
                yield from _read_zip(source, path, columns)
            elif kind.extension == ".tar":
                yield from _read_tar(source, path, kind, columns)
            else:
                yield from read_open(unpacked(source, kind.packing), path, kind.extension, columns)
    except OSError as error:
        yield failed(path, f"{path} cannot be read ({error.strerror or error})"), None


def count_zip(path: str) -> int | None:
    """Return how many documents a ZIP archive holds; None where that cannot be told from the names in it."""
    try:
        with zipfile.ZipFile(path) as archive:
            kinds = [kind_of(name) for name in archive.namelist()[: MAX_MEMBERS + 1] if not _is_hidden(name)]
    except BROKEN:
        return 1
    read = [kind for kind in kinds if kind.is_read]
    return len(read) if all(kind.is_one_document or kind.is_archive for kind in read) else None


def _opened(path: str) -> BinaryIO:
    return object_store.opened(path) if object_store.is_stored(path) else Path(path).open("rb")


def _size(source: BinaryIO) -> int:
    """Return how many bytes a stream holds, and leave it where it stood."""
    place = source.tell()
    size = source.seek(0, io.SEEK_END)
    source.seek(place)
    return size


def _read_zip(source: BinaryIO, path: str, columns: Columns) -> Iterator[Found]:
    try:
        archive = zipfile.ZipFile(source)
    except BROKEN as error:
        yield failed(path, f"not a sound ZIP file ({short(error)}): get it again"), None
        return
    with archive:
        members = _Members(path, columns)
        total, allowed = 0, min(MAX_ARCHIVE, HARMLESS + MAX_RATIO * _size(source))
        for info in archive.infolist():
            if info.filename.endswith("/") or not members.wants(_zip_name(info)):
                continue
            if members.number > MAX_MEMBERS or total > allowed:
                yield members.stopped(f"it holds more than {MAX_MEMBERS:,} files, or unpacks to more than it may")
                break
            if info.flag_bits & 1:
                yield members.refused(f"it is encrypted: {_UNPACK}, with its password")
                continue
            try:
                with archive.open(info) as packed:
                    pieces = Pieces(packed, lambda info=info: info.compress_size, MAX_UNPACKED)  # type: ignore[misc]
                    yield from members.read(io.BufferedReader(pieces, PIECE))
                    total += pieces.given
            except (IntakeError, *BROKEN) as error:
                yield members.refused(f"it cannot be unpacked ({short(error)}): get the archive again")
        members.report()


def _read_tar(source: BinaryIO, path: str, kind: Kind, columns: Columns) -> Iterator[Found]:
    stream = unpacked(source, kind.packing, MAX_ARCHIVE) if kind.packing else source
    forward, members = _Forward(stream), _Members(path, columns)
    try:
        with closing(tarfile.open(fileobj=cast(BinaryIO, forward), mode="r:")) as archive:
            while info := archive.next():
                archive.members.clear()  # type: ignore[attr-defined] # or it would keep every one
                if not info.isfile() or not members.wants(info.name):
                    continue
                if members.number > MAX_MEMBERS:
                    yield members.stopped(f"it holds more than {MAX_MEMBERS:,} files")
                    break
                if info.issparse() or info.size > MAX_UNPACKED:
                    yield members.refused(f"it is a file with holes, or larger than any text: {_UNPACK}")
                    continue
                with cast(BinaryIO, archive.extractfile(info)) as member:
                    yield from members.read(member)
            else:
                if not forward.is_over:
                    raise tarfile.ReadError("no end of it where one should be")
    except (tarfile.TarError, IntakeError, *BROKEN) as error:
        broken = f"not a sound tar archive after {members.number} files ({short(error)})"
        yield members.stopped(str(error) if isinstance(error, IntakeError) else broken, "get it again")
    members.report()


class _Forward:
    """A stream in which tarfile may seek, forward only, and from which it may not read all at once what is too long."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._place, self.is_over = stream, 0, False

    def tell(self) -> int:
        return self._place

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= MAX_BYTES + 1:
            raise tarfile.ReadError("a part of its own description is too long")
        data = self._stream.read(size)
        self._place += len(data)
        self.is_over = not data.strip(b"\0")  # tarfile takes a header that is cut off or broken for the end, too
        return data

    def seekable(self) -> bool:
        """No, say the readers of its files: what they have read is gone."""
        return False

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET or place < self._place:
            raise tarfile.ReadError("it refers back to an earlier part")
        while self._place < place and self.read(min(PIECE, place - self._place)):
            pass
        return self._place


class _Members:
    """The files of one archive as they come, and what has been said of them."""

    def __init__(self, path: str, columns: Columns) -> None:
        self._path, self._columns = path, columns
        self._skipped: Counter[str] = Counter()
        self._name, self._kind, self.number = path, Kind(""), 0

    def wants(self, name: str) -> bool:
        """Turn to the next file; say whether it is of a kind that there is something to say of."""
        self.number += 1
        self._kind = kind_of(name)
        self._name = f"{self._path}!{_printable(name)}"
        if _is_hidden(name):
            return False
        if not (self._kind.is_read or self._kind.is_archive):
            self._skipped[self._kind.extension or "without an extension"] += 1
            return False
        return True

    def read(self, stream: Any) -> Iterator[Found]:
        if self._kind.is_archive:
            yield self.refused(f"archives in archives are not opened: {_UNPACK}")
        elif self._kind.extension == PARQUET:
            yield self.refused(f"Parquet files in archives are not read: {_UNPACK}")
        else:
            plain = unpacked(stream, self._kind.packing) if self._kind.packing else stream
            yield from read_open(plain, self._name, self._kind.extension, self._columns)

    def refused(self, problem: str) -> Found:
        return failed(self._name, problem), None

    def stopped(self, problem: str, remedy: str = _UNPACK) -> Found:
        return failed(self._path, f"{problem}; what follows is not read: {remedy}"), None

    def report(self) -> None:
        if self._skipped:
            kinds = ", ".join(f"{count} {kind}" for kind, count in self._skipped.most_common(5))
            log.info("%s: %d files of other kinds are skipped: %s", self._path, self._skipped.total(), kinds)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return a name as UTF-8 where it is: many programs write it so without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _is_hidden(name: str) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in PurePosixPath(name).parts)


def _printable(name: str) -> str:
    name = without_surrogates(name)[:500]
    return "".join(char if char.isprintable() else "\ufffd" for char in name)
