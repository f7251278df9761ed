"""The world as outlines: countries from the packaged map, cut to a frame and thinned to what its pixels can show.

The map is Natural Earth's (see ``training/world_map``). A border is kept once, as an arc that the rings on both sides
name, and is thinned by rounding to a grid of pixels, so that neighbours still meet.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sayso.plotting.projection import Degrees, Frame

MAP_FILE: Final = Path(__file__).parent / "data" / "world.json.gz"

GRID: Final = 0.5
"""Pixels: finer detail of an outline is dropped."""

_BEYOND: Final = 2.0
"""Degrees by which outlines go on beyond the frame, so that where they are cut is not seen."""


@dataclass(frozen=True, slots=True)
class Country:
    """One country: its name and the rings of its land, in degrees; longitudes run on where they cross 180."""

    name: str
    rings: tuple[Degrees, ...]


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries of the packaged map."""
    packed = json.loads(gzip.decompress(MAP_FILE.read_bytes()))
    arcs = [_degrees(arc, packed["scale"], packed["translate"]) for arc in packed["arcs"]]
    return tuple(
        Country(shape["name"], tuple(_closed(_joined(ring, arcs)) for ring in shape["rings"]))
        for shape in packed["countries"]
    )


@cache
def terms() -> str:
    """Return where the map comes from and on what terms."""
    packed = json.loads(gzip.decompress(MAP_FILE.read_bytes()))
    return f"{packed['source']}: {packed['terms']}"


def _degrees(arc: list[list[int]], scale: list[float], translate: list[float]) -> Degrees:
    """Return an arc, which is kept as differences of whole numbers, as degrees."""
    return np.cumsum(np.array(arc, dtype=np.float64), axis=0) * scale + translate


def _joined(ring: list[int], arcs: list[Degrees]) -> Degrees:
    """Return the arcs of a ring one after the other; ``~n`` is arc n backwards."""
    return np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring])


def _closed(ring: Degrees) -> Degrees:
    """Return a ring whose longitudes run on across 180; one that goes round a pole is closed along it."""
    steps = np.diff(ring[:, 0])
    turns = np.concatenate([[0.0], np.cumsum(np.where(steps > 180, -360.0, np.where(steps < -180, 360.0, 0.0)))])
    run_on = np.column_stack([ring[:, 0] + turns, ring[:, 1]])
    if abs(run_on[-1, 0] - run_on[0, 0]) < 180:
        return run_on
    pole = -90.0 if run_on[:, 1].mean() < 0 else 90.0
    return np.concatenate([run_on, [[run_on[-1, 0], pole], [run_on[0, 0], pole]]])


@dataclass(frozen=True, slots=True)
class Outline:
    """A country as it is drawn: rings of pixels, the first point not repeated."""

    name: str
    rings: list[NDArray[np.float64]]


def outlines(frame: Frame) -> Iterator[Outline]:
    """Yield the countries that are seen in a frame."""
    west, east = frame.west, frame.east
    south, north = frame.south, frame.north
    if frame.region:
        west, east, south, north = west - _BEYOND, east + _BEYOND, south - _BEYOND, north + _BEYOND
    for country in countries():
        rings = [
            drawn
            for ring in country.rings
            for turn in (-360.0, 0.0, 360.0)
            if len(cut := _cut(ring + np.array([turn - frame.middle, 0.0]), west, east, south, north)) > 2
            and len(drawn := _thinned(frame.pixels(cut))) > 2
        ]
        if rings:
            yield Outline(country.name, rings)


def _cut(ring: Degrees, west: float, east: float, south: float, north: float) -> Degrees:
    """Return the part of a ring within bounds (Sutherland & Hodgman 1974); empty where it has none."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    if high[0] < west or low[0] > east or high[1] < south or low[1] > north:
        return ring[:0]
    for axis, bound, sign in ((0, west, 1.0), (0, east, -1.0), (1, south, 1.0), (1, north, -1.0)):
        ring = _cut_at(ring, axis, bound, sign)
        if len(ring) < 3:
            return ring[:0]
    return ring


def _cut_at(ring: Degrees, axis: int, bound: float, sign: float) -> Degrees:
    """Return the part of a ring on one side of a bound: above it where ``sign`` is 1, below it where it is -1."""
    inside = sign * (ring[:, axis] - bound) >= 0
    if inside.all():
        return ring
    following = np.roll(ring, -1, axis=0)
    crosses = inside != np.roll(inside, -1)
    step = np.where(crosses, following[:, axis] - ring[:, axis], 1.0)
    met = ring + ((bound - ring[:, axis]) / step)[:, None] * (following - ring)
    pairs = np.stack([ring, met], axis=1).reshape(-1, 2)
    kept: Degrees = pairs[np.stack([inside, crosses], axis=1).reshape(-1)]
    return kept


def _thinned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a ring on the grid, without points that are where the one before is or on the line between two."""
    rounded = np.round(points / GRID) * GRID
    kept = rounded[np.any(rounded != np.roll(rounded, 1, axis=0), axis=1)]
    if len(kept) < 3:
        return kept[:0]
    before, after = np.roll(kept, 1, axis=0), np.roll(kept, -1, axis=0)
    first, second = kept - before, after - kept
    straight = np.abs(first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]) < 1e-9
    kept = kept[~straight]
    return kept if len(kept) > 2 else kept[:0]


def middle_of(outline: Outline, frame: Frame) -> tuple[float, float, float] | None:
    """Return the middle of the largest part of a country that is seen, in pixels, and how wide it is there."""
    parts = [_cut(ring, 0, frame.width, 0, frame.height) for ring in outline.rings]
    largest = max((part for part in parts if len(part) > 2), key=_area, default=None)
    if largest is None or _area(largest) < 400:
        return None
    after = np.roll(largest, -1, axis=0)
    cross = largest[:, 0] * after[:, 1] - after[:, 0] * largest[:, 1]
    x, y = ((largest + after) * cross[:, None]).sum(axis=0) / (3 * cross.sum())
    return float(x), float(y), float(_width_at(largest, y))


def _area(ring: NDArray[np.float64]) -> float:
    after = np.roll(ring, -1, axis=0)
    return abs(float((ring[:, 0] * after[:, 1] - after[:, 0] * ring[:, 1]).sum())) / 2


def _width_at(ring: NDArray[np.float64], y: float) -> float:
    """Return how wide a ring is at a height, from its first border there to its last."""
    after = np.roll(ring, -1, axis=0)
    meets = (ring[:, 1] <= y) != (after[:, 1] <= y)
    if not meets.any():
        return 0.0
    one, other = ring[meets], after[meets]
    x = one[:, 0] + (y - one[:, 1]) / (other[:, 1] - one[:, 1]) * (other[:, 0] - one[:, 0])
    return float(x.max() - x.min())
