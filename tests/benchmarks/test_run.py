"""What `make bench` prints, writes and answers; the measuring itself is stood in for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import run
from baseline import Baseline
from groups import Group
from measurement import Measurement

Bench = Callable[..., int]


@pytest.fixture
def path(tmp_path: Path, baseline: Baseline) -> Path:
    (tmp_path / "gold").mkdir()
    baseline.save(tmp_path / "b.json")
    return tmp_path / "b.json"


@pytest.fixture
def bench(path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Run with figures as they are given: each a value, or those that come of measuring it again and again."""

    def measure(arguments: list[str], **values: float | list[float]) -> int:
        def of(*names: str) -> list[Measurement]:
            return [Measurement(name, one, name, f"{one}") for name in names for one in [drawn(name)]]

        def drawn(name: str) -> float:
            value = values.get(name, Baseline.load(path).figures[name].value or 0)
            return value.pop(0) if isinstance(value, list) else value

        groups = (
            Group("fast", lambda _: of("speed", "seconds"), noisy=True, quick=True),
            Group("slow", lambda _: of("score", "false"), gold=True),
        )
        monkeypatch.setattr(run, "GROUPS", groups)
        return run.main(["--baseline", str(path), "--shared", str(path.parent), *arguments])

    return measure


def test_what_holds_passes_and_writes_nothing(bench: Bench, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert bench([], speed=1.5) == 0
    assert "+50.0%" in capsys.readouterr().out
    assert path.read_bytes() == before


@pytest.mark.parametrize("values", [{"speed": 0.8}, {"score": 0.7}, {"false": 0.05}])
def test_what_falls_fails_and_says_what_to_do(
    bench: Bench, values: dict[str, float], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench([], **values) == 1
    printed = capsys.readouterr()
    assert "FELL" in printed.out
    assert f"--lower '{next(iter(values))}' --because" in printed.err


def test_seconds_never_fail(bench: Bench) -> None:
    assert bench([], seconds=1000) == 0


def test_noise_is_measured_again_before_it_counts(bench: Bench) -> None:
    assert bench(["--quick"], speed=[0.5, 0.6, 0.9]) == 0
    assert bench(["--quick"], speed=[0.5, 0.6, 0.7]) == 1


def test_the_quick_form_measures_what_is_quick(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(["--quick"], score=0.1) == 0
    assert "Not measured: slow." in capsys.readouterr().out


def test_without_gold_sets_their_figures_are_left_out(bench: Bench, path: Path) -> None:
    (path.parent / "gold").rmdir()
    assert bench([], score=0.1) == 0


def test_an_update_writes_what_does_not_fall_short(bench: Bench, path: Path) -> None:
    assert bench(["--update"], speed=2, score=0.5, seconds=3) == 1
    after = Baseline.load(path).figures
    assert [after[name].value for name in ("speed", "score", "seconds")] == [2, 0.8, 3]
    assert after["speed"].floor == 1.7


def test_lowering_measures_one_group_and_writes_one_figure(bench: Bench, path: Path) -> None:
    assert bench(["--lower", "score", "--because", "the rule guessed"], score=0.7, false=0.01, speed=0.1) == 0
    after = Baseline.load(path)
    assert (after.floor("score"), after.floor("false")) == (0.69, 0.04)
    assert after.history[-1].why == "the rule guessed"


def test_nothing_is_written_where_one_of_two_floors_holds(
    bench: Bench, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = path.read_bytes()
    assert bench(["--lower", "score", "--lower", "false", "--because", "so"], score=0.7) == 2
    assert "nothing has to be lowered" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "arguments", [["--lower", "score"], ["--because", "so"], ["--lower", "score", "--because", " "]]
)
def test_lowering_takes_a_figure_and_a_reason(bench: Bench, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        bench(arguments)
    assert left.value.code == 2


@pytest.mark.parametrize("name", ["seconds", "scroe"])
def test_only_what_has_a_floor_is_lowered(bench: Bench, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(["--lower", name, "--because", "so"]) == 2
    assert "these have: “speed”, “score”, “false”" in capsys.readouterr().err


def test_a_baseline_that_breaks_its_rules_is_no_measure(
    bench: Bench, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace('"floor": 0.79', '"floor": 0.5'), encoding="utf-8")
    assert bench([]) == 2
    assert "its history ends with 0.79" in capsys.readouterr().err


def test_the_readme_is_written_when_all_is_measured_and_updated(bench: Bench, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("a\n<!-- figures -->\nold\n<!-- /figures -->\nb\n", encoding="utf-8")
    for arguments in ([], ["--update", "--quick"]):
        bench(["--readme", str(readme), *arguments])
        assert "old" in readme.read_text(encoding="utf-8")
    bench(["--readme", str(readme), "--update"], score=0.9)
    text = readme.read_text(encoding="utf-8")
    assert "| score | 0.9 |  |" in text
    assert "old" not in text
