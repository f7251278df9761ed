from __future__ import annotations

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.quantities import check, load


def test_what_ships_is_consistent():
    assert check() == []


def test_a_user_adds_a_noun(tmp_path):
    (tmp_path / "quantities.yaml").write_text("nouns: {forces: [janissary], people: [soldier]}\n", encoding="utf-8")
    nouns = load(str(tmp_path)).nouns
    assert (nouns["janissary"], nouns["soldier"], nouns["troop"]) == ("forces", "people", "forces")


def test_two_kinds_for_a_word_are_reported(tmp_path):
    (tmp_path / "quantities.yaml").write_text("nouns: {forces: [elf], people: [elf]}\n", encoding="utf-8")
    assert any("elf is both forces and people" in problem for problem in check(str(tmp_path)))


def test_bad_data_names_file_and_place(tmp_path):
    (tmp_path / "quantities.yaml").write_text("nouns: {elves: [elf]}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"quantities\.yaml: nouns\.elves"):
        load(str(tmp_path))
