"""What a timeline shows in rows: quad classes, types, acts, actors; which of them, in which order, under what name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pyarrow as pa

from sayso.plotting.lettering import unlike
from sayso.plotting.standing import STANDING_SQL
from sayso.plotting.tables import NUMBER, TEXT, TEXTS, TRUTH, counted
from sayso.plotting.theme import ONE_COLOUR, QUADS, TEXT_SIZE

Kind = Literal["events", "statements"]
When = Literal["date", "published"]
By = Literal["quad", "type", "actor", "act", "kind", "speaker"]

MOST_ROWS = 8
"""Rows of actors or speakers; all others share one more."""

MOST_KINDS = 16
"""Rows of types or acts: there are no more types than these, and the rarest acts share one."""

REST = "all others"

_COLUMNS: Final[dict[Kind, Mapping[str, str]]] = {
    "events": {
        "document": TEXT,
        "quad": NUMBER,
        "type": TEXT,
        "mode": TEXT,
        "actors": TEXTS,
        "actor_names": TEXTS,
        "recipient_names": TEXTS,
        "place_name": TEXT,
        "factuality": TEXT,
        "hypothetical": TRUTH,
        "voucher_name": TEXT,
    },
    "statements": {
        "document": TEXT,
        "publisher": TEXT,
        "speaker": TEXT,
        "speaker_name": TEXT,
        "act": TEXT,
        "kind": TEXT,
        "content": TEXT,
    },
}

WHENS: Final[dict[Kind, tuple[When, ...]]] = {"events": ("date", "published"), "statements": ("published",)}

GROUPINGS: Final[dict[Kind, tuple[By, ...]]] = {
    "events": ("quad", "type", "actor"),
    "statements": ("kind", "act", "speaker"),
}

_KEY = {
    "quad": "CAST(CAST(quad AS INTEGER) AS VARCHAR)",
    "type": "type",
    "act": "act",
    "kind": "kind",
    "speaker": "speaker",
    "actor": "actor",
}
NAMED: Final[tuple[By, ...]] = ("actor", "speaker")
"""Groups that are persons and bodies: of these only the most frequent have a row."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a timeline is of: events or statements, what has a row, and the column that holds the date."""

    of: Kind
    by: By
    when: When

    @property
    def noun(self) -> str:
        """What one of them is called."""
        return self.of[:-1]


def columns(subject: Subject) -> dict[str, str]:
    """Return the columns that a timeline needs."""
    return {**_COLUMNS[subject.of], subject.when: TEXT}


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a timeline: the key in the data, the name, the colour."""

    key: str
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Cell:
    """So many of one group, one date and one standing; ``group`` is None where the row names nobody."""

    group: str | None
    date: str | None
    standing: str
    count: int


def _source(by: By, rows: str) -> str:
    """Return what the rows are taken from: an event with two actors stands once under each of them."""
    if by != "actor":
        return rows
    each = "unnest(coalesce(nullif(list_distinct(actors), []), [NULL])) AS actor"
    return f"(SELECT * EXCLUDE (actors, actor_names), {each} FROM {rows})"  # noqa: S608 - no part is a user's


def grouped(subject: Subject, rows: str = "t") -> str:
    """Return the query for the group, date and standing of each row of a table, or of a query of the caller's."""
    standing = STANDING_SQL if subject.of == "events" else "'told'"
    return f"""SELECT {_KEY[subject.by]} AS "group", left({subject.when}, 10) AS date, {standing} AS standing
               FROM {_source(subject.by, rows)}"""  # noqa: S608 - no part is a user's


def names_query(by: By, rows: str = "t") -> str:
    """Return the query for the names of the actors or speakers whose ids are in $keys."""
    columns = {"actor": "unnest(actors) AS key, unnest(actor_names) AS name"}.get(by, f"{by} AS key, {by}_name AS name")
    return f"""SELECT key, any_value(name) AS name FROM (SELECT {columns} FROM {rows})
               WHERE key IN (SELECT unnest($keys)) GROUP BY 1"""  # noqa: S608 - no part is a user's


def cells(table: pa.Table, subject: Subject) -> list[Cell]:
    """Return how many there are of each group, date and standing."""
    query = f"SELECT *, count(*) AS count FROM ({grouped(subject)}) GROUP BY ALL ORDER BY ALL"  # noqa: S608 - ours
    found = counted(table, query)
    return [Cell(row["group"], row["date"], row["standing"], row["count"]) for row in found]


def groups(table: pa.Table, subject: Subject, found: list[Cell], room: float) -> list[Group]:
    """Return the rows in their order, names no wider than so many pixels; those that are not among them share the last.

    Quad classes and kinds keep their own order; everything else goes by number, then by name.
    """
    by = subject.by
    totals: dict[str, int] = {}
    for cell in found:
        if cell.group is not None:
            totals[cell.group] = totals.get(cell.group, 0) + cell.count
    if by == "quad":
        return [Group(str(q), name, colour) for q, (name, colour) in QUADS.items() if str(q) in totals]
    most = MOST_ROWS if by in NAMED else MOST_KINDS
    keys = sorted(totals, key=lambda key: (-totals[key], key))[:most]
    names = _names(table, by, keys)
    labels = unlike(((key, names[key]) for key in keys), room, TEXT_SIZE)
    colours = _colours(table) if by == "type" else {}
    shown = [Group(key, label, colours.get(key, ONE_COLOUR)) for key, label in zip(keys, labels, strict=True)]
    return [*shown, Group(REST, REST, ONE_COLOUR)] if len(totals) > len(keys) else shown


def _names(table: pa.Table, by: By, keys: list[str]) -> dict[str, str]:
    if by not in NAMED:
        return {key: key.capitalize() for key in keys}
    found = {row["key"]: row["name"] for row in counted(table, names_query(by), keys=keys)}
    return {key: found.get(key) or key for key in keys}


def _colours(table: pa.Table) -> dict[str, str]:
    """Return the colour of each type, which is that of the quad class that it most often has."""
    found = counted(table, "SELECT type, mode(quad) AS quad FROM t WHERE quad IS NOT NULL GROUP BY 1")
    return {row["type"]: QUADS[int(row["quad"])][1] for row in found if int(row["quad"]) in QUADS}
