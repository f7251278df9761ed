from __future__ import annotations

import pytest

from sayso.evaluation.calibration import calibration


def test_bins_and_expected_error() -> None:
    found = calibration([(0.0, False), (0.05, True), (0.1, False), (0.92, True), (1.0, True), (1.0, False)])
    first, second, last = found.bins[0], found.bins[1], found.bins[9]
    assert (first.low, first.high, first.items, first.confidence, first.right) == (0.0, 0.1, 2, 0.025, 0.5)
    assert (second.items, second.confidence, second.right) == (1, 0.1, 0.0)
    assert (last.items, last.confidence, last.right) == (3, pytest.approx(0.9733, abs=1e-4), pytest.approx(2 / 3))
    assert found.error == pytest.approx((2 * 0.475 + 0.1 + (2.92 - 2)) / 6)
    assert found.items == 6
    assert len(found.bins) == 10


def test_every_tenth_begins_a_bin() -> None:
    assert [bin_.items for bin_ in calibration((n / 10, True) for n in range(11)).bins] == [1] * 9 + [2]


def test_perfect_and_none() -> None:
    assert calibration([(1.0, True), (0.0, False)]).error == 0.0
    assert calibration([]).error is None
