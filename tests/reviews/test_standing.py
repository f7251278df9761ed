from __future__ import annotations

from typing import Any

import pytest
from judging import TEXT, account, event, said, span, statement

from sayso.records import Record
from sayso.reviews import Docket, Judgement, standings


def states(record: Record, *judgements: Judgement) -> dict[str, str]:
    return {name: standing.state for name, standing in standings(record, judgements).items.items()}


def changed(**fields: Any) -> Record:
    """Return the account with other fields of its first event, and without the second."""
    return account(events=[event(**fields)])


def test_items_that_nobody_judged_have_no_standing() -> None:
    found = standings(account(), [])
    assert (dict(found.items), found.orphans) == ({}, [])


def test_each_item_stands_as_it_was_judged() -> None:
    found = states(account(), said("e1", "wrong"), said("e2"), said("s1", fixes={"act": "deny"}))
    assert found == {"e1": "wrong", "e2": "right", "s1": "fixed"}


def test_a_reviewer_may_think_again_and_the_last_judgement_comes_last() -> None:
    first, other, again = said("e1", "wrong"), said("e1", by="Ben"), said("e1")
    standing = standings(account(), [first, other, again]).items["e1"]
    assert standing.state == "right"
    assert standing.judgements == [other, again]
    assert standing.last is again


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"verdict": "wrong"}),
        ({}, {"fixes": {"date": "2024"}}),
        ({"fixes": {"date": "2024"}}, {"fixes": {"date": "2025"}}),
        ({"fixes": {"actors": ["Ben"]}}, {"fixes": {"actors": ["Ben", "Cem"]}}),
    ],
)
def test_an_item_is_contested_where_reviewers_disagree(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert states(account(), said(**one), said(by="Ben", **other)) == {"e1": "contested"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"anchor": span("looted")}, {"anchor": list(span("looted"))}),
        ({"actors": ["Anna Berg", "rebels"]}, {"actors": ["actor:rebels", "anna  berg"]}),
        ({"place": "Port Ada"}, {"place": "geonames:1"}),
    ],
)
def test_fixes_that_come_to_the_same_agree(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert states(account(), said(fixes=one), said(by="Ben", fixes=other)) == {"e1": "fixed"}


def test_a_judgement_given_now_agrees_with_one_that_was_kept(docket: Docket) -> None:
    docket.append(said(fixes={"anchor": span("looted")}))
    given = [*docket.judgements(), said(by="Ben", fixes={"anchor": span("looted")})]
    assert states(account(), *given) == {"e1": "fixed"}


def test_an_item_that_is_called_otherwise_now_is_found() -> None:
    anew = account(events=[event("e1", "looted", mode="destroy"), event("e2")])
    standing = standings(anew, [said("e1", "wrong")]).items["e2"]
    assert (standing.state, standing.as_seen) == ("wrong", True)


def test_an_item_of_which_other_things_are_coded_now_is_found_and_said_to_be_so() -> None:
    standing = standings(changed(actors=["actor:bert-holm"]), [said()]).items["e1"]
    assert (standing.state, standing.as_seen) == ("right", False)


def test_an_item_whose_anchor_is_a_little_longer_now_is_found() -> None:
    assert states(changed(words="shelled Port"), said("e1", "wrong")) == {"e1": "wrong"}


@pytest.mark.parametrize(
    "anew",
    [
        changed(words="looted"),
        changed(words="rebels shelled Port Ada and looted it"),
        changed(type="PROTEST", mode="riot"),
        account(events=[]),
        account(TEXT.replace("Monday, ", "Monday,  ")),
        account(TEXT + "\n"),
        account(TEXT.replace("shelled", "Shelled")),
    ],
    ids=["elsewhere", "much longer", "another type", "gone", "moved", "longer text", "other words"],
)
def test_a_judgement_whose_item_is_gone_is_an_orphan_and_of_no_other_item(anew: Record) -> None:
    judgement = said("e1", "wrong")
    found = standings(anew, [judgement])
    assert (dict(found.items), found.orphans) == ({}, [judgement])


def test_a_judgement_that_fixes_the_type_is_of_the_item_that_has_it_now() -> None:
    judgement = said(fixes={"type": "PROTEST", "mode": "riot"})
    assert states(changed(type="PROTEST", mode="riot", quad=3), judgement) == {"e1": "fixed"}


def test_of_two_items_in_one_place_the_one_is_found_that_is_coded_as_it_was() -> None:
    both = [event("e1", actors=["actor:anna-berg"]), event("e2"), event("e3", actors=["actor:bert-holm"])]
    assert states(account(events=both), said("e1", "wrong")) == {"e2": "wrong"}


def test_of_two_items_in_one_place_that_differ_alike_the_one_is_found_that_is_called_so() -> None:
    both = [event("e1", actors=["actor:anna-berg"]), event("e2", actors=["actor:bert-holm"])]
    assert states(account(events=both), said("e1", "wrong")) == {"e1": "wrong"}


def test_where_nothing_tells_two_items_apart_neither_is_taken_for_the_one_that_was_judged() -> None:
    both = [event("e2", actors=["actor:anna-berg"]), event("e3", actors=["actor:bert-holm"])]
    found = standings(account(events=both), [said("e1", "wrong")])
    assert (dict(found.items), len(found.orphans)) == ({}, 1)


def test_a_statement_is_found_by_what_it_says() -> None:
    record = account(statements=[statement("s1", content=[span("The visit was short")]), statement("s2")], events=[],
                     event_mentions=[])  # fmt: skip
    assert states(record, said("s1")) == {"s2": "right"}


def test_spans_that_somebody_wrote_into_the_docket_do_not_reach_beyond_the_text() -> None:
    judgement = said(fixes={"anchor": span("looted")})
    beyond = judgement.model_copy(update={"fixes": {"anchor": [5, 10_000]}})
    assert standings(account(), [beyond]).orphans == [beyond]
