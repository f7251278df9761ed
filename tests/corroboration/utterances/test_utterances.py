"""The utterances of a ledger follow it, whatever comes and goes, and can be asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.corroboration import Utterances
from sayso.corroboration.utterances import collection
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.records import Record

Coded = Callable[..., Record]

REPORTS = (
    ("Sample Wire", "2024-02-06", '"We shall close the harbour on Friday unless the ice clears," Lena Orsk said.'),
    ("Harbour Post", "2024-02-06", "The harbour will be closed on Friday, Lena Orsk said."),
    ("Harbour Post", "2024-02-07", "Greta Holm said that the harbour would be closed on Friday."),
    ("Coast Chronicle", "2024-02-07", "The harbour will be closed on Friday if the ice stays, Lena Orsk said."),
    ("Evening Star", "2024-02-07", "Lena Orsk said that fishermen could ask the town for money."),
)


@pytest.fixture(scope="session")
def records(coded: Coded) -> list[Record]:
    return [coded(text, outlet, day) for outlet, day, text in REPORTS]


@pytest.fixture
def filled(ledger: Ledger, records: list[Record]) -> Ledger:
    ledger.append(records)
    return ledger


def told(utterances: Utterances) -> list[str]:
    return [utterance.model_dump_json() for utterance in utterances.told(single=True)]


def anew(ledger: Ledger) -> list[str]:
    with Utterances(ledger) as utterances:
        utterances.rebuild()
        return told(utterances)


def test_variants_of_one_speaker_and_content_are_one_utterance(filled: Ledger) -> None:
    with Utterances(filled) as utterances:
        assert utterances.update().added == 5
        (found,) = utterances.told()
        assert sorted(v.publisher or "" for v in found.variants) == ["Coast Chronicle", "Harbour Post", "Sample Wire"]
        assert [v.publisher for v in found.variants if v.omits] == ["Harbour Post"]
        assert utterances.count(single=True) == 3


def test_every_variant_but_the_first_says_why_it_is_one(filled: Ledger) -> None:
    with Utterances(filled) as utterances:
        utterances.update()
        (found,) = utterances.told()
    assert all(variant.links and variant.links[0].reasons for variant in found.variants[1:])


def test_it_does_not_matter_in_how_many_portions_reports_come(ledger: Ledger, records: list[Record]) -> None:
    with Utterances(ledger) as utterances:
        for record in records:
            ledger.append([record])
            utterances.update()
        assert told(utterances) == anew(ledger)
        assert utterances.update().made == 0


def test_what_is_retracted_is_told_no_more(filled: Ledger, records: list[Record]) -> None:
    with Utterances(filled) as utterances:
        utterances.update()
        filled.retract(records[0].id, "wrong")
        assert utterances.update().removed == 1
        assert utterances.count(omitted=True) == 1  # the other report with a condition still stands
        filled.retract(records[3].id, "wrong")
        utterances.update()
        assert utterances.count(omitted=True) == 0
        assert told(utterances) == anew(filled)


def test_another_version_makes_them_anew(filled: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    with Utterances(filled) as utterances:
        utterances.update()
        before = told(utterances)
    monkeypatch.setattr(collection, "_version", lambda: 12345)
    with Utterances(filled) as utterances:
        assert told(utterances) == []
        utterances.update()
        assert told(utterances) == before


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"speaker": "lena orsk"}, 1),
        ({"speaker": "Lena Orsk", "single": True}, 2),
        ({"speaker": "actor:greta-holm", "single": True}, 1),
        ({"publisher": ["Coast Chronicle", "Nobody"]}, 1),
        ({"omitted_by": "Harbour Post"}, 1),
        ({"omitted_by": "Sample Wire"}, 0),
        ({"act": "deny", "single": True}, 0),
        ({"since": "2024-02-07", "single": True}, 2),
        ({"until": "2024-02-06"}, 1),
        ({"min_documents": 4}, 0),
        ({"omitted": True}, 1),
    ],
)
def test_filters_select(filled: Ledger, asked: dict[str, object], count: int) -> None:
    with Utterances(filled) as utterances:
        utterances.update()
        assert utterances.count(**asked) == len(list(utterances.told(**asked))) == count


def test_an_unknown_filter_is_named_with_those_there_are(filled: Ledger) -> None:
    with Utterances(filled) as utterances, pytest.raises(LedgerError, match=r"no filter 'spoken'.*speaker"):
        utterances.count(spoken="x")


def test_any_variant_finds_the_utterance(filled: Ledger) -> None:
    with Utterances(filled) as utterances:
        utterances.update()
        (found,) = utterances.told()
        for variant in found.variants:
            assert utterances.utterance(variant.id[:10]) == found
            assert utterances.utterance(f"{variant.document[:19]}#{variant.statement}") == found


@pytest.mark.parametrize("name", ["u0000000", "u00", "ffffffff#s1"])
def test_what_is_not_there_is_an_error_that_says_what_to_do(filled: Ledger, name: str) -> None:
    with Utterances(filled) as utterances:
        utterances.update()
        with pytest.raises(LedgerError, match=r"sayso (utterances|search)|characters or more"):
            utterances.utterance(name)
