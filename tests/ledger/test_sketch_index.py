import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ledger.sketch import Sketch
from sayso.ledger.sketch_index import MOST, SketchIndex


def a_sketch(*hashes: int) -> Sketch:
    return np.array(sorted(set(hashes)), dtype=np.uint32)


def chance_sketch(chance: np.random.Generator, count: int = 64) -> Sketch:
    return np.unique(chance.integers(0, 1 << 29, size=count, dtype=np.uint32))


def test_documents_are_found_with_the_number_of_hashes_they_share() -> None:
    index = SketchIndex()
    index.add(7, a_sketch(1, 2, 3, 4))
    index.add(8, a_sketch(3, 4, 5))
    index.add(9, a_sketch(10))
    found = index.candidates(a_sketch(2, 3, 4, 99))
    assert found.shared == {7: 3, 8: 2}
    assert found.complete
    assert index.candidates(a_sketch(2, 3, 4, 99), least=3).shared == {7: 3}


def test_an_empty_index_and_an_empty_sketch_find_nothing() -> None:
    index = SketchIndex()
    assert index.candidates(a_sketch(1)).shared == {}
    index.add(1, a_sketch())
    index.add(2, a_sketch(1))
    assert index.candidates(a_sketch()).shared == {}
    assert len(index) == 1


@pytest.mark.parametrize("key", [-1, 1 << 32])
def test_a_key_that_does_not_fit_is_refused(key: int) -> None:
    with pytest.raises(ValueError, match="no key of an index"):
        SketchIndex().add(key, a_sketch(1))


def test_the_largest_hash_and_key_are_found() -> None:
    index = SketchIndex()
    index.add((1 << 32) - 1, a_sketch((1 << 32) - 1, 0))
    assert index.candidates(a_sketch((1 << 32) - 1, 0)).shared == {(1 << 32) - 1: 2}


@given(st.lists(st.sets(st.integers(0, 40), max_size=12), max_size=40), st.sets(st.integers(0, 40)))
@settings(max_examples=150, deadline=None)
def test_it_finds_what_comparing_with_each_would_find(stored: list[set[int]], asked: set[int]) -> None:
    one_by_one, at_once = SketchIndex(), SketchIndex()
    for key, hashes in enumerate(stored):
        one_by_one.add(key, a_sketch(*hashes))
    at_once.extend((key, a_sketch(*hashes)) for key, hashes in enumerate(stored))
    expected = {key: len(asked & hashes) for key, hashes in enumerate(stored) if asked & hashes}
    assert one_by_one.candidates(a_sketch(*asked)).shared == expected
    assert at_once.candidates(a_sketch(*asked)).shared == expected


def test_of_a_hash_that_all_have_only_the_first_documents_are_looked_at() -> None:
    index = SketchIndex()
    for key in range(5 * MOST):
        index.add(key, a_sketch(1, 2, 1000 + key))
    found = index.candidates(a_sketch(1, 2, 1000 + 4 * MOST))
    assert found.shared == dict.fromkeys(range(MOST), 2) | {4 * MOST: 1}
    assert not found.complete


def test_growing_costs_a_logarithm_a_posting_and_leaves_few_runs() -> None:
    chance = np.random.default_rng(1)
    index = SketchIndex()
    count = 3000
    for key in range(count):
        index.add(key, chance_sketch(chance))
    assert len(index) > 63 * count
    assert index.runs <= math.log2(count) + 1
    assert index.copied <= 2 * len(index) * math.log2(count)
