"""Print the reports of a half as the table that `sayso code` reads, in order of publication.

python benchmarks/occurrences/documents.py tuning > reports.jsonl
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


def rows(half: str) -> list[dict[str, Any]]:
    """Return a row for each report of a half; the id of a report is the one that score.py looks for."""
    stories = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((HERE / half).glob("*.yaml"))]
    reports = [report for story in stories for report in story["reports"]]
    return [
        {
            "id": report["id"],
            "text": report["text"],
            "title": report["title"],
            "publisher": report["outlet"],
            "published": str(report["published"]),
        }
        for report in sorted(reports, key=lambda report: (str(report["published"]), report["id"]))
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=("tuning", "kept"))
    for row in rows(parser.parse_args().half):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
