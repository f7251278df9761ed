"""What ``sayso code --engine ray`` says where it cannot do what it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sayso.cli import app
from sayso.engine.ray import cluster

TEXT = "Anna Berg of Norway said on Monday that it rained."


def code(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["code", *arguments, "--engine", "ray"], env={"COLUMNS": "200"})


@pytest.fixture
def article(tmp_path: Path) -> str:
    (tmp_path / "article.txt").write_text(TEXT)
    return str(tmp_path / "article.txt")


@pytest.fixture
def ray_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: name)


def test_without_ray_it_is_said_how_to_install_it(
    article: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    result = code(article, "--ledger", str(tmp_path / "ledger"))
    assert result.exit_code == 2
    assert "pip install 'sayso[ray]'" in result.stderr
    assert not (tmp_path / "ledger").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--engine ray keeps accounts in a ledger"),
        (["-o", "accounts.csv"], "accounts go to a ledger alone"),
        (["--format", "csv"], "accounts go to a ledger alone"),
    ],
)
def test_accounts_go_to_a_ledger(article: str, arguments: list[str], message: str) -> None:
    result = code(article, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.usefixtures("ray_is_there")
@pytest.mark.parametrize(
    ("path", "arguments", "message"),
    [
        ("-", [], "standard input is read by --engine local only"),
        ("article.txt", ["--published", "soon"], "the date 'soon' cannot be read"),
        ("article.txt", ["--ray-address", "127.0.0.1:1"], "there is no Ray cluster at 127.0.0.1:1"),
        ("article.txt", ["--ray-address", "ray://head:10001"], "run sayso there with --ray-address auto"),
        ("article.txt", ["--reader", "slow"], "no reader is called 'slow'"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_started(
    tmp_path: Path, path: str, arguments: list[str], message: str
) -> None:
    result = code(path, "--ledger", str(tmp_path / "ledger"), *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_reads_a_ledger_wants_it_on_a_disk() -> None:
    result = CliRunner().invoke(app, ["query", "SELECT 1", "--ledger", "s3://news/coded"], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "aws s3 sync s3://news/coded my-ledger" in result.stderr
