"""Accounts as rows of the ledger's table, made where they were coded.

Whoever appends such rows need not look into them: what takes time, their shape and their sketches, is done already, by
as many processes as there are that read. What depends on the ledger is put in when they are appended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from sayso.ledger import shape
from sayso.ledger.publications import Publication
from sayso.ledger.sketch import pack
from sayso.records import CopyOf, Record


def rows_of(records: Iterable[Record]) -> pa.Table:
    """Return the rows of accounts, of no ledger yet: without their links and generation."""
    return shape.table_of([_row(record) for record in records])


def last_of_each(accounts: pa.Table) -> pa.Table:
    """Return one row for each document, in order: of two accounts of it the later."""
    last = {document: place for place, document in enumerate(accounts["id"].to_pylist())}
    return accounts if len(last) == accounts.num_rows else accounts.take(pa.array(last.values(), pa.int64()))


def placed(accounts: pa.Table, generation: int, links: Sequence[CopyOf | None]) -> pa.Table:
    """Return rows as they are in a ledger of which they are a generation, linked to their originals."""
    copy_of = [link.model_dump() if link else None for link in links]
    return _with(_with(accounts, "generation", [generation] * len(links)), "copy_of", copy_of)


def copies_in(links: Iterable[CopyOf | None]) -> int:
    """Return how many links there are."""
    return sum(link is not None for link in links)


def same_form(accounts: pa.Table) -> bool:
    """Say whether rows have the form that this Sayso's have."""
    return bool(accounts.schema.equals(shape.schema()))


def keys_of(accounts: pa.Table, coding: str) -> list[int]:
    """Return the ``shape.coding_key`` of each account, all made by the same (see ``shape.coding_of``)."""
    return [shape.coding_key(document, coding) for document in accounts["id"].to_pylist()]


def _row(record: Record) -> dict[str, Any]:
    publication = Publication.of(record)
    unlinked = record.model_copy(update={"copy_of": None})
    return shape.row_of(unlinked, 0, publication.words, pack(publication.sketch))


def _with(table: pa.Table, name: str, values: list[Any]) -> pa.Table:
    form = table.schema.field(name)
    return table.set_column(table.schema.get_field_index(name), form, pa.array(values, form.type))
