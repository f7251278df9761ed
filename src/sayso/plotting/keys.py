"""The key to a picture: what its marks mean, in a line above it, laid out like the rest of the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from sayso.plotting.lettering import width_of
from sayso.plotting.paths import across, down
from sayso.plotting.theme import INK, NOTE_SIZE, QUIET

ROW: Final = 20
LINE: Final = "M-2.5,0L2.5,0"
"""The shape of an entry that is a line."""

_GAP = 16
_BESIDE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One mark and its meaning; ``solid`` is how opaque its fill is, ``size`` the area of the mark in square pixels.

    An entry without a shape is words that lead to the entries after it.
    """

    words: str
    shape: str = "square"
    colour: str = QUIET
    solid: float = 1.0
    size: float = 90
    stroke: float = 1.2
    begins_line: bool = False

    def mark_width(self) -> float:
        """Return how many pixels the mark takes, its distance from the words included."""
        if not self.shape:
            return 0.0
        return _BESIDE + (24.0 if self.shape == LINE else self.size**0.5)

    def width(self) -> float:
        """Return how many pixels mark and words take."""
        return self.mark_width() + width_of(self.words, NOTE_SIZE)

    def height(self) -> float:
        """Return how high the line has to be that holds the entry."""
        return self.size**0.5 + 6 if self.shape else 0.0


def key(entries: Iterable[Entry], width: int, left: float = 0) -> Any:
    """Return the key as a chart of its own, in as many lines as it needs, beginning so many pixels to the left."""
    rows: list[dict[str, object]] = []
    top = 0.0
    for line in _lines(entries, width):
        height = max(ROW, *(entry.height() for entry in line))
        x = -left
        for entry in line:
            rows.append(_row(entry, x, top + height / 2))
            x += entry.width() + (_GAP if entry.shape else _GAP / 2)
        top += height
    base = alt.Chart(alt.InlineData(values=rows))
    y = down("y")
    marks = base.mark_point(opacity=1).encode(
        x=across("x"),
        y=y,
        shape=alt.Shape("shape:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fill=alt.Fill("colour:N", scale=None),
        fillOpacity=alt.FillOpacity("solid:Q", scale=None),
        size=alt.Size("size:Q", scale=None),
        strokeWidth=alt.StrokeWidth("stroke:Q", scale=None),
    )
    said = base.mark_text(align="left", baseline="middle", fontSize=NOTE_SIZE).encode(
        x=across("words_x"), y=y, text="words:N", color=alt.Color("ink:N", scale=None)
    )
    layers = alt.layer(marks, said)
    return layers.properties(width=round(width - left), height=top, view=alt.ViewBackground(stroke=None))


def _lines(entries: Iterable[Entry], width: int) -> list[list[Entry]]:
    lines: list[list[Entry]] = []
    taken = 0.0
    for entry in entries:
        if not lines or entry.begins_line or taken + entry.width() > width:
            lines.append([])
            taken = 0.0
        lines[-1].append(entry)
        taken += entry.width() + _GAP
    return lines


def _row(entry: Entry, x: float, y: float) -> dict[str, object]:
    return {
        "x": x + max(0.0, entry.mark_width() - _BESIDE) / 2,
        "words_x": x + entry.mark_width(),
        "y": y,
        "words": entry.words,
        "shape": entry.shape or "circle",
        "colour": entry.colour,
        "solid": entry.solid if entry.shape else 0,
        "size": entry.size if entry.shape else 0,
        "stroke": entry.stroke if entry.shape else 0,
        "ink": INK if entry.shape else QUIET,
    }
