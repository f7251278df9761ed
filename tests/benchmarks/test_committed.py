from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from baseline import Baseline
from committed import commits, struck

TODAY = date(2026, 3, 4)


def commit(path: Path, baseline: Baseline | None = None) -> None:
    """Commit a baseline, or what the file holds."""
    if baseline:
        baseline.save(path)
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    for command in (("add", "."), (*who, "commit", "-qm", "Change")):
        subprocess.run(["git", "-C", path.parent, *command], check=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    return tmp_path / "b.json"


def test_a_history_that_goes_on_is_whole(path: Path, baseline: Baseline) -> None:
    commit(path, baseline)
    raised = baseline.updated({"score": 0.9}, TODAY)
    commit(path, raised)
    assert len(commits(path)) == 2
    assert [*struck(raised.lowered("score", 0.7, "a reason", TODAY), path)] == []


def test_a_raised_floor_that_is_struck_is_missed_however_long_ago(path: Path, baseline: Baseline) -> None:
    commit(path, baseline)
    commit(path, baseline.updated({"score": 0.9}, TODAY))
    commit(path, baseline)
    commit(path, baseline.updated({"speed": 2}, TODAY))
    (fault,) = struck(Baseline.load(path), path)
    assert "“score”" in fault
    assert "from 0.79 to 0.89 is missing" in fault


def test_a_step_that_is_rewritten_is_missed(path: Path, baseline: Baseline) -> None:
    commit(path, baseline)
    history = tuple(
        step.model_copy(update={"to": 0.5}) if step.figure == "score" else step for step in baseline.history
    )
    assert ["“score”" in fault for fault in struck(baseline.model_copy(update={"history": history}), path)] == [True]


def test_steps_of_other_figures_may_come_between(path: Path, baseline: Baseline) -> None:
    commit(path, baseline.updated({"score": 0.9}, TODAY))
    assert [*struck(baseline.updated({"speed": 2}, TODAY).updated({"score": 0.9}, TODAY), path)] == []


def test_a_broken_baseline_in_the_past_holds_nobody(path: Path, baseline: Baseline) -> None:
    commit(path, baseline)
    path.write_text("{", encoding="utf-8")
    commit(path)
    assert [*struck(baseline, path)] == []


def test_outside_a_repository_nothing_is_missed(tmp_path: Path, baseline: Baseline) -> None:
    baseline.save(tmp_path / "b.json")
    assert [*struck(baseline, tmp_path / "b.json")] == []
