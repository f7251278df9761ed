"""From the statements of a Record to renditions: which there are, in whose words, by whom relayed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.corroboration.utterances.rendition import Rendition, is_rendition
from sayso.records import Record

Told = Callable[..., list[Rendition]]


def test_words_in_quotation_marks_are_told_from_the_others(told: Told, coded: Callable[..., Record]) -> None:
    text = 'Lena Orsk said that the harbour was "closed to all boats" until Friday.'
    (found,) = told(text)
    assert [text[start:end] for start, end in found.quoted] == ["closed to all boats"]
    assert found.is_quoted((text.index("all"), text.index("boats")))
    assert not found.is_quoted((text.index("until"), text.index("Friday")))


def test_all_words_of_a_quotation_are_the_speakers(told: Told) -> None:
    text = '"We shall close the harbour," Lena Orsk said, "unless it thaws."'
    (found,) = told(text)
    assert [text[start:end] for start, end in found.quoted] == ["We shall close the harbour,", "unless it thaws."]
    assert found.words == '"We shall close the harbour," … "unless it thaws."'


def test_who_quotes_somebody_only_relays(told: Told) -> None:
    text = "Boats must leave, Lena Orsk said. Lowland Courier quoted Orsk as saying that fishermen would lose money."
    _, relayed = told(text)
    assert relayed.person == "Lena Orsk"
    assert relayed.words == "that fishermen would lose money"
    assert relayed.relays == ("Lowland Courier",)


def test_whom_a_text_credits_relays_as_well(told: Told) -> None:
    (found,) = told("Lena Orsk said that the boats were stuck.\n\nSource: Harbour Gazette\n")
    assert found.relays == ("Harbour Gazette",)


@pytest.mark.parametrize("text", ["Nobody said that the harbour was closed.", "The harbour was closed on Friday."])
def test_what_nobody_says_is_no_rendition(told: Told, text: str) -> None:
    assert told(text) == []


def test_a_rendition_keeps_its_id_and_has_one_of_its_own(told: Told) -> None:
    text = "The harbour is closed, Lena Orsk said. The boats must leave, Orsk said."
    one, other = told(text)
    assert [each.id for each in told(text)] == [one.id, other.id]
    assert one.id != other.id


@pytest.mark.parametrize(
    ("name", "answer"),
    [("u5b1c2f", True), ("sha256:41c09b#s3", True), ("41c09b#s3", True), ("41c09b#e3", False), ("5b1c2f", False)],
)
def test_names_of_utterances_are_told_from_those_of_occurrences(name: str, answer: bool) -> None:
    assert is_rendition(name) is answer
