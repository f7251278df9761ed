"""Gold in rows: JSONL, one annotated document a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.errors import GoldError, IntakeError
from sayso.evaluation.attribution_spans import attributions
from sayso.evaluation.gold import GoldDocument
from sayso.intake.table import document, json_rows


def read_rows(path: str) -> Iterator[GoldDocument | GoldError]:
    """Yield the document of each row, read as ``sayso code`` reads it, or why it cannot be used.

    A row without an id is called by the line it stands in.
    """
    seen: dict[str, str] = {}
    try:
        with Path(path).open("rb") as stream:
            for row in json_rows(stream, path):
                yield GoldError(str(row)) if isinstance(row, IntakeError) else _annotated(row[1], path, row[0], seen)
    except OSError as error:
        yield GoldError(f"{path} cannot be read ({error.strerror or error})")


def _annotated(row: Mapping[str, Any], path: str, where: str, seen: dict[str, str]) -> GoldDocument | GoldError:
    try:
        if not isinstance(row.get("text"), str):
            raise GoldError('no text; give it in "text", as a string')
        if not row["text"].strip():
            raise GoldError("the text is empty; take the row out")
        statements = attributions(row, len(row["text"]))
        read = document(row, path, where, {})
        read.ref = read.ref or where
        if read.ref in seen:
            raise GoldError(f"the id {read.ref} is that of {seen[read.ref]}; give every document an id of its own")
    except GoldError as error:
        return GoldError(f"{path}, {where}: {error}")
    seen[read.ref] = where
    return GoldDocument(read, statements)
