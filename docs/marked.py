"""What stands between marks on a page, and is made anew by a program: <!-- NAME --> ... <!-- /NAME -->."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent


def filled(text: str, parts: Mapping[str, str]) -> str:
    """Return a page with each part, by its name, in the place of what stands between its marks."""
    for name, made in parts.items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
        text = marked.sub(lambda m, made=made: m[1] + made + m[2], text)  # type: ignore[misc]
    return text


def printed(*words: str) -> str:
    """Return what a command of Sayso's prints, on a terminal of 80 columns without colour."""
    plain = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    sayso = [sys.executable, "-m", "sayso", *words]
    return subprocess.run(sayso, cwd=ROOT, env=plain, check=True, capture_output=True, encoding="utf-8").stdout


def block(command: str, output: str) -> str:
    """Return a command and what it prints as the page shows them."""
    return f"```\n$ {command}\n{output.strip()}\n```\n"
