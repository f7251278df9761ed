"""The data that Sayso is measured on and that is ours follow their own format."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def test_the_set_of_occurrences_is_sound() -> None:
    checked = subprocess.run(
        [sys.executable, BENCHMARKS / "occurrences" / "check.py"], stdout=subprocess.PIPE, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "tuning: 24 files" in checked.stdout
