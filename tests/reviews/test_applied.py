from __future__ import annotations

from typing import Any

import pytest
from judging import account, event, said, span, statement, valid

from sayso.records import Event, Record
from sayso.reviews import Judgement, reviewed


def after(*judgements: Judgement, record: Record | None = None) -> Record:
    return valid(reviewed(record or account(), judgements))


def fixed(item: str = "e1", **fixes: Any) -> Any:
    """Return an item as it is once it was fixed."""
    record = after(said(item, fixes=fixes))
    return next(one for one in [*record.statements, *record.events] if one.id == item)


def test_a_record_that_nobody_judged_is_the_same() -> None:
    record = account()
    assert reviewed(record, []) is record


def test_the_record_that_was_coded_stays_as_it_was() -> None:
    record = account()
    before = record.model_dump()
    reviewed(record, [said("s1", "wrong"), said("e1", fixes={"actors": ["Cem"], "place": "El X"})])
    assert record.model_dump() == before


def test_what_is_right_is_certain() -> None:
    assert [event.confidence for event in after(said("e1")).events] == [1.0, 0.6]


def test_what_is_wrong_is_gone() -> None:
    assert [event.id for event in after(said("e1", "wrong")).events] == ["e2"]


def test_what_is_contested_is_as_it_was_coded() -> None:
    record = after(said("e1", "wrong"), said("e1", by="Ben"))
    assert record.events == account().events


def test_what_is_right_and_coded_otherwise_now_is_no_more_certain_than_it_was() -> None:
    anew = account(events=[event(actors=["actor:bert-holm"])])
    assert [event.confidence for event in after(said("e1"), record=anew).events] == [0.6]


@pytest.mark.parametrize(
    ("fixes", "wanted"),
    [
        ({"mode": "drone"}, {"type": "ASSAULT", "mode": "drone", "quad": 4, "cameo": "19"}),
        ({"mode": None}, {"type": "ASSAULT", "mode": None, "quad": 4, "cameo": "19"}),
        ({"type": "PROTEST"}, {"type": "PROTEST", "mode": None, "quad": 4, "cameo": "14"}),
        ({"type": "PROTEST", "mode": "riot"}, {"type": "PROTEST", "mode": "riot", "quad": 4, "cameo": "14"}),
        ({"type": "AID"}, {"type": "AID", "mode": None, "quad": 2, "cameo": "07"}),
    ],
)
def test_codes_follow_type_and_mode(fixes: dict[str, Any], wanted: dict[str, Any]) -> None:
    found = fixed(**fixes)
    assert {name: getattr(found, name) for name in wanted} == wanted
    assert (found.intensity > 0) == (wanted["quad"] < 3)


def test_fixing_something_else_leaves_type_and_mode() -> None:
    own = event(mode="of-my-own", intensity=-1.5)
    record = account(events=[own])
    (found,) = after(said(of=record, fixes={"date": "2024"}), record=record).events
    assert (found.mode, found.intensity, found.date) == ("of-my-own", -1.5, "2024")


def test_actors_are_named_by_id_or_by_name_and_added_where_they_are_new() -> None:
    record = after(said(fixes={"actors": ["Anna Berg", "Cem Okur"], "recipients": ["actor:bert-holm"]}))
    assert record.events[0].actors == ["actor:anna-berg", "actor:cem-okur"]
    assert record.events[0].recipients == ["actor:bert-holm"]
    assert [actor.name for actor in record.actors][-1] == "Cem Okur"


@pytest.mark.parametrize(
    ("fixes", "spans"),
    [
        ({"actors": []}, []),
        ({"actors": None}, []),
        ({"actors": ["Cem"]}, [span("rebels")]),
        ({"actors": ["Cem"], "actor_spans": [span("Anna Berg")]}, [span("Anna Berg")]),
    ],
)
def test_the_words_for_actors_stay_as_long_as_there_are_actors(fixes: dict[str, Any], spans: list[Any]) -> None:
    assert fixed(**fixes).actor_spans == spans


def test_a_place_is_named_by_id_or_by_name_and_added_where_it_is_new() -> None:
    assert fixed(place="port ada").place == "geonames:1"
    record = after(said(fixes={"place": "El X"}))
    assert record.events[0].place == "El X"
    assert [(place.id, place.name) for place in record.places][-1] == (None, "El X")


def test_nothing_is_right_too() -> None:
    found = fixed(place=None, date=None)
    assert (found.place, found.date, found.time) == (None, None, None)


def test_a_date_that_is_fixed_keeps_the_words_for_it() -> None:
    found = fixed(date="2024-10-14")
    assert (found.date, found.time) == ("2024-10-14", "t1")


def test_a_statement_is_fixed() -> None:
    found = fixed("s1", act="deny", kind="mixed", content=[span("looted it")], source=None)
    assert (found.act, found.kind, found.content, found.source) == ("deny", "mixed", [span("looted it")], [])


def vouchers(record: Record) -> list[tuple[str | None, str | None]]:
    return [(told.statement, told.voucher) for told in [*record.events, *record.event_mentions]]


def test_what_is_told_is_on_the_word_of_the_speaker_as_fixed() -> None:
    found = vouchers(after(said("s2", fixes={"speaker": "Cem"})))
    assert found == [("s2", "actor:cem")] * 3


def test_what_a_wrong_statement_held_is_on_the_word_of_the_one_around_it() -> None:
    record = after(said("s2", "wrong"))
    assert vouchers(record) == [("s1", "actor:anna-berg")] * 3


def test_what_no_statement_holds_any_more_is_on_the_word_of_the_publisher() -> None:
    record = after(said("s1", "wrong"), said("s2", "wrong"))
    assert vouchers(record) == [(None, "The Herald")] * 3


def test_what_was_said_within_a_wrong_statement_is_said_by_itself() -> None:
    (inner,) = after(said("s1", "wrong")).statements
    assert (inner.id, inner.parent) == ("s2", None)


def test_a_statement_within_two_others_is_within_the_outer_one_when_the_inner_one_is_wrong() -> None:
    s1, s2 = account().statements
    third = statement("s3", parent="s2", content=[span("looted it")])
    record = account(statements=[s1, s2, third])
    found = after(said("s2", "wrong", of=record), record=record)
    assert [(one.id, one.parent) for one in found.statements] == [("s1", None), ("s3", "s1")]


def test_statements_that_hold_one_another_come_to_an_end() -> None:
    s1, s2 = account().statements
    record = account(statements=[s1.model_copy(update={"parent": "s2"}), s2])
    found = after(said("s1", "wrong", of=record), said("s2", "wrong", of=record), record=record)
    assert vouchers(found) == [(None, "The Herald")] * 3


def test_a_voucher_that_nobody_touched_stays() -> None:
    own = [event("e1", statement=None, voucher="Some Agency"), event("e2", "looted", voucher=None)]
    record = account(events=own)
    found = after(said("e1", of=record), record=record)
    assert [event.voucher for event in found.events] == ["Some Agency", None]


def test_every_item_may_be_wrong() -> None:
    record = after(*(said(item, "wrong") for item in ("s1", "s2", "e1", "e2")))
    assert (record.statements, record.events) == ([], [])


def test_hostile_names_make_a_sound_record() -> None:
    names = ["actor:", "\x1b[31m", "'; DROP TABLE x", "\u202eevil", "Анна", "a" * 300]
    record = after(said(fixes={"actors": names, "place": "\x1b[31mX"}))
    (found, _) = record.events
    assert isinstance(found, Event)
    assert len(set(found.actors)) == len(names)
    assert all(id_.startswith("actor:") and id_.isprintable() and " " not in id_ for id_ in found.actors)
