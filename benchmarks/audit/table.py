"""Count an audit: the share of coded events that a reader found right, part by part, with intervals.

usage: python benchmarks/audit/table.py SHEET.csv [--write PAGE.md]

Prints a Markdown table; --write puts it between the marks ``<!-- audit -->`` and ``<!-- /audit -->`` of a page.
Intervals are Wilson's at 95 %, which hold for few cases and for shares near 0 and 1 (Wilson 1927).
"""

from __future__ import annotations

import argparse
import csv
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from sample import JUDGED as PARTS

MARKS = re.compile(r"(<!-- audit -->\n).*?(<!-- /audit -->)", re.S)
Z = 1.96
BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 1.0))
FEWEST = 5
"""Events of one type below which a share says nothing."""


def interval(right: int, cases: int) -> tuple[float, float]:
    """Return Wilson's interval for a share."""
    share, spread = right / cases, Z * Z / cases
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / cases + spread / (4 * cases))
    return middle - half, middle + half


def rows(sheet: list[dict[str, str]]) -> Iterator[tuple[str, int, int]]:
    """Yield what is counted, how many are right, and of how many."""
    for part in PARTS:
        yield part, sum(row[part] == "1" for row in sheet), len(sheet)
    yield "all five", sum(all(row[part] == "1" for part in PARTS) for row in sheet), len(sheet)
    for low, high in BANDS:
        own = [row for row in sheet if low <= float(row["confidence"]) < high]
        yield f"type, where confidence is {low:g} to {high:g}", sum(row["type"] == "1" for row in own), len(own)
    for kind in sorted({row["coded"].split("/")[0] for row in sheet}):
        own = [row for row in sheet if row["coded"].split("/")[0] == kind]
        if len(own) >= FEWEST:
            yield f"type, where {kind} is coded", sum(row["type"] == "1" for row in own), len(own)


def table(sheet: list[dict[str, str]]) -> str:
    """Return the counts as a Markdown table."""
    lines = ["| part | right | of | share | 95 % interval |", "|---|---|---|---|---|"]
    for part, right, cases in rows(sheet):
        low, high = interval(right, cases)
        lines.append(f"| {part} | {right} | {cases} | {right / cases:.2f} | {low:.2f} to {high:.2f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Count, print, and write into a page where one is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheet", type=Path)
    parser.add_argument("--write", type=Path, help="a page with the marks to write the table between")
    opts = parser.parse_args()
    with opts.sheet.open(encoding="utf-8", newline="") as content:
        sheet = list(csv.DictReader(content))
    unjudged = [row["document"] for row in sheet if any(row[part] not in ("0", "1") for part in PARTS)]
    if unjudged or not sheet:
        sys.exit(f"{opts.sheet}: {f'not judged with 0 or 1: {unjudged[0]}' if unjudged else 'no event in it'}")
    made = table(sheet)
    print(made, end="")
    if opts.write:
        text = opts.write.read_text(encoding="utf-8")
        opts.write.write_text(MARKS.sub(lambda m: m[1] + made + m[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
