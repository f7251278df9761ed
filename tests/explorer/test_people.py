"""What the ledger holds of actors; months compared with the months before."""

from __future__ import annotations

import pytest

from sayso.explorer import Holdings, people
from sayso.explorer.people import Involved, Month, compared


def months(**counts: int) -> dict[str, list[int]]:
    return {name.replace("m", "").replace("_", "-"): [0, 0, 0, count] for name, count in counts.items()}


def test_months_without_events_are_there_too() -> None:
    found = list(compared(months(m2024_11=2, m2025_02=1)))
    assert [month.month for month in found] == ["2024-11", "2024-12", "2025-01", "2025-02"]
    assert [month.count for month in found] == [2, 0, 0, 1]
    assert all(month.expected is None for month in found)


def test_a_month_is_compared_with_the_mean_of_the_twelve_before() -> None:
    counts = {f"2024-{number:02d}": [0, number, 0, 0] for number in range(1, 13)}
    found = {month.month: month for month in compared({**counts, "2025-01": [1, 2, 3, 4]})}
    assert found["2024-12"].expected is None
    assert found["2025-01"].expected == pytest.approx(6.5)
    assert found["2025-01"].count == 10


def test_of_long_times_only_the_end_is_told() -> None:
    found = list(compared(months(m1914_07=9, m2024_10=9)))
    assert len(found) <= people.MOST_MONTHS + people.BASELINE + 1
    assert found[-1].month == "2024-10"


@pytest.mark.parametrize(
    ("count", "expected", "told"),
    [
        (9, None, "no baseline"),
        (4, 1.0, "few"),
        (0, 4.9, "few"),
        (5, 1.0, "more"),
        (10, 10.0, "as before"),
        (12, 10.0, "as before"),
        (13, 10.0, "more"),
        (7, 10.0, "less"),
        (0, 10.0, "less"),
    ],
)
def test_few_reports_are_not_compared(count: int, expected: float | None, told: str) -> None:
    assert Month("2024-10", (count, 0, 0, 0), expected).told == told


def test_a_portrait_is_what_most_documents_have(holdings: Holdings) -> None:
    found = people.portrait(holdings, "actor:belarus")
    assert found is not None
    assert (found["name"], found["kind"], found["country"], found["documents"]) == ("Belarus", "country", "BLR", 3)
    assert people.portrait(holdings, "actor:nobody") is None


def test_counterparts_are_counted_each_way(holdings: Holdings) -> None:
    found = {row["actor"]: row for row in Involved.of(holdings, "actor:donald-trump").counterparts(holdings)}
    kim = found["actor:kim-jong-un"]
    back = {row["actor"]: row for row in Involved.of(holdings, "actor:kim-jong-un").counterparts(holdings)}[
        "actor:donald-trump"
    ]
    assert kim["towards"] == back["from_them"]
    assert kim["events"] == back["events"] > 0
    assert 0 <= kim["conflict"] <= kim["events"]


def test_statements_about_another_are_to_them_of_their_acts_or_name_them(holdings: Holdings) -> None:
    found = people.about_each_other(holdings, "actor:donald-trump", "actor:kim-jong-un", ["Kim Jong Un", "Kim"])
    assert found
    assert all(row["speaker"] == "actor:donald-trump" for row in found)
