from __future__ import annotations

from sayso.batches import batches


def test_as_many_come_at_once_as_weigh_no_more_than_is_allowed() -> None:
    assert list(batches(["ab", "c", "def", "g"], 3, len)) == [["ab", "c"], ["def"], ["g"]]


def test_one_that_alone_weighs_more_comes_alone() -> None:
    assert list(batches(["a", "bcdef", "g"], 3, len)) == [["a"], ["bcdef"], ["g"]]


def test_of_nothing_there_are_no_batches() -> None:
    assert list(batches([], 3, len)) == []


def test_no_more_is_taken_than_is_needed_to_fill_a_batch() -> None:
    items = iter(["ab", "c", "d", "e"])
    assert next(batches(items, 3, len)) == ["ab", "c"]
    assert next(items) == "e"
