"""Write the outputs in occurrences.md anew from the example reports: python docs/occurrences.py."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = Path(__file__).with_name("occurrences.md")
REPORTS = "examples/occurrences/brest.jsonl"
VOICES = "SELECT name, position, voices.first FROM voices JOIN occurrences USING (occurrence) WHERE type = 'COERCE'"
LINKS = 2
"""So many links are told of in the dossier on the page."""


def run(*words: str) -> str:
    """Return what a command prints, on a terminal of 80 columns without colour."""
    plain = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    sayso = [str(Path(sys.executable).with_name("sayso")), *words]
    return subprocess.run(sayso, cwd=ROOT, env=plain, check=True, capture_output=True, encoding="utf-8").stdout


def blocks() -> dict[str, str]:
    """Return what stands between each pair of marks: a command and what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = ("--ledger", f"{folder}/news")
        run("code", REPORTS, *ledger)
        listed = run("occurrences", *ledger, "--format", "table", "--untyped")
        disputed = json.loads(run("disputes", *ledger).splitlines()[0])
        name = disputed["id"][:12]
        dossier = run("show", name, *ledger, "--format", "pretty")
        disputes = run("disputes", *ledger, "--format", "table")
        voices = run("query", VOICES, *ledger, "--format", "table")
    return {
        "occurrences": _block("sayso occurrences --untyped --ledger news", listed),
        "disputes": _block("sayso disputes --ledger news", disputes),
        "show": _block(f"sayso show {name} --ledger news", _shortened(dossier)),
        "voices": _block(f'sayso query "{VOICES}" --ledger news', voices),
    }


def _block(command: str, output: str) -> str:
    return f"```\n$ {command}\n{output.strip()}\n```\n"


def _shortened(dossier: str) -> str:
    """Return a dossier with the first few of its links."""
    told, heading, links = dossier.partition("Why the reports are taken for one occurrence\n")
    each = re.split(r"\n(?=  \S.* with )", links.strip("\n"))
    return told + heading + "\n".join(each[:LINKS]) + ("\n  [...]" if len(each) > LINKS else "")


def page(text: str) -> str:
    """Return the page with its outputs made anew."""
    for name, block in blocks().items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
        text = marked.sub(lambda m, block=block: m[1] + block + m[2], text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
