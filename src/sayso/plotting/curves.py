"""The ways that arrows take: curves through the inside of the circle, one for each direction."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.plotting.circle import Seat

_INWARD, _ASIDE = 0.5, 0.07
"""How far a curve is drawn towards the middle, and to its right, as shares of the way."""
_LEAST_ASIDE = 12.0
"""Pixels: between neighbours the two ways stay apart as well."""

Point = NDArray[np.float64]


class Curve(NamedTuple):
    """A quadratic curve in pixels."""

    start: Point
    bend: Point
    end: Point

    def at(self, t: float) -> Point:
        """Return the point a share of the way along."""
        return self.start * (1 - t) ** 2 + self.bend * 2 * t * (1 - t) + self.end * t**2

    def between(self, first: float, last: float) -> Curve:
        """Return the part between two shares of the way (the blossom of the curve: Ramshaw 1989)."""
        bend = (
            self.start * (1 - first) * (1 - last)
            + self.bend * (first + last - 2 * first * last)
            + self.end * first * last
        )
        return Curve(self.at(first), bend, self.at(last))


def curve_between(source: Seat, target: Seat, middle: Point, clear: tuple[float, float]) -> Curve:
    """Return the way from one seat to another: through the inside of the circle, and a little to its own right.

    The way back is therefore another. ``clear`` is how far it stays from the middles of the two seats, in pixels.
    """
    start, end = np.array(source[:2]), np.array(target[:2])
    way = end - start
    half = (start + end) / 2
    inward, length = (middle - half) * _INWARD, float(np.hypot(*way))
    inward = inward * min(1.0, length / max(1e-9, float(np.hypot(*inward))))
    aside = np.array([-way[1], way[0]]) / max(1e-9, length) * max(_ASIDE * length, _LEAST_ASIDE)
    whole = Curve(start, half + inward + aside, end)
    t = np.linspace(0, 1, 101)
    points = np.array([whole.at(share) for share in t])
    from_start, from_end = (np.hypot(*(points - point).T) for point in (start, end))
    outside = t[(from_start >= clear[0]) & (from_end >= clear[1])]
    return whole.between(float(outside[0]), float(outside[-1])) if len(outside) > 1 else whole
