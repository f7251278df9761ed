"""The numbers that voices give."""

from __future__ import annotations

import pytest
from hand_made import killed, telling

from sayso.corroboration.figures import agree, figures_of, ranges
from sayso.corroboration.occurrence import Figure


def figure(low: float | None, high: float | None, voice: str = "a", kind: str = "killed") -> Figure:
    fields = {"kind": kind, "low": low, "high": high, "words": "", "voice": voice, "report": "r", "published": None}
    return Figure.model_validate(fields)


def test_a_figure_is_told_in_its_own_words_wherever_its_sentence_stands() -> None:
    sentence = "Rebels killed more than 20 people."
    found = telling(sentence, "killed", quantities=killed(20, None, "more than 20", sentence))
    [told] = figures_of(found, "state:KEN")
    assert (told.words, told.low, told.high, told.voice, told.report) == (
        "more than 20",
        20,
        None,
        "state:KEN",
        found.id,
    )
    at = 500  # in a text, a sentence begins somewhere
    span = (at + sentence.index("more"), at + sentence.index(" people"))
    later = telling(
        sentence,
        "killed",
        passage=(at, at + len(sentence)),
        quantities=[found.quantities[0].model_copy(update={"span": span})],
    )
    assert figures_of(later, "x")[0].words == "more than 20"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((20, 20), (21, 21), True),
        ((20, 20), (23, 23), True),
        ((20, 20), (24, 24), False),
        ((10, 12), (12, 15), True),
        ((10, 12), (14, 15), False),
        ((20, None), (300, 300), True),
        ((20, None), (15, 15), False),
        ((None, 20), (3, 3), True),
        ((None, 20), (25, None), False),
        ((None, None), (7, 7), True),
        ((0, 0), (0, 0), True),
        ((0, 0), (1, 1), False),
    ],
)
def test_figures_agree_where_both_can_be_the_same_number_rounded(
    one: tuple[float | None, float | None], other: tuple[float | None, float | None], same: bool
) -> None:
    assert agree(figure(*one), figure(*other)) is same
    assert agree(figure(*other), figure(*one)) is same


def test_a_range_spans_all_bounds_that_anybody_gives_of_a_kind() -> None:
    found = ranges([figure(20, None, "b"), figure(14, 15, "a"), figure(3, 3, "a", "wounded"), figure(None, 30, "b")])
    assert [(r.kind, r.low, r.high, r.voices) for r in found] == [
        ("killed", 14, 30, ["a", "b"]),
        ("wounded", 3, 3, ["a"]),
    ]


def test_where_nobody_gives_a_bound_the_range_has_none() -> None:
    [found] = ranges([figure(None, None)])
    assert (found.low, found.high) == (None, None)
    assert ranges([]) == []
