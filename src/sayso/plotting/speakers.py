"""Statements counted by who speaks, and in what words they are given: direct, mixed or indirect quotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from sayso.plotting.tables import TEXT, counted

COLUMNS: Final = {
    "document": TEXT,
    "publisher": TEXT,
    "published": TEXT,
    "speaker": TEXT,
    "speaker_name": TEXT,
    "act": TEXT,
    "kind": TEXT,
}

KINDS: Final = ("direct", "mixed", "indirect")

NO_PUBLISHER: Final = "publisher unknown"

_TOTALS = """
    SELECT count(*) AS statements, count(*) FILTER (speaker IS NULL) AS unnamed, count(DISTINCT speaker) AS speakers,
           count(DISTINCT document) FILTER (speaker IS NOT NULL) AS documents FROM t
"""

_SPEAKERS = """
    SELECT speaker, any_value(speaker_name ORDER BY speaker_name) AS name, count(*) AS count
    FROM t WHERE speaker IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT $most
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many statements there are, those without a known speaker, the speakers, and the documents that quote them."""

    statements: int
    unnamed: int
    speakers: int
    documents: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody quoted, and how many statements are theirs."""

    id: str
    name: str
    count: int


def totals(table: pa.Table) -> Totals:
    """Count the statements."""
    return Totals(**counted(table, _TOTALS)[0])


def speakers(table: pa.Table, most: int) -> list[Speaker]:
    """Return at most so many speakers, the most quoted first."""
    rows = counted(table, _SPEAKERS, most=most)
    return [Speaker(row["speaker"], row["name"] or row["speaker"], row["count"]) for row in rows]


def frequent(table: pa.Table, column: str, most: int) -> list[str]:
    """Return the values of a column that most statements with a known speaker have, at most so many."""
    query = f"""SELECT coalesce({column}, '{NO_PUBLISHER}') AS value FROM t WHERE speaker IS NOT NULL
                GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT $most"""  # noqa: S608 - a column of ours
    return [row["value"] for row in counted(table, query, most=most)]


def shares(table: pa.Table, shown: list[Speaker], column: str) -> dict[tuple[str, str, str], int]:
    """Return the number of statements of each speaker, value of a column and kind; without a column its value is ""."""
    value = f"coalesce({column}, '{NO_PUBLISHER}')" if column else "''"
    query = f"""SELECT speaker, {value} AS value, kind, count(*) AS count FROM t
                WHERE speaker IN (SELECT unnest($shown)) GROUP BY ALL"""  # noqa: S608 - a column of ours
    rows = counted(table, query, shown=[speaker.id for speaker in shown])
    return {(row["speaker"], row["value"], row["kind"]): row["count"] for row in rows}
