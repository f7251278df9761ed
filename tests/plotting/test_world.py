from __future__ import annotations

import numpy as np
import pytest

from sayso.plotting.projection import frame_for
from sayso.plotting.world import countries, outlines, terms


def _frame(*points: tuple[float, float]):
    return frame_for(np.array(points), 720)


def test_the_packaged_map_has_the_world_and_says_where_it_is_from() -> None:
    assert len(countries()) == 241
    assert "Natural Earth" in terms()
    assert "public domain" in terms()


def test_longitudes_run_on_where_a_country_crosses_180_degrees() -> None:
    steps = [abs(np.diff(ring[:, 0])).max() for c in countries() if c.name != "Antarctica" for ring in c.rings]
    assert max(steps) < 60


def test_a_region_is_shown_where_all_lies_together_else_the_world() -> None:
    assert _frame((30.5, 50.4), (37.6, 55.7)).region
    assert _frame((178.4, -18.1), (-171.8, -13.8)).region
    assert not _frame((-77.0, 38.9), (116.4, 39.9)).region
    assert not _frame((0.0, 89.0)).region


@pytest.mark.parametrize("points", [[(30.5, 50.4)], [(178.4, -18.1), (-171.8, -13.8)], [(-70.0, -55.0), (-70.0, 10.0)]])
def test_all_points_are_inside_the_frame(points: list[tuple[float, float]]) -> None:
    frame = _frame(*points)
    degrees = np.array(points)
    degrees[:, 0] = frame.from_middle(degrees[:, 0])
    pixels = frame.pixels(degrees)
    assert (pixels > 0).all()
    assert (pixels < [frame.width, frame.height]).all()
    assert frame.height <= 0.71 * frame.width


def test_the_world_is_in_proportion_and_its_edges_meet_the_picture() -> None:
    frame = _frame((-77.0, 38.9), (116.4, 39.9))
    left, right = frame.pixels(np.array([[-180.0, 0.0], [180.0, 0.0]]))[:, 0]
    assert (left, right) == pytest.approx((0, 720))


def test_only_what_is_seen_is_drawn_and_neighbours_meet() -> None:
    seen = {outline.name: outline for outline in outlines(_frame((30.5, 50.4), (30.5, 52.0)))}
    assert {"Ukraine", "Belarus"} <= set(seen)
    assert "Brazil" not in seen
    ukraine, belarus = (
        {tuple(point) for ring in seen[name].rings for point in ring} for name in ("Ukraine", "Belarus")
    )
    assert len(ukraine & belarus) > 50


def test_a_country_across_the_antimeridian_is_drawn_on_both_sides_of_a_frame_there() -> None:
    seen = {outline.name for outline in outlines(_frame((178.4, 66.0), (-171.8, 65.0)))}
    assert {"Russia", "United States of America"} <= seen
