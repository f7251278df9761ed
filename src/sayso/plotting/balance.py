"""Which way events go, on the whole: cooperation, conflict, or both."""

from __future__ import annotations

from typing import Final

from sayso.plotting.keys import Entry
from sayso.plotting.theme import BALANCE

CONFLICT_SQL: Final = "count(*) FILTER (quad >= 3)"
"""How many events are conflict, verbal or material, as DuckDB says it."""

MOSTLY: Final = 2 / 3
"""The share from which on it is mostly the one."""


MOSTLY_IN_WORDS: Final = "“Mostly” is two thirds of the events or more."


def balance(conflict: int, count: int) -> str:
    """Return which way so many events of which so many are conflict go: a key of ``theme.BALANCE``."""
    if conflict >= MOSTLY * count:
        return "mostly conflict"
    return "mostly cooperation" if conflict <= (1 - MOSTLY) * count else "both"


def balance_key(shape: str, stroke: float = 1.2) -> list[Entry]:
    """Return what the colours mean, for the key."""
    return [
        Entry(words=name, shape=shape, colour=colour, stroke=stroke, begins_line=name == "mostly cooperation")
        for name, colour in BALANCE.items()
    ]
