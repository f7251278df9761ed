"""Who copies whom in a ledger, kept up to date while it grows.

Whose copy a newcomer is, and whose original, is found against all documents of the ledger and those beside it in the
same append. Two writers that append copies of each other at the same moment do not see each other: whoever appends next
does, and mends their links in passing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import ArrowException, parquet

from sayso.errors import LedgerError
from sayso.ledger.copy_finder import CopyFinder, assign
from sayso.ledger.publications import Publication
from sayso.ledger.queries import Connection
from sayso.ledger.sketch import unpack
from sayso.ledger.store import Store
from sayso.records import CopyOf, Lineage, Record

Links = Mapping[str, CopyOf | None]
"""What documents are copies of, by their ids; None for originals."""


@dataclass(frozen=True, slots=True)
class Placing:
    """The links of accounts, in their order, and the links of documents in the ledger that change for them."""

    links: list[CopyOf | None]
    changed: dict[str, CopyOf | None] = field(default_factory=dict)


class Lineages:
    """The lineages of one ledger. It is loaded once and follows the ledger file by file."""

    def __init__(self, store: Store, connection: Connection) -> None:
        rows = connection.select(_LIVE).rows()
        self._finder = CopyFinder.restored((_publication(row), _link(row["copy_of"])) for row in rows)
        self._hidden = {row["id"] for row in connection.select(_HIDDEN).rows()}
        self._files = set(store.files())
        self._own_rows: set[int] = set()
        self._owed: dict[str, CopyOf | None] = {}

    def catch_up(self, store: Store) -> bool:
        """Take in what others have appended since; return False where that takes loading them anew.

        That is so after a compaction, for which everything is new, and where somebody has restored a document.
        """
        files = set(store.files())
        if not self._files <= files:
            return False
        rows = [row for file in files - self._files for row in _entries(store, file)]
        others = [row for row in rows if row["row"] not in self._own_rows]
        if any(row["entry"] == "restoration" for row in others):
            return False
        for row in sorted(others, key=lambda row: (row["generation"], row["row"])):
            self._take_in(row)
        self._own_rows.difference_update(row["row"] for row in rows)
        self._files = files
        return True

    def place(self, accounts: pa.Table, generation: int) -> Placing:
        """Find the links of accounts that are about to be appended, as rows of the ledger's table."""
        changed: dict[str, CopyOf | None] = {}
        arriving = [_publication(row | {"generation": generation}) for row in _headings(accounts)]
        for publication in filter(self._counts, arriving):
            changed |= self._finder.add(publication).changed
        changed = self._with_owed(changed)
        for publication in arriving:
            changed.pop(publication.id, None)
        return Placing([self._finder.link(publication.id) for publication in arriving], changed)

    def withdraw(self, document: str) -> Links:
        """Take a document out, and return the links of its copies, which need another original."""
        return self._with_owed(self._take_out(document))

    def readmit(self, record: Record, generation: int) -> Links:
        """Take a document of that generation in again, and return the links that change for it, its own included."""
        self._hidden.discard(record.id)
        publication = Publication.of(record, generation)
        if not self._counts(publication):
            return self._with_owed({})
        placed = self._finder.add(publication)
        return self._with_owed(placed.changed | {record.id: placed.copy_of})

    def wrote(self, rows: Sequence[int]) -> None:
        """Remember which entries are known here already, when they will be seen in a data file."""
        self._own_rows.update(rows)

    def _with_owed(self, changed: dict[str, CopyOf | None]) -> dict[str, CopyOf | None]:
        """Return links that change, with those that others left to be mended and that have not changed since."""
        owed, self._owed = self._owed, {}
        return owed | changed

    def _take_out(self, document: str) -> dict[str, CopyOf | None]:
        self._hidden.add(document)
        return self._finder.remove(document)

    def _take_in(self, row: dict[str, Any]) -> None:
        if row["entry"] == "retraction":
            self._owed |= self._take_out(row["id"])
        elif row["entry"] == "record" and self._counts(publication := _publication(row)):
            placed = self._finder.add(publication)
            self._owed |= placed.changed
            if placed.copy_of != _link(row["copy_of"]):
                self._owed[row["id"]] = placed.copy_of

    def _counts(self, publication: Publication) -> bool:
        """Say whether a document can be a copy or an original.

        What is retracted cannot, nor what has no words: what could not be read is no copy of what could not be either.
        """
        return len(publication.sketch) > 0 and publication.id not in self._hidden


def relinked(connection: Connection) -> Links:
    """Find all links of a ledger anew, and return those that differ from what it holds."""
    rows = list(connection.select(_LIVE).rows())
    found = assign(map(_publication, rows))
    differing = (row["id"] for row in rows if found.get(row["id"]) != _link(row["copy_of"]))
    return {document: found.get(document) for document in differing}


_COLUMNS = ("row", "entry", "id", "generation", "text_hash", "published", "publisher", "lineage", "words", "sketch")

_SPEAKERS = "statements.list.element.speaker"
"""As Parquet calls the speakers, so that no more of the statements is read."""

_LIVE = f"""
SELECT {", ".join(f"e.{column}" for column in _COLUMNS)},
    list_transform(e.statements, lambda s: s.speaker) AS speakers,
    CASE WHEN l.copy_reason IS NOT NULL
        THEN {{'id': l.copy_of, 'similarity': coalesce(l.copy_similarity, 0), 'reason': l.copy_reason}} END AS copy_of
FROM entries AS e JOIN live AS l USING (row)
WHERE e.sketch IS NOT NULL AND octet_length(e.sketch) > 0
ORDER BY e.generation, e.id
"""


_HIDDEN = "SELECT DISTINCT id FROM entries ANTI JOIN live USING (id) WHERE entry = 'record'"


def _headings(accounts: pa.Table) -> Iterator[dict[str, Any]]:
    """Yield what of accounts decides whose copies they are."""
    statements = pa.chunked_array(accounts["statements"]).combine_chunks()
    speakers: list[list[str]] = [[] for _ in range(accounts.num_rows)]
    said = zip(pc.list_parent_indices(statements), pc.struct_field(statements.flatten(), "speaker"), strict=True)
    for account, speaker in said:
        speakers[account.as_py()].append(speaker.as_py())
    for row, speaking in zip(accounts.select(_COLUMNS).to_pylist(), speakers, strict=True):
        yield row | {"speakers": speaking}


def _entries(store: Store, file: str) -> Iterator[dict[str, Any]]:
    """Yield what of the entries of a data file decides whose copies they are."""
    try:
        table = parquet.ParquetFile(store.opened(file))
    except (OSError, ArrowException) as error:
        raise LedgerError(f"{file}: the data file cannot be read; sayso ledger verify tells more") from error
    with table:
        for batch in table.iter_batches(batch_size=256, columns=[*_COLUMNS, "copy_of", _SPEAKERS]):
            for row in batch.to_pylist():
                yield row | {"speakers": [statement["speaker"] for statement in row["statements"] or ()]}


def _publication(row: Mapping[str, Any]) -> Publication:
    return Publication(
        id=row["id"],
        text_hash=row["text_hash"],
        sketch=unpack(row["sketch"] or b""),
        words=row["words"] or 0,
        published=row["published"],
        publisher=row["publisher"],
        lineage=[Lineage.model_validate(line) for line in row["lineage"] or ()],
        arrived=row["generation"],
        speakers=frozenset(filter(None, row["speakers"])),
    )


def _link(value: Mapping[str, Any] | None) -> CopyOf | None:
    return CopyOf.model_validate(value) if value and value["reason"] else None
