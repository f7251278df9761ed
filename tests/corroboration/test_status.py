"""The status that voices make together."""

from __future__ import annotations

import pytest
from hand_made import voice

from sayso.corroboration.occurrence import Contest, Position, Status
from sayso.corroboration.status import status_of

CONTEST = Contest(aspect="figure", sides=[])


@pytest.mark.parametrize(
    ("positions", "contests", "status"),
    [
        (["asserts"], [], "single-source"),
        (["predicts"], [], "single-source"),
        (["reports"], [], "single-source"),
        (["asserts", "reports"], [], "single-source"),
        (["asserts", "asserts"], [], "corroborated"),
        (["asserts", "predicts"], [], "corroborated"),
        (["asserts", "asserts"], [CONTEST], "disputed"),
        (["asserts", "asserts", "denies"], [], "disputed"),
        (["asserts", "asserts", "doubts"], [], "disputed"),
        (["denies"], [], "denied"),
        (["asserts", "denies"], [], "denied"),  # whose claim it is that the other denies
        (["asserts", "denies"], [CONTEST], "denied"),
    ],
)
def test_status_says_how_voices_stand_to_one_another(
    positions: list[Position], contests: list[Contest], status: Status
) -> None:
    voices = [voice(f"v{number}", position=position) for number, position in enumerate(positions)]
    assert status_of(voices, contests) == status


def test_voices_that_do_not_count_make_no_status_beside_those_that_do() -> None:
    copied = voice("copied", position="denies", left_out="only copies have it")
    assert status_of([voice("own", position="asserts"), copied], []) == "single-source"
    assert status_of([copied], []) == "denied"
