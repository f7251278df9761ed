"""How the figures of an occurrence are drawn: points and bars on a scale, arrows for open bounds, numbers in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import altair as alt

from sayso.corroboration import wording
from sayso.corroboration.occurrence import Figure
from sayso.plotting.dispute_figures import OPEN, Block, Given, Told
from sayso.plotting.dispute_marks import COLOURS
from sayso.plotting.labels import Spot, placed
from sayso.plotting.lettering import Box, one_line, unlike
from sayso.plotting.paths import across, down, points, words
from sayso.plotting.theme import HAIRLINE, INK, NOTE_SIZE, PAPER, QUIET, TEXT_SIZE
from sayso.plotting.ticks import Scale

_POINT, _STROKE = 80, 1.6
_BAR = 6
_RADIUS, _REACH = 7, 5
"""Pixels that a mark takes to the left and right of its ends, and up and down."""
_TOOLTIP = ["name:N", "figure:N", "words:N", "published:N"]


def drawn(block: Block, room: float, width: float) -> Iterator[Any]:
    """Yield what a block is drawn with."""
    rule = alt.Chart(alt.InlineData(values=[{"x": 0, "x2": width, "y": block.first - 6}]))
    yield rule.mark_rule(color=HAIRLINE, strokeWidth=0.8).encode(x=across("x"), x2="x2:Q", y=down("y"))
    title = [{"x": 0, "y": (block.top + block.first) / 2 - 2, "words": block.words}]
    yield words(title, align="left", fontSize=NOTE_SIZE, fontWeight="bold", color=QUIET)
    yield from _axis(block)
    yield from _names(block, room)
    yield from _moves(block)
    yield from _bars(block)
    yield points([mark for n, row in enumerate(block.rows) for mark in _ends(row, block.scale, block.y(n))], _TOOLTIP)
    yield from _labels(block, Box(room, block.first - 4, width, block.bottom + 4))


def _axis(block: Block) -> Iterator[Any]:
    ticks = [(round(block.scale.at(value), 1), name) for value, name in block.scale.ticks(NOTE_SIZE)]
    lines = [{"x": x, "y": block.first, "y2": block.bottom} for x, _ in ticks]
    rules = alt.Chart(alt.InlineData(values=lines)).mark_rule(color=HAIRLINE, strokeWidth=0.6)
    yield rules.encode(x=across("x"), y=down("y"), y2="y2:Q")
    named = [{"x": x, "y": block.named, "words": name} for x, name in ticks]
    yield words(named, align="center", fontSize=NOTE_SIZE, color=QUIET)


def _names(block: Block, room: float) -> Iterator[Any]:
    labels = unlike(((row.voice.id, wording.name(row.voice)) for row in block.rows), room - 10, TEXT_SIZE)
    told = [{"x": room - 10, "y": block.y(n), "words": label} for n, label in enumerate(labels)]
    yield words(told, align="right", fontSize=TEXT_SIZE, color=INK)


def _between(figure: Figure, scale: Scale) -> tuple[float, float]:
    """Return the pixels between which a figure lies; an open bound is a little way off."""
    low = scale.at(figure.low) if figure.low is not None else None
    high = scale.at(figure.high) if figure.high is not None else None
    if low is None and high is None:
        return scale.left, scale.left
    if low is None:
        assert high is not None
        return max(min(scale.left, high), high - OPEN), high
    return (low, high) if high is not None else (low, low + OPEN)


def _middles(row: Told, scale: Scale) -> list[float]:
    return [sum(_between(given.figure, scale)) / 2 for given in row.given]


def _moves(block: Block) -> Iterator[Any]:
    """Yield the lines from what a voice said to what it said next."""
    moves = [
        {"x": a, "x2": b, "y": block.y(n)}
        for n, row in enumerate(block.rows)
        for a, b in pairwise(_middles(row, block.scale))
    ]
    if moves:
        lines = alt.Chart(alt.InlineData(values=moves)).mark_rule(color="#b9b9b9", strokeWidth=1)
        yield lines.encode(x=across("x"), x2="x2:Q", y=down("y"))


def _bars(block: Block) -> Iterator[Any]:
    bars = []
    for n, row in enumerate(block.rows):
        for given in row.given:
            low, high = _between(given.figure, block.scale)
            if high - low > 1:
                solid = 1 if given is row.given[-1] else 0.4
                look = {"x": low, "x2": high, "y": block.y(n), "colour": COLOURS[given.position], "solid": solid}
                bars.append(_said(row, given) | look)
    if bars:
        drawn_bars = alt.Chart(alt.InlineData(values=bars)).mark_bar(size=_BAR)
        yield drawn_bars.encode(
            x=across("x"),
            x2="x2:Q",
            y=down("y"),
            color=alt.Color("colour:N", scale=None),
            opacity=alt.Opacity("solid:Q", scale=None),
            tooltip=_TOOLTIP,
        )


def _ends(row: Told, scale: Scale, y: float) -> Iterator[dict[str, Any]]:
    """Yield the marks at the ends of figures: a point where the bound is given, an arrow where it is open."""
    for given in row.given:
        figure, colour = given.figure, COLOURS[given.position]
        low, high = _between(figure, scale)
        fill = colour if given is row.given[-1] else PAPER
        look = _said(row, given) | {"y": y, "colour": colour, "fill": fill, "size": _POINT, "width": _STROKE}
        if figure.low is not None or figure.high is None:
            yield look | {"x": low, "shape": "circle"}
        elif high > low:
            yield look | {"x": low, "shape": "triangle-left", "fill": colour}
        if figure.high is not None and (figure.low is None or high > low + 1):
            yield look | {"x": high, "shape": "circle"}
        elif figure.high is None and figure.low is not None:
            yield look | {"x": high, "shape": "triangle-right", "fill": colour}


def _said(row: Told, given: Given) -> dict[str, Any]:
    return {
        "name": wording.name(row.voice)[:240],
        "figure": wording.figure(given.figure),
        "words": one_line(given.figure.words[:240]),
        "published": given.figure.published or "undated",
    }


def _labels(block: Block, within: Box) -> Iterator[Any]:
    """Yield the numbers in words: what each voice says last first, then what it said before, where there is room."""
    spots: list[tuple[int, Spot]] = []
    lines: list[Box] = []
    for n, row in enumerate(block.rows):
        y = block.y(n)
        for before, given in enumerate(reversed(row.given)):
            low, high = _between(given.figure, block.scale)
            radius = (high - low) / 2 + _RADIUS
            spots.append((before, Spot((low + high) / 2, y, radius, given.label(), _REACH, given.number)))
        lines += [Box(min(a, b), y - 2, max(a, b), y + 2) for a, b in pairwise(_middles(row, block.scale))]
    in_turn = [spot for _, spot in sorted(spots, key=lambda told: told[0])]
    taken = [Box(spot.x - spot.radius, spot.y - _REACH, spot.x + spot.radius, spot.y + _REACH) for spot in in_turn]
    labels = placed(in_turn, [*taken, *lines], within, NOTE_SIZE)
    for align in ("left", "right", "center"):
        told = [{"x": label.x, "y": label.y, "words": label.words} for label in labels if label.align == align]
        if told:
            yield words(told, align=align, fontSize=NOTE_SIZE, color=INK)
