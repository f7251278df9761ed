from __future__ import annotations

from collections import Counter

import pytest
from sample_rows import event, half_a_million_events, many_events, statement

from sayso.errors import PlotError
from sayso.plotting import Scope, svg, timeline


def test_a_few_events_are_told_one_by_one_with_who_what_where_and_on_whose_word(written) -> None:
    texts = written(timeline([event(), event(type="CONSULT", date="2024-03-05", recipients=["Cadonia"])]))
    assert "Arland → Borduria" in texts
    assert "4 March 2024 · Assault · Kyiv · on the word of Sample Wire" in texts
    assert "Arland → Cadonia" in texts
    assert "Reported events, 4 March 2024 to 5 March 2024" in texts


def test_the_bars_add_up_to_the_number_of_events(rows_of) -> None:
    bars = rows_of(timeline(many_events(3_000)), "standing")
    assert sum(bar["count"] for bar in bars) == 3_000
    by_class = Counter[str]()
    for bar in bars:
        by_class[bar["group"]] += bar["count"]
    assert set(by_class) == {
        "Verbal cooperation · 750",
        "Material cooperation · 750",
        "Verbal conflict · 750",
        "Material conflict · 750",
    }


def test_what_is_denied_or_hypothetical_hangs_below_the_line(rows_of) -> None:
    bars = rows_of(timeline(many_events(3_000)), "standing")
    below = [bar for bar in bars if bar["to"] < 0]
    assert {bar["standing"] for bar in below} == {"denied or negated", "possible, uncertain or hypothetical"}
    assert sum(bar["count"] for bar in below) == 300 + 120


def test_events_without_a_date_are_counted_and_stated(written) -> None:
    rows = [event() for _ in range(30)] + [event(date=None), event(date="soon"), event(date="2024")]
    texts = written(timeline(rows))
    assert "2 of 33 events have no date and are not shown." in texts
    assert "1 of 33 events has a date less precise than a day and is not shown." in texts


def test_events_without_a_date_can_be_counted_by_publication(written) -> None:
    rows = [event(date=None) for _ in range(30)]
    with pytest.raises(PlotError, match="None of the 30 events has a date"):
        timeline(rows)
    assert "Reported events by date of publication, 8 March 2024" in written(timeline(rows, when="published"))


@pytest.mark.parametrize(
    ("last", "period"),
    [
        ("2024-01-25", "day"),
        ("2024-10-01", "week"),
        ("2030-01-01", "month"),
        ("2070-01-01", "year"),
        ("2390-01-01", "decade"),
    ],
)
def test_bars_are_as_long_as_the_range_asks_for(last: str, period: str, written) -> None:
    rows = [event(date=date) for date in ["2024-01-01", last] * 20]
    assert any(text.endswith(f"each bar a {period}") for text in written(timeline(rows)))


def test_years_alone_make_bars_of_years(written) -> None:
    rows = [event(date="2023"), event(date="2024")] * 20
    assert "Reported events, 2023 to 2024" in written(timeline(rows))


def test_a_few_misread_dates_do_not_stretch_the_range(written) -> None:
    rows = [event(date=f"2024-03-{n % 28 + 1:02d}") for n in range(300)] + [event(date="1600-01-01")]
    texts = written(timeline(rows))
    assert "1 of 301 events has a date far from all others and is not shown." in texts
    assert "Reported events, 1 March 2024 to 28 March 2024" in texts


def test_old_dates_are_dates(written) -> None:
    assert "Reported events, 1 January 1600 to 1 January 1700" in written(
        timeline([event(date="1600-01-01"), event(date="1700-01-01")])
    )


def test_one_event_is_a_picture(written) -> None:
    assert "1 event in 1 document" in written(timeline([event()]))


def test_by_actor_an_event_counts_for_each_who_acts_and_the_rest_share_a_row(rows_of) -> None:
    rows = [event(actors=[f"Actor {n}", "Everybody"]) for n in range(20)]
    groups = {bar["group"] for bar in rows_of(timeline(rows, by="actor"), "standing")}
    assert "Everybody · 20" in groups
    assert "all others · 13" in groups
    assert len(groups) == 9


def test_actors_of_the_same_name_keep_rows_of_their_own(rows_of) -> None:
    rows = [event() | {"actors": [f"actor:{n % 2}"], "actor_names": ["Ivan Petrov"]} for n in range(40)]
    groups = {bar["group"] for bar in rows_of(timeline(rows, by="actor"), "standing")}
    assert groups == {"Ivan Petrov · 20", "Ivan Petrov (actor:1) · 20"}


def test_events_that_name_nobody_are_counted_and_stated(written) -> None:
    rows = [event()] * 30 + [event(actors=[])]
    assert "1 of 31 events names nobody who acts and is not shown." in written(timeline(rows, by="actor"))
    with pytest.raises(PlotError, match="by another field"):
        timeline([event(actors=[])] * 30, by="actor")


def test_types_have_the_colour_of_their_class(rows_of) -> None:
    rows = [event(), event(type="CONSULT")] * 20
    texts = {row.get("words") for row in rows_of(timeline(rows, by="type"), "words")}
    assert {"Verbal cooperation", "Material conflict"} <= texts
    assert "Verbal conflict" not in texts


def test_statements_go_by_act_kind_or_speaker(rows_of) -> None:
    rows = [statement(), statement(act="deny", kind="indirect"), statement(speaker=None)] * 20
    assert {bar["group"] for bar in rows_of(timeline(rows, of="statements"), "standing")} == {
        "Direct · 40",
        "Indirect · 20",
    }
    acts = timeline(rows, of="statements", by="act")
    assert {bar["group"] for bar in rows_of(acts, "standing")} == {"Say · 40", "Deny · 20"}


def test_what_statements_do_not_have_is_refused() -> None:
    with pytest.raises(PlotError, match="kind, act, speaker"):
        timeline([statement()], of="statements", by="quad")
    with pytest.raises(PlotError, match="published"):
        timeline([statement()], of="statements", when="date")


def test_nothing_selected_says_what_to_change() -> None:
    with pytest.raises(PlotError, match=r"actor: Nobody.*widen or drop a filter"):
        timeline([], scope=Scope(filters={"actor": "Nobody"}))
    with pytest.raises(PlotError, match="sayso code --ledger"):
        timeline([])


def test_half_a_million_events_are_few_rows_and_a_small_picture(rows_of) -> None:
    chart = timeline(half_a_million_events())
    assert sum(bar["count"] for bar in rows_of(chart, "standing")) == 500_000
    assert len(svg(chart)) < 1_000_000
