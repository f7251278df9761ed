"""The words of what is said: where they stand, what of one content another covers, what runs alike."""

from __future__ import annotations

import pytest

from sayso.corroboration.utterances.content import OF_A_NAME, Content, both_covered, longest_run


def content(*texts: str) -> Content:
    """Return the content of pieces that stand ten characters apart."""
    pieces, at = [], 0
    for text in texts:
        pieces.append((at, text))
        at += len(text) + 10
    return Content(pieces)


def test_words_know_where_they_stand_in_the_text() -> None:
    found = content("We shall close", "the harbour’s gate")
    assert found.words == ("we", "shall", "close", "the", "harbour's", "gate")
    assert found.span_of((3, 5)) == (24, 37)


def test_a_broken_quotation_is_one_sentence_unless_a_piece_ends_one() -> None:
    assert len(content('"We shall close,', 'unless it thaws."').sentences) == 1
    assert len(content('"We shall close." ', '"It is cold."').sentences) == 2


def test_clauses_end_at_pauses_and_before_joining_words() -> None:
    found = content("The harbour is shut, but the bridge is open and the road is free")
    assert [found.words[start] for start, _ in found.clauses] == ["the", "but", "and"]


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("the harbour will be closed on friday", "the harbour will be closed on friday", 1.0, 1.0),
        ("the harbour will be closed", "boats are kept out since the harbour will be closed", 0.2, 1.0),
        ("the harbour will be closed", "teachers ask for higher wages", 0.0, 0.0),
    ],
)
def test_a_part_is_covered_by_the_whole_and_covers_less_of_it(one: str, other: str, least: float, most: float) -> None:
    shares = both_covered(content(one).bag, content(other).bag)
    assert shares[0] == pytest.approx(most, abs=0.01)
    assert least <= shares[1] <= most


def test_words_near_in_meaning_stand_for_each_other() -> None:
    share, _ = both_covered(content("doctors").bag, content("physicians").bag)
    assert 0.5 < share < 1


def test_a_name_within_a_sentence_weighs_less() -> None:
    as_name, as_word = content("to Harbour").bag, content("to harbour").bag
    assert as_name.weight == pytest.approx(as_word.weight * OF_A_NAME)


def test_the_longest_run_is_told_in_the_words_of_both() -> None:
    run = longest_run(content("he said we shall close the gate"), content("we shall close the gate today"))
    assert run == ((2, 7), (0, 5))
    assert longest_run(content("one two"), content("one two")) is None


def test_a_content_without_words_covers_nothing() -> None:
    assert both_covered(content("...").bag, content("the harbour").bag) == (0.0, 0.0)
    assert content("...").sentences == ()
