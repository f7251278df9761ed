"""The data that Sayso is measured on and that is ours follow their own format."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import HoldToFloor

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


@cache
def utterances() -> dict[str, str]:
    scored = subprocess.run(
        [sys.executable, BENCHMARKS / "utterances" / "score.py", "tuning"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(re.findall(r"^(.*?) +(\d\.\d+)$", scored.stdout, re.M))


@pytest.mark.parametrize("figure", ["B3 F1", "omissions precision", "omissions F1"])
def test_utterances_are_grouped_as_well_as_they_were(hold_to_floor: HoldToFloor, figure: str) -> None:
    hold_to_floor(f"utterances, {figure}", float(utterances()[figure]), "see score.py tuning --mistakes")
