from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.happenings import Happenings, load


@pytest.fixture(scope="module")
def happenings() -> Happenings:
    return load()


@pytest.mark.parametrize("word", ["withdraw", "withdrew", "Withdrawn", "pullout", "retreated", "leaving", "left"])
def test_a_word_is_of_its_kind_in_whatever_form(happenings: Happenings, word: str) -> None:
    assert "withdrawal" in happenings.of(word)


def test_words_of_nothing_that_happens_are_of_no_kind(happenings: Happenings) -> None:
    assert not happenings.of("table")
    assert not happenings.of("minister")


def test_a_word_may_be_of_several_kinds(happenings: Happenings) -> None:
    assert {"bombing", "attack", "stoppage"} <= happenings.of("strike")


def test_every_kind_has_a_field(happenings: Happenings) -> None:
    assert {kind for kinds in happenings.kinds.values() for kind in kinds} == set(happenings.fields)


def test_words_that_may_mean_anything_are_vague(happenings: Happenings) -> None:
    assert happenings.is_vague("incidents")
    assert not happenings.is_vague("shelling")


def test_what_stands_before_a_noun_tells_what_is_known_from_what_is_new(happenings: Happenings) -> None:
    assert happenings.is_known(["after", "the", "bloody"])
    assert happenings.is_known(["Zembla's"])
    assert not happenings.is_known(["the", "army", "made", "a", "second"])
    assert happenings.is_new(["made", "a", "second"])
    assert not happenings.is_new(["A", "man", "spoke", "of", "the"])
    assert happenings.is_apart(["an", "earlier"])
    assert not happenings.is_apart(["the", "shelling"])


def test_a_user_adds_words_and_kinds(tmp_path: Path) -> None:
    (tmp_path / "happenings.yaml").write_text("kinds: {force: {siege_gun: [kaboom]}}\nvague: [whatsit]\n")
    added = load(tmp_path)
    assert added.of("kabooms") == {"siege_gun"}
    assert added.is_vague("whatsit")
    assert "withdrawal" in added.of("retreat")


def test_a_malformed_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "happenings.yaml").write_text("kinds: [a]\n")
    with pytest.raises(KnowledgeError, match=r"happenings\.yaml"):
        load(tmp_path)
