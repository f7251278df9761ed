"""Whether two statements have one speaker."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.corroboration.utterances.rendition import Rendition
from sayso.corroboration.utterances.speaking import NEVER, one_speaker

Told = Callable[..., list[Rendition]]


def speaking(told: Told, one: str, other: str) -> float:
    """Return the log-odds that two sources are one."""
    (first,), (second,) = (told(f"{source} said that the harbour was closed.") for source in (one, other))
    return one_speaker(first, second).odds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lena Orsk", "Lena Orsk"),
        ("Lena Orsk", "Orsk"),
        ("Lena Orsk, the harbour master,", "The harbour master"),
        ("Kenya's army", "Kenya's defence ministry"),
        ("Nordkupfer", "The mining company Nordkupfer"),
    ],
)
def test_one_speaker_may_be_called_in_several_ways(told: Told, one: str, other: str) -> None:
    assert speaking(told, one, other) > 1


@pytest.mark.parametrize(
    ("one", "other"), [("Lena Orsk", "Greta Holm"), ("Lena Orsk", "Tilda Orsk"), ("Kenya's army", "Chad's army")]
)
def test_different_names_are_never_one_speaker(told: Told, one: str, other: str) -> None:
    assert speaking(told, one, other) == NEVER


@pytest.mark.parametrize("nobody", ["An official", "He", "Residents"])
def test_who_is_not_named_may_be_anybody(told: Told, nobody: str) -> None:
    assert -1 < speaking(told, "Lena Orsk", nobody) < 1
