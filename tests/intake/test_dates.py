from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sayso.intake.dates import days_apart, is_future, iso
from sayso.records import iso_date


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2024-10-25", "2024-10-25"),
        ("2024-10-25T09:30:00Z", "2024-10-25T09:30:00+00:00"),
        ("2024-10-25 09:30:00+02:00", "2024-10-25T09:30:00+02:00"),
        ("2024-10-25T00:00:00", "2024-10-25"),
        ("2024-10-25T00:00:00Z", "2024-10-25"),
        ("2024-10-25T09:30", "2024-10-25T09:30:00"),
        ("Fri, 25 Oct 2024 09:30:00 +0200", "2024-10-25T09:30:00+02:00"),
        ("25 Oct 2024", "2024-10-25"),
        ("25th October 2024", "2024-10-25"),
        ("October 25, 2024", "2024-10-25"),
        ("Oct. 5, 2024", "2024-10-05"),
        ("Friday, October 25, 2024 at 9:30 AM", "2024-10-25"),
        ("2024/10/25", "2024-10-25"),
        ("25.10.2024", "2024-10-25"),
        ("20241025", "2024-10-25"),
        ("20241025093000", "2024-10-25"),
        ("10/25/2024", "2024-10-25"),
        ("25/10/2024", "2024-10-25"),
        ("2024", "2024"),
        ("2024-10", "2024-10"),
        ("2024/10", "2024-10"),
        ("10/2024", "2024-10"),
        ("October 2024", "2024-10"),
        ("Oct. 2024", "2024-10"),
        (date(2024, 10, 25), "2024-10-25"),
        (datetime(2024, 10, 25), "2024-10-25"),
        (datetime(2024, 10, 25, 9, 30, tzinfo=UTC), "2024-10-25T09:30:00+00:00"),
    ],
)
def test_dates_become_iso(given: str | date, expected: str) -> None:
    assert iso(given) == expected
    assert iso_date(expected) == expected


@pytest.mark.parametrize(
    "given",
    [
        "",
        "yesterday",
        "5/10/2024",
        "2024-13",
        "2024-00",
        "2024-13-01",
        "13/2024",
        "1066",
        "20245",
        "31 Feb 2024",
        "0001-01-01",
        "nan",
        "9" * 500,
        "1 May 20245",
    ],
)
def test_what_cannot_be_told_is_none(given: str) -> None:
    assert iso(given) is None


def test_only_more_than_a_day_ahead_is_future() -> None:
    today = datetime.now(UTC).date()
    assert not is_future(today.isoformat())
    assert not is_future((today + timedelta(days=1)).isoformat())
    assert is_future((today + timedelta(days=2)).isoformat() + "T10:00:00Z")


def test_a_month_or_year_is_future_when_it_begins_more_than_a_day_ahead() -> None:
    today = datetime.now(UTC).date()
    assert not is_future(f"{today.year}")
    assert not is_future(f"{today:%Y-%m}")
    assert is_future(f"{today.year + 2}")
    assert is_future(f"{today.year + 1}-12")


def test_nothing_is_published_after_it_was_fetched() -> None:
    assert not is_future("2024-10-26", "2024-10-25")
    assert is_future("2024-10-27T01:00:00+00:00", "2024-10-25")
    assert is_future("2024-11", "2024-10-25")


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2024-10-25", "2024-10-25T23:00:00+02:00", 0),
        ("2024-10-25", "2024-10-22", 3),
        ("2024-10", "2024-10-25", 0),
        ("2024-10", "2024-11-03", 3),
        ("2023", "2024-01-05", 5),
        ("2024-02", "2024-03", 1),
    ],
)
def test_dates_of_any_precision_are_compared(one: str, other: str, days: int) -> None:
    assert days_apart(one, other) == days_apart(other, one) == days
