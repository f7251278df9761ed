from __future__ import annotations

import pytest

from sayso.reading.numbers import Bounds, parse_number

NUMBERS = [
    ("12", 12, 12),
    ("2,000", 2000, 2000),
    ("2.3 billion", 2.3e9, 2.3e9),
    ("2bn", 2e9, 2e9),
    ("3.5m", 3.5e6, 3.5e6),
    ("twelve", 12, 12),
    ("twenty-three", 23, 23),
    ("two hundred and twelve", 212, 212),
    ("two hundred thousand", 200_000, 200_000),
    ("one million two hundred thousand", 1_200_000, 1_200_000),
    ("a dozen", 12, 12),
    ("two dozen", 24, 24),
    ("half a dozen", 6, 6),
    ("half a million", 500_000, 500_000),
    ("a hundred", 100, 100),
    ("both", 2, 2),
    ("at least 12", 12, None),
    ("more than a dozen", 12, None),
    ("no fewer than thirty", 30, None),
    ("20 or more", 20, None),
    ("200+", 200, None),
    ("up to 500", None, 500),
    ("as many as 1,000", None, 1000),
    ("fewer than ten", None, 10),
    ("about 2,000", 2000, 2000),
    ("an estimated 40", 40, 40),
    ("nearly 300", 300, 300),
    ("between 30 and 40", 30, 40),
    ("30 to 40", 30, 40),
    ("30-40", 30, 40),
    ("30–40", 30, 40),
    ("two or three", 2, 3),
    ("2 to 3 million", 2e6, 3e6),
    ("dozens", 24, 99),
    ("hundreds", 200, 999),
    ("tens of thousands", 20_000, 99_000),
    ("hundreds of thousands", 200_000, 999_000),
    ("several hundred", 300, 900),
    ("a few hundred", 300, 900),
    ("more than tens of thousands", 20_000, None),
    ("millions", 2e6, None),
]


@pytest.mark.parametrize(("text", "low", "high"), NUMBERS)
def test_number(text, low, high):
    assert parse_number(text) == Bounds(low, high)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "some people",
        "many",
        "12th",
        "third",
        "a",
        "half",
        "of",
        "at least",
        "12 people",
        "40 to 30",
        "no",
        "1st",
        "-",
    ],
)
def test_no_number(text):
    assert parse_number(text) is None


def test_absurdly_long_numbers_end():
    assert parse_number("nine hundred " * 5000) is None
