from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sayso.intake.dates import is_future, iso
from sayso.records import iso_date


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2024-10-25", "2024-10-25"),
        ("2024-10-25T09:30:00Z", "2024-10-25T09:30:00+00:00"),
        ("2024-10-25 09:30:00+02:00", "2024-10-25T09:30:00+02:00"),
        ("2024-10-25T00:00:00", "2024-10-25"),
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
        "2024",
        "2024-10",
        "2024-13-01",
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
