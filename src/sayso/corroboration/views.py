"""SQL over a ledger, its occurrences and utterances: `occurrences`, `utterances` and so on besides the ledger's views.

What a query names of them is brought up to date and written beside the book that has it as a Parquet file, which serves
until something in that changes.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sayso.corroboration.columns import VIEWS
from sayso.corroboration.utterances import columns as of_utterances
from sayso.errors import LedgerError
from sayso.ledger.arrow import TYPES
from sayso.ledger.columns import View
from sayso.ledger.queries import Parameters, Selection, Tables

if TYPE_CHECKING:
    from sayso.corroboration.book import Book, Progress
    from sayso.ledger import Ledger

Row = dict[str, Any]

ALL = (*VIEWS, *of_utterances.VIEWS)
"""The views of all books."""

_BATCH = 2_000
"""Occurrences whose rows are written at once."""
_KEPT = 3600.0
"""Seconds for which a file that is out of date is kept, for those who are still reading it."""


def select(
    ledger: Ledger,
    query: str,
    parameters: Parameters | None = None,
    progress: Progress | None = None,
    beside: Tables | None = None,
) -> Selection:
    """Return what a SELECT selects from the views of a ledger, of its events and so on, occurrences and utterances.

    ``beside`` are tables of the caller's that it may name as well. Where it names a view of occurrences or utterances,
    these are brought up to date first, and the ledger refreshed. Raises LedgerError for anything but one SELECT.
    """
    selection = replace(ledger.sql(query, parameters), tables=dict(beside or {}))
    asked = _asked(selection)
    if not asked:
        return selection
    tables: dict[str, Any] = {}
    for book, views in books(asked):
        with book(ledger) as opened:
            opened.update(progress)
            tables |= {view.name: _table(opened, view, keep=not ledger.is_past) for view in views}
    return ledger.connected().select(query, parameters, {**tables, **selection.tables})


def books(asked: Iterable[View]) -> Iterator[tuple[Callable[[Ledger], Book[Any, Any]], list[View]]]:
    """Yield the books that views are of, with those of each."""
    asked = list(asked)
    if views := [view for view in asked if view in VIEWS]:
        from sayso.corroboration.casebook import Casebook

        yield Casebook, views
    if views := [view for view in asked if view in of_utterances.VIEWS]:
        from sayso.corroboration.utterances.collection import Utterances

        yield Utterances, views


def _asked(selection: Selection) -> list[View]:
    """Return the views of books without which a query cannot be answered; none where it cannot at all."""
    named = [view for view in ALL if re.search(rf"\b{view.name}\b", selection.query, re.IGNORECASE)]
    empty = {view.name: schema(view).empty_table() for view in named}
    if not named or not selection.connection.understands(replace(selection, tables={**selection.tables, **empty})):
        return []
    return [
        view
        for view in named
        if not selection.connection.understands(
            replace(selection, tables={**selection.tables, **{n: t for n, t in empty.items() if n != view.name}})
        )
    ]


def schema(view: View) -> pa.Schema:
    """Return the Arrow schema of a view."""
    return pa.schema([pa.field(column.name, TYPES[column.type]) for column in view.columns])


def rows(view: View, account: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of a view that are of one occurrence or utterance, given as JSON has it."""
    yield from _ROWS[view.name](account)


def written(book: Book[Any, Any], view: View) -> Path:
    """Return the Parquet file of a view, written beside its book; its name changes when something in that does.

    It stays for an hour after it is out of date. Raises LedgerError where it cannot be written.
    """
    path = book.folder / f"{view.name}-{book.state or 'none'}.parquet"
    try:
        if not path.exists():
            _write(book, view, path)
            _clear(path, view)
    except OSError as error:
        raise LedgerError(f"{path} cannot be written ({error.strerror or error}); make room on the disk") from error
    return path


def _table(book: Book[Any, Any], view: View, *, keep: bool) -> Any:
    """Return a view as something that can be selected from: a table, or a file where that is kept."""
    from pyarrow import dataset, parquet

    path = written(book, view)
    return dataset.dataset(path) if keep else parquet.read_table(path)


def _write(book: Book[Any, Any], view: View, path: Path) -> None:
    from pyarrow import parquet

    beside = path.with_name(f".{path.name}.{os.getpid()}")
    form = schema(view)
    accounts = map(json.loads, book.everything())
    try:
        with parquet.ParquetWriter(beside, form, compression="zstd") as writer:
            while some := list(islice(accounts, _BATCH)):
                made = [row for account in some for row in rows(view, account)]
                writer.write_table(pa.Table.from_pylist(made, schema=form))
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink()


def _clear(path: Path, view: View) -> None:
    """Delete files of the view that have been out of date for long."""
    for old in path.parent.glob(f"{view.name}-*.parquet"):
        with suppress(OSError):
            if old != path and time.time() - old.stat().st_mtime > _KEPT:
                old.unlink()


def _occurrences(told: Mapping[str, Any]) -> Iterator[Row]:
    where, positions = told["where"] or {}, told["positions"]
    yield {
        **told,
        "occurrence": told["id"],
        "place": where.get("place"),
        "place_name": where.get("name"),
        "place_country": where.get("country"),
        "lat": where.get("lat"),
        "lon": where.get("lon"),
        "asserting": positions.get("asserts", 0),
        "denying": positions.get("denies", 0),
        "doubting": positions.get("doubts", 0),
        "predicting": positions.get("predicts", 0),
        "reporting": positions.get("reports", 0),
        "contested": [contest["aspect"] for contest in told["contests"]],
        "figures": list(_figures(told["figures"])),
        "report_count": len(told["reports"]),
        "document_count": len({report["document"] for report in told["reports"]}),
    }


def _reports(told: Mapping[str, Any]) -> Iterator[Row]:
    for report in told["reports"]:
        start, end = report["anchor"]
        yield {**report, "report": report["id"], "occurrence": told["id"], "start": start, "end": end}


def _voices(told: Mapping[str, Any]) -> Iterator[Row]:
    for voice in told["voices"]:
        figures = list(_figures(voice["figures"]))
        yield {**voice, "voice": voice["id"], "occurrence": told["id"], "figures": figures}


def _figures(figures: Iterable[Row]) -> Iterator[Row]:
    for figure in figures:
        yield {name: figure[name] for name in ("kind", "low", "high")}


_ROWS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Row]]] = {
    "occurrences": _occurrences,
    "reports": _reports,
    "voices": _voices,
    **of_utterances.ROWS,
}
