"""The history of floors as it was committed: nothing may be struck from it later."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from baseline import Baseline, Step

MOST = 200
"""Commits that are looked back at."""


def struck(baseline: Baseline, path: Path) -> Iterator[str]:
    """Yield what was committed of the history of floors, on the way to this commit, and is there no more.

    Nothing is yielded outside a repository, or as far as a clone does not reach back.
    """
    now = {name: baseline.steps(name) for name in {step.figure for step in baseline.history}}
    told = set()
    for commit in commits(path):
        for step, number in _numbered(steps_of(path, commit)):
            if now.get(step.figure, [])[number : number + 1] != [step] and step.figure not in told:
                told.add(step.figure)
                yield (
                    f"“{step.figure}”: its history of floors is not the one of commit {commit[:10]}, of which the step "
                    f"of {step.date} from {step.before} to {step.to} is missing or changed: restore it, and lower "
                    f"the floor with --lower '{step.figure}' --because 'why'"
                )


def commits(path: Path) -> list[str]:
    """Return the commits that changed a file, the last one first, without those of branches that were merged."""
    found = _git(path.parent, "log", "--first-parent", f"--max-count={MOST}", "--format=%H", "--", path.name)
    return (found or "").split()


def steps_of(path: Path, commit: str) -> list[Step]:
    """Return the history of floors of a commit, without steps of a form that was given up."""
    text = _git(path.parent, "show", f"{commit}:./{path.name}")
    try:
        rows: list[Any] = json.loads(text or "{}").get("history", [])
        return [Step.model_validate(row) for row in rows]
    except ValueError:  # a broken file that somebody committed holds nobody to anything
        return []


def _numbered(steps: list[Step]) -> Iterator[tuple[Step, int]]:
    counts: dict[str, int] = {}
    for step in steps:
        number = counts.get(step.figure, 0)
        counts[step.figure] = number + 1
        yield step, number


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git prints, None where there is no git, no repository or no such thing."""
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
