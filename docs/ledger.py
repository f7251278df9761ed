"""Write the data dictionary of ledger.md anew from the columns of the views: python docs/ledger.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sayso.ledger.columns import LEDGER_COLUMNS, VIEWS, Column

PAGE = Path(__file__).with_name("ledger.md")
MARKED = re.compile(r"(<!-- columns -->\n).*?(<!-- /columns -->)", re.S)


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
    return MARKED.sub(lambda m: m[1] + "\n".join(dictionary()) + m[2], text)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
