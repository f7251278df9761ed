"""The scores on sets of our own: those that tests compute, and those of the tuning half of the occurrences."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from measurement import HERE, Measurement, printed_by, run_sayso

TESTS = ("tests/reading/test_mentions.py", "tests/reading/test_speakers.py", "tests/test_benchmarks.py")
"""Tests that hold a score to its floor with the fixture ``hold_to_floor``."""

OCCURRENCES = ("found", "B3 F1", "disputes F1", "status", "voices")


def tested_scores(_: Path) -> list[Measurement]:
    """Run the tests that score our sets, and return the scores that they recorded, whether they passed or not."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            *TESTS,
            "--tb=no",
            f"--junitxml={report}",
            "-o",
            "junit_family=xunit1",
        ]
        subprocess.run(command, cwd=HERE.parent, check=False, stdout=sys.stderr)
        properties = ElementTree.parse(report).iter("property")  # noqa: S314 - of our own making
        return [Measurement(each.attrib["name"], float(each.attrib["value"])) for each in properties]


def occurrence_scores(_: Path) -> list[Measurement]:
    """Code the tuning half into a ledger, group it, and return the figures of its scorer."""
    with tempfile.TemporaryDirectory() as scratch:
        reports, ledger, told = (Path(scratch, name) for name in ("reports.jsonl", "ledger", "told.jsonl"))
        with reports.open("w", encoding="utf-8") as table:
            subprocess.run([sys.executable, HERE / "occurrences" / "documents.py", "tuning"], check=True, stdout=table)
        run_sayso("code", reports, "--ledger", ledger)
        run_sayso("occurrences", "--untyped", "--format", "jsonl", "--ledger", ledger, "-o", told)
        figures = printed_by("occurrences/score.py", "tuning", told, "--json")
    return [Measurement(f"occurrences, {name}", figures[name]) for name in OCCURRENCES]
