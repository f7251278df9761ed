"""Numbers in what is said: their values, and what they count."""

from __future__ import annotations

import pytest

from sayso.corroboration.utterances.numerals import numerals


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("at least 23 people", [23]),
        ("twenty-three people", [23]),
        ("1,200 teachers and 4 billion crowns", [1200, 4e9]),
        ("forty boats", [40]),
        ("2.5 million", [2.5e6]),
        ("3bn dollars", [3e9]),
        ("one of several boats, a few more", []),
        ("the 72nd day", []),
    ],
)
def test_numbers_are_read_in_figures_and_in_letters(text: str, values: list[float]) -> None:
    assert [numeral.value for numeral in numerals([word.strip(",") for word in text.split()])] == values


def test_a_number_knows_its_words_and_what_it_counts() -> None:
    (found,) = numerals(["about", "4", "billion", "crowns", "for", "towns"])
    assert (found.start, found.end) == (1, 3)
    assert "crown" in found.counts
