"""Utterances and their variants as views beside those of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sayso.corroboration import select
from sayso.corroboration.utterances.columns import VIEWS
from sayso.ledger import Ledger
from sayso.ledger.columns import View
from sayso.records import Record


@pytest.fixture
def filled(ledger: Ledger, coded: Callable[..., Record]) -> Ledger:
    full = coded('"We shall close the harbour on Friday unless the ice clears," Lena Orsk said.', "Sample Wire")
    ledger.append([full, coded("The harbour will be closed on Friday, Lena Orsk said.", "Harbour Post")])
    return ledger


def rows(ledger: Ledger, query: str) -> list[dict[str, Any]]:
    return list(select(ledger, query).rows())


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_has_the_columns_that_are_documented(filled: Ledger, view: View) -> None:
    described = rows(filled, f"DESCRIBE SELECT * FROM {view.name}")
    assert [(row["column_name"], row["column_type"]) for row in described] == [(c.name, c.type) for c in view.columns]
    assert all(column.meaning for column in view.columns)


def test_variants_join_the_statements_that_they_are(filled: Ledger) -> None:
    joined = rows(
        filled,
        "SELECT v.words = s.content AS same, v.omits FROM utterance_variants AS v "
        "JOIN statements AS s USING (document, statement) ORDER BY v.publisher",
    )
    assert [row["omits"] for row in joined] == [["condition: unless the ice clears"], []]
    assert all(row["same"] for row in joined)


def test_occurrences_and_utterances_can_be_asked_together(filled: Ledger) -> None:
    [row] = rows(
        filled, "SELECT (SELECT count(*) FROM utterances) AS said, (SELECT count(*) FROM occurrences) AS happened"
    )
    assert row["said"] == 1
