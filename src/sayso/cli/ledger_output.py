"""Where records go that are to stay: a ledger, beside an output of another kind or instead of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from sayso.cli.output import uninterrupted

if TYPE_CHECKING:
    import pyarrow as pa

    from sayso.ledger import Appended, Ledger
    from sayso.records import Record

MANY = 200
"""Data files of which reading takes noticeably longer than of a few."""


class LedgerOutput:
    """Appends records to a ledger, many in one commit; as a context manager, the last of them however it ends."""

    def __init__(self, ledger: Ledger) -> None:
        from sayso.ledger.appender import Appender

        self.ledger = ledger
        self.documents = self.copies = 0
        self._appender = Appender(ledger, committed=self._count)

    def write(self, record: Record) -> None:
        """Take a record; it is in the ledger once enough of them wait, or after ``close``."""
        with uninterrupted():  # a commit that Ctrl-C breaks off may be there all the same
            self._appender.add(record)

    def write_rows(self, rows: pa.Table, *, linked: bool = True) -> None:
        """Append accounts that are rows already (``sayso.ledger.accounts``)."""
        with uninterrupted():
            self._count(self.ledger.append_rows(rows, linked=linked))

    def close(self) -> None:
        """Append what is waiting."""
        with uninterrupted():
            self._appender.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def summary(self) -> str:
        """Return one line on what was appended."""
        copies = f", {self.copies:,} of them copies" if self.copies else ""
        files = len(self.ledger.store.files())
        scattered = (
            f"; it lies in {files:,} files, and is read faster after sayso ledger compact" if files > MANY else ""
        )
        return f"{self.documents:,} added to the ledger {self.ledger.path}{copies}{scattered}"

    def _count(self, appended: Appended, _: Sequence[Record] = ()) -> None:
        self.documents += appended.documents
        self.copies += appended.copies


class Nowhere:
    """The output that was not asked for."""

    def write(self, record: Record) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""
