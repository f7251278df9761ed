"""The table ``records``: one row per entry, with the fields of a Record in their own shape.

The Arrow schema is made from the Record's model, so that the two cannot differ: a list of spans is a list of lists of
two integers, an actor a struct, ``coded_with.models`` a map. Before them stand the ledger's own columns, which say what
the row is and in which order entries were made.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import types
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel

from sayso.records import CodedWith, CopyOf, Record

EntryKind = Literal["record", "retraction", "restoration", "link"]
"""What a row of the table is: an account; the hiding of a document, or its end; what a document is a copy of."""

OWN_COLUMNS = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("entry", pa.string(), nullable=False),
        pa.field("generation", pa.int64(), nullable=False),
        pa.field("written", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("reason", pa.string()),
        pa.field("words", pa.int32()),
        pa.field("sketch", pa.binary()),
    ]
)
"""Columns that are the ledger's own:

``row``, a random number, names the row for ever; ``entry`` is an EntryKind; ``generation`` is one more than the version
of the table that the writer had seen, so that an entry made with knowledge of another comes after it, whatever the
clocks say; ``written`` is the writer's clock, for people; ``reason`` that of a retraction; ``words`` and ``sketch`` are
the length of the article and its words in short, by which copies are found.
"""

_PLAIN = {str: pa.string(), int: pa.int32(), float: pa.float64(), bool: pa.bool_()}


def schema() -> pa.Schema:
    """Return the Arrow schema of the table."""
    fields = [pa.field(name, _arrow(field.annotation)) for name, field in Record.model_fields.items()]
    return pa.schema([*OWN_COLUMNS, *fields])


def required() -> set[str]:
    """Return the columns that every ledger has had: its own, and the fields that a Record cannot do without."""
    return {*OWN_COLUMNS.names, *(name for name, field in Record.model_fields.items() if field.is_required())}


def row_of(record: Record, generation: int, words: int, sketch: bytes) -> dict[str, Any]:
    """Return the row that holds a Record."""
    fields = record.model_dump()
    fields["coded_with"]["models"] = list(fields["coded_with"]["models"].items())
    return _own("record", generation) | {"words": words, "sketch": sketch} | fields


def note_of(
    entry: EntryKind, document: str, generation: int, *, reason: str | None = None, copy_of: CopyOf | None = None
) -> dict[str, Any]:
    """Return a row that says something of a document: that it is retracted, or what it copies."""
    fields = {"id": document, "reason": reason, "copy_of": copy_of.model_dump() if copy_of else None}
    return _own(entry, generation) | fields


def table_of(rows: list[dict[str, Any]]) -> pa.Table:
    """Return rows as a table of the schema; columns that a row does not have are null."""
    return pa.Table.from_pylist(rows, schema=schema())


def record_of(row: Mapping[str, Any]) -> Record:
    """Return the Record that a row holds; raise ValueError where it holds none that is sound (pydantic's is one).

    What is null, or not there because the row was written before there was such a field, is as if it were not given.
    """
    fields = {name: row[name] for name in Record.model_fields if row.get(name) is not None}
    return Record.model_validate(fields | {"coded_with": coded_with_of(row["coded_with"])})


def coded_with_of(value: Mapping[str, Any]) -> CodedWith:
    """Return what made an account, as the column ``coded_with`` holds it."""
    return CodedWith.model_validate(dict(value) | {"models": dict(value["models"])})


def coding_of(coded_with: CodedWith) -> str:
    """Return what made an account as one string, the same for the same makers."""
    return json.dumps(coded_with.model_dump(), sort_keys=True)


def coding_key(document: str, coding: str) -> int:
    """Return the number by which it is remembered that a document was coded by exactly this (see ``coding_of``)."""
    digest = hashlib.blake2b(f"{document}\x1f{coding}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _own(entry: EntryKind, generation: int) -> dict[str, Any]:
    return {"row": secrets.randbits(63), "entry": entry, "generation": generation, "written": datetime.now(UTC)}


def _arrow(annotation: Any) -> pa.DataType:
    """Return the Arrow type of a model's annotation."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _arrow(args[0])
    if origin in (Union, types.UnionType):
        [plain] = [arg for arg in args if arg is not type(None)]
        return _arrow(plain)
    if origin is Literal:
        return _PLAIN[type(args[0])]
    if origin is list:
        return pa.list_(_arrow(args[0]))
    if origin is tuple:
        return pa.list_(pa.int32())
    if origin is dict:
        return pa.map_(_arrow(args[0]), _arrow(args[1]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct([pa.field(name, _arrow(field.annotation)) for name, field in annotation.model_fields.items()])
    return _PLAIN[annotation]
