from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from judging import TEXT, account, said, span

from sayso.evaluation.attribution import attributions_of, evaluate, read
from sayso.records import Record
from sayso.reviews.gold import documents, gold

STATEMENTS, EVENTS = ("s1", "s2"), ("e1", "e2")


def all_right(*items: str, record: Record | None = None) -> list[Any]:
    return [said(item, of=record) for item in items]


def test_a_document_is_gold_for_the_kinds_of_which_all_was_judged() -> None:
    row = gold(account(), all_right(*STATEMENTS, "e1"))
    assert row is not None
    assert [one["id"] for one in row["statements"]] == ["s1", "s2"]
    assert "events" not in row
    assert (row["text"], row["published"], row["publisher"]) == (TEXT, "2024-10-22", "The Herald")


@pytest.mark.parametrize("items", [(), ("s1",), ("e2",), ("s1", "e1")])
def test_a_document_of_which_only_some_was_judged_is_none(items: tuple[str, ...]) -> None:
    assert gold(account(), all_right(*items)) is None


def test_part_of_a_document_is_given_where_it_is_asked_for() -> None:
    row = gold(account(), all_right("e2"), whole=False)
    assert row is not None
    assert [one["id"] for one in row["events"]] == ["e2"]
    assert "statements" not in row


def test_a_document_in_which_nothing_was_found_is_no_gold_that_there_is_nothing() -> None:
    record = account(statements=[], events=[event.model_copy(update={"statement": None}) for event in account().events],
                     event_mentions=[])  # fmt: skip
    row = gold(record, all_right(*EVENTS, record=record))
    assert row is not None
    assert "statements" not in row


def test_what_is_wrong_is_left_out_and_what_was_fixed_is_as_it_was_fixed() -> None:
    row = gold(account(), [said("s1", "wrong"), said("s2", fixes={"content": [span("looted it")], "speaker": "Cem"})])
    assert row is not None
    (only,) = row["statements"]
    assert (only["content"], only["speaker"], only["parent"]) == ([list(span("looted it"))], "actor:cem", None)
    assert [(one["id"], one["name"]) for one in row["actors"]] == [("actor:cem", "Cem")]
    assert "confidence" not in only


def test_all_of_a_document_may_be_wrong() -> None:
    row = gold(account(), [said(item, "wrong") for item in STATEMENTS])
    assert row is not None
    assert row["statements"] == []


def test_what_is_contested_counts_as_not_judged() -> None:
    assert gold(account(), [*all_right(*EVENTS), said("e1", "wrong", by="Ben")]) is None


def test_what_is_coded_otherwise_now_counts_as_not_judged_unless_it_is_wrong() -> None:
    anew = account(events=[event.model_copy(update={"actors": []}) for event in account().events])
    assert gold(anew, all_right(*EVENTS)) is None
    row = gold(anew, [said(item, "wrong") for item in EVENTS])
    assert row is not None
    assert row["events"] == []


def test_documents_are_called_as_the_input_called_them_as_long_as_that_tells_them_apart() -> None:
    records = [account(TEXT + " x" * number, ref="7") for number in range(2)]
    given = [one for record in records for one in all_right(*STATEMENTS, record=record)]
    assert [row["id"] for row in documents(records, given)] == ["7", records[1].id]


def test_only_the_kind_that_is_asked_for_is_given() -> None:
    given = all_right(*STATEMENTS, *EVENTS)
    (row,) = documents([account()], given, kinds=["statements"])
    assert "events" not in row
    assert list(documents([account()], all_right(*EVENTS), kinds=["statements"])) == []


def test_sayso_evaluate_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    rows = documents([account()], [said("s1"), said("s2", "wrong")])
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = read(str(path))
    assert found.problems == []
    (document,) = found.documents
    report = evaluate([(document, attributions_of(account()))], resamples=0)
    assert (report.figure("linked").precision, report.figure("linked").recall) == (0.5, 1.0)
