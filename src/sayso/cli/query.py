"""``sayso query``: SQL over a ledger."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import parameters
from sayso.cli.messages import explained
from sayso.cli.output import Sink, screen

if TYPE_CHECKING:
    import pyarrow as pa

    from sayso.ledger import Selection

_WIDEST = 60
"""Characters of a cell that a table shows."""


class Layout(StrEnum):
    """How an answer is written."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


_SUFFIXES = {".csv": Layout.csv, ".jsonl": Layout.jsonl, ".ndjson": Layout.jsonl, ".parquet": Layout.parquet}


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT; - reads it from standard input.")],
    path: parameters.LedgerPath,
    format_: Annotated[
        Layout | None,
        typer.Option(
            "--format",
            help="table for people, jsonl and csv for programs, parquet (with [bold]-o[/bold]) for data frames. "
            "Without it: what the name of the output suggests, else table on a terminal and csv elsewhere.",
            show_default=False,
        ),
    ] = None,
    output: parameters.Output = None,
    as_of: parameters.AsOf = None,
) -> None:
    """Ask a ledger in SQL (DuckDB's). Nothing can be changed that way, and no other file be read.

    The views are documents, statements, events, actors, places and times, without
    copies; all_documents, all_events and so on are with them. occurrences, reports
    and voices are what many documents tell of, utterances and utterance_variants
    what is said in them; they are brought up to date first.
    reviews are the judgements of reviewers, reviewed_events and reviewed_statements
    what they made of events and statements.
    [bold]sayso ledger columns[/bold] lists the columns.

    [bold]Examples[/bold]

    sayso query "SELECT voucher_name, count(*) AS n FROM events GROUP BY 1 ORDER BY n DESC" --ledger news

    sayso query "SELECT * FROM events WHERE type = 'ASSAULT'" --ledger news -o assaults.parquet

    sayso query "SELECT status, count(*) FROM occurrences GROUP BY status" --ledger news
    """
    from sayso.corroboration import select
    from sayso.ledger import Ledger
    from sayso.reviews.views import tables

    layout = format_ or _suggested(output)
    if layout is Layout.parquet and output is None and sys.stdout.isatty():
        raise typer.BadParameter("Parquet is no text: give a file with -o", param_hint="--format")
    with explained():
        ledger, asked = Ledger(path, as_of=as_of), sys.stdin.read() if sql == "-" else sql
        selection = select(ledger, asked, beside=tables(ledger, asked))
        _write(selection, layout, output)


def _suggested(output: Path | None) -> Layout:
    if output is not None:
        return _SUFFIXES.get(output.suffix.lower(), Layout.csv)
    return Layout.table if sys.stdout.isatty() else Layout.csv


def _write(selection: Selection, layout: Layout, output: Path | None) -> None:
    if layout is Layout.parquet:
        from sayso.ledger.parquet_file import write

        write(selection, output)
        return
    shown_on = screen(output)
    batches = selection.reader()  # an error of the query comes before the output is touched
    lines = {Layout.table: _table, Layout.csv: _csv, Layout.jsonl: _jsonl}[layout]
    texts = lines(batches)
    first = next(texts, "")
    sink = Sink(output, "utf-8" if layout is not Layout.table else shown_on.encoding)
    for text in chain([first], texts):
        sink.write(text)
    sink.close()


def _jsonl(batches: pa.RecordBatchReader) -> Iterator[str]:
    for batch in batches:
        yield "".join(json.dumps(row, ensure_ascii=False, default=_json) + "\n" for row in batch.to_pylist())


def _json(value: object) -> object:
    """Return a value that JSON does not know as one that it knows: a number as a number, all else as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _csv(batches: pa.RecordBatchReader) -> Iterator[str]:
    from sayso.rendering.cells import csv_lines

    yield csv_lines([batches.schema.names])
    for batch in batches:
        yield csv_lines(row.values() for row in batch.to_pylist())


def _table(batches: pa.RecordBatchReader) -> Iterator[str]:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from sayso.rendering.cells import told
    from sayso.rendering.neutral import one_line

    table = Table(box=None, pad_edge=False)
    for name, kind in zip(batches.schema.names, batches.schema.types, strict=True):
        numeric = str(kind).startswith(("int", "double", "float", "decimal"))
        table.add_column(one_line(name), justify="right" if numeric else "left", overflow="fold")
    for batch in batches:
        for row in batch.to_pylist():
            table.add_row(*(Text(_cut(one_line(told(value)))) for value in row.values()))
    console = Console(file=io.StringIO(), width=screen().width, highlight=False)
    console.print(table)
    assert isinstance(console.file, io.StringIO)
    yield "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
