from __future__ import annotations

import numpy as np
import pytest
from thinc.api import Model

from sayso.reading.parser_vectors import Surroundings, WordVectors


class Layers:
    """Stands for trained layers: the vector of a word is the sum of its features, and each call is counted."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.model: Model = Model("sums", self.forward)

    def forward(self, model, features, is_train):
        self.seen += features[:, 0].tolist()
        return np.repeat(features.sum(axis=1, keepdims=True), 2, axis=1).astype(np.float32), None


def words(*rows: tuple[int, int]) -> np.ndarray:
    return np.array(rows, np.uint64)


@pytest.fixture
def layers() -> Layers:
    return Layers()


def test_a_word_is_worked_out_once(layers):
    vectors = WordVectors(layers.model, 2)

    first = vectors.of(words((1, 0), (2, 0), (1, 0)))
    second = vectors.of(words((2, 0), (3, 0)))

    assert first.tolist() == [[1, 1], [2, 2], [1, 1]]
    assert second.tolist() == [[2, 2], [3, 3]]
    assert sorted(layers.seen) == [1, 2, 3]


def test_words_differ_by_every_feature_and_its_column(layers):
    vectors = WordVectors(layers.model, 2)

    assert vectors.of(words((1, 2), (2, 1), (1, 3), (0, 0))).tolist() == [[3, 3], [3, 3], [4, 4], [0, 0]]
    assert len(layers.seen) == 4


def test_a_full_table_is_begun_anew(layers):
    vectors = WordVectors(layers.model, 2, capacity=2)

    for word in (1, 2, 3, 1):
        assert vectors.of(words((word, 0))).tolist() == [[word, word]]
    assert layers.seen == [1, 2, 3, 1]


def test_more_words_at_once_than_are_kept(layers):
    vectors = WordVectors(layers.model, 2, capacity=2)

    assert vectors.of(words((1, 0), (2, 0), (3, 0))).tolist() == [[1, 1], [2, 2], [3, 3]]


def test_layers_of_another_kind_are_refused():
    with pytest.raises(ValueError, match="another kind"):
        Surroundings([Model("strange", lambda model, x, is_train: (x, None))])
