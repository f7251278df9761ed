from __future__ import annotations

import pytest
from sample_rows import event, half_a_million_events, many_events

from sayso.errors import PlotError
from sayso.plotting import place_map, svg


def _at(name: str, lat: float | None, lon: float | None, **given: object) -> dict[str, object]:
    return event(place=name, place_name=name, lat=lat, lon=lon, **given)


def test_the_marks_add_up_to_the_number_of_events(rows_of) -> None:
    marks = rows_of(place_map(many_events(1_100)), "events")
    assert sum(mark["events"] for mark in marks) == 1_100
    assert len(marks) == 11


def test_places_are_named_and_countries_around_them(written) -> None:
    texts = written(place_map([event(), _at("Kursk", 51.73, 36.19)]))
    assert {"Kyiv", "Kursk", "Russia"} <= set(texts)


def test_the_shape_says_how_precisely_a_place_is_known(rows_of) -> None:
    rows = [
        event(),
        _at("Donetsk Oblast", 48.0, 37.8, place_feature="ADM1"),
        _at("Ukraine", 49.0, 32.0, place_feature="PCLI"),
    ]
    marks = {mark["place"]: (mark["shape"], mark["solid"]) for mark in rows_of(place_map(rows), "events")}
    assert marks == {"Kyiv": ("circle", 0.6), "Donetsk Oblast": ("square", 0.12), "Ukraine": ("diamond", 0.12)}


def test_events_without_a_place_on_the_map_are_counted_and_stated(written) -> None:
    rows = [event(), _at("Somewhere", None, None), _at("Null", 0.0, 0.0), event(place=None, lat=None, lon=None)]
    texts = written(place_map(rows))
    assert "1 of 4 events has no place and is not shown." in texts
    assert "2 of 4 events at places that could not be resolved are not shown." in texts
    assert "1 event at 1 place in 1 document" in texts


def test_nothing_that_could_be_placed_says_what_to_change() -> None:
    with pytest.raises(PlotError, match="plot a timeline or a network"):
        place_map([_at("Somewhere", None, None)])
    with pytest.raises(PlotError, match="No events to show"):
        place_map([])


def test_places_on_both_sides_of_the_antimeridian_are_neighbours(rows_of, written) -> None:
    chart = place_map([_at("Suva", -18.14, 178.44), _at("Apia", -13.83, -171.76)])
    suva, apia = sorted(rows_of(chart, "events"), key=lambda mark: mark["x"])
    assert (suva["place"], apia["place"]) == ("Suva", "Apia")
    assert apia["x"] - suva["x"] > 300


def test_places_near_the_poles_are_on_the_picture(rows_of) -> None:
    chart = place_map([_at("South Pole", -90.0, 0.0), _at("North Pole", 90.0, 0.0), _at("Edge", 0.0, 180.0)])
    height = max(mark["y"] for mark in rows_of(chart, "events"))
    assert all(mark["y"] >= 0 and 0 <= mark["x"] <= 720 for mark in rows_of(chart, "events"))
    assert height > 300


def test_denied_events_are_stated(written) -> None:
    rows = [event(), event(factuality="CT-"), event(hypothetical=True)]
    assert "3 events at 1 place in 1 document, 2 of them denied, possible or hypothetical" in written(place_map(rows))


def test_the_map_names_its_source_and_that_boundaries_are_no_statement(written) -> None:
    text = " ".join(written(place_map([event()])))
    assert "Natural Earth, public domain" in text
    assert "no statement" in text


def test_marks_lie_where_their_places_are(rows_of) -> None:
    one = rows_of(place_map([event()] * 5), "events")[0]
    other = rows_of(place_map([event()] * 5 + [_at("Kyiv again", 50.45, 30.52)]), "events")
    assert {(mark["x"], mark["y"]) for mark in other} == {(one["x"], one["y"])}


def test_more_places_than_can_have_marks_are_dots(rows_of, written) -> None:
    rows = [_at(f"Town {n}", -50 + n % 100, -170 + n // 3 % 340) for n in range(2_000)] + [event()] * 9
    chart = place_map(rows)
    text = " ".join(written(chart))
    assert "2,009 events at 2,001 places" in text
    assert "1,401 of 2,001 places, with at most 1 event each, are dots." in text
    assert sum(row["path"].count("h0") for row in rows_of(chart, "path")) <= 1_401


def test_half_a_million_events_are_a_small_picture(rows_of) -> None:
    chart = place_map(half_a_million_events())
    assert sum(mark["events"] for mark in rows_of(chart, "events")) == 500_000
    assert len(svg(chart)) < 1_000_000
