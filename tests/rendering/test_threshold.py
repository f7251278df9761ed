from __future__ import annotations

import pytest

from sayso.records import Record
from sayso.rendering.threshold import above, dated_from


def ids(record: Record) -> list[str | None]:
    return [item.id for item in [*record.statements, *record.events, *record.actors, *record.places]]


def test_nothing_is_left_out_at_zero(record: Record) -> None:
    assert above(record, 0.0) is record


def test_what_is_less_certain_is_left_out(record: Record) -> None:
    assert ids(above(record, 0.55)) == ["s1", "s2", "e1", "actor:anna-kovar", "actor:syl", "geonames:1"]


def test_an_uncertain_actor_stays_only_while_an_event_needs_it(record: Record) -> None:
    assert "actor:syl" in ids(above(record, 0.6))
    assert "actor:syl" not in ids(above(record, 0.7))


def test_events_and_statements_hang_from_the_nearest_statement_that_is_kept(record: Record) -> None:
    s1, s2, s3 = record.statements
    nested = record.model_copy(
        update={
            "statements": [s1, s2.model_copy(update={"parent": "s3"}), s3.model_copy(update={"parent": "s1"})],
            "events": [record.events[1]],
        }
    )
    kept = above(nested, 0.5)
    assert [s.parent for s in kept.statements] == [None, "s1"]
    assert kept.events[0].statement == "s1"


@pytest.mark.parametrize(
    ("happened", "day", "stays"),
    [
        ("2014-03-18", "2014-06-01", False),
        ("2014", "2014-06-01", True),
        ("2014-06-01", "2014-06-01", True),
        ("2014-06-01", "2014", True),
        ("2013", "2014", False),
        (None, "2014", True),
        ("2001", None, True),
    ],
)
def test_what_is_dated_before_a_day_is_left_out(
    record: Record, happened: str | None, day: str | None, stays: bool
) -> None:
    event = record.events[0].model_copy(update={"date": happened})
    dated = record.model_copy(update={"events": [event]})
    assert [e.id for e in dated_from(dated, day).events] == ([event.id] if stays else [])


def test_a_circle_of_parents_does_not_hang(record: Record) -> None:
    s1, s2, s3 = record.statements
    circle = [
        s1,
        s2.model_copy(update={"parent": "s3", "confidence": 0.1}),
        s3.model_copy(update={"parent": "s2", "confidence": 0.1}),
    ]
    kept = above(record.model_copy(update={"statements": circle}), 0.5)
    assert [s.id for s in kept.statements] == ["s1"]
    assert kept.events[1].statement is None


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.45, 0.55, 0.75, 0.85, 0.95, 1.0])
def test_what_is_kept_is_a_sound_record(record: Record, confidence: float) -> None:
    kept = above(record, confidence)
    assert Record.model_validate(kept.model_dump()) == kept
    assert all(item.confidence >= confidence for item in [*kept.statements, *kept.events])
