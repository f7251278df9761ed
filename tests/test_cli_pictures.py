"""From the sample articles into a ledger, and out of it as pictures and in the formats of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from sayso.cli import app
from sayso.ledger import Ledger

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("ledger") / "news")
    coded = _run("code", str(EXAMPLES), "--ledger", path, "--published", "2023-07-18", "--publisher", "Sample Wire")
    assert coded.exit_code == 0, coded.stderr
    return path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("kind", ["timeline", "map", "network", "quotes"])
@pytest.mark.parametrize("ending", ["svg", "html"])
def test_each_picture_is_drawn_and_says_its_version(kind: str, ending: str, ledger: str, tmp_path: Path) -> None:
    file = tmp_path / f"picture.{ending}"
    done = _run("plot", kind, "--ledger", ledger, "-o", str(file), "--publisher", "Sample Wire")
    assert done.exit_code == 0, done.stderr
    assert f"version {Ledger(ledger).version}" in file.read_text(encoding="utf-8")


def test_a_picture_of_nothing_is_an_error_that_names_the_filter(ledger: str, tmp_path: Path) -> None:
    done = _run("plot", "timeline", "--ledger", ledger, "-o", str(tmp_path / "x.svg"), "--actor", "Nobody At All")
    assert done.exit_code == 2
    assert "Nobody At All" in done.stderr
    assert not (tmp_path / "x.svg").exists()


def test_a_timeline_takes_the_day_of_publication(ledger: str, tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    options = ("--of", "events", "--by", "type", "--when", "published", "--type", "ASSAULT")
    assert _run("plot", "timeline", "--ledger", ledger, "-o", str(file), *options).exit_code == 0
    assert "2023" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("to", ["gdelt", "polecat", "plover", "ftm", "csv", "parquet"])
def test_each_format_is_written_and_what_it_cannot_carry_is_told(to: str, ledger: str, tmp_path: Path) -> None:
    done = _run("export", "--to", to, "-o", str(tmp_path / "out"), "--ledger", ledger)
    assert done.exit_code == 0, done.stderr
    assert f"{to} cannot carry" in done.stderr
    written = [tmp_path / "out"] if (tmp_path / "out").is_file() else list((tmp_path / "out").iterdir())
    assert written
    assert all(path.stat().st_size for path in written)


def test_filters_select_what_is_exported(ledger: str, tmp_path: Path) -> None:
    file = tmp_path / "events.tsv"
    assert _run("export", "--to", "polecat", "-o", str(file), "--type", "ASSAULT", "--ledger", ledger).exit_code == 0
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 1
    assert all("\tASSAULT\t" in line for line in lines[1:])


def test_one_view_goes_to_a_file_with_its_own_filters(ledger: str, tmp_path: Path) -> None:
    file = tmp_path / "said.csv"
    view = ("--view", "statements", "--act", "deny")
    assert _run("export", "--to", "csv", "-o", str(file), *view, "--ledger", ledger).exit_code == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1 + Ledger(ledger).statements(act="deny").count()
    wrong = _run("export", "--to", "polecat", "-o", str(file), "--act", "deny", "--ledger", ledger)
    assert wrong.exit_code == 2
    assert "act" in wrong.stderr


def test_a_confidence_alone_is_no_search(ledger: str) -> None:
    assert _run("search", "--min-confidence", "0.9", "--ledger", ledger).exit_code == 2
    assert _run("search", "--actor", "RUS", "--min-confidence", "0.01", "--ledger", ledger).exit_code == 0
