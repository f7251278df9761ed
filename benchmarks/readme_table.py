"""The README's table of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from measurement import Measurement

MARKS = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.S)


def write(readme: Path, found: Iterable[Measurement]) -> None:
    """Write the figures that have a label between the marks of a file."""
    rows = [f"| {one.label} | {one.shown} | {one.beside} |" for one in found if one.label]
    made = "\n".join(["| measured | Sayso | beside it |", "|---|---|---|", *rows]) + "\n"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(MARKS.sub(lambda m: m[1] + made + m[2], text), encoding="utf-8")
