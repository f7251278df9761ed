"""How likely two statements tell of one utterance, and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.corroboration.utterances.agreement import agreed
from sayso.corroboration.utterances.rendition import Rendition

Told = Callable[..., list[Rendition]]

CLOSED = "The harbour will be closed on Friday unless the ice clears, Lena Orsk said on Tuesday."


def likelihood(told: Told, one: str, other: str, days: tuple[str, str] = ("2024-02-06", "2024-02-07")) -> float:
    (first,), (second,) = (told(text, published=day) for text, day in zip((one, other), days, strict=True))
    pair = agreed(first, second)
    return pair.likelihood if pair else 0.0


@pytest.mark.parametrize(
    "other",
    [
        '"We shall close the harbour on Friday," Lena Orsk said.',
        "The harbour will be shut to all boats on Friday, harbour master Lena Orsk announced.",
        "If the ice does not go, the harbour of Vellin will be closed on Friday, Orsk said on Tuesday.",
    ],
)
def test_other_words_to_the_same_effect_are_one_utterance(told: Told, other: str) -> None:
    assert likelihood(told, CLOSED, other) > 0.7


@pytest.mark.parametrize(
    "other",
    [
        "Greta Holm said that the harbour would be closed on Friday.",
        "Lena Orsk said on Tuesday that fishermen could lose their licences.",
        "Lena Orsk said in 2021 that the harbour needed a new wall.",
    ],
)
def test_another_speaker_and_another_matter_are_another_utterance(told: Told, other: str) -> None:
    assert likelihood(told, CLOSED, other) < 0.3


def test_what_was_reported_before_it_was_said_is_something_else(told: Told) -> None:
    same = "The harbour will be closed, Lena Orsk said."
    dated = "The harbour will be closed, Lena Orsk said on Tuesday."
    assert likelihood(told, dated, same, ("2024-02-06", "2024-02-07")) > 0.9
    before = likelihood(told, dated, same, ("2024-02-06", "2024-01-30"))
    assert before < likelihood(told, dated, same, ("2024-02-06", "2024-03-30")) < 0.99


def test_other_numbers_of_the_same_thing_speak_against_it(told: Told) -> None:
    one = "Lena Orsk said that 40 boats were stuck."
    same = likelihood(told, one, "Lena Orsk said that forty boats were stuck.")
    assert likelihood(told, one, "Lena Orsk said that 70 boats were stuck.") < same


def test_a_pair_says_what_speaks_for_it(told: Told) -> None:
    one = '"We shall close the harbour on Friday," Lena Orsk said on Tuesday.'
    (first,), (second,) = told(one), told(one, "Other Post")
    pair = agreed(first, second)
    assert pair is not None
    assert set(pair.reasons) == {
        "the same speaker", "said on one day", "much the same words", "the same words in quotation marks",
    }  # fmt: skip
