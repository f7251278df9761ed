"""Ties: what a document was compared with, as it is stored."""

from __future__ import annotations

import numpy as np

from sayso.corroboration.likeness import Pair
from sayso.corroboration.ties import Ties, document_of, key_of, span_of

KEYS = {"a": key_of(1, 0), "b": key_of(2, 0), "c": key_of(3, 0), "d": key_of(3, 1)}
BITS = {"the same word": 0, "the same day": 2}
PAIRS = [
    Pair("a", "c", 0.9, ("the same word", "the same day", "the same day")),
    Pair("b", "d", 0.4, ()),
    Pair("c", "c", 1.0, ()),
]


def test_keys_have_the_order_in_which_things_came() -> None:
    keys = [key_of(document, place) for document in (1, 2, 3) for place in (0, 1, 500)]
    assert keys == sorted(keys)
    assert [document_of(key) for key in keys] == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    first, last = span_of(2)
    assert [key for key in keys if first <= key <= last] == keys[3:6]
    assert document_of(last) == 2
    assert document_of(last + 1) == 3


def test_pairs_are_tied_by_keys_the_documents_own_telling_first() -> None:
    ties = Ties.of([2, 1], PAIRS, KEYS, BITS)
    assert ties.near == (2, 1)
    assert list(zip(ties.own.tolist(), ties.other.tolist(), strict=True)) == [
        (KEYS["c"], KEYS["a"]),
        (KEYS["d"], KEYS["b"]),
    ]  # and none to itself
    assert ties.reasons.tolist() == [0b101, 0]


def test_what_is_packed_comes_back_as_it_was() -> None:
    ties = Ties.of([2, 1], PAIRS, KEYS, BITS)
    again = Ties.unpack(*ties.pack())
    assert again.near == ties.near
    for name in ("own", "other", "likelihood", "reasons"):
        assert np.array_equal(getattr(again, name), getattr(ties, name))


def test_a_document_without_ties_has_none_when_it_comes_back() -> None:
    again = Ties.unpack(*Ties.of([], [], {}, {}).pack())
    assert (again.near, len(again.own)) == ((), 0)
    assert again.within(np.array([KEYS["a"]])).tolist() == []


def test_pairs_are_within_some_tellings_where_both_are() -> None:
    ties = Ties.of([1, 2], PAIRS, KEYS, BITS)
    assert ties.within(np.array(sorted(KEYS.values()))).tolist() == [0, 1]
    assert ties.within(np.array([KEYS["a"], KEYS["c"], KEYS["d"]])).tolist() == [0]
    assert ties.within(np.array([KEYS["c"], KEYS["d"]])).tolist() == []
    assert ties.within(np.array([key_of(9, 0)])).tolist() == []
