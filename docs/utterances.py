"""Write the outputs in utterances.md anew from the example reports: python docs/utterances.py."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from marked import block, filled, printed

PAGE = Path(__file__).with_name("utterances.md")
REPORTS = "examples/utterances/orle.jsonl"
OMITTED = "SELECT publisher, kind, omits FROM utterance_variants WHERE len(omits) > 0"


def blocks() -> dict[str, str]:
    """Return what stands between each pair of marks: a command and what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = ("--ledger", f"{folder}/news")
        printed("code", REPORTS, *ledger)
        listed = printed("utterances", *ledger, "--format", "table")
        omitted = printed("utterances", "--omitted", *ledger, "--format", "table")
        told = [json.loads(line) for line in printed("utterances", "--omitted", *ledger).splitlines()]
        name = max(told, key=lambda utterance: len(utterance["variants"]))["id"][:12]
        dossier = printed("show", name, *ledger, "--format", "pretty")
        queried = printed("query", OMITTED, *ledger, "--format", "table")
    return {
        "utterances": block("sayso utterances --ledger news", listed),
        "omitted": block("sayso utterances --omitted --ledger news", omitted),
        "show": block(f"sayso show {name} --ledger news", dossier),
        "query": block(f'sayso query "{OMITTED}" --ledger news', queried),
    }


def page(text: str) -> str:
    """Return the page with its outputs made anew."""
    return filled(text, blocks())


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
