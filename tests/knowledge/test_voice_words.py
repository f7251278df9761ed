"""The lists of words that say on whose word something stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.knowledge import voices


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("Our correspondent saw smoke over Elst.", True),
        ("This newspaper's own reporter walked through the gate.", True),
        ("The bridge, our team found, was down.", True),
        ("A correspondent saw smoke over Elst.", False),
        ("Our country sent a team.", False),
        ("Hour correspondents are paid by the day.", False),
    ],
)
def test_who_is_there_for_an_outlet_is_called_its_own(sentence: str, there: bool) -> None:
    assert voices.load().has_staff(sentence) is there


@pytest.mark.parametrize(("word", "month"), [("March", True), ("MAY", True), ("march", False), ("Monday", False)])
def test_a_month_is_written_with_a_capital(word: str, month: bool) -> None:
    assert voices.load().is_month(word) is month


@pytest.mark.parametrize(("word", "adverb"), [("openly", True), ("deadly", False), ("Early", False), ("raid", False)])
def test_an_adjective_that_ends_as_adverbs_do_is_none(word: str, adverb: bool) -> None:
    assert voices.load().is_adverb(word) is adverb


def test_a_users_file_adds_to_the_lists(tmp_path: Path) -> None:
    (tmp_path / "voices.yaml").write_text("staff: [stringer]\nours: [the gazette's]\nmonths: [brumaire]\n")
    words = voices.load(str(tmp_path))
    assert words.has_staff("The Gazette's stringer counted nine trucks.")
    assert words.has_staff("Our correspondent counted nine trucks.")
    assert words.is_month("Brumaire")


def test_what_ships_is_sound() -> None:
    assert voices.check() == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("staff: [Stringer]", "voices.yaml: staff: Stringer is not in small letters"),
        ("people: {experts: [Wizard]}", "voices.yaml: people: Wizard is not in small letters"),
        ("people: {experts: [study]}", "voices.yaml: study is both people and a paper"),
    ],
)
def test_a_word_that_cannot_be_found_or_is_two_things_is_a_problem(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "voices.yaml").write_text(content)
    assert voices.check(str(tmp_path)) == [problem]


@pytest.mark.parametrize(
    ("cue", "withholds"),
    [
        ("could not confirm", True),
        ("couldn’t confirm", True),
        ("declined to say", True),
        ("refused to comment on", True),
        ("confirmed", False),
        ("did not deny", False),
        ("did not attack", False),
        ("said it could not", False),
    ],
)
def test_who_does_not_say_withholds(cue: str, withholds: bool) -> None:
    assert voices.load().withholds(cue) is withholds
