"""Marks whose place is already in pixels: lines and areas as SVG paths, and words.

Vega-Lite has no mark for paths, but a point may have any path for its shape, drawn in pixels where its size is 4. A
path is one string: Altair copies a specification many times over, and a map of numbers takes it seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

_PIXELS = 4
"""The size at which Vega draws the path of a symbol unscaled."""


def across(field: str) -> alt.X:
    """Return a field that holds pixels from the left."""
    return alt.X(f"{field}:Q", scale=None, axis=None)


def down(field: str) -> alt.Y:
    """Return a field that holds pixels from the top."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def words(rows: list[dict[str, Any]], **mark: Any) -> Any:
    """Return a chart that writes the ``words`` of each row at its ``x`` and ``y``, the middle of the line."""
    look: dict[str, Any] = {"baseline": "middle"} | mark
    written = alt.Chart(alt.InlineData(values=rows)).mark_text(**look)
    return written.encode(x=across("x"), y=down("y"), text="words:N")


def points(rows: list[dict[str, Any]], tooltip: list[str]) -> Any:
    """Return a chart of marks, of which each row says where they are (``x``, ``y``) and how they look.

    That is their ``shape``, ``size``, ``colour``, ``fill`` and the ``width`` of their stroke.
    """
    marks = alt.Chart(alt.InlineData(values=rows)).mark_point(opacity=1)
    return marks.encode(
        x=across("x"),
        y=down("y"),
        shape=alt.Shape("shape:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fill=alt.Fill("fill:N", scale=None),
        size=alt.Size("size:Q", scale=None),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        tooltip=tooltip,
    )


def closed_path(rings: Iterable[NDArray[np.float64]]) -> str:
    """Return rings of points as one path."""
    return "".join(f"M{'L'.join(f'{x:g},{y:g}' for x, y in np.round(ring, 1).tolist())}Z" for ring in rings)


def curve_path(start: NDArray[np.float64], bend: NDArray[np.float64], end: NDArray[np.float64]) -> str:
    """Return the quadratic curve from start to end as a path."""
    points = [f"{x:.1f},{y:.1f}" for x, y in (start, bend, end)]
    return f"M{points[0]}Q{points[1]} {points[2]}"


def dots_path(points: Iterable[tuple[float, float]]) -> str:
    """Return points as one path, which a round stroke makes dots."""
    return "".join(f"M{x:g},{y:g}h0" for x, y in points)


def paths(rows: list[dict[str, Any]], tooltip: list[str] | None = None, **mark: Any) -> Any:
    """Return a chart that draws the ``path`` of each row; ``mark`` are properties of the mark."""
    look: dict[str, Any] = {"opacity": 1, "size": _PIXELS, "strokeJoin": "round"} | mark
    drawn = alt.Chart(alt.InlineData(values=rows)).mark_point(**look)
    shape = alt.Shape("path:N", scale=None)
    placed = drawn.encode(x=alt.value(0), y=alt.value(0), shape=shape)
    return placed.encode(tooltip=tooltip) if tooltip else placed
