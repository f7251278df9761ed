"""A ledger as its users see it: append Records, ask for what is in them, see it as it was.

ledger = Ledger("news", create=True)
ledger.append(records)
for event in ledger.events(actor="RUS", since="2024-10"):
    print(event["actor_names"], event["type"], event["voucher_name"])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sayso.errors import LedgerError
from sayso.ledger import accounts, filters, shape, views
from sayso.ledger.filters import Value
from sayso.ledger.lineages import Lineages, Links, Placing, relinked
from sayso.ledger.queries import Connection, Parameters, Selection
from sayso.ledger.store import Commit, Store
from sayso.records import CodedWith, Record

_ORDER = {
    "documents": "generation, document",
    "statements": 'generation, document, start, "end", statement',
    "events": 'generation, document, start, "end", event',
    "actors": "generation, document, actor",
    "places": "generation, document, place",
    "times": 'generation, document, start, "end", time',
}


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: the version that it made, how many documents it added, how many of them are copies."""

    version: int
    documents: int
    copies: int


class Ledger:
    """The ledger in a folder on a local disk, or in an object store (``s3://bucket/name``).

    ``create`` makes it where there is none. ``as_of`` is a version, or a time as ISO 8601 ("2024-10-25" means the end
    of that day, in UTC): the ledger as it was then, which cannot be appended to. Any number of processes may read and
    append at once; a Ledger reads the version at which it was opened or last refreshed. Raises LedgerError where the
    ledger cannot be opened.
    """

    def __init__(self, path: str | Path, *, create: bool = False, as_of: int | str | None = None) -> None:
        self.store = Store(path, create=create, as_of=as_of)
        self.path = self.store.path
        self.is_past = as_of is not None
        self._lineages: Lineages | None = None
        self._connection: Connection | None = None

    @property
    def version(self) -> int:
        """The version that is read."""
        return self.store.version

    def refresh(self) -> None:
        """Read the newest version from now on."""
        if self.is_past:
            return
        before = self.version
        self.store.refresh()
        if self.version != before:
            self._forget_connection()

    def append(self, records: Iterable[Record]) -> Appended:
        """Add the accounts of documents in one commit: all of them are in the ledger, or none.

        The account of a document that is there already takes the older one's place in the views; of two of one document
        among the records the later counts. Copies of documents in the ledger, or among the records, are linked to their
        originals, whatever ``copy_of`` says.
        """
        return self.append_rows(accounts.rows_of(records))

    def append_rows(self, rows: pa.Table, *, linked: bool = True) -> Appended:
        """Add accounts that ``accounts.rows_of`` has made rows of, as ``append`` does.

        Without ``linked`` no copies are looked for, which takes memory for every document of the ledger: ``relink``
        finds them later. Raises LedgerError for rows that another Sayso has made.
        """
        if not accounts.same_form(rows):
            raise LedgerError(f"{self.path}: the rows to append are of another Sayso; use one version everywhere")
        rows = accounts.last_of_each(rows)
        if not rows.num_rows:
            return Appended(self.version, 0, 0)
        if linked:
            lineages: Lineages | None = self._take_lineages()
        else:
            self._go_to_newest()
            lineages = None
        generation = self.version + 1
        placing = lineages.place(rows, generation) if lineages else Placing([None] * rows.num_rows)
        copies = accounts.copies_in(placing.links)
        counted = {"documents": str(rows.num_rows), "copies": str(copies)}
        changed = shape.table_of(_linked(placing.changed, generation))
        written = pa.concat_tables([accounts.placed(rows, generation, placing.links), changed])
        version = self._write("append", written, counted, lineages)
        return Appended(version, rows.num_rows, copies)

    def retract(self, document: str, reason: str, by: str = "") -> int:
        """Hide a document from the views, for a reason that the history keeps; return the version that this makes.

        The beginning of an id will do where it is the only one that begins so. Its copies get another original. Raises
        LedgerError for a document that is not shown.
        """
        self._go_to_newest()
        document = self._named(document)
        lineages = self._take_lineages()
        links = lineages.withdraw(document)
        generation = self.version + 1
        note = shape.note_of("retraction", document, generation, reason=reason)
        rows = shape.table_of([note, *_linked(links, generation)])
        return self._write("retract", rows, _told(document, reason, by), lineages)

    def restore(self, document: str, reason: str, by: str = "") -> int:
        """Show a document again that was retracted; return the version that this makes."""
        self._go_to_newest()
        document = self._named(document, hidden=True)
        [newest] = self.sql(_NEWEST, {"id": document}).rows()
        lineages = self._take_lineages()
        generation = self.version + 1
        links = lineages.readmit(self._sound(newest), newest["generation"])
        note = shape.note_of("restoration", document, generation, reason=reason)
        rows = shape.table_of([note, *_linked(links, generation)])
        return self._write("restore", rows, _told(document, reason, by), lineages)

    def relink(self) -> int:
        """Find anew whose copies all documents are, and append what differs; return how many links that are.

        For a ledger into which others than ``append`` have written, or whose writers did not see each other.
        """
        self._go_to_newest()
        self._lineages = None
        links = relinked(self.connected())
        if links:
            rows = shape.table_of(_linked(links, self.version + 1))
            self._write("relink", rows, {"links": str(len(links))})
        return len(links)

    def documents(self, **given: Value) -> Selection:
        """Return documents, one a row; see ``sayso.ledger.columns`` for the columns and ``filters`` for the filters."""
        return self._selection("documents", given)

    def statements(self, **given: Value) -> Selection:
        """Return statements, one a row."""
        return self._selection("statements", given)

    def events(self, **given: Value) -> Selection:
        """Return reports of events, one a row. ``since`` and ``until`` take the day of a report of unknown date."""
        return self._selection("events", given)

    def actors(self, **given: Value) -> Selection:
        """Return actors, one a row for each document that has them."""
        return self._selection("actors", given)

    def places(self, **given: Value) -> Selection:
        """Return places, one a row for each document that names them."""
        return self._selection("places", given)

    def times(self, **given: Value) -> Selection:
        """Return time expressions, one a row."""
        return self._selection("times", given)

    def sql(self, query: str, parameters: Parameters | None = None) -> Selection:
        """Return what a SELECT over the views selects; ``$name`` in it stands for a parameter."""
        return self.connected().select(query, parameters)

    def records(self, ids: Sequence[str] | None = None, *, copies: bool = True) -> Iterator[Record]:
        """Yield the newest Record of each document, in order of arrival, or of those that are named.

        ``copy_of`` is what the ledger knows now.
        """
        named = ""
        parameters: dict[str, object] = {"copies": copies}
        if ids is not None:
            parameters["ids"] = list(ids)
            found = self.sql(
                "SELECT DISTINCT generation FROM live WHERE id IN (SELECT unnest($ids))", {"ids": list(ids)}
            )
            generations = ", ".join(str(int(row["generation"])) for row in found.rows()) or "NULL"
            named = f"AND e.generation IN ({generations}) AND e.id IN (SELECT unnest($ids))"
        for row in self.sql(_RECORDS.format(named=named), parameters).rows():
            yield self._sound(row)

    def coded(self, *, failed: bool = True) -> set[int]:
        """Return the ``shape.coding_key`` of every account that is there, those with an error only if ``failed``."""
        keys: set[int] = set()
        codings: dict[str, str] = {}
        for row in self.connected().select(_CODED, {"failed": failed}).rows():
            if (made := row["made"]) not in codings:
                codings[made] = shape.coding_of(shape.coded_with_of(row["coded_with"]))
            keys.update(shape.coding_key(id_, codings[made]) for id_ in row["ids"])
        return keys

    def coded_by(self, coded_with: CodedWith, *, failed: bool = True) -> NDArray[np.int64]:
        """Return what ``coded`` does, of the accounts made by exactly this, sorted: eight bytes for each of them."""
        coding = shape.coding_of(coded_with)
        with closing(self._connect(viewed=False)) as entries:
            makers = entries.select(_MAKERS).rows()
            same = [row["made"] for row in makers if shape.coding_of(shape.coded_with_of(row["coded_with"])) == coding]
            batches = entries.select(_CODED_BY, {"makers": same, "failed": failed}).batches()
            keys = [np.array(accounts.keys_of(batch, coding), dtype=np.int64) for batch in batches]
        return np.sort(np.concatenate(keys)) if keys else np.empty(0, dtype=np.int64)

    def history(self) -> list[Commit]:
        """Return what was done to the ledger, oldest first."""
        return self.store.history()

    def connected(self) -> Connection:
        """Return the connection on which the views of this version are read."""
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def close(self) -> None:
        """Release what reading has opened: Selections that were made before can no longer be read."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self, *, viewed: bool = True) -> Connection:
        store = self.store
        return Connection(store.files(), complete=store.is_complete, stored=store.dataset(), viewed=viewed)

    def _selection(self, view: str, given: dict[str, Any]) -> Selection:
        copies = bool(given.pop("copies", False))
        where, parameters = filters.condition(view, given)
        name = f"{views.TWIN}{view}" if copies else view
        return self.sql(f"SELECT * FROM {name} {where} ORDER BY {_ORDER[view]}", parameters)

    def _sound(self, row: dict[str, Any]) -> Record:
        try:
            return shape.record_of(row)
        except (ValueError, TypeError) as error:
            raise LedgerError(
                f"{self.path}: the account of {row['id']} is damaged; sayso ledger verify tells more"
            ) from error

    def _go_to_newest(self) -> None:
        if self.is_past:
            raise LedgerError(f"{self.path}: this is the ledger as it was at version {self.version}; open the newest")
        self.refresh()

    def _take_lineages(self) -> Lineages:
        """Go to the newest version and take its lineages to change them: ``_write`` puts them back.

        So where the writing does not come about, they are read anew the next time.
        """
        self._go_to_newest()
        lineages, self._lineages = self._lineages, None
        if lineages is None or not lineages.catch_up(self.store):
            lineages = Lineages(self.store, self.connected())
        return lineages

    def _write(self, operation: str, rows: pa.Table, details: dict[str, str], lineages: Lineages | None = None) -> int:
        """Commit rows, and keep the lineages that they say."""
        version = self.store.append(rows, operation, details)
        if lineages is not None:
            lineages.wrote(rows["row"].to_pylist())
        self._lineages = lineages
        self._forget_connection()
        return version

    def _named(self, beginning: str, *, hidden: bool = False) -> str:
        """Return the id of the one document, shown or hidden, whose id begins so; searches show it with an ellipsis."""
        beginning = beginning.rstrip("….")
        if not beginning.removeprefix("sha256:"):
            raise LedgerError(f"{self.path}: give the id of a document, or its beginning; sayso search finds documents")
        found = [row["id"] for row in self.sql(_HIDDEN if hidden else _SHOWN, {"beginning": beginning}).rows()]
        if len(found) != 1:
            problem = "more than one document" if found else "no retracted document" if hidden else "no document"
            raise LedgerError(f"{self.path}: there is {problem} {beginning}; sayso search finds documents")
        return str(found[0])

    def _forget_connection(self) -> None:
        """Read the next Selection from the version that is now; those made before go on with theirs."""
        self._connection = None


def _linked(links: Links, generation: int) -> list[dict[str, Any]]:
    return [shape.note_of("link", document, generation, copy_of=copy_of) for document, copy_of in links.items()]


def _told(document: str, reason: str, by: str) -> dict[str, str]:
    return {"document": document, "reason": reason} | ({"by": by} if by else {})


_SHOWN = "SELECT id FROM live WHERE starts_with(id, $beginning)"
_HIDDEN = """
SELECT DISTINCT id FROM entries ANTI JOIN live USING (id) WHERE entry = 'record' AND starts_with(id, $beginning)
"""
_NEWEST = """
SELECT * FROM entries WHERE entry = 'record' AND id = $id ORDER BY generation DESC, row DESC LIMIT 1
"""

_CODED = """
SELECT CAST(coded_with AS VARCHAR) AS made, any_value(coded_with) AS coded_with, list(id) AS ids
FROM entries WHERE entry = 'record' AND ($failed OR error IS NULL) GROUP BY made
"""

_MAKERS = """
SELECT CAST(coded_with AS VARCHAR) AS made, any_value(coded_with) AS coded_with
FROM entries WHERE entry = 'record' GROUP BY made
"""

_CODED_BY = """
SELECT id FROM entries
WHERE entry = 'record' AND ($failed OR error IS NULL) AND CAST(coded_with AS VARCHAR) IN (SELECT unnest($makers))
"""

_RECORDS = """
SELECT e.* EXCLUDE (copy_of), CASE WHEN d.copy_reason IS NOT NULL THEN
    {{'id': d.copy_of, 'similarity': coalesce(d.copy_similarity, 0), 'reason': d.copy_reason}} END AS copy_of
FROM entries AS e JOIN live AS d USING (row)
WHERE ($copies OR d.copy_of IS NULL) {named}
ORDER BY e.generation, e.id
"""
