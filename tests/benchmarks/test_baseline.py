from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from baseline import PLACE, Baseline, BaselineError
from committed import struck
from groups import GROUPS

TODAY = date(2026, 3, 4)


def state(baseline: Baseline, name: str) -> tuple[float | None, float | None, int]:
    return baseline.figures[name].value, baseline.figures[name].floor, len(baseline.steps(name))


def edited(baseline: Baseline, path: Path, **changes: object) -> str:
    """Write a baseline with fields of the figure `score` edited by hand, and return why it is refused."""
    baseline.save(path)
    rows = json.loads(path.read_text(encoding="utf-8"))
    rows["figures"]["score"] |= changes
    path.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(BaselineError) as refused:
        Baseline.load(path)
    return str(refused.value)


def test_the_committed_baseline_keeps_its_own_rules() -> None:
    baseline = Baseline.load()
    assert [*struck(baseline, PLACE)] == []
    assert {standard.group for standard in baseline.figures.values()} == {group.name for group in GROUPS}


@pytest.mark.parametrize(
    ("name", "value", "falls"),
    [
        ("speed", 0.85, False),
        ("speed", 0.849, True),
        ("speed", 1.3, False),
        ("score", 0.79, False),
        ("score", 0.789, True),
        ("false", 0.04, False),
        ("false", 0.041, True),
        ("false", 0, False),
        ("seconds", 1000, False),
    ],
)
def test_a_figure_falls_short_below_its_floor(baseline: Baseline, name: str, value: float, falls: bool) -> None:
    assert baseline.figures[name].falls_short(value) is falls


@pytest.mark.parametrize(
    ("name", "value", "after"),
    [
        ("speed", 1.2, (1.2, 1.02, 2)),
        ("speed", 0.9, (0.9, 0.85, 1)),
        ("speed", 0.8, (1, 0.85, 1)),
        ("score", 0.83, (0.83, 0.82, 2)),
        ("score", 0.795, (0.795, 0.79, 1)),
        ("false", 0.01, (0.01, 0.02, 2)),
        ("false", 0.035, (0.035, 0.04, 1)),
        ("false", 0.05, (0.03, 0.04, 1)),
        ("seconds", 3, (3, None, 0)),
    ],
)
def test_an_update_raises_floors_and_never_lowers_them(
    baseline: Baseline, name: str, value: float, after: tuple[float, float | None, int]
) -> None:
    assert state(baseline.updated({name: value}, TODAY), name) == after


def test_small_falls_do_not_add_up(baseline: Baseline) -> None:
    for value in (0.95, 0.9, 0.86, 0.82):
        baseline = baseline.updated({"speed": value}, TODAY)
    assert state(baseline, "speed") == (0.86, 0.85, 1)


@pytest.mark.parametrize(
    ("name", "value", "floor"), [("speed", 0.8, 0.68), ("score", 0.7, 0.69), ("false", 0.06, 0.07)]
)
def test_a_floor_is_lowered_for_a_reason_that_is_kept(
    baseline: Baseline, tmp_path: Path, name: str, value: float, floor: float
) -> None:
    baseline.lowered(name, value, "a rule that guessed is gone", TODAY).save(tmp_path / "b.json")
    again = Baseline.load(tmp_path / "b.json")
    assert state(again, name) == (value, floor, 2)
    step = again.history[-1]
    assert (step.before, step.to, step.why) == (baseline.floor(name), floor, "a rule that guessed is gone")


def test_no_floor_is_lowered_without_a_reason(baseline: Baseline) -> None:
    with pytest.raises(BaselineError, match="--because"):
        baseline.lowered("score", 0.7, " ", TODAY)


def test_a_floor_that_holds_is_not_lowered(baseline: Baseline) -> None:
    with pytest.raises(BaselineError, match="nothing has to be lowered"):
        baseline.lowered("score", 0.795, "to be safe", TODAY)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"floor": 0.7}, "floor is 0.7, but its history ends with 0.79"),
        ({"floor": 0.7, "tolerance": 0.1}, "--lower 'score' --because 'why'"),
        ({"value": 0.9}, "further from the value"),
        ({"value": None}, "come together"),
        ({"tolerance": None}, "a score figure needs a tolerance"),
        ({"kind": "measured"}, "a figure that is only measured has no floor"),
        ({"kind": "guess"}, "figures.score.kind: Input should be 'ratio'"),
        ({"flor": 0.7}, "figures.score.flor: Extra inputs"),
    ],
)
def test_what_is_edited_by_hand_is_refused(
    baseline: Baseline, tmp_path: Path, changes: dict[str, object], why: str
) -> None:
    message = edited(baseline, tmp_path / "b.json", **changes)
    assert why in message
    assert str(tmp_path / "b.json") in message


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ({"from": 0.79, "to": 0.7}, "lowers the floor from 0.79 to 0.7 without a reason"),
        ({"from": 0.79, "to": 0.7, "why": "  "}, "without a reason"),
        ({"from": 0.75, "to": 0.7, "why": "because"}, "starts from 0.75, but the floor was 0.79"),
    ],
)
def test_a_step_that_was_written_by_hand_needs_all_that_a_step_has(
    baseline: Baseline, tmp_path: Path, step: dict[str, object], why: str
) -> None:
    path = tmp_path / "b.json"
    baseline.save(path)
    rows = json.loads(path.read_text(encoding="utf-8"))
    rows["history"].append({"date": "2026-03-04", "figure": "score"} | step)
    rows["figures"]["score"] |= {"floor": 0.7, "value": 0.705}
    path.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(BaselineError, match=why):
        Baseline.load(path)


def test_a_figure_is_given_up_for_a_reason_alone(baseline: Baseline) -> None:
    without = {name: standard for name, standard in baseline.figures.items() if name != "score"}
    gone = baseline.model_copy(update={"figures": without})
    assert [fault for fault in gone.faults() if "“score” is gone" in fault]


def test_what_is_saved_is_loaded_the_same(baseline: Baseline, tmp_path: Path) -> None:
    baseline.save(tmp_path / "b.json")
    assert Baseline.load(tmp_path / "b.json") == baseline
    assert [path.name for path in tmp_path.iterdir()] == ["b.json"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"figures": 1}', '{"figures": {"a": {"value": NaN}}}'])
def test_what_is_no_baseline_is_refused_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match=r"b\.json: "):
        Baseline.load(tmp_path / "b.json")


def test_a_baseline_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match=r"none\.json: cannot be read"):
        Baseline.load(tmp_path / "none.json")


def test_a_figure_without_a_floor_cannot_be_held_to_one(baseline: Baseline) -> None:
    with pytest.raises(KeyError, match="no floor for 'seconds'"):
        baseline.floor("seconds")
