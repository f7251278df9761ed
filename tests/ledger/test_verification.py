"""Whether a ledger is sound, and what is said where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from making import account, bare, failed

from sayso.ledger import Ledger, shape
from sayso.ledger.verification import verify


def write(ledger: Ledger, **changed: Any) -> None:
    """Append an account of which some fields are as nobody should write them."""
    row = shape.row_of(account(), ledger.version + 1, 0, b"") | changed
    ledger.store.append(shape.table_of([row]), "append")


def test_a_sound_ledger_has_no_problems(ledger: Ledger) -> None:
    ledger.append([account(), failed("odd.txt")])
    ledger.append([bare("Another."), account(title="newer")])
    ledger.retract(account().id, "a reason\u2028of two lines\x85\n\r\0")
    ledger.store.compact()
    verdict = verify(Ledger(ledger.path))
    assert (verdict.problems, verdict.orphans) == ([], [])
    assert (verdict.version, verdict.files, verdict.entries, verdict.documents) == (4, 1, 5, 4)
    assert ledger.history()[3].details["reason"].startswith("a reason\u2028of two")


def test_an_empty_ledger_has_no_problems(ledger: Ledger) -> None:
    verdict = verify(ledger)
    assert (verdict.problems, verdict.files, verdict.documents) == ([], 0, 0)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"text": account().text[:-1] + "!"}, "the text is not the one that was coded"),
        ({"body": [[0, 10_000]]}, "no sound account"),
        ({"actors": []}, "no sound account"),
        ({"coded_with": None}, "no sound account"),
        ({"published": "yesterday"}, "no sound account"),
    ],
)
def test_an_account_that_is_not_sound_is_named(ledger: Ledger, changed: dict[str, Any], problem: str) -> None:
    write(ledger, **changed)
    [told] = verify(ledger).problems
    assert problem in told
    assert account().id in told
    assert "code the document again" in told


def test_an_entry_that_is_there_twice_is_named(ledger: Ledger) -> None:
    for _ in range(2):
        write(ledger, row=7)
    [told] = verify(ledger).problems
    assert f"{account().id}: the entry is there twice" in told


def test_a_file_of_another_size_is_a_problem_and_one_that_nobody_knows_is_none(ledger: Ledger) -> None:
    ledger.append([account()])
    file = Path(ledger.store.files()[0])
    stray = file.with_name("part-00000-stray.parquet")
    stray.write_bytes(file.read_bytes())
    verdict = verify(ledger)
    assert (verdict.problems, verdict.orphans) == ([], [str(stray)])
    file.write_bytes(file.read_bytes() + b"x")
    assert any("bytes where the log says" in problem for problem in verify(ledger).problems)
