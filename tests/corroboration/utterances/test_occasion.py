"""When something was said: a day near the cue, never one in what is said, and never after the report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.corroboration.utterances.rendition import Rendition

Told = Callable[..., list[Rendition]]

TUESDAY = "2024-03-05"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The harbour will be closed, Lena Orsk said on Tuesday.", "2024-03-05"),
        ("The harbour will be closed on Friday, Lena Orsk said.", None),
        ("Lena Orsk said in January that the harbour would be closed.", "2024-01"),
        ("The harbour will be closed, Lena Orsk said.", None),
    ],
)
def test_the_day_stands_near_the_cue_and_not_in_what_is_said(told: Told, text: str, said: str | None) -> None:
    (found,) = told(text, published=TUESDAY)
    assert found.occasion.prefix == said


def test_what_had_been_said_was_said_earlier(told: Told) -> None:
    (now,) = told("Lena Orsk said that the harbour would be closed.", published=TUESDAY)
    (earlier,) = told("Lena Orsk had said that the harbour would be closed.", published=TUESDAY)
    assert (now.occasion.earlier, earlier.occasion.earlier) == (False, True)


def test_a_statement_without_a_day_has_that_of_its_speakers_last_one(told: Told) -> None:
    text = "The harbour will be closed, Lena Orsk said on Monday. The boats must leave, Orsk said."
    assert [each.occasion.prefix for each in told(text, published=TUESDAY)] == ["2024-03-04", "2024-03-04"]
