from __future__ import annotations

import pytest
from judging import TEXT, account, said

from sayso.reviews import Judgement, Precision, precision
from sayso.reviews.precision import FIELDS, contested, wilson


def found(*judgements: Judgement) -> dict[tuple[str, str], Precision]:
    return {(one.kind, one.of): one for one in precision(judgements)}


def counts(*judgements: Judgement) -> dict[str, tuple[int, int]]:
    return {of: (one.right, one.judged) for (_, of), one in found(*judgements).items()}


@pytest.mark.parametrize(
    ("right", "judged", "low", "high"),
    # Newcombe (1998), table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_wilsons(right: int, judged: int, low: float, high: float) -> None:
    assert wilson(right, judged) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("right", "judged"), [(0, 0), (0, 1), (1, 1), (7, 7), (10**6, 10**6)])
def test_intervals_lie_between_nothing_and_all(right: int, judged: int) -> None:
    low, high = wilson(right, judged)
    assert 0.0 <= low <= high <= 1.0


def test_nothing_judged_is_nothing_measured() -> None:
    assert precision([]) == []


def test_items_count_together_by_type_and_by_field() -> None:
    told = counts(said("e1"), said("e2", fixes={"mode": "drone", "date": "2024"}))
    assert told["all"] == told["ASSAULT"] == (1, 2)
    assert (told["field mode"], told["field date"], told["field type"]) == ((1, 2), (1, 2), (2, 2))
    assert {of for of in told if of.startswith("field ")} == {f"field {name}" for name in FIELDS["event"]}


def test_a_wrong_item_has_no_fields_to_be_right() -> None:
    assert counts(said("e1", "wrong")) == {"all": (0, 1), "ASSAULT": (0, 1)}


def test_statements_and_events_count_apart_all_of_them_first() -> None:
    kinds = [(one.kind, one.of) for one in precision([said("s1"), said("e1")])]
    assert kinds[:3] == [("event", "all"), ("event", "ASSAULT"), ("event", "field actor_spans")]
    assert kinds[kinds.index(("statement", "all")) + 1] == ("statement", "say")


def test_the_last_judgement_of_a_reviewer_counts() -> None:
    assert counts(said("e1", "wrong"), said("e1"))["all"] == (1, 1)


def test_an_item_on_which_reviewers_agree_counts_once() -> None:
    assert counts(said("e1"), said("e1", by="Ben"), said("e1", by="Cem"))["all"] == (1, 1)


def test_an_item_on_which_reviewers_disagree_does_not_count_and_is_told() -> None:
    given = [said("e1"), said("e1", "wrong", by="Ben"), said("e2")]
    assert counts(*given)["all"] == (1, 1)
    assert contested(given) == 1


def test_items_of_several_documents_count() -> None:
    assert counts(said("e1"), said("e1", of=account(TEXT + " Later it rained.")))["all"] == (2, 2)


def test_an_item_that_was_judged_as_it_was_coded_before_and_as_it_is_now_counts_twice() -> None:
    anew = account(events=[event.model_copy(update={"actors": []}) for event in account().events])
    assert counts(said("e1", "wrong"), said("e1", of=anew))["all"] == (1, 2)


def test_precision_is_the_share_that_is_right() -> None:
    one = found(said("e1"), said("e2", "wrong"))["event", "all"]
    assert one.precision == 0.5
    assert (one.low, one.high) == wilson(1, 2)
