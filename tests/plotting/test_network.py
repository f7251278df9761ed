from __future__ import annotations

import re
from itertools import pairwise

import pytest
from sample_rows import event, half_a_million_events, many_events

from sayso.errors import PlotError
from sayso.plotting import network, svg


def test_an_arrow_goes_from_who_acts_to_who_is_acted_upon(rows_of) -> None:
    rows = [event()] * 3 + [event(actors=["Borduria"], recipients=["Arland"], type="AID")]
    arrows = {(arrow["from"], arrow["to"]): arrow for arrow in rows_of(network(rows), "from")}
    assert arrows["Arland", "Borduria"]["events"] == 3
    assert arrows["Borduria", "Arland"]["events"] == 1
    assert arrows["Arland", "Borduria"]["width"] > arrows["Borduria", "Arland"]["width"]
    assert arrows["Arland", "Borduria"]["colour"] != arrows["Borduria", "Arland"]["colour"]


def test_the_arrows_add_up_to_the_pairs_in_the_events(rows_of) -> None:
    events = many_events(4_900)
    pairs = sum(a != b for a, b in zip(events["actors"].to_pylist(), events["recipients"].to_pylist(), strict=True))
    assert sum(arrow["events"] for arrow in rows_of(network(events), "from")) == pairs


def test_several_who_act_and_are_acted_upon_make_an_arrow_for_each_pair(rows_of) -> None:
    arrows = rows_of(network([event(actors=["A", "B"], recipients=["C", "D", "A"])]), "from")
    assert {(arrow["from"], arrow["to"]) for arrow in arrows} == {
        ("A", "C"), ("A", "D"), ("B", "C"), ("B", "D"), ("B", "A"),
    }  # fmt: skip


def test_only_the_strongest_are_shown_and_the_rest_is_stated(written) -> None:
    rows = [event(actors=[f"Actor {n}"]) for n in range(40)] + [event(actors=["Cadonia"])] * 5 + [event(recipients=[])]
    texts = written(network(rows, most=3))
    assert {"Borduria", "Cadonia", "Actor 0"} <= set(texts)
    assert "Actor 39" not in texts
    assert "39 of 46 events with or among 39 weaker actors are not shown." in texts
    assert "1 of 46 events names no two who act towards each other and is not shown." in texts
    assert "6 events among 3 actors in 1 document" in texts


def test_names_keep_clear_of_each_other_and_of_the_edge() -> None:
    long = "High Representative of the Union for Foreign Affairs and Security Policy of Europe"
    rows = [event(actors=[f"{long} {n}"], recipients=[f"Мария Захарова {n + 1}"]) for n in range(15)]
    drawn = svg(network(rows))
    names = re.findall(r'transform="translate\(([\d.]+),([\d.]+)\)"[^>]*>(?:High|Union|Мария)[^<]*<', drawn)
    assert len(names) >= 30
    for side in ({y for x, y in names if float(x) < 360}, {y for x, y in names if float(x) >= 360}):
        heights = sorted(map(float, side))
        assert all(below - above >= 12 for above, below in pairwise(heights))
    width = re.search(r'width="(\d+)"', drawn)
    assert width is not None
    assert int(width[1]) <= 720 + 2 * 16 + 4


def test_nobody_towards_anybody_says_what_to_change() -> None:
    for rows in ([event(recipients=[])], [event(recipients=["Arland"])]):
        with pytest.raises(PlotError, match="who acted towards whom"):
            network(rows)
    with pytest.raises(PlotError, match="at least two"):
        network([event()], most=1)


def test_the_same_events_make_the_same_picture() -> None:
    assert svg(network(many_events(500))) == svg(network(many_events(500)))


def test_half_a_million_events_are_a_small_picture() -> None:
    assert len(svg(network(half_a_million_events()))) < 1_000_000
