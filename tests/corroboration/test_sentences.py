"""Sentences, near enough."""

from __future__ import annotations

import time

import pytest

from sayso.corroboration.sentences import Sentences


def around(text: str, word: str, beyond: int = 0) -> str:
    start = text.index(word)
    return text[slice(*Sentences(text).of((start, start + len(word)), beyond))]


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("One came. Two left. Three stayed.", "Two", "Two left."),
        ("One came. Two left. Three stayed.", "One", "One came."),
        ("One came. Two left. Three stayed.", "stayed", "Three stayed."),
        ("“Did they go?” She nodded.", "go", "“Did they go?”"),
        ("“Did they go?” she asked. He nodded.", "asked", "“Did they go?” she asked."),
        ("It cost 3.5 million. Nobody paid.", "million", "It cost 3.5 million."),
        ("A headline\nThe text begins.", "headline", "A headline"),
        ("A headline\nthe text begins.", "text", "the text begins."),
        ("  It rained.  ", "rained", "It rained."),
        ("They waited… Nobody came!", "waited", "They waited…"),
    ],
)
def test_a_word_stands_in_one_sentence(text: str, word: str, sentence: str) -> None:
    assert around(text, word) == sentence


def test_so_many_sentences_before_and_after_can_be_had() -> None:
    text = "One came. Two left. Three stayed. Four slept."
    assert around(text, "Three", 1) == "Two left. Three stayed. Four slept."
    assert around(text, "One", 1) == "One came. Two left."
    assert around(text, "Four", 9) == text


def test_a_span_over_a_stop_has_both_sentences() -> None:
    assert around("One came. Two left. Three stayed.", "came. Two") == "One came. Two left."


def test_a_sentence_without_end_is_cut_around_its_word() -> None:
    text = "x " * 5_000 + "raid" + " y" * 5_000
    found = around(text, "raid")
    assert "raid" in found
    assert len(found) <= 2_004


def test_an_empty_span_at_either_end_of_a_text_is_in_it() -> None:
    text = "One came. Two left."
    assert Sentences(text).of((0, 0)) == (0, 9)
    assert Sentences(text).of((len(text), len(text))) == (10, len(text))


def test_stops_without_end_are_read_in_no_time() -> None:
    begun = time.perf_counter()
    for text in ("." * 200_000, ".\n " * 100_000, "? ” " * 100_000):
        Sentences(text)
    assert time.perf_counter() - begun < 3.0
