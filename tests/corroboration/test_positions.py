"""How the voice of a telling stands to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.corroboration.occurrence import Position
from sayso.corroboration.positions import position_of, strongest
from sayso.corroboration.telling import tellings
from sayso.records import Record

Coded = Callable[..., Record]


def position(record: Record, word: str) -> Position:
    """Return the position of the telling at a word."""
    found = [t for t in tellings(record, 0) if t.word == word]
    assert len(found) == 1, [t.word for t in tellings(record, 0)]
    return position_of(found[0])


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rebels shelled Elst on Monday.", "shelled", "asserts"),
        ("Kenya said that rebels had shelled Elst.", "shelled", "asserts"),
        ("Kenya said that rebels had probably shelled Elst.", "shelled", "asserts"),
        ("Kenya said that rebels had not shelled Elst.", "shelled", "denies"),
        ("Kenya denied that its army had shelled Elst.", "shelled", "denies"),
        ("Kenya said that no talks had taken place.", "talks", "denies"),
        ("The rebels said that they had made peace with nobody.", "peace", "denies"),
        ("Kenya rejected a claim that its army had shelled Elst.", "shelled", "denies"),
        ("Kenya said that it knew nothing of a raid.", "raid", "denies"),
        ("Reports of a raid are false, Kenya said.", "raid", "denies"),
        ("Kenya called the report of a raid a lie.", "raid", "denies"),
        ("Kenya dismissed the report of a raid as false.", "raid", "denies"),
        ("The claim that its troops shelled Elst is a fabrication, Kenya said.", "shelled", "denies"),
        ("It is not true that its troops shelled Elst, Kenya said.", "shelled", "denies"),
        ("The report of a raid is true, Kenya said.", "raid", "asserts"),
        ("Kenya could not confirm that rebels had shelled Elst.", "shelled", "reports"),
        ("Kenya declined to say whether its army had shelled Elst.", "shelled", "reports"),
        ("Kenya questioned whether rebels had shelled Elst.", "shelled", "doubts"),
        ("Kenya cast doubt on the raid.", "raid", "doubts"),
        ("Kenya doubts that rebels shelled Elst.", "shelled", "doubts"),
        ("Kenya said that its army would attack Elst on Friday.", "attack", "predicts"),
        ("Kenya asked whether rebels had shelled Elst.", "shelled", "reports"),
        ("Did rebels shell Elst?", "shell", "reports"),
    ],
)
def test_a_voice_asserts_denies_doubts_predicts_or_leaves_open(
    coded: Coded, text: str, word: str, expected: Position
) -> None:
    assert position(coded(text), word) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Little is known of the alleged shelling of Elst.", "shelling"),
        ("There were reports that rebels had shelled Elst.", "shelled"),
        ("The story that rebels had shelled Elst went round.", "shelled"),
        ("The army was ready for what it called shelling.", "shelling"),
        ("A second attack was expected to follow.", "follow"),
    ],
)
def test_who_leaves_it_to_others_commits_himself_to_nothing(coded: Coded, text: str, word: str) -> None:
    assert position(coded(text), word) == "reports"


@pytest.mark.parametrize(
    ("taken", "best"),
    [
        (["reports", "asserts"], "asserts"),
        (["reports", "predicts"], "predicts"),
        (["denies", "doubts"], "denies"),
        (["reports"], "reports"),
    ],
)
def test_the_position_that_says_most_counts_in_one_document(taken: list[Position], best: Position) -> None:
    assert strongest(taken) == best
