"""Write the account in the README anew: python docs/demo.py.

It is what ``make demo`` prints, shortened to the statements of the first speakers and the first events.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DEMO = re.compile(r"(<!-- demo -->\n).*?(<!-- /demo -->)", re.S)
SPEAKERS, EVENTS = 3, 4


def account() -> str:
    """Return what the demo prints, on a terminal of 80 columns without colour."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    command = re.search(r"sayso (code .*--format pretty)", makefile)
    assert command is not None, "the Makefile has no demo"
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command[1])]
    plain = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    sayso = [str(Path(sys.executable).with_name("sayso")), *words]
    return subprocess.run(sayso, cwd=ROOT, env=plain, check=True, capture_output=True, encoding="utf-8").stdout


def shortened(whole: str) -> str:
    """Return the beginning of either half of an account."""
    said, done = whole.split("Who did what to whom\n\n")
    speakers = said.split("\n\n")
    events = done.strip().split("\n\n")
    parts = [*speakers[: SPEAKERS + 2], "[...]", "Who did what to whom", *events[:EVENTS], "[...]", events[-1]]
    return "\n\n".join(parts)


def page(text: str) -> str:
    """Return the README with the account made anew."""
    block = f"```\n{shortened(account())}\n```\n"
    return DEMO.sub(lambda m: m[1] + block + m[2], text)


if __name__ == "__main__":
    README.write_text(page(README.read_text(encoding="utf-8")), encoding="utf-8")
