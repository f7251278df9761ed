from __future__ import annotations

from typing import Any

import pytest
from sample_record import make_event

from sayso.records import Quantity
from sayso.rendering.wording import certainty, counted, is_history, quantity_in_words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (2000, 2000, "2,000 killed"),
        (20, 25, "20 to 25 killed"),
        (20, None, "at least 20 killed"),
        (None, 20, "up to 20 killed"),
        (None, None, "an unknown number killed"),
        (1.5, 1.5, "1.5 killed"),
        (float("inf"), None, "at least inf killed"),
        (1e300, 1e300, "1e+300 killed"),
    ],
)
def test_quantities(low: float | None, high: float | None, words: str) -> None:
    assert quantity_in_words(Quantity(kind="killed", low=low, high=high, span=(0, 1))) == words


@pytest.mark.parametrize(
    ("happened", "published", "expected"),
    [
        ("2014", "2024-10-25", True),
        ("2023-10-24", "2024-10-25", True),
        ("2023", "2024-10-25", False),
        ("2023-09", "2024-10-25T08:00:00", True),
        ("2024-10-24", "20241025", False),
        (None, "2024-10-25", False),
        ("1986-04-26", None, False),
    ],
)
def test_history(happened: str | None, published: str | None, expected: bool) -> None:
    assert is_history(happened, published) is expected


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ["certain"]),
        ({"factuality": "CT-"}, ["negated"]),
        ({"factuality": "PS+"}, ["possible"]),
        ({"tense": "future"}, ["expected"]),
        ({"factuality": "Uu", "hypothetical": True}, ["hypothetical", "uncertain"]),
        ({"factuality": "CT-", "date": "2014"}, ["negated", "historical"]),
    ],
)
def test_certainty(fields: dict[str, Any], words: list[str]) -> None:
    assert certainty(make_event((0, 1), **fields), "2024-10-25") == words


def test_nouns_agree_with_their_number() -> None:
    assert [counted(n, "event") for n in (0, 1, 1200)] == ["0 events", "1 event", "1,200 events"]
