"""The columns of the formats, as data: their names in order, the type that a check holds them to, what fills them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from sayso.export.codes import DATA


@dataclass(frozen=True, slots=True)
class FormatColumn:
    """One column or field: ``type`` is text, integer, number or empty; ``filled`` says from what Sayso fills it."""

    name: str
    type: str
    filled: str


@cache
def columns(name: str) -> tuple[FormatColumn, ...]:
    """Return the columns of a format: "gdelt_events", "gdelt_mentions", "polecat", "plover"."""
    lines = (DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return tuple(FormatColumn(**row) for row in csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def names(name: str) -> tuple[str, ...]:
    """Return the names of the columns, in order."""
    return tuple(column.name for column in columns(name))
