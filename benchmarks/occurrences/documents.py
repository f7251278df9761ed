"""Print the reports of a half as the table that `sayso code` reads, in order of publication.

python benchmarks/occurrences/documents.py tuning > reports.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from story_sets import HALVES, contents

HERE = Path(__file__).parent


def rows(half: str) -> list[dict[str, Any]]:
    """Return a row for each report of a half; the id of a report is the one that score.py looks for."""
    reports = [report for _, story in contents(HERE / half) for report in story["reports"]]
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
    parser.add_argument("half", choices=HALVES)
    for row in rows(parser.parse_args().half):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
