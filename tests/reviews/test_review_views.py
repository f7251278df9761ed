from __future__ import annotations

import json
from typing import Any

import pytest
from judging import TEXT, account, said, valid

from sayso.corroboration import select
from sayso.ledger import Ledger
from sayso.reviews import Docket
from sayso.reviews.views import REVIEWS, tables

Rows = list[dict[str, Any]]


def ask(ledger: Ledger, query: str) -> Rows:
    return list(select(ledger, query, beside=tables(ledger, query)).rows())


def test_the_view_of_reviews_has_a_row_for_each_judgement_that_stands(ledger: Ledger, docket: Docket) -> None:
    docket.append(said("e1", "wrong", why="first"))
    docket.append(said("e1", fixes={"type": "PROTEST", "actors": ["Ä"]}, why="then"))
    docket.append(said("s1", by="Ben"))
    first, second = ask(ledger, "SELECT * FROM reviews")
    assert list(first) == [column.name for column in REVIEWS.columns]
    assert (first["item"], first["verdict"], first["why"], first["label"]) == ("e1", "fixed", "then", "ASSAULT")
    assert json.loads(first["fixes"]) == {"type": "PROTEST", "actors": ["Ä"]}
    assert TEXT[first["start"] : first["end"]] == first["words"] == "shelled"
    assert (second["reviewer"], second["fixes"]) == ("Ben", None)


def test_reviews_can_be_joined_with_what_they_are_of(ledger: Ledger, docket: Docket) -> None:
    docket.append(said("e2", "wrong"))
    rows = ask(ledger, "SELECT e.type, r.verdict FROM events e JOIN reviews r USING (document) WHERE r.item = e.event")
    assert rows == [{"type": "ASSAULT", "verdict": "wrong"}]


@pytest.mark.parametrize("view", ["reviews", "reviewed_events", "reviewed_statements"])
def test_the_views_are_there_before_anything_was_judged(ledger: Ledger, view: str) -> None:
    coded = {"reviews": 0, "reviewed_events": 2, "reviewed_statements": 2}
    assert len(ask(ledger, f"SELECT * FROM {view}")) == coded[view]


@pytest.mark.parametrize("view", ["events", "statements"])
def test_a_reviewed_view_has_the_columns_and_rows_of_what_was_coded(ledger: Ledger, docket: Docket, view: str) -> None:
    docket.append(said("e1"))
    coded = ask(ledger, f"SELECT * EXCLUDE (confidence) FROM {view} ORDER BY start")
    assert ask(ledger, f"SELECT * EXCLUDE (confidence) FROM reviewed_{view} ORDER BY start") == coded


def test_reviewed_events_are_as_reviewers_left_them_and_events_as_they_were_coded(
    ledger: Ledger, docket: Docket
) -> None:
    ledger.append([account(TEXT[::-1])])
    docket.append(said("e1", fixes={"type": "PROTEST", "actors": ["Cem Okur"], "place": "El X"}))
    docket.append(said("e2", "wrong"))
    rows = ask(ledger, "SELECT document, event, type, actor_names, place FROM reviewed_events ORDER BY 1, 2")
    mine = [tuple(row.values())[1:] for row in rows if row["document"] == account().id]
    assert mine == [("e1", "PROTEST", ["Cem Okur"], "El X")]
    assert len(rows) == 3
    assert {row["type"] for row in ask(ledger, "SELECT type FROM events")} == {"ASSAULT"}


def test_reviewed_statements_are_as_reviewers_left_them(ledger: Ledger, docket: Docket) -> None:
    docket.append(said("s2", fixes={"act": "deny", "speaker": None}))
    rows = ask(ledger, "SELECT statement, act, speaker FROM reviewed_statements ORDER BY 1")
    assert [tuple(row.values()) for row in rows] == [("s1", "say", "actor:anna-berg"), ("s2", "deny", None)]


def test_all_items_of_all_documents_may_be_wrong(ledger: Ledger, docket: Docket) -> None:
    for item in ("s1", "s2", "e1", "e2"):
        docket.append(said(item, "wrong"))
    assert ask(ledger, "SELECT * FROM reviewed_events") == ask(ledger, "SELECT * FROM reviewed_statements") == []


def test_judgements_of_documents_that_are_gone_do_no_harm(ledger: Ledger, docket: Docket) -> None:
    docket.append(said("e1", "wrong"))
    docket.append(said("e1", of=account(TEXT + " Not in the ledger.")))
    ledger.retract(account().id, "by mistake")
    assert ask(ledger, "SELECT * FROM reviewed_events") == []
    assert len(ask(ledger, "SELECT * FROM reviews")) == 2


def test_judgements_of_a_document_that_is_a_copy_do_no_harm(ledger: Ledger, docket: Docket) -> None:
    longer = account(TEXT + " Later it rained.")
    ledger.append([longer])
    (copy,) = ask(ledger, "SELECT document FROM all_documents WHERE copy_of IS NOT NULL")
    docket.append(said("e1", "wrong", of=account() if copy["document"] == account().id else longer))
    assert len(ask(ledger, "SELECT * FROM reviewed_events")) == ledger.events().count() == 2


def test_a_table_of_reviews_is_made_only_when_it_is_named(ledger: Ledger) -> None:
    assert tables(ledger, "SELECT 1") == {}
    assert set(tables(ledger, "select * from REVIEWS")) == {"reviews"}
    assert set(tables(ledger, "SELECT * FROM reviewed_events")) == {"reviewed_events"}


def test_the_account_is_sound() -> None:
    assert valid(account()) == account()
