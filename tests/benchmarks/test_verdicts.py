from __future__ import annotations

import pytest
from baseline import Baseline
from measurement import Measurement
from verdicts import Verdict, best, compared, table


@pytest.mark.parametrize(
    ("figure", "value", "verdict", "change"),
    [
        ("speed", 0.9, Verdict.OK, "-10.0%"),
        ("speed", 0.84, Verdict.FELL, "-16.0%"),
        ("speed", 1.2, Verdict.BETTER, "+20.0%"),
        ("score", 0.8, Verdict.OK, "+0.000"),
        ("score", 0.79999, Verdict.OK, "+0.000"),
        ("score", 0.7, Verdict.FELL, "-0.100"),
        ("false", 0.06, Verdict.FELL, "+0.030"),
        ("false", 0.01, Verdict.BETTER, "-0.020"),
        ("seconds", 4, Verdict.SHOWN, "+100.0%"),
        ("nobody knows it", 4, Verdict.UNKNOWN, ""),
    ],
)
def test_verdicts(baseline: Baseline, figure: str, value: float, verdict: Verdict, change: str) -> None:
    (row,) = compared([Measurement(figure, value)], baseline)
    assert (row.verdict, row.change) == (verdict, change)


def test_a_figure_that_was_never_written_down_is_new(baseline: Baseline) -> None:
    bare = baseline.figures["score"].model_copy(update={"value": None, "floor": None})
    (row,) = compared([Measurement("score", 0.1)], Baseline(figures={"score": bare}))
    assert row.verdict is Verdict.NEW
    assert not row.verdict.fails


def test_of_several_runs_the_best_of_each_figure_counts(baseline: Baseline) -> None:
    runs = [
        [Measurement("speed", 0.7), Measurement("false", 0.05)],
        [Measurement("speed", 0.9), Measurement("false", 0.06)],
    ]
    assert [one.value for one in best(runs, baseline)] == [0.9, 0.05]


def test_the_table_has_a_row_for_each_figure_in_columns(baseline: Baseline) -> None:
    made = table(compared([Measurement("speed", 0.8), Measurement("seconds", 12345)], baseline))
    head, first, second = made.splitlines()
    assert first.split() == ["speed", "0.800", "1.000", "-20.0%", "0.850", "FELL", "below", "its", "floor"]
    assert second.split()[:3] == ["seconds", "12,345", "2.000"]
    assert head.index("verdict") == first.index("FELL") == second.index("shown")
