"""What changed between two versions."""

from __future__ import annotations

from making import account, bare, story

from sayso.ledger import Ledger
from sayso.ledger.changes import Change, changes


def between(ledger: Ledger, before: int, after: int) -> list[Change]:
    return list(changes(Ledger(ledger.path, as_of=before), Ledger(ledger.path, as_of=after)))


SAID = "actor:anna-berg say: the army of Sudan shelled El Fasher [40-75]"
DENIED = SAID.replace("say", "deny")
SHELLED = (
    "ASSAULT/artillery actor:army-of-sudan → ? (2024-10-21, geonames:379253, CT+, actor:anna-berg): shelled [58-65]"
)


def test_documents_come_and_go_and_are_coded_anew(ledger: Ledger) -> None:
    other = bare("Another report.", title="Another")
    ledger.append([account()])
    ledger.append([other])
    ledger.append([account(statement={"act": "deny"}, title="Shells, it is denied")])
    ledger.retract(other.id, "wrong")
    assert between(ledger, 0, 1) == [
        Change("added", account().id, "Shells on El Fasher", "The Herald", new=[SAID, SHELLED])
    ]
    assert between(ledger, 1, 2) == [Change("added", other.id, "Another", None)]
    assert between(ledger, 2, 3) == [
        Change("recoded", account().id, "Shells, it is denied", "The Herald", [SAID], [DENIED])
    ]
    assert between(ledger, 3, 4) == [Change("removed", other.id, "Another", None)]
    assert [change.kind for change in between(ledger, 0, 4)] == ["added"]
    assert [change.kind for change in between(ledger, 4, 3)] == ["added"]
    assert between(ledger, 4, 4) == []


def test_ids_and_confidence_are_no_change(ledger: Ledger) -> None:
    base = account()
    ledger.append([base])
    statement = base.statements[0].model_copy(update={"id": "s7", "confidence": 0.1})
    event = base.events[0].model_copy(update={"id": "e9", "statement": "s7", "confidence": 0.2})
    ledger.append([account(statements=[statement], events=[event])])
    [change] = between(ledger, 1, 2)
    assert (change.kind, change.gone, change.new) == ("recoded", [], [])


def test_a_copy_of_another_original_is_relinked(ledger: Ledger) -> None:
    echo = bare(story("abcdef"), publisher="Echo", published="2024-05-02")
    ledger.append([echo])
    wire = bare(story("abcdef"), publisher="Wire", published="2024-05-01")
    ledger.append([wire])
    assert {change.document: change.kind for change in between(ledger, 1, 2)} == {
        echo.id: "relinked",
        wire.id: "added",
    }


def test_many_changes_come_in_order_of_arrival_and_then_of_the_ids(ledger: Ledger) -> None:
    records = [bare(f"Report number {number}, on nothing.", ref=str(number)) for number in range(450)]
    first, second = records[:300], records[300:]
    ledger.append(first)
    ledger.append(second)
    expected = [*sorted(record.id for record in first), *sorted(record.id for record in second)]
    assert [change.document for change in between(ledger, 0, 2)] == expected
