"""The figures of an occurrence: for each kind of number a row for each voice that gives one, points and bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import altair as alt

from sayso.corroboration import wording
from sayso.corroboration.occurrence import Figure, Occurrence, Voice
from sayso.plotting.labels import Spot, placed
from sayso.plotting.lettering import Box, one_line, unlike
from sayso.plotting.paths import across, down, points, words
from sayso.plotting.theme import HAIRLINE, INK, NOTE_SIZE, ONE_COLOUR, PAPER, QUIET, TEXT_SIZE
from sayso.plotting.ticks import Scale, scale_of

MOST_KINDS: Final = 3
_ROW, _HEAD, _AXIS, _GAP = 34, 30, 22, 10
_POINT, _STROKE = 80, 1.6
_BAR = 6
_OPEN = 26
"""Pixels of the arrow that says "or more", "or less"."""


@dataclass(frozen=True, slots=True)
class Block:
    """The figures of one kind: the voices that give one, with what each said in turn, from ``top`` downwards."""

    told: str
    voices: list[tuple[Voice, list[Figure]]]
    scale: Scale
    top: float

    @property
    def bottom(self) -> float:
        """Where its last row ends, its axis left aside."""
        return self.top + _HEAD + _ROW * len(self.voices)


def blocks(occurrence: Occurrence, voices: Sequence[Voice], top: float, left: float, right: float) -> list[Block]:
    """Return the kinds that most voices give figures of, at most so many, one below the other."""
    found: list[Block] = []
    for whole in sorted(occurrence.figures, key=lambda one: (-len(one.voices), one.kind))[:MOST_KINDS]:
        giving = [
            (voice, figures)
            for voice in voices
            for figures in wording.moved(f for f in voice.figures if f.kind == whole.kind)
        ]
        bounds = [b for _, told in giving for f in told for b in (f.low, f.high) if b is not None]
        if not bounds:
            continue
        scale = scale_of(bounds, left, right - 72)
        words_ = f"Figures: {wording.figure(whole)}" + (" (logarithmic scale)" if scale.is_log else "")
        found.append(Block(words_, giving, scale, top))
        top = found[-1].bottom + _AXIS + _GAP
    return found


def height_of(found: Sequence[Block]) -> float:
    """Return where the last block ends, its axis included."""
    return found[-1].bottom + _AXIS if found else 0.0


def drawn(block: Block, room: float, width: float) -> Iterator[Any]:
    """Yield what a block is drawn with."""
    head = [{"x": 0, "x2": width, "y": block.top + _HEAD - 6, "words": block.told}]
    rule = alt.Chart(alt.InlineData(values=head)).mark_rule(color=HAIRLINE, strokeWidth=0.8)
    yield rule.encode(x=across("x"), x2="x2:Q", y=down("y"))
    title = [head[0] | {"y": block.top + _HEAD / 2 - 2}]
    yield words(title, align="left", fontSize=NOTE_SIZE, fontWeight="bold", color=QUIET)
    yield from _axis(block)
    yield from _names(block, room)
    yield from _figures(block, room, width)


def _y(block: Block, row: int) -> float:
    return block.top + _HEAD + _ROW * (row + 0.5)


def _axis(block: Block) -> Iterator[Any]:
    scale = block.scale
    told = [
        {"x": round(scale.at(value), 1), "y": block.top + _HEAD, "y2": block.bottom, "words": f"{value:,.10g}"}
        for value in scale.ticks(6)
    ]
    rules = alt.Chart(alt.InlineData(values=told)).mark_rule(color=HAIRLINE, strokeWidth=0.6)
    yield rules.encode(x=across("x"), y=down("y"), y2="y2:Q")
    yield words([t | {"y": block.bottom + _AXIS / 2} for t in told], align="center", fontSize=NOTE_SIZE, color=QUIET)


def _names(block: Block, room: float) -> Iterator[Any]:
    labels = unlike(((voice.id, wording.name(voice)) for voice, _ in block.voices), room - 10, TEXT_SIZE)
    told = [{"x": room - 10, "y": _y(block, n), "words": label} for n, label in enumerate(labels)]
    yield words(told, align="right", fontSize=TEXT_SIZE, color=INK)


def _figures(block: Block, room: float, width: float) -> Iterator[Any]:
    """Yield bars from the lower to the upper bound, points, arrows where a bound is open, and the numbers in words."""
    bars: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    spots: list[Spot] = []
    moves: list[dict[str, Any]] = []
    for n, (voice, figures) in enumerate(block.voices):
        y = _y(block, n)
        for number, figure in enumerate(figures):
            low, high = _ends(figure, block.scale)
            is_last = number == len(figures) - 1
            told = {
                "name": wording.name(voice)[:240],
                "figure": wording.figure(figure),
                "words": one_line(figure.words[:240]),
                "published": figure.published or "undated",
            }
            middle = (low + high) / 2
            if high - low > 1:
                bars.append(told | {"x": low, "x2": high, "y": y, "colour": ONE_COLOUR, "solid": 1 if is_last else 0.4})
            marks += [told | point for point in _points(figure, low, high, y, is_last)]
            spots.append(Spot(middle, y, (high - low) / 2 + 7, _label(figure, len(figures) > 1)))
        if len(figures) > 1:
            middles = [sum(_ends(figure, block.scale)) / 2 for figure in figures]
            moves += [{"x": a, "x2": b, "y": y} for a, b in pairwise(middles)]
    if moves:
        lines = alt.Chart(alt.InlineData(values=moves)).mark_rule(color="#b9b9b9", strokeWidth=1)
        yield lines.encode(x=across("x"), x2="x2:Q", y=down("y"))
    tooltip = ["name:N", "figure:N", "words:N", "published:N"]
    if bars:
        drawn_bars = alt.Chart(alt.InlineData(values=bars)).mark_bar(size=_BAR)
        yield drawn_bars.encode(
            x=across("x"),
            x2="x2:Q",
            y=down("y"),
            color=alt.Color("colour:N", scale=None),
            opacity=alt.Opacity("solid:Q", scale=None),
            tooltip=tooltip,
        )
    yield points(marks, tooltip)
    within = Box(room, block.top + _HEAD - 4, width, block.bottom + 4)
    taken = [Box(spot.x - spot.radius, spot.y - 6, spot.x + spot.radius, spot.y + 6) for spot in spots]
    taken += [Box(min(m["x"], m["x2"]), m["y"] - 2, max(m["x"], m["x2"]), m["y"] + 2) for m in moves]
    labels = placed(spots, taken, within, NOTE_SIZE)
    for align in ("left", "right", "center"):
        rows = [{"x": label.x, "y": label.y, "words": label.words} for label in labels if label.align == align]
        if rows:
            yield words(rows, align=align, fontSize=NOTE_SIZE, color=INK)


def _ends(figure: Figure, scale: Scale) -> tuple[float, float]:
    """Return the pixels between which a figure lies; an open bound is a little way off."""
    low = scale.at(figure.low) if figure.low is not None else None
    high = scale.at(figure.high) if figure.high is not None else None
    if low is None and high is None:
        return scale.left, scale.left
    if low is None:
        assert high is not None
        return max(scale.left, high - _OPEN), high
    return (low, high) if high is not None else (low, low + _OPEN)


def _points(figure: Figure, low: float, high: float, y: float, is_last: bool) -> Iterator[dict[str, Any]]:
    """Yield the marks at the ends: a point where the bound is given, an arrow where it is open."""
    look = {"y": y, "colour": ONE_COLOUR, "fill": ONE_COLOUR if is_last else PAPER, "size": _POINT, "width": _STROKE}
    if figure.low is not None or figure.high is None:
        yield look | {"x": low, "shape": "circle"}
    elif high > low:
        yield look | {"x": low, "shape": "triangle-left", "fill": ONE_COLOUR}
    if figure.high is not None and (figure.low is None or high > low + 1):
        yield look | {"x": high, "shape": "circle"}
    elif figure.high is None and figure.low is not None:
        yield look | {"x": high, "shape": "triangle-right", "fill": ONE_COLOUR}


def _label(figure: Figure, has_others: bool) -> str:
    told = wording.figure(figure).rpartition(f" {_noun(figure)}")[0] or wording.figure(figure)
    return f"{told} ({figure.published[:10]})" if has_others and figure.published else told


def _noun(figure: Figure) -> str:
    return wording.figure(figure).split()[-1]
