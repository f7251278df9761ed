from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from judging import TEXT, account, said, span
from pydantic import ValidationError

from sayso.errors import ReviewError
from sayso.reviews import Judgement, judge
from sayso.reviews.judgement import coding_of, span_of


def test_a_judgement_keeps_who_when_why_and_the_item_as_it_was_seen() -> None:
    at = datetime(2026, 5, 1, 12, 30, 1, 999, tzinfo=UTC)
    judgement = said("e1", "wrong", "  Ana \n Prado ", why=" a drill ", at=at)
    assert (judgement.reviewer, judgement.why, judgement.at) == ("Ana Prado", "a drill", "2026-05-01T12:30:01Z")
    assert (judgement.document, judgement.item, judgement.kind) == (account().id, "e1", "event")
    assert (judgement.seen.words, judgement.seen.label, judgement.seen.length) == ("shelled", "ASSAULT", len(TEXT))
    assert judgement.seen.span == span("shelled")


def test_no_two_judgements_have_the_same_id() -> None:
    assert len({said().id for _ in range(50)}) == 50


def test_a_judgement_is_the_same_after_it_was_kept() -> None:
    judgement = said(fixes={"anchor": span("looted"), "actors": ("rebels",), "place": None})
    assert Judgement.model_validate_json(judgement.model_dump_json()) == judgement
    assert judgement.fixes == {"anchor": list(span("looted")), "actors": ["rebels"], "place": None}


@pytest.mark.parametrize(
    ("item", "words"),
    [("s1", "rebels shelled Port Ada and looted it"), ("s2", "rebels shelled Port Ada"), ("e2", "looted")],
)
def test_an_item_is_known_by_the_words_that_name_it(item: str, words: str) -> None:
    assert said(item).seen.words == words


def test_a_statement_without_content_is_known_by_its_cue() -> None:
    bare = account().statements[0].model_copy(update={"content": []})
    assert span_of(bare) == span("said")


def test_long_words_are_cut() -> None:
    text = TEXT + " and so on" * 200
    record = account(text, statements=[account().statements[0].model_copy(update={"content": [(0, len(text))]})],
                     events=[], event_mentions=[])  # fmt: skip
    assert len(said("s1", of=record).seen.words) == 1_000


@pytest.mark.parametrize("field", ["actors", "date", "mode", "factuality", "place"])
def test_the_coding_of_an_item_differs_with_what_can_be_judged(field: str) -> None:
    event = account().events[0]
    other = {"actors": [], "date": None, "mode": None, "factuality": "PS+", "place": None}
    assert coding_of(event.model_copy(update={field: other[field]})) != coding_of(event)


def test_an_item_that_was_coded_anew_since_the_reviewer_looked_is_not_judged() -> None:
    seen = coding_of(account().events[0])
    assert said("e1", coding=seen).seen.coding == seen
    with pytest.raises(ReviewError, match="coded anew meanwhile"):
        said("e2", coding=seen)


@pytest.mark.parametrize("field", ["id", "confidence", "voucher"])
def test_the_coding_of_an_item_is_the_same_whatever_else_differs(field: str) -> None:
    event = account().events[0]
    other = {"id": "e9", "confidence": 0.1, "voucher": None}
    assert coding_of(event.model_copy(update={field: other[field]})) == coding_of(event)


@pytest.mark.parametrize(
    ("item", "fixes", "problem"),
    [
        ("e1", {"type": "WAR"}, "fixes: type: Input should be 'AGREE'"),
        ("e1", {"speaker": "Ana"}, "fixes: speaker: Extra inputs are not permitted"),
        ("s1", {"type": "PROTEST"}, "fixes: type: Extra inputs are not permitted"),
        ("e1", {"mode": "riot"}, "modes of ASSAULT are abduct"),
        ("e1", {"type": "AGREE", "mode": "heavy-weapons"}, "AGREE has no modes"),
        ("e1", {"date": "2024-02-31"}, "fixes: date: day"),
        ("e1", {"date": "yesterday"}, "fixes: date: String should match"),
        ("e1", {"type": None}, "type cannot be nothing"),
        ("s1", {"act": None}, "act cannot be nothing"),
        ("e1", {"actors": ["  "]}, "at least 1 character"),
        ("e1", {"actors": ["a" * 301]}, "at most 300 characters"),
        ("e1", {"actors": ["a"] * 21}, "at most 20 items"),
        ("e1", {"anchor": (10, 5)}, "anchor: 10 to 5 is no part of a text of"),
        ("e1", {"anchor": (0, 10**6)}, "no part of a text of"),
        ("s1", {"content": [(0, 5), (7, 7)]}, "content: 7 to 7 is no part"),
        ("s1", {"content": [(-1, 5)]}, "greater than or equal to 0"),
        ("s1", {"content": [(0, 10**30)]}, "fixes: content.0.1"),
        ("e1", {}, "go with the verdict 'fixed'"),
    ],
)
def test_fixes_that_make_no_sense_are_refused_in_one_line(item: str, fixes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ReviewError) as refused:
        said(item, fixes=fixes)
    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_mode_that_an_event_has_may_be_of_a_users_own_ontology() -> None:
    own = account(events=[account().events[0].model_copy(update={"mode": "of-my-own"})])
    assert said(of=own, fixes={"mode": "of-my-own"}).fixes == {"mode": "of-my-own"}


@pytest.mark.parametrize(
    ("item", "given", "problem"),
    [
        ("e9", {}, "has no item 'e9'"),
        ("", {}, "has no item ''"),
        ("e1", {"verdict": "maybe"}, "verdict: Input should be 'right'"),
        ("e1", {"reviewer": " \n"}, "reviewer: String should have at least 1"),
        ("e1", {"reviewer": "a" * 101}, "reviewer: String should have at most 100"),
        ("e1", {"why": "a" * 2_001}, "why: String should have at most 2000"),
        ("e1", {"why": "\ud800"}, "why: Input should be a valid string"),
        ("e1", {"fixes": {"date": "2024"}}, "go with the verdict 'fixed'"),
    ],
)
def test_judgements_that_make_no_sense_are_refused(item: str, given: dict[str, Any], problem: str) -> None:
    options = {"verdict": "right", "reviewer": "Ana"} | given
    with pytest.raises(ReviewError, match=problem.replace("(", r"\(")):
        judge(account(), item, **options)


def test_spans_are_kept_in_the_order_of_the_text() -> None:
    assert said("s1", fixes={"content": [(20, 24), (0, 9)]}).fixes == {"content": [[0, 9], [20, 24]]}


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "x"},
        {"document": "sha256:1"},
        {"item": "s1"},
        {"item": "e1\n"},
        {"at": "2026-05-01"},
        {"verdict": "fixed"},
        {"fixes": {"type": "PROTEST"}},
        {"unknown": 1},
        {"seen": None},
    ],
)
def test_what_is_no_judgement_is_not_read_as_one(changed: dict[str, Any]) -> None:
    told = json.loads(said().model_dump_json()) | changed
    with pytest.raises(ValidationError):
        Judgement.model_validate(told)
