"""From degrees to pixels: the whole world by area, a region by shape.

The world is drawn in Equal Earth (Savric, Patterson & Jenny 2018), in which areas compare; a region in Mercator around
its own middle, in which shapes are right. Both are computed here, not by Vega, so that the outline of a country can be
cut to the frame and thinned to what a pixel can show.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]
"""Shape (points, 2): longitude and latitude."""

_A = (1.340264, -0.081106, 0.000893, 0.003796)
_ROOT = np.sqrt(3) / 2

WORLD_LOWEST: Final = -58.0
"""Where the map of the world ends in the south: below are no towns."""
WORLD_HIGHEST: Final = 84.0
_HIGHEST: Final = 80.0
"""Beyond, a region is drawn on the map of the world: Mercator has no poles."""
_WIDEST: Final = 110.0
"""Degrees of longitude that a region may span."""
_LEAST: Final = 6.0
"""Degrees that a region spans at least: the outlines are not made for less."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the earth is shown, and where on the picture; longitudes count from ``middle``.

    ``west`` and ``east`` are degrees from the middle, so that a frame across the antimeridian is like any other.
    """

    middle: float
    west: float
    east: float
    south: float
    north: float
    width: int
    height: int
    region: bool

    def pixels(self, points: Degrees) -> NDArray[np.float64]:
        """Return where points are on the picture, x to the right and y down; longitudes count from the middle."""
        raw = _mercator(points) if self.region else _equal_earth(points)
        left, bottom, right, top = self._corners()
        scale = self.width / (right - left)
        y = self.height / 2 - (raw[:, 1] - (bottom + top) / 2) * scale
        return np.column_stack([(raw[:, 0] - left) * scale, y])

    def edge(self) -> NDArray[np.float64]:
        """Return the edge of the frame in degrees, clockwise, with enough points for curved meridians."""
        up = np.linspace(self.south, self.north, 60)
        west, east = np.full_like(up, self.west), np.full_like(up, self.east)
        return np.concatenate([np.column_stack([west, up]), np.column_stack([east, up[::-1]])])

    def from_middle(self, longitudes: Degrees) -> Degrees:
        """Return longitudes as degrees from the middle, -180 to 180."""
        return (longitudes - self.middle + 180.0) % 360.0 - 180.0

    def _corners(self) -> tuple[float, float, float, float]:
        ends = np.array([[self.west, self.south], [self.east, self.north]])
        if self.region:
            (left, bottom), (right, top) = _mercator(ends)
        else:
            left, right = (_equal_earth(np.array([[x, 0.0]]))[0, 0] for x in (self.west, self.east))
            bottom, top = _equal_earth(ends)[:, 1]
        return float(left), float(bottom), float(right), float(top)


def _mercator(points: Degrees) -> NDArray[np.float64]:
    longitude, latitude = np.radians(points[:, 0]), np.radians(np.clip(points[:, 1], -85, 85))
    return np.column_stack([longitude, np.log(np.tan(np.pi / 4 + latitude / 2))])


def _equal_earth(points: Degrees) -> NDArray[np.float64]:
    longitude, latitude = np.radians(points[:, 0]), np.radians(points[:, 1])
    theta = np.arcsin(_ROOT * np.sin(latitude))
    square = theta**2
    sixth = square**3
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = longitude * np.cos(theta) / (_ROOT * slope)
    return np.column_stack([x, theta * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))])


def frame_for(points: Degrees, width: int) -> Frame:
    """Return the frame that shows all points: a region where they lie together, otherwise the world."""
    middle, span = _middle(points[:, 0])
    south, north = float(points[:, 1].min()), float(points[:, 1].max())
    if span > _WIDEST or north - south > 70 or max(abs(south), abs(north)) > _HIGHEST:
        return _world(width, south, north)
    span = max(span * 1.24, _LEAST, (north - south) * 0.9)
    margin = max((north - south) * 0.14, _LEAST / 4, span * 0.08)
    south, north = max(south - margin, -83.0), min(north + margin, 83.0)
    return _proportioned(Frame(middle, -span / 2, span / 2, south, north, width, 0, region=True))


def _middle(longitudes: NDArray[np.float64]) -> tuple[float, float]:
    """Return the middle of the shortest stretch that holds all longitudes, and its length."""
    ordered = np.unique(np.mod(longitudes, 360.0))
    gaps = np.diff(ordered, append=ordered[0] + 360.0)
    widest = int(gaps.argmax())
    span = 360.0 - float(gaps[widest])
    start = float(ordered[(widest + 1) % len(ordered)])
    return (start + span / 2 + 180.0) % 360.0 - 180.0, span


def _proportioned(frame: Frame) -> Frame:
    """Return the frame with the height that its degrees ask for, widened where it would be a strip or a tower."""
    left, bottom, right, top = frame._corners()
    height = frame.width * (top - bottom) / (right - left)
    lowest, highest = 0.5 * frame.width, 0.7 * frame.width
    west, east, south, north = frame.west, frame.east, frame.south, frame.north
    if height > highest:
        west, east = west * height / highest, east * height / highest
        height = highest
    elif height < lowest:
        while height < lowest and north - south < 140:
            south, north = max(south - 0.5, -83.0), min(north + 0.5, 83.0)
            edges = _mercator(np.array([[0.0, south], [0.0, north]]))[:, 1]
            height = frame.width * (edges[1] - edges[0]) / (right - left)
    return replace(frame, west=west, east=east, south=south, north=north, height=round(height))


def _world(width: int, south: float, north: float) -> Frame:
    """Return the whole world, as far south and north as there are points: Antarctica only where something is there."""
    south, north = max(-90.0, min(WORLD_LOWEST, south - 4)), min(90.0, max(WORLD_HIGHEST, north + 4))
    flat = Frame(11.0, -180.0, 180.0, south, north, width, 0, region=False)
    left, bottom, right, top = flat._corners()
    return replace(flat, height=math.ceil(width * (top - bottom) / (right - left)))
