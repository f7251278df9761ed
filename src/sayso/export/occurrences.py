"""Which occurrence each event is a report of, and the occurrences as rows, one each.

The occurrences are brought up to date before anything is written. What an event belongs to is kept in a temporary
file, so that a large ledger does not fill the memory.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sayso.corroboration.columns import OCCURRENCES
from sayso.ledger.columns import Column, View

if TYPE_CHECKING:
    from sayso.corroboration import Casebook
    from sayso.ledger import Ledger

Row = dict[str, Any]

OF_AN_EVENT = (
    Column("occurrence", "VARCHAR", "id of the occurrence that it is a report of", ""),
    Column("occurrence_status", "VARCHAR", "single-source, corroborated, disputed or denied", ""),
    Column("independent_voices", "BIGINT", "how many independent voices speak of the occurrence", ""),
)
"""What an export adds to the columns of events."""

VOICES = "STRUCT(voice VARCHAR, name VARCHAR, position VARCHAR, independent BOOLEAN, reports BIGINT)[]"
_ROWS = 2_000


class Occurrences:
    """The occurrences of a ledger as it is at the moment of the export."""

    def __init__(self, casebook: Casebook, belonging: sqlite3.Connection) -> None:
        self._casebook, self._belonging = casebook, belonging

    def extended(self, events: pa.RecordBatch) -> pa.RecordBatch:
        """Return rows of events with the columns of OF_AN_EVENT, null where no occurrence has the event."""
        query = "SELECT occurrence, status, voices FROM belonging WHERE document = ? AND event = ?"
        keys = zip(events["document"].to_pylist(), events["event"].to_pylist(), strict=True)
        found = [self._belonging.execute(query, key).fetchone() or (None, None, None) for key in keys]
        columns = list(zip(*found, strict=True)) if found else [(), (), ()]
        types = (pa.string(), pa.string(), pa.int64())
        arrays = [pa.array(column, type_) for column, type_ in zip(columns, types, strict=True)]
        names = [column.name for column in OF_AN_EVENT]
        return pa.RecordBatch.from_arrays([*events.columns, *arrays], names=[*events.schema.names, *names])

    def batches(self, filters: Mapping[str, Any]) -> Iterator[pa.RecordBatch]:
        """Yield the rows of VIEW that filters select, those that happened last first."""
        from sayso.corroboration import Question

        asked = dict(filters)
        documents = _several(asked.pop("document", None))
        accounts = map(json.loads, self._casebook.accounts(Question.of(asked | {"untyped": True})))
        told = (row for account in accounts for row in rows(account, documents))
        form = schema()
        while some := list(islice(told, _ROWS)):
            yield pa.RecordBatch.from_pylist(some, schema=form)


@contextmanager
def occurrences_of(ledger: Ledger) -> Iterator[Occurrences]:
    """Give the occurrences of a ledger, up to date; the temporary file goes when the block ends."""
    from sayso.corroboration import Casebook

    with (
        Casebook(ledger) as casebook,
        tempfile.TemporaryDirectory(prefix="sayso-") as directory,
        closing(sqlite3.connect(Path(directory) / "belonging.sqlite", isolation_level=None)) as database,
    ):
        casebook.update()
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(
            "CREATE TABLE belonging (document, event, occurrence, status, voices, PRIMARY KEY (document, event)) "
            "WITHOUT ROWID"
        )
        _note(database, casebook)
        yield Occurrences(casebook, database)


def _note(database: sqlite3.Connection, casebook: Casebook) -> None:
    from sayso.corroboration import Question

    database.execute("BEGIN")
    for told in map(json.loads, casebook.accounts(Question(untyped=True))):
        of_it = told["id"], told["status"], told["independent"]
        lines = ((report["document"], report["event"], *of_it) for report in told["reports"])
        database.executemany("INSERT OR IGNORE INTO belonging VALUES (?, ?, ?, ?, ?)", lines)
    database.execute("COMMIT")


VOICE = pa.struct(
    [
        ("voice", pa.string()),
        ("name", pa.string()),
        ("position", pa.string()),
        ("independent", pa.bool_()),
        ("reports", pa.int64()),
    ]
)
VIEW = View(
    OCCURRENCES.name,
    OCCURRENCES.meaning,
    "",
    (
        *OCCURRENCES.columns,
        Column("voices", VOICES, "each voice, where it stands, and how many reports stand on its word", ""),
    ),
)
"""The view ``occurrences``, and who the voices are."""


def schema() -> pa.Schema:
    """Return the Arrow schema of VIEW."""
    from sayso.corroboration.views import schema as schema_of

    return schema_of(OCCURRENCES).append(pa.field("voices", pa.list_(VOICE)))


def filters_of_occurrences() -> tuple[str, ...]:
    """Return what occurrences can be selected by."""
    from sayso.corroboration import Question

    return ("document", *(field.name for field in fields(Question) if field.name != "untyped"))


def rows(told: Mapping[str, Any], documents: frozenset[str] | None = None) -> Iterator[Row]:
    """Yield the row of an occurrence, given as JSON has it, unless none of its reports is in the named documents."""
    from sayso.corroboration.views import rows as rows_of

    if documents is not None and not any(report["document"] in documents for report in told["reports"]):
        return
    for row in rows_of(OCCURRENCES, told):
        yield row | {"voices": [_voice(voice) for voice in told["voices"]]}


def _voice(voice: Mapping[str, Any]) -> Row:
    return {
        "voice": voice["id"],
        "name": voice["name"],
        "position": voice["position"],
        "independent": voice["independent"],
        "reports": len(voice["reports"]),
    }


def _several(given: Any) -> frozenset[str] | None:
    if given is None:
        return None
    return frozenset([given] if isinstance(given, str) else given)
