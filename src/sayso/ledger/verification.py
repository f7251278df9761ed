"""Whether a ledger is sound: every file is there and whole, and every account says what its text says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from sayso.ledger import shape
from sayso.ledger.ledger import Ledger
from sayso.ledger.store import TABLE
from sayso.records import text_hash

_BATCH = 64


@dataclass(slots=True)
class Verdict:
    """What was looked at, what is wrong, and what is superfluous."""

    version: int
    files: int = 0
    entries: int = 0
    documents: int = 0
    problems: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    rows: set[int] = field(default_factory=set, repr=False)


def verify(ledger: Ledger) -> Verdict:
    """Read the whole version of a ledger and say what is wrong with it.

    The log must be complete. Files are compared with it by their size; each account is checked as a Record: its shape,
    that its spans lie within the text and its ids refer to something, and that ``text_hash`` is that of its text. Data
    files that no version uses, which is what a writer leaves behind that was killed, are named but are no problem.
    """
    ledger.store.require_local("is verified")
    verdict = Verdict(ledger.version)
    verdict.problems += ledger.store.damage()
    sizes = ledger.store.sizes()
    for file in ledger.store.files():
        verdict.files += 1
        verdict.problems += _problems(file, sizes.get(os.path.basename(file)), verdict)
    used = ledger.store.files_of_all_versions()
    verdict.orphans = sorted(str(path) for path in Path(ledger.path, TABLE).glob("*.parquet") if path.name not in used)
    return verdict


def _problems(file: str, size: int | None, verdict: Verdict) -> Iterator[str]:
    try:
        found = os.path.getsize(file)
    except OSError as error:
        yield f"{file}: the file is missing ({error.strerror}); restore it from a backup"
        return
    if size is not None and found != size:
        yield f"{file}: {found:,} bytes where the log says {size:,}; restore it from a backup"
    try:
        with parquet.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    verdict.entries += 1
                    if row["row"] in verdict.rows:
                        yield f"{file}, {row['id']}: the entry is there twice, as after two compactions at once"
                    verdict.rows.add(row["row"])
                    if row["entry"] == "record":
                        verdict.documents += 1
                        yield from _unsound(row, file)
    except (OSError, pa.ArrowException) as error:
        yield f"{file}: the file cannot be read ({' '.join(str(error).split())[:200]}); restore it from a backup"


def _unsound(row: dict[str, Any], file: str) -> Iterator[str]:
    try:
        record = shape.record_of(row)
    except (ValueError, TypeError) as error:
        yield f"{file}, {row['id']}: no sound account ({' '.join(str(error).split())[:300]}); code the document again"
        return
    if record.text and text_hash(record.text) != record.text_hash:
        yield f"{file}, {record.id}: the text is not the one that was coded; code the document again"
