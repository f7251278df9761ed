from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.corroboration.stories import report

from sayso.corroboration.comparison import PLACE_OF, compare
from sayso.corroboration.stack import Stack
from sayso.corroboration.telling import tellings
from sayso.corroboration.traits import DocumentTraits


def traits(order: int, ref: str, *given: Any, **more: Any) -> DocumentTraits:
    record = report(ref, *given, **more)
    return DocumentTraits.of(record, tellings(record, order), order)


def between(one: DocumentTraits, other: DocumentTraits, name: str) -> np.ndarray[Any, Any]:
    return compare(one, Stack.of([other]))[:, :, PLACE_OF[name]]


@pytest.fixture(scope="module")
def three() -> list[DocumentTraits]:
    return [
        traits(1, "a"),
        traits(2, "b", "Oss", verb="bombed", published="2024-11-30"),
        traits(3, "c", verb="hit", published=None, events=[]),
    ]


def test_one_document_is_compared_with_several_as_with_each(three: list[DocumentTraits]) -> None:
    for one in three:
        together = compare(one, Stack.of(three))
        apart = np.concatenate([compare(one, Stack.of([other])) for other in three], axis=1)
        np.testing.assert_allclose(together, apart, atol=1e-6)
        assert together.shape[1] == 5


def test_every_feature_lies_within_bounds_and_says_the_same_both_ways_round(three: list[DocumentTraits]) -> None:
    for one in three:
        for other in three:
            found = compare(one, Stack.of([other]))
            assert found.min() >= -1.001
            assert found.max() <= 1.001
            np.testing.assert_allclose(found, compare(other, Stack.of([one])).transpose(1, 0, 2), atol=1e-6)


def test_a_telling_has_its_word_day_place_and_parties_in_common_with_itself(three: list[DocumentTraits]) -> None:
    for name in ("same word", "same day", "same place", "same actors", "same recipients", "same type", "same document"):
        assert between(three[0], three[0], name)[0, 0] == pytest.approx(1.0), name


def test_other_towns_are_other_places_of_one_country(three: list[DocumentTraits]) -> None:
    assert between(three[0], three[1], "same place").max() == 0
    assert between(three[0], three[1], "other place").min() == 1
    assert between(three[0], three[1], "same country").min() == 1


def test_documents_published_far_apart_are_told_from_those_of_unknown_date(three: list[DocumentTraits]) -> None:
    assert between(three[0], three[1], "published near").max() == 0
    assert between(three[0], three[1], "published apart").min() > 0
    assert between(three[0], three[2], "published apart").max() == 0
    assert between(three[0], three[2], "published near").max() == 0
