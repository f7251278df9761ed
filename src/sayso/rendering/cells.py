"""Cells: any value of a row as people write it, in a table on a screen or in CSV.

Lists are separated by "; ". In CSV cells hold no line breaks, and one that a spreadsheet would take for a formula
begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from sayso.rendering.neutral import cell


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as lines of CSV, each with its line feed."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([_in_csv(value) for value in row] for row in rows)
    return buffer.getvalue()


def told(value: object) -> str:
    """Return a value as people write it; nothing for null."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(told, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _in_csv(value: object) -> object:
    """Return what a writer of CSV is given: numbers stay numbers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return cell(value)
    return cell(told(value)) if isinstance(value, list | dict) else value
