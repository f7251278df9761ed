"""Write the data dictionary of ledger.md anew from the columns of the views: python docs/ledger.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from marked import filled

from sayso.ledger.columns import LEDGER_COLUMNS, VIEWS, Column

PAGE = Path(__file__).with_name("ledger.md")


def dictionary() -> Iterator[str]:
    """Yield the lines of the data dictionary."""
    for view in VIEWS:
        yield from (f"### {view.name}", "", view.meaning, "")
        yield from table(view.columns)
    yield from ("### In every view", "", "What depends on the ledger that a document is in:", "")
    yield from table(LEDGER_COLUMNS)


def table(columns: tuple[Column, ...]) -> Iterator[str]:
    """Yield a table of columns."""
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in columns:
        yield f"| `{column.name}` | `{column.type}` | {column.meaning} |"
    yield ""


def page(text: str) -> str:
    """Return the page with its data dictionary made anew."""
    return filled(text, {"columns": "\n".join(dictionary())})


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
