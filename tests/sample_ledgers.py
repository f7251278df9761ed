"""What tests of commands share that ask a ledger of example reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from sayso.cli import app

ROOT = Path(__file__).parent.parent

Ask = Callable[..., Result]


def coded(example: str, folder: Path) -> str:
    """Return the path of a new ledger of the reports in a file of ``examples``."""
    path = str(folder / "news")
    done = CliRunner().invoke(app, ["code", str(ROOT / "examples" / example), "--ledger", path])
    assert done.exit_code == 0, done.stderr
    return path


def asking(ledger: str) -> Ask:
    """Return what runs a command on a ledger: ``ask("occurrences", "--untyped")``."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--ledger", ledger])

    return run
