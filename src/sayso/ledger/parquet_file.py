"""Selections as Parquet files, written beside and put in place once they are whole."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from sayso.errors import LedgerError
from sayso.ledger.queries import Selection


def write(selection: Selection, path: Path | None) -> None:
    """Write the rows of a selection to a file, or to standard output; raise LedgerError where that fails."""
    batches = selection.reader()
    if path is None:
        _write(batches, sys.stdout.buffer)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            _write(batches, file)
        beside.replace(path)
    except OSError as error:
        raise LedgerError(f"{path} cannot be written to ({error.strerror}); choose another place with -o") from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _write(batches: pa.RecordBatchReader, file: object) -> None:
    with parquet.ParquetWriter(file, batches.schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
