"""Who left out the condition: only who tells what it limits, and has it in no words at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from sayso.corroboration.utterances.utterance import Utterance

Joined = Callable[[Sequence[str]], Utterance]

FULL = '"We shall close the harbour on Friday unless the ice clears," Lena Orsk said.'
NUMBER = "Lena Orsk said that at least 40 boats were stuck so far."
HEDGE = "Lena Orsk said that a gas bottle had possibly exploded in the kitchen."


def omitted(joined: Joined, full: str, *others: str) -> list[list[tuple[str, str]]]:
    """Return what each of some variants omits of a full one: kind and words."""
    made = joined([full, *others])
    told = made.variants[1:]
    return [[(omission.kind, omission.words) for omission in variant.omits] for variant in told]


@pytest.mark.parametrize(
    ("full", "lean", "expected"),
    [
        (FULL, "The harbour will be closed on Friday, Lena Orsk said.", [("condition", "unless the ice clears")]),
        (FULL, "Lena Orsk announced that the harbour would be shut.", [("condition", "unless the ice clears")]),
        (NUMBER, "Lena Orsk said that 40 boats were stuck.", [("limit", "at least 40"), ("limit", "so far")]),
        (HEDGE, "A gas bottle exploded in the kitchen, Lena Orsk said.", [("hedge", "possibly")]),
    ],
)
def test_who_tells_what_is_limited_and_not_the_limit_leaves_it_out(
    joined: Joined, full: str, lean: str, expected: list[tuple[str, str]]
) -> None:
    assert omitted(joined, full, lean) == [expected]


@pytest.mark.parametrize(
    ("full", "other"),
    [
        (FULL, "If the ice does not go, the harbour will be closed on Friday, Lena Orsk said."),
        (FULL, "Lena Orsk said that the harbour would be closed on Friday. It may stay open if the ice clears."),
        (FULL, "Lena Orsk said that fishermen would lose money."),
        (NUMBER, "Lena Orsk said that 40 or more boats had been stuck so far."),
        (NUMBER, "Lena Orsk said that fishermen were angry."),
        (HEDGE, "Lena Orsk said that it was possible that a gas bottle had exploded in the kitchen."),
        (HEDGE, "Lena Orsk suspected that a gas bottle had exploded in the kitchen."),
    ],
)
def test_who_has_it_in_other_words_or_tells_another_part_leaves_nothing_out(
    joined: Joined, full: str, other: str
) -> None:
    assert omitted(joined, full, other) == [[]]


def test_a_document_that_tells_it_elsewhere_leaves_nothing_out(joined: Joined) -> None:
    twice = f"The harbour will be closed on Friday, Lena Orsk said. Boats are stuck. Skippers wait. It is cold. {FULL}"
    assert omitted(joined, FULL, twice) == [[], []]


def test_an_omission_shows_the_fuller_variant_and_where_it_has_it(joined: Joined) -> None:
    made = joined([FULL, "The harbour will be closed on Friday, Lena Orsk said."])
    full, lean = made.variants
    (omission,) = lean.omits
    assert (omission.variant, omission.document) == (full.id, full.document)
    assert FULL[slice(*omission.span)] == "unless the ice clears"
    assert omission.limits == "We shall close the harbour on Friday"
    assert made.omitting == 1


def test_many_variants_are_compared_with_a_few_witnesses(joined: Joined) -> None:
    made = joined([FULL] * 30 + ["The harbour will be closed on Friday, Lena Orsk said."] * 30)
    assert made.omitting == 30
    assert all(len(variant.omits) <= 1 for variant in made.variants)
