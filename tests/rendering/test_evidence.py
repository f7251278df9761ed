from __future__ import annotations

import pytest
from sample_record import words

from sayso.records import Span
from sayso.rendering.evidence import REACH, merged, sentence_around

TEXT = "It began. The U.S. troops attacked the town. Then they left.\nA heading\nNobody knows"


@pytest.mark.parametrize(
    ("anchor", "sentence"),
    [
        ("began", "It began."),
        ("attacked", "The U.S. troops attacked the town."),
        ("left", "Then they left."),
        ("heading", "A heading"),
        ("knows", "Nobody knows"),
    ],
)
def test_the_sentence_around_a_word(anchor: str, sentence: str) -> None:
    passage = sentence_around(TEXT, words(TEXT, anchor), [])
    assert passage.text == sentence
    assert not passage.cut_before
    assert not passage.cut_after


def test_only_what_lies_in_the_sentence_is_marked() -> None:
    passage = sentence_around(TEXT, words(TEXT, "attacked"), [words(TEXT, "troops"), words(TEXT, "they")])
    assert [piece for piece, marked in passage.pieces() if marked] == ["troops", "attacked"]
    assert "".join(piece for piece, _ in passage.pieces()) == passage.text


def test_a_passage_without_ends_is_cut_and_says_so() -> None:
    text = "x " * 5000 + "attack" + " y" * 5000
    passage = sentence_around(text, words(text, "attack"), [])
    assert passage.cut_before
    assert passage.cut_after
    assert len(passage.text) <= 2 * REACH + len("attack")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("They attacked.", ("“", "”")),
        ("“They attacked,” he said.", ("‘", "’")),
        ("x " * 5000 + "attacked" + " y" * 5000, ("“… ", " …”")),
    ],
)
def test_quotations_within_quotations(text: str, marks: tuple[str, str]) -> None:
    assert sentence_around(text, words(text, "attacked"), []).quotation_marks == marks


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(3, 5), (0, 2)], [(0, 2), (3, 5)]),
        ([(0, 4), (2, 6)], [(0, 6)]),
        ([(0, 9), (2, 3)], [(0, 9)]),
        ([(0, 2), (2, 4)], [(0, 2), (2, 4)]),
        ([], []),
    ],
)
def test_overlapping_spans_are_merged(spans: list[Span], expected: list[Span]) -> None:
    assert merged(spans) == expected
