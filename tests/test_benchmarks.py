"""The data that Sayso is measured on and that is ours follow their own format."""

from __future__ import annotations

import re
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


def test_the_set_of_utterances_is_sound() -> None:
    checked = subprocess.run(
        [sys.executable, BENCHMARKS / "utterances" / "check.py"], stdout=subprocess.PIPE, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "kept: 15 files" in checked.stdout


def test_utterances_are_grouped_as_well_as_they_were() -> None:
    scored = subprocess.run(
        [sys.executable, BENCHMARKS / "utterances" / "score.py", "tuning"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures = {name: float(value) for name, value in re.findall(r"^(.*?) +(\d\.\d+)$", scored.stdout, re.M)}
    assert figures["B3 F1"] >= 0.97
    assert figures["omissions precision"] >= 0.95
    assert figures["omissions F1"] >= 0.9
