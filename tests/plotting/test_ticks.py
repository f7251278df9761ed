"""Which days and numbers an axis names."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from sayso.plotting.lettering import width_of
from sayso.plotting.ticks import Scale, days, scale_of


@pytest.mark.parametrize(("length", "most"), [(10, 6), (20, 6), (43, 6), (90, 6), (29, 2), (45, 2), (59, 3), (400, 6)])
def test_short_spans_have_several_days_that_are_named(length: int, most: int) -> None:
    first = date(2024, 3, 2)
    found = days(first, first + timedelta(days=length - 1), most)
    assert min(most, 3) - 1 < len(found) <= most


@pytest.mark.parametrize("most", range(2, 12))
def test_no_day_is_named_twice_and_none_not_at_all(most: int) -> None:
    for length in [*range(1, 130), 300, 365, 500, 800, 1_500, 4_000, 200_000]:
        first = date(2023, 11, 17)
        named = days(first, first + timedelta(days=length), most)
        assert 2 <= len(named) <= most
        assert all(one < other and name != other_name for (one, name), (other, other_name) in pairwise(named))


def test_one_day_is_named_with_its_year() -> None:
    assert days(date(2024, 3, 2), date(2024, 3, 2), 6) == [(date(2024, 3, 2), "2 Mar 2024")]


def test_zero_stands_apart_from_a_logarithmic_scale() -> None:
    scale = scale_of([0, 20, 2_500], 100, 600)
    assert scale.is_log
    assert scale.at(0) == 100
    assert scale.at(scale.low) > 100 + 30
    assert scale.ticks(11)[0] == (0.0, "0")


def test_a_scale_that_needs_no_zero_has_none() -> None:
    scale = scale_of([20, 2_500], 100, 600)
    assert scale.at(scale.low) == 100
    assert "0" not in [name for _, name in scale.ticks(11)]


@pytest.mark.parametrize("width", [90, 160, 250, 480])
@pytest.mark.parametrize(
    "values", [[1, 2e6], [10, 4_000], [0, 1, 5e10], [9e5, 1.25e6], [1e10, 3e10], [1], [0], [3, 7], [0.5, 1.5]]
)
def test_numbers_of_an_axis_do_not_overlap(values: list[float], width: float) -> None:
    scale = scale_of(values, 0, width)
    ticks = [(scale.at(value), width_of(name, 11) / 2) for value, name in scale.ticks(11)]
    assert ticks
    assert all(x + half < other - others_half for (x, half), (other, others_half) in pairwise(ticks))


def test_whole_numbers_have_no_fractions_between_them() -> None:
    assert [name for _, name in scale_of([0, 1], 0, 480).ticks(11)] == ["0", "1"]
    assert Scale(0, 1.62, 0, 480).ticks(11)[1] == (0.5, "0.5")


def test_numbers_are_written_out() -> None:
    assert "20,000,000,000" in [name for _, name in scale_of([3e10], 0, 480).ticks(11)]
