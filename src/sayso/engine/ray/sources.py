"""What is read as one: a file, or some small ones together; in it documents come one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sayso import object_store
from sayso.errors import SaysoError
from sayso.intake import documents, files_of
from sayso.intake.kinds import kind_of
from sayso.records import Document

TOGETHER = 64
"""So many files that are one document each are read as one source."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What the user says of all inputs; see ``sayso.intake.documents``."""

    columns: Mapping[str, str] = field(default_factory=dict)
    published: str | None = None
    publisher: str | None = None

    def documents(self, paths: Sequence[str]) -> Iterator[Document]:
        """Return the documents that paths hold; raise IntakeError at once where an option makes no sense."""
        return documents(paths, columns=self.columns, published=self.published, publisher=self.publisher)


@dataclass(slots=True, eq=False)
class Source:
    """Files that are read one after another; ``here`` says that only this machine may have them."""

    paths: tuple[str, ...]
    here: bool
    openings: int = 0
    is_lacking: bool = False
    """Whether something of it was lost on its way, so that it must be read again."""


def sources(paths: Sequence[str]) -> Iterator[Source]:
    """Return what paths hold, in order, found as it is asked for; web addresses are one source, so as to be polite.

    Raises SaysoError at once for standard input, which no other process can read.
    """
    if "-" in paths:
        raise SaysoError("standard input is read by --engine local only; write it to a file, or to s3://...")
    return _sources(paths)


def _sources(paths: Sequence[str]) -> Iterator[Source]:
    addresses = tuple(path for path in paths if _is_web(path))
    for path in paths:
        if not _is_web(path):
            yield from _of_files(files_of(path), here=not object_store.is_stored(path))
    if addresses:
        yield Source(addresses, here=True)


def _of_files(files: Iterator[str], *, here: bool) -> Iterator[Source]:
    small: list[str] = []
    for file in files:
        if not kind_of(file).is_one_document:
            yield Source((file,), here)
            continue
        small.append(file)
        if len(small) == TOGETHER:
            yield Source(tuple(small), here)
            small = []
    if small:
        yield Source(tuple(small), here)


def _is_web(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))
