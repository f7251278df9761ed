from __future__ import annotations

import numpy as np
import pytest

from sayso.reading.parser_names import Actions

NAMES = ["B-GPE", "I-GPE", "L-GPE", "U-GPE", "O", "U-"]
BEGIN, INSIDE, LAST, UNIT, OUTSIDE, BLOCKED = range(6)


def scores(**points: float) -> np.ndarray:
    """Return the scores of one word: none but those that are given."""
    return np.array([[points.get(name, 0.0) for name in ("b", "i", "l", "u", "o", "blocked")]], np.float32)


@pytest.mark.parametrize(
    ("given", "last", "blank", "chosen"),
    [
        (scores(b=2, u=1), False, False, BEGIN),
        (scores(b=2, u=1), True, False, UNIT),
        (scores(b=2, u=1), False, True, OUTSIDE),
        (scores(i=9, l=8, blocked=7, o=1), False, False, OUTSIDE),
        (scores(), False, False, BEGIN),
    ],
    ids=["begins", "nothing begins at the end", "nor at white space", "nothing goes on", "the first of equals"],
)
def test_what_is_done_outside_of_names(given, last, blank, chosen):
    actions = Actions(NAMES)

    assert actions.outside(given, np.array([last]), np.array([blank])).tolist() == [chosen]


@pytest.mark.parametrize(("inside", "end", "goes_on"), [(2, 1, True), (1, 2, False), (1, 1, True)])
def test_a_name_goes_on_where_that_scores_no_less_than_its_end(inside, end, goes_on):
    assert Actions(NAMES).goes_on(scores(i=inside, l=end), np.array([0])).tolist() == [goes_on]
