from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.rendering.neutral import cell, neutral, one_line


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("bell\x07 delete\x7f", "bell␇ delete␡"),
        ("c1 \x9b2J", "c1 \ufffd2J"),
        ("right \u202eto left", "right \ufffdto left"),
        ("isolate \u2066x\u2069", "isolate \ufffdx\ufffd"),
        ("a\u2028b", "a b"),
        ("half \ud83d", "half \ufffd"),
        ("plain “quotes” é 北京 👍 \t\n", "plain “quotes” é 北京 👍 \t\n"),
    ],
)
def test_harmful_characters_become_visible(hostile: str, harmless: str) -> None:
    assert neutral(hostile) == harmless


@given(st.text(st.characters(codec=None)))
def test_offsets_stay_right(text: str) -> None:
    assert len(neutral(text)) == len(text)


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(formula: str) -> None:
    assert cell(formula)[0] == "'"


def test_a_cell_is_one_line() -> None:
    assert cell("two\r\nlines\u2028three") == "two lines three"
    assert one_line("  a \n b ") == "a b"
