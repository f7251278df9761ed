"""CSV and Parquet: the ledger's own views with all their columns, its occurrences and utterances, one file a view.

Events also say which occurrence they are a report of, statements of which utterance they are a variant.

Parquet is lossless. In CSV, lists are joined by "; ", numbers of events are in words, and a cell that a spreadsheet
would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from sayso.export.ftm_entities import quantity
from sayso.export.output import folder, text_file, written
from sayso.export.selection import GROUPINGS, Exported, Source
from sayso.ledger import arrow
from sayso.ledger.columns import VIEWS as OF_THE_LEDGER
from sayso.ledger.columns import Column, View
from sayso.ledger.views import columns_of
from sayso.rendering.neutral import cell

VIEWS = (*OF_THE_LEDGER, *(grouping.view for grouping in GROUPINGS))
"""What is exported: the ledger's views, occurrences and utterances."""

Take = Callable[[pa.RecordBatch], None]


def write_csv(source: Source, path: Path, *, view: str | None = None) -> Exported:
    """Write a view to a file, or all views to a folder."""
    return _write(source, path, view, ".csv", _csv)


def write_parquet(source: Source, path: Path, *, view: str | None = None) -> Exported:
    """Write a view to a file, or all views to a folder; columns carry their meanings as metadata."""
    return _write(source, path, view, ".parquet", _parquet)


def columns(view: View) -> tuple[Column, ...]:
    """Return the columns of a view as it is exported."""
    if any(grouping.view is view for grouping in GROUPINGS):
        return view.columns
    added = (column for grouping in GROUPINGS if grouping.of == view.name for column in grouping.belonging)
    return (*columns_of(view), *added)


def csv_line(values: Iterable[Any]) -> str:
    """Return one line of CSV, line feed included, as all tables have them."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(_cell(value) for value in values)
    return line.getvalue()


def schema(view: View) -> pa.Schema:
    """Return the Arrow schema of a view: its columns and the ledger's own, each with its meaning."""
    return pa.schema(
        arrow.fields(columns(view)),
        metadata={"sayso.view": view.name, "sayso.meaning": view.meaning},
    )


def _write(
    source: Source, path: Path, wanted: str | None, suffix: str, opened: Callable[[Path, pa.Schema], Any]
) -> Exported:
    done = Exported([])
    for view in VIEWS:
        if wanted not in (None, view.name):
            continue
        file = path if wanted else folder(path) / f"{view.name}{suffix}"
        form = schema(view)
        with opened(file, form) as take:
            for batch in source.batches(view.name):
                take(batch.select(form.names))
                done.rows += batch.num_rows
        done.files.append(file)
    return done


@contextmanager
def _parquet(path: Path, form: pa.Schema) -> Iterator[Take]:
    import pyarrow.parquet as pq

    with written(path) as beside, pq.ParquetWriter(beside, form, compression="zstd") as writer:
        yield lambda batch: writer.write_batch(batch.cast(form))


@contextmanager
def _csv(path: Path, form: pa.Schema) -> Iterator[Take]:
    with text_file(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(form.names)

        def take(batch: pa.RecordBatch) -> None:
            columns = [[_cell(value) for value in column.to_pylist()] for column in batch.columns]
            writer.writerows(zip(*columns, strict=True))

        yield take


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return cell("; ".join(_item(item) for item in value))
    return value.isoformat() if isinstance(value, date | datetime) else value


def _item(value: Any) -> str:
    """Return one of a list, without the separator."""
    text = _told(value) if isinstance(value, dict) else str(value or "")
    return text.replace(";", ",")


def _told(value: dict[str, Any]) -> str:
    """Return a number or a voice in words: "killed 10 to 12", "Poland [state:POL] asserts, 3 reports"."""
    if "kind" in value:
        return quantity(value)
    reports = f"{value['reports']} report{'s' * (value['reports'] != 1)}"
    counts = "" if value["independent"] else ", not independent"
    return f"{value['name']} [{value['voice']}] {value['position']}, {reports}{counts}"
