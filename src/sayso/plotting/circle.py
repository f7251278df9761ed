"""Actors on a circle: in an order that keeps those together who deal with each other, with room for every name.

The circle is stretched so that names stand beside it in two columns, each on a line of its own; none can cover
another. The order is that of the eigenvectors of the ties (spectral seriation: Atkins, Boman & Hendrickson 1998),
improved by exchanging any two as long as that shortens the ties. A tie counts as far as it is stronger than chance
would have it (association strength: van Eck & Waltman 2009): otherwise those who deal with everybody
would all sit in one corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.plotting.ties import Tie

LINE = 30
"""Pixels from one name to the next on a side."""


class Seat(NamedTuple):
    """Where an actor is: a point in pixels; the name goes to the ``right`` of it or to the left."""

    x: float
    y: float
    right: bool


def seats(actors: Sequence[str], ties: Sequence[Tie], left: float, right: float) -> tuple[dict[str, Seat], int]:
    """Return the seat of each actor between two edges, in pixels, and how high the picture is."""
    order = _order(list(actors), ties)
    on_right = (len(order) + 1) // 2
    rows = max(on_right, 2)
    height = max(LINE * rows + 20, 150)
    middle, half = (left + right) / 2, (right - left) / 2
    found = {}
    for n, actor in enumerate(order):
        to_right = n < on_right
        place, of = (n, on_right) if to_right else (len(order) - 1 - n, len(order) - on_right)
        # rows are level, so that names do not meet; the ellipse gives the rest
        y = (place + 0.5) / of
        out = np.sqrt(max(0.0, 1 - (2 * y - 1) ** 2)) * 0.7 + 0.3
        found[actor] = Seat(float(middle + (half if to_right else -half) * out), 10 + y * (height - 20), to_right)
    return found, round(height)


def _order(actors: list[str], ties: Sequence[Tie]) -> list[str]:
    """Return actors in the order in which they go round."""
    count = len(actors)
    if count < 4:
        return actors
    index = {actor: n for n, actor in enumerate(actors)}
    weights = np.zeros((count, count))
    for tie in ties:
        a, b = index[tie.source], index[tie.target]
        weights[a, b] += np.sqrt(tie.count)
        weights[b, a] += np.sqrt(tie.count)
    own = weights.sum(axis=1) + 1e-9
    weights = weights * own.sum() / (own[:, None] * own[None, :])
    laplacian = np.diag(weights.sum(axis=1) + 1e-9) - weights
    _, vectors = np.linalg.eigh(laplacian)
    angles = np.arctan2(vectors[:, 2], vectors[:, 1])
    order = np.array(sorted(range(count), key=lambda n: (round(float(angles[n]), 6), n)))
    return [actors[n] for n in _improved(order, weights)]


def _improved(order: NDArray[np.int_], weights: NDArray[np.float64]) -> NDArray[np.int_]:
    """Return the order after exchanging any two seats while that shortens what lies between those who deal."""
    count = len(order)
    steps = np.abs(np.arange(count)[:, None] - np.arange(count)[None, :])
    apart = np.minimum(steps, count - steps).astype(np.float64)
    best = _length(order, weights, apart)
    for _ in range(20):
        before = best
        for a in range(count - 1):
            for b in range(a + 1, count):
                order[a], order[b] = order[b], order[a]
                length = _length(order, weights, apart)
                if length < best - 1e-9:
                    best = length
                else:
                    order[a], order[b] = order[b], order[a]
        if best == before:
            break
    return order


def _length(order: NDArray[np.int_], weights: NDArray[np.float64], apart: NDArray[np.float64]) -> float:
    return float((weights[np.ix_(order, order)] * apart).sum())
