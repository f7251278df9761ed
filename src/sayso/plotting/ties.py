"""Who acts towards whom, counted: the strongest actors, and the events from each of them to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from sayso.plotting.tables import NUMBER, TEXT, TEXTS, counted

COLUMNS: Final = {
    "document": TEXT,
    "date": TEXT,
    "quad": NUMBER,
    "actors": TEXTS,
    "actor_names": TEXTS,
    "recipients": TEXTS,
    "recipient_names": TEXTS,
}


@dataclass(frozen=True, slots=True)
class Tie:
    """Events in which ``source`` acts towards ``target``, and how many of them are conflict."""

    source: str
    target: str
    count: int
    conflict: int


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties among the actors that are shown, the strongest first, and what is not among them.

    ``names`` holds the shown actors, the strongest first; ``events`` counts those with at least one tie that is shown,
    ``one_sided`` those that name nobody on one side or the same on both, ``beyond`` the rest.
    """

    ties: list[Tie]
    names: dict[str, str]
    actors: int
    events: int
    one_sided: int
    beyond: int
    documents: int


_PAIRS = """
    CREATE TEMP TABLE pairs AS
    WITH numbered AS (SELECT row_number() OVER () AS n, document, quad, actors, recipients FROM t),
         one AS (SELECT n, document, quad, unnest(list_distinct(actors)) AS source, recipients FROM numbered),
         pair AS (SELECT n, document, quad, source, unnest(list_distinct(recipients)) AS target FROM one)
    SELECT * FROM pair WHERE source <> target
"""
"""A tie per event, actor and recipient: an event with two actors and two recipients has four."""

_STRONGEST = """
    SELECT actor, count(DISTINCT n) AS events
    FROM (SELECT n, source AS actor FROM pairs UNION ALL SELECT n, target FROM pairs) GROUP BY 1 ORDER BY 2 DESC, 1
"""

_NAMES = """
    SELECT id, any_value(name ORDER BY name) AS name FROM (
        SELECT unnest(actors) AS id, unnest(actor_names) AS name FROM t
        UNION ALL SELECT unnest(recipients), unnest(recipient_names) FROM t
    ) WHERE id IN (SELECT unnest($shown)) GROUP BY 1
"""


def ties(table: pa.Table, most: int) -> Ties:
    """Count the ties among at most so many actors: those with most events in which they act or are acted upon."""
    import duckdb

    with duckdb.connect(config={"enable_external_access": False}) as connection:
        connection.register("t", table)
        connection.execute(_PAIRS)
        strongest = connection.execute(_STRONGEST).fetchall()
        shown = [actor for actor, _ in strongest[:most]]
        found = connection.execute(
            """SELECT source, target, count(*) AS count, count(*) FILTER (quad >= 3) AS conflict FROM pairs
               WHERE source IN (SELECT unnest($shown)) AND target IN (SELECT unnest($shown))
               GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2""",
            {"shown": shown},
        ).fetchall()
        events, documents = _one(
            connection.execute(
                """SELECT count(DISTINCT n), count(DISTINCT document) FROM pairs
                   WHERE source IN (SELECT unnest($shown)) AND target IN (SELECT unnest($shown))""",
                {"shown": shown},
            ).fetchone()
        )
        (two_sided,) = _one(connection.execute("SELECT count(DISTINCT n) FROM pairs").fetchone())
    names = {row["id"]: row["name"] for row in counted(table, _NAMES, shown=shown)}
    return Ties(
        ties=[Tie(*row) for row in found],
        names={actor: names.get(actor) or actor for actor in shown},
        actors=len(strongest),
        events=events,
        one_sided=table.num_rows - two_sided,
        beyond=two_sided - events,
        documents=documents,
    )


def _one(row: tuple[int, ...] | None) -> tuple[int, ...]:
    assert row is not None  # a count always has a row
    return row
