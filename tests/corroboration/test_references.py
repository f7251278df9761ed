"""What is referred to as known, and what is stated."""

from __future__ import annotations

import pytest
from hand_made import telling

from sayso.corroboration.references import is_reference


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The raid lasted an hour.", "raid"),
        ("An attack was feared.", "attack"),
        ("Tuesday's march went on.", "march"),
        ("The rebels’ raid went on.", "raid"),
        ("The 24 February raid went on.", "raid"),
        ("The March 2nd raid went on.", "raid"),
        ("People fled after strikes near Elst.", "strikes"),
        ("The second raid went on.", "raid"),
        ("The deadly raid went on.", "raid"),
        ("The shelling went on.", "shelling"),
    ],
)
def test_a_noun_behind_an_article_a_possessor_or_a_preposition_is_a_reference(sentence: str, word: str) -> None:
    assert is_reference(telling(sentence, word))


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Rebels raid towns.", "raid"),
        ("Rebels shelled Elst.", "shelled"),
        ("The shelled town was empty.", "shelled"),
        ("They were accused of shelling Elst.", "shelling"),
        ("The rebels who raid towns are few.", "raid"),
        ("The rebels openly raid towns.", "raid"),
        ("Raids were seen.", "Raids"),
        ("Our correspondent watched the raid from a roof.", "raid"),
    ],
)
def test_what_is_stated_or_was_seen_is_none(sentence: str, word: str) -> None:
    assert not is_reference(telling(sentence, word))


def test_a_noun_that_does_it_is_no_adjective() -> None:
    sentence = "The rebels raid towns."
    assert is_reference(telling(sentence, "raid"))  # "the armed raid", for all that the words say
    assert not is_reference(telling(sentence, "raid", actor_words=("The rebels",)))


def test_only_the_words_just_before_it_count() -> None:
    sentence = "The " + "x" * 80 + " raid went on."
    assert not is_reference(telling(sentence, "raid"))
