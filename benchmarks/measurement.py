"""A figure as it was just measured, and the scripts of this folder that measure."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Measurement:
    """One figure by its name in the baseline.

    ``label`` is what the README's table calls it, "" where that table leaves it out; ``shown`` is the figure as it
    stands there, and ``beside`` what stands beside it.
    """

    figure: str
    value: float
    label: str = ""
    shown: str = ""
    beside: str = ""


def printed_by(script: str, *arguments: object) -> dict[str, Any]:
    """Run a script of this folder and return the JSON that it prints."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return result


def run_sayso(*arguments: object) -> None:
    """Run sayso's command; documents that cannot be coded are no reason to stop."""
    subprocess.run([sys.executable, "-m", "sayso", *map(str, arguments)], check=False, stdout=subprocess.DEVNULL)
