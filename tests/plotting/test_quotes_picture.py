from __future__ import annotations

import pytest
from sample_rows import statement

from sayso.errors import PlotError
from sayso.plotting import quotes

ROWS = [
    *[statement()] * 4,
    *[statement(kind="indirect", publisher="Daily Example")] * 3,
    *[statement(speaker="Мария Захарова", act="deny", publisher=None)] * 2,
    statement(speaker=None),
]


def test_the_bars_add_up_to_the_statements_of_the_speakers(rows_of) -> None:
    bars = [row for row in rows_of(quotes(ROWS), "kind") if "statements" in row]
    assert {(bar["name"], bar["kind"]): bar["statements"] for bar in bars} == {
        ("Anna Bell", "direct"): 4,
        ("Anna Bell", "indirect"): 3,
        ("Мария Захарова", "direct"): 2,
    }


def test_speakers_are_named_with_their_numbers_and_the_unknown_counted(written) -> None:
    texts = written(quotes(ROWS))
    assert {"Anna Bell", "Мария Захарова", "7", "2", "direct", "indirect"} <= set(texts)
    assert "mixed" not in texts
    assert "1 of 10 statements has no known speaker and is not shown." in texts
    assert "9 statements of 2 speakers in 1 document" in texts


def test_by_publisher_each_has_a_column(rows_of, written) -> None:
    chart = quotes(ROWS, split="publisher")
    assert {"Sample Wire", "Daily Example", "publisher unknown"} <= set(written(chart))
    bars = [row for row in rows_of(chart, "publisher") if "kind" in row]
    assert sum(bar["statements"] for bar in bars) == 9


def test_by_act_each_has_a_column_of_dots(rows_of, written) -> None:
    chart = quotes(ROWS, split="act")
    assert {"say", "deny"} <= set(written(chart))
    assert {(dot["name"], dot["act"]): dot["statements"] for dot in rows_of(chart, "act")} == {
        ("Anna Bell", "say"): 7,
        ("Мария Захарова", "deny"): 2,
    }


def test_other_speakers_and_publishers_are_stated(written) -> None:
    rows = [statement(speaker=f"Speaker {n}", publisher=f"Paper {n}") for n in range(8)]
    texts = written(quotes(rows, most=6, split="publisher"))
    assert "2 of 8 statements by 2 other speakers are not shown." in texts
    assert "2 of 8 statements of other publishers are not shown." in texts


def test_no_known_speaker_says_what_to_change() -> None:
    with pytest.raises(PlotError, match="timeline of statements"):
        quotes([statement(speaker=None)])
    with pytest.raises(PlotError, match="No statements to show"):
        quotes([])
    with pytest.raises(PlotError, match="kind, act or publisher"):
        quotes(ROWS, split="colour")  # type: ignore[arg-type]
