"""Words by which speakers limit what they say, those that ship and the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.qualifiers import Phrases, check, load


def test_the_longest_phrase_that_begins_at_a_place_counts() -> None:
    phrases = Phrases(["only", "only if"])
    words = ["it", "is", "only", "if", "it", "rains"]
    assert [phrases.at(words, place) for place in range(4)] == [0, 0, 2, 0]


@pytest.mark.parametrize(
    ("words", "place", "count"),
    [
        ("closed unless it thaws", 1, 1),
        ("closed as long as it lasts", 1, 3),
        ("even if it thaws", 1, 0),
        ("once again closed", 0, 0),
        ("should the test fail", 0, 1),
        ("should be closed", 0, 0),
    ],
)
def test_words_open_a_condition_but_not_in_every_place(words: str, place: int, count: int) -> None:
    assert load().opens(words.split(), place) == count


def test_a_users_file_adds_to_the_lists(tmp_path: Path) -> None:
    (tmp_path / "qualifiers.yaml").write_text("conditions: [weather permitting]\n", encoding="utf-8")
    assert load(str(tmp_path)).opens(["weather", "permitting"], 0) == 2
    assert load().opens(["weather", "permitting"], 0) == 0


def test_an_unknown_list_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "qualifiers.yaml").write_text("provisos: [if]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="provisos"):
        load(str(tmp_path))


def test_no_word_is_a_condition_and_a_hedge() -> None:
    assert check() == []
