"""Write the outputs in occurrences.md anew from the example reports: python docs/occurrences.py."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from marked import block, filled, printed

PAGE = Path(__file__).with_name("occurrences.md")
REPORTS = "examples/occurrences/brest.jsonl"
VOICES = "SELECT name, position, voices.first FROM voices JOIN occurrences USING (occurrence) WHERE type = 'COERCE'"
LINKS = 2
"""So many links are told of in the dossier on the page."""


def blocks() -> dict[str, str]:
    """Return what stands between each pair of marks: a command and what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = ("--ledger", f"{folder}/news")
        printed("code", REPORTS, *ledger)
        listed = printed("occurrences", *ledger, "--format", "table", "--untyped")
        disputed = json.loads(printed("disputes", *ledger).splitlines()[0])
        name = disputed["id"][:12]
        dossier = printed("show", name, *ledger, "--format", "pretty")
        disputes = printed("disputes", *ledger, "--format", "table")
        voices = printed("query", VOICES, *ledger, "--format", "table")
    return {
        "occurrences": block("sayso occurrences --untyped --ledger news", listed),
        "disputes": block("sayso disputes --ledger news", disputes),
        "show": block(f"sayso show {name} --ledger news", _shortened(dossier)),
        "voices": block(f'sayso query "{VOICES}" --ledger news', voices),
    }


def _shortened(dossier: str) -> str:
    """Return a dossier with the first few of its links."""
    told, heading, links = dossier.partition("Why the reports are taken for one occurrence\n")
    each = re.split(r"\n(?=  \S.* with )", links.strip("\n"))
    return told + heading + "\n".join(each[:LINKS]) + ("\n  [...]" if len(each) > LINKS else "")


def page(text: str) -> str:
    """Return the page with its outputs made anew."""
    return filled(text, blocks())


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
