from __future__ import annotations

import pytest

from sayso.evaluation import bootstrap
from sayso.evaluation.bootstrap import intervals
from sayso.evaluation.figures import Counts, Figure

DOCUMENTS = [[Counts(n % 4, n % 4, 3 + n % 2, 4), Counts(2, 2, 2, 2), Counts(0, 0, 0, 0)] for n in range(40)]


def test_a_seed_gives_the_same_again_and_another_one_something_else() -> None:
    once, again, other = (intervals(DOCUMENTS, 500, seed) for seed in (7, 7, 8))
    assert once == again
    assert once[0] != other[0]


def test_the_figure_lies_within() -> None:
    low, high = intervals(DOCUMENTS, 1000, 0)[0] or (1, 0)
    sums = Counts(*(sum(column) for column in zip(*(rows[0] for rows in DOCUMENTS), strict=True)))
    assert low < Figure("linked", sums).f1 < high
    assert high - low < 0.3


def test_what_never_varies_has_an_interval_of_no_width() -> None:
    assert intervals(DOCUMENTS, 100, 0)[1] == (1.0, 1.0)


def test_what_is_never_there_has_none() -> None:
    assert intervals(DOCUMENTS, 100, 0)[2] is None
    assert intervals(DOCUMENTS, 0, 0) == [None, None, None]
    assert intervals([], 100, 0) == []


def test_one_right_document_and_one_wrong_one_leave_everything_open() -> None:
    assert intervals([[Counts(1, 1, 1, 1)], [Counts(0, 0, 1, 1)]], 1000, 0) == [(0.0, 1.0)]


def test_a_sample_without_any_says_nothing() -> None:
    # A quarter of the samples holds the empty document twice: that is no F1 of nought.
    assert intervals([[Counts(1, 1, 1, 1)], [Counts(0, 0, 0, 0)]], 1000, 0) == [(1.0, 1.0)]


def test_drawing_in_blocks_gives_much_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = intervals(DOCUMENTS, 1000, 0)[0]
    monkeypatch.setattr(bootstrap, "_DRAWS_AT_ONCE", 100)
    assert intervals(DOCUMENTS, 1000, 0)[0] == pytest.approx(whole, abs=0.03)
