"""Write the outputs in utterances.md anew from the example reports: python docs/utterances.py."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = Path(__file__).with_name("utterances.md")
REPORTS = "examples/utterances/orle.jsonl"
OMITTED = "SELECT publisher, kind, omits FROM utterance_variants WHERE len(omits) > 0"


def run(*words: str) -> str:
    """Return what a command prints, on a terminal of 80 columns without colour."""
    plain = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    sayso = [sys.executable, "-m", "sayso", *words]
    return subprocess.run(sayso, cwd=ROOT, env=plain, check=True, capture_output=True, encoding="utf-8").stdout


def blocks() -> dict[str, str]:
    """Return what stands between each pair of marks: a command and what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = ("--ledger", f"{folder}/news")
        run("code", REPORTS, *ledger)
        listed = run("utterances", *ledger, "--format", "table")
        omitted = run("utterances", "--omitted", *ledger, "--format", "table")
        told = [json.loads(line) for line in run("utterances", "--omitted", *ledger).splitlines()]
        name = max(told, key=lambda utterance: len(utterance["variants"]))["id"][:12]
        dossier = run("show", name, *ledger, "--format", "pretty")
        queried = run("query", OMITTED, *ledger, "--format", "table")
    return {
        "utterances": _block("sayso utterances --ledger news", listed),
        "omitted": _block("sayso utterances --omitted --ledger news", omitted),
        "show": _block(f"sayso show {name} --ledger news", dossier),
        "query": _block(f'sayso query "{OMITTED}" --ledger news', queried),
    }


def _block(command: str, output: str) -> str:
    return f"```\n$ {command}\n{output.strip()}\n```\n"


def page(text: str) -> str:
    """Return the page with its outputs made anew."""
    for name, block in blocks().items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
        text = marked.sub(lambda m, block=block: m[1] + block + m[2], text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
