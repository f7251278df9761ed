"""What of a ledger is exported: rows of its views, joined by document as they stream by, and which events count.

Everything here takes rows in the ledger's fixed order, by document, and holds no more than one document at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from sayso.errors import ExportError
from sayso.export.grouping import Groups
from sayso.export.occurrences import OCCURRENCES
from sayso.export.utterances import UTTERANCES
from sayso.ledger.filters import FILTERS

Row = dict[str, Any]
"""One row of a view: see ``sayso.ledger.columns``."""

UNDATED = "neither the event nor its document has a date"
UNREAL = "not reported as having happened"

ABOUT = (
    "document", "publisher", "published", "title", "origin", "ref", "authors", "language", "characters", "text_hash",
    "error", "sayso", "pipeline", "ontology", "coded", "copies", "copy_of",
)  # fmt: skip
"""What the formats take of a document; its text is in none of them."""

GROUPINGS = (OCCURRENCES, UTTERANCES)
"""What rows of a ledger are grouped into: each is a view of its own, and adds columns to the view that it groups."""

_REPORTED = frozenset({"CT+", "PR+", "PS+"})
_BATCH = 10_000


@dataclass(slots=True)
class Exported:
    """What was written: the files, how many rows in all, and how many events were left out, by reason."""

    files: list[Path]
    rows: int = 0
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, reason: str) -> None:
        """Count an event that the format, or the selection, does not take."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1


class Source(Protocol):
    """Where rows come from. Every view has the same documents in the same order."""

    def batches(self, view: str, *, all_copies: bool = False) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a view; ``all_copies`` has those of copies too, whatever else was asked for."""

    @property
    def is_filtered(self) -> bool:
        """Whether only some events are wanted."""


@dataclass(frozen=True, slots=True)
class LedgerSource:
    """The rows of a ledger: ``filters`` select from ``view`` (all views if None), copies only where they are wanted.

    With ``groups``, rows of what these group say which one they belong to, and the groups are views of their own.
    """

    ledger: Any
    filters: Mapping[str, Any] = field(default_factory=dict)
    view: str | None = None
    copies: bool = False
    groups: Sequence[Groups] = ()

    @property
    def is_filtered(self) -> bool:
        """Whether only some events are wanted."""
        return bool(self.filters)

    def batches(self, view: str, *, all_copies: bool = False) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a view, selected where it is the view that the filters are for."""
        given = dict(self.filters) if self.view in (None, view) else {}
        for groups in self.groups:
            if groups.grouping.view.name == view:
                yield from groups.batches(given)
                return
        batches = getattr(self.ledger, view)(**given, copies=self.copies or all_copies).batches(_BATCH)
        for groups in self.groups:
            if groups.grouping.of == view:
                batches = map(groups.extended, batches)
        yield from batches


def known_filters(given: Mapping[str, Any], views: Sequence[str]) -> dict[str, Any]:
    """Return the filters that are set; raise ExportError for one that any of the views does not have."""
    wanted = {name: value for name, value in given.items() if value is not None}
    for view in views:
        known = filters_of(view)
        unknown = sorted(wanted.keys() - {*known})
        if unknown:
            remedy = "leave that out" + (", or name one view with --view" if len(views) > 1 else "")
            raise ExportError(
                f"{view} cannot be selected by {', '.join(unknown)}, only by {', '.join(known)}; {remedy}"
            )
    return wanted


def filters_of(view: str) -> tuple[str, ...]:
    """Return what a view can be selected by."""
    for grouping in GROUPINGS:
        if grouping.view.name == view:
            return grouping.filters()
    return tuple(FILTERS[view])


def rows(source: Source, view: str, columns: Sequence[str] | None = None, *, all_copies: bool = False) -> Iterator[Row]:
    """Yield the rows of a view as dictionaries, with the columns that are named, or all."""
    for batch in source.batches(view, all_copies=all_copies):
        yield from (batch.select(list(columns)) if columns else batch).to_pylist()


@dataclass(slots=True)
class Story:
    """One document with those of its items that were asked for."""

    document: Row
    items: dict[str, list[Row]]


def stories(source: Source, views: Mapping[str, Sequence[str] | None]) -> Iterator[Story]:
    """Yield each document with its rows of other views, ``views`` being view -> columns (None for all).

    Raises ExportError where rows of the views do not come in the same order: that is a fault of the ledger.
    """
    cursors = {view: _Cursor(rows(source, view, columns)) for view, columns in views.items()}
    for document in rows(source, "documents", ABOUT):
        yield Story(document, {view: cursor.of(document["document"]) for view, cursor in cursors.items()})
    for view, cursor in cursors.items():
        if cursor.waiting is not None:
            raise ExportError(
                f"{view}: rows of document {cursor.waiting['document']} are out of order; "
                "run sayso ledger verify, then export again"
            )


class _Cursor:
    def __init__(self, ordered: Iterator[Row]) -> None:
        self._rows = ordered
        self.waiting = next(ordered, None)

    def of(self, document: str) -> list[Row]:
        found = []
        while self.waiting is not None and self.waiting["document"] == document:
            found.append(self.waiting)
            self.waiting = next(self._rows, None)
        return found


def happened(event: Row) -> bool:
    """Say whether an event is reported as having happened, on whomsoever's word, surely or not.

    What is denied, unresolved, imagined or still to come is not: data sets of events would count it as one.
    """
    return event["factuality"] in _REPORTED and not event["hypothetical"] and event["tense"] != "future"
