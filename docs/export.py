"""Write the tables of export.md anew from the exporters: python docs/export.py."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from marked import filled

from sayso.export import EXPORTERS
from sayso.export.codes import DATA
from sayso.export.columns import columns

PAGE = Path(__file__).with_name("export.md")


def formats() -> Iterator[str]:
    """Yield a table of all formats."""
    yield "| `--to` | format | files |"
    yield "|---|---|---|"
    for exporter in EXPORTERS.values():
        files = ", ".join(f"`{file}`" for file in exporter.files)
        yield f"| `{exporter.name}` | {exporter.description} | {files} |"


def mapping(name: str) -> Iterator[str]:
    """Yield a table of the columns of a format and what fills them."""
    yield "| column | filled with |"
    yield "|---|---|"
    for column in columns(name):
        yield f"| {column.name} | {column.filled} |"


def properties() -> Iterator[str]:
    """Yield the table of the properties of FollowTheMoney."""
    yield "| schema | property | type | filled with |"
    yield "|---|---|---|---|"
    lines = (DATA / "ftm.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        yield f"| {row['schema']} | {row['name']} | {row['type']} | {row['filled']} |"


def lost(name: str) -> Iterator[str]:
    """Yield a list of what a format cannot carry."""
    yield ""
    yield from (f"- {item}" for item in EXPORTERS[name].lost)
    yield ""


def page(text: str) -> str:
    """Return the page with its tables made anew."""
    parts = {"formats": formats(), "ftm": properties()}
    parts |= {name: mapping(name) for name in ("gdelt_events", "gdelt_mentions", "polecat", "plover")}
    parts |= {f"lost {name}": lost(name) for name in EXPORTERS}
    return filled(text, {name: "\n".join(rows) + "\n" for name, rows in parts.items()})


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
