"""The types of which a word can be, as the frames know it."""

from __future__ import annotations

import pytest

from sayso.corroboration.families import families


@pytest.mark.parametrize(("one", "other"), [("raid", "bomb"), ("shelling", "shell"), ("arrest", "detain")])
def test_words_for_the_same_are_of_one_family(one: str, other: str) -> None:
    assert families()[one].keys() & families()[other].keys()


def test_words_for_something_else_are_of_another() -> None:
    assert not families()["bomb"].keys() & families()["arrest"].keys()


def test_a_word_weighs_as_much_in_all_its_types_together() -> None:
    assert all(sum(shares.values()) == pytest.approx(1) for shares in families().values())
    assert all(len(shares) <= 3 for shares in families().values())


def test_a_word_that_the_frames_do_not_know_is_of_none() -> None:
    assert "wombat" not in families()
