from __future__ import annotations

import pytest

from sayso.evaluation.excerpt import Part, excerpt

SHORT = "At noon Anna said no."
LONG = (
    "Before that nobody had known of it at all. Anna said " + " ".join(f"w{n}" for n in range(500)) + ". Then it ended."
)
HOSTILE = "One \x1b[31mred\r\nword\u202e and\x07 more"

CASES: list[tuple[str, list[Part], str]] = [
    (
        SHORT,
        [(8, 12, "source"), (13, 17, "cue"), (18, 20, "content")],
        "At noon [source Anna] [cue said] [content no].",
    ),
    (SHORT, [(0, 21, "content"), (8, 12, "source")], "[content At noon [source Anna] said no.]"),
    (SHORT, [(0, 12, "a"), (8, 17, "b")], "[a At noon [b Anna] said] no."),
    (SHORT, [(9, 11, "x")], "At noon A[x nn]a said no."),
    (HOSTILE, [(4, 18, "content")], "One [content ␛[31mred word]\ufffd and␇ more"),
    (SHORT, [], ""),
]


@pytest.mark.parametrize(("text", "parts", "expected"), CASES)
def test_parts_are_marked(text: str, parts: list[Part], expected: str) -> None:
    assert excerpt(text, parts) == expected


def test_a_long_part_is_shortened_in_the_middle() -> None:
    start = LONG.index("w0")
    shown = excerpt(LONG, [(LONG.index("Anna"), start - 6, "source"), (start, LONG.index(". Then"), "content")])
    assert shown.startswith("… known of it at all. [source Anna] said [content w0 w1 w2")
    assert shown.endswith("w498 w499]. Then it ended.")
    assert "w250" not in shown
    assert 20 <= len(shown.split()) <= 40


def test_a_part_of_very_many_pieces_and_a_word_without_end_stay_short() -> None:
    text = "ab " * 2000 + "x" * 5000
    shown = excerpt(text, [(n, n + 2, "content") for n in range(0, 6000, 6)])
    assert len(shown) < 600
    assert len(excerpt(text, [(6000, 11000, "content")])) < 100
