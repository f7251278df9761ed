"""Write the account in the README anew: python docs/demo.py.

It is what ``make demo`` prints, shortened to the statements of the first speakers and the first events.
"""

from __future__ import annotations

import re

from marked import ROOT, filled, printed

README = ROOT / "README.md"
SPEAKERS, EVENTS = 3, 4


def account() -> str:
    """Return what the demo prints, on a terminal of 80 columns without colour."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    command = re.search(r"sayso (code .*--format pretty)", makefile)
    assert command is not None, "the Makefile has no demo"
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command[1])]
    return printed(*words)


def shortened(whole: str) -> str:
    """Return the beginning of either half of an account."""
    said, done = whole.split("Who did what to whom\n\n")
    speakers = said.split("\n\n")
    events = done.strip().split("\n\n")
    parts = [*speakers[: SPEAKERS + 2], "[...]", "Who did what to whom", *events[:EVENTS], "[...]", events[-1]]
    return "\n\n".join(parts)


def page(text: str) -> str:
    """Return the README with the account made anew."""
    return filled(text, {"demo": f"```\n{shortened(account())}\n```\n"})


if __name__ == "__main__":
    README.write_text(page(README.read_text(encoding="utf-8")), encoding="utf-8")
