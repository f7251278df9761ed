from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from tests.corroboration.stories import report

from sayso.corroboration import likeness
from sayso.corroboration.comparison import FEATURES
from sayso.corroboration.likeness import FEWEST_SHARED, LEAST, NEIGHBOURS, Pair, links, model, nearest
from sayso.corroboration.telling import tellings
from sayso.corroboration.traits import DocumentTraits


def traits(order: int, ref: str, town: str = "Elst") -> DocumentTraits:
    record = report(ref, town)
    return DocumentTraits.of(record, tellings(record, order), order)


def by_tellings(pairs: list[Pair]) -> dict[tuple[str, str], Pair]:
    return {(pair.one, pair.other): pair for pair in pairs}


def test_each_two_tellings_of_a_document_make_one_pair_at_most() -> None:
    one = traits(1, "a")
    pairs = links(one, [])
    assert all(pair.one != pair.other for pair in pairs)
    assert len({frozenset((pair.one, pair.other)) for pair in pairs}) == len(pairs)


def test_the_second_of_a_pair_is_of_the_document_that_came() -> None:
    earlier, later = traits(1, "a"), traits(2, "b")
    pairs = [pair for pair in links(later, [earlier]) if pair.one in earlier.tellings]
    assert pairs
    assert {pair.other for pair in pairs} <= set(later.tellings)


def test_pairs_say_what_they_share_where_they_are_likely_and_are_left_out_where_they_are_hardly_so() -> None:
    earlier, later = traits(1, "a"), traits(2, "b")
    same = by_tellings(links(later, [earlier]))[earlier.tellings[0], later.tellings[0]]
    assert same.likelihood > 0.9
    assert {"the same word", "the same day", "the same place", "the same actors"} <= set(same.reasons)
    assert "no more than a day apart, as far as the texts tell" not in same.reasons
    for pair in links(traits(3, "c", "Oss"), [earlier, later]):
        assert pair.likelihood >= LEAST - 0.0001
        assert bool(pair.reasons) <= (pair.likelihood >= 0.5)


def test_how_many_documents_are_weighed_at_once_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [traits(number, f"d{number}") for number in range(1, 6)]
    later = traits(9, "z")
    together = by_tellings(links(later, others))
    monkeypatch.setattr(likeness, "_AT_ONCE", 1)
    apart = by_tellings(links(later, others))
    assert together.keys() == apart.keys()
    assert all(abs(together[key].likelihood - apart[key].likelihood) < 0.001 for key in together)


def test_a_document_without_tellings_is_tied_to_nothing() -> None:
    record = report("a")
    empty = DocumentTraits.of(record, [], 1)
    other = traits(2, "b")
    assert links(empty, [other]) == []
    assert links(other, [empty]) == links(other, [])


def test_the_model_has_a_weight_for_each_feature() -> None:
    assert len(model().weights) == len(FEATURES)
    assert np.isfinite(model().weights).all()


@pytest.mark.parametrize(
    ("sharing", "expected"),
    [
        ({1: FEWEST_SHARED - 1, 2: FEWEST_SHARED}, [2]),
        ({1: 5, 2: 9, 3: 5}, [2, 1, 3]),
        (dict.fromkeys(range(NEIGHBOURS + 5), 5), list(range(NEIGHBOURS))),
    ],
)
def test_documents_that_share_most_words_are_compared(sharing: Mapping[int, int], expected: list[int]) -> None:
    assert nearest(traits(1, "a"), sharing) == expected
