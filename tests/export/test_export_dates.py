from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sayso.export.dates import Days, days, moment


@pytest.mark.parametrize(
    ("happened", "published", "expected"),
    [
        ("2024-10-21", "2024-10-25", Days(date(2024, 10, 21), date(2024, 10, 21), False)),
        ("2024-10-21T08:00", None, Days(date(2024, 10, 21), date(2024, 10, 21), False)),
        ("2024-02", "2024-10-25", Days(date(2024, 2, 1), date(2024, 2, 29), False)),
        ("2014", None, Days(date(2014, 1, 1), date(2014, 12, 31), False)),
        (None, "2024-10-25T23:30:00+02:00", Days(date(2024, 10, 25), date(2024, 10, 25), True)),
        ("2024-02-31", "2024-10", Days(date(2024, 10, 1), date(2024, 10, 31), True)),
        ("20241021", None, Days(date(2024, 10, 21), date(2024, 10, 21), False)),
        ("2024-10-21TMO", None, Days(date(2024, 10, 21), date(2024, 10, 21), False)),
        ("2024-W43", "nonsense", None),
        (None, None, None),
    ],
)
def test_an_event_has_the_days_of_its_date_or_of_its_report(
    happened: str | None, published: str | None, expected: Days | None
) -> None:
    assert days(happened, published) == expected


def test_moments_are_in_utc() -> None:
    assert moment("2024-10-25T23:30:00+02:00") == datetime(2024, 10, 25, 21, 30, tzinfo=UTC)
    assert moment(datetime(2024, 10, 25, 1)) == datetime(2024, 10, 25, 1, tzinfo=UTC)
    assert moment(None) is None
    assert moment("2024-10-25TMO") is None
