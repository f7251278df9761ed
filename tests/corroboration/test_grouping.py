from __future__ import annotations

import random

import numpy as np
import pytest

from sayso.corroboration.grouping import JOINING, UNLIKELY, Kept, groups, log_odds


def grouped(pairs: dict[tuple[int, int], float], documents: dict[int, int], compared: dict[int, set[int]]) -> object:
    one, other = zip(*pairs, strict=True) if pairs else ((), ())
    likelihood = np.array(list(pairs.values()), np.float32)
    return groups(documents, Kept(np.array(one, np.int64), np.array(other, np.int64), likelihood), compared)


def everybody(documents: dict[int, int]) -> dict[int, set[int]]:
    return {document: set(documents.values()) for document in documents.values()}


def test_those_that_agree_are_joined_and_others_stay_alone() -> None:
    documents = {1: 1, 2: 2, 3: 3}
    assert grouped({(1, 2): 0.9, (2, 3): 0.1}, documents, everybody(documents)) == [[1, 2], [3]]


def test_nothing_is_joined_without_a_pair_that_was_kept() -> None:
    documents = {1: 1, 2: 2}
    assert grouped({}, documents, {1: set(), 2: set()}) == [[1], [2]]


def test_a_chain_of_weak_links_joins_nothing() -> None:
    documents = {number: number for number in range(6)}
    chain = {(number, number + 1): 0.45 for number in range(5)}
    found = grouped(chain, documents, everybody(documents))
    assert max(len(group) for group in found) == 2


def test_a_pair_that_was_compared_and_not_kept_speaks_against_a_group_and_one_that_was_not_says_nothing() -> None:
    documents = {1: 1, 2: 2, 3: 3}
    pairs = {(1, 2): 0.9, (2, 3): 0.5}
    assert (0.0 + UNLIKELY) / 2 < JOINING < 0.0
    assert grouped(pairs, documents, everybody(documents)) == [[1, 2], [3]]
    assert grouped(pairs, documents, {1: {2}, 2: {1, 3}, 3: {2}}) == [[1, 2, 3]]


def test_that_two_documents_were_compared_need_be_told_one_way_round_only() -> None:
    documents = {1: 1, 2: 2, 3: 3}
    assert grouped({(1, 2): 0.9, (2, 3): 0.5}, documents, {3: {1, 2}, 2: {1}}) == [[1, 2], [3]]


def test_of_pairs_that_agree_alike_the_first_is_joined() -> None:
    documents = {1: 1, 2: 2, 3: 3}
    assert grouped({(2, 3): 0.6, (1, 2): 0.6}, documents, everybody(documents)) == [[1, 2], [3]]


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_pairs_and_tellings_makes_no_difference(seed: int) -> None:
    chance = random.Random(seed)
    documents = {telling: telling // 3 for telling in range(30)}
    pairs = {(a, b): chance.random() for a in range(30) for b in range(a) if chance.random() < 0.5}
    found = grouped(pairs, documents, everybody(documents))
    turned = {(b, a): value for (a, b), value in chance.sample(sorted(pairs.items()), len(pairs))}
    shuffled = dict(chance.sample(sorted(documents.items()), len(documents)))
    assert grouped(turned, shuffled, everybody(shuffled)) == found
    assert sorted(key for group in found for key in group) == list(range(30))


def test_every_group_agrees_well_enough_on_average_with_what_last_joined_it() -> None:
    chance = random.Random(7)
    documents = {telling: telling for telling in range(12)}
    pairs = {(a, b): chance.choice([0.02, 0.3, 0.9]) for a in range(12) for b in range(a)}
    for one in (found := grouped(pairs, documents, everybody(documents))):
        for other in found:
            if one < other:
                between = [pairs.get((a, b)) or pairs[b, a] for a in one for b in other]
                assert float(log_odds(np.array(between, np.float32)).mean()) <= JOINING


def test_log_odds_are_bounded() -> None:
    odds = log_odds(np.array([0.0, 0.5, 1.0], np.float32))
    assert odds.tolist() == [-6.0, 0.0, 6.0]
