"""The voices of an occurrence: which are shown, a row for each under the position it took last, and its own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import altair as alt

from sayso.corroboration import wording
from sayso.corroboration.occurrence import Occurrence, Position, Report, Voice
from sayso.plotting.lettering import one_line, shortened, unlike, width_of
from sayso.plotting.paths import across, down, words
from sayso.plotting.theme import HAIRLINE, INK, NOTE_SIZE, QUIET, TEXT_SIZE

ROW: Final = 46
HEAD: Final = 26
"""Pixels for a voice, and for the name of a position above its voices."""

_TEXT = 240


@dataclass(slots=True)
class Row:
    """One voice: where its row is, and what of it is drawn."""

    voice: Voice
    y: float
    reports: list[Report] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Head:
    """A position above the voices that take it: how many independent ones there are, how many of them are shown."""

    position: Position
    count: int
    shown: int
    y: float

    def in_words(self) -> str:
        """Return "26 deny it, 12 of them shown"."""
        told = f"{self.count:,} {wording.VERBS[self.position][self.count != 1]}"
        return told if self.shown == self.count else f"{told}, {self.shown:,} of them shown"


def shown(occurrence: Occurrence, most: int) -> list[Voice]:
    """Return so many voices, and at least one of each position: no side of a dispute goes missing.

    Positions take turns, so that one with few voices keeps them all beside one with many; within a position come
    independent voices first, then those with most reports.
    """
    turns = [
        ((turn > 0, not voice.independent, turn, len(group), voice.id), voice)
        for _, group in wording.of_position(occurrence)
        for turn, voice in enumerate(sorted(group, key=lambda v: (not v.independent, -len(v.reports), v.id)))
    ]
    positions = len({voice.position for voice in occurrence.voices})
    turns.sort(key=lambda turn: turn[0])
    return [voice for _, voice in turns[: max(most, positions)]]


def rows_of(occurrence: Occurrence, voices: Iterable[Voice]) -> tuple[list[Row], list[Head]]:
    """Return the rows of voices by position, from the top, and the headings above them."""
    drawn = {voice.id for voice in voices}
    rows: list[Row] = []
    heads: list[Head] = []
    top = 0.0
    for position, everyone in wording.of_position(occurrence):
        group = [voice for voice in everyone if voice.id in drawn]
        if not group:
            continue
        independent = sum(voice.independent for voice in everyone)
        heads.append(Head(position, independent, sum(voice.independent for voice in group), top + HEAD / 2))
        top += HEAD
        for voice in group:
            rows.append(Row(voice, top + ROW / 2, wording.reports_of(occurrence, voice)))
            top += ROW
    return rows, heads


def height_of(rows: Sequence[Row]) -> float:
    """Return how high the rows are, without the axis."""
    return max((row.y for row in rows), default=0.0) + ROW / 2


def names(rows: Sequence[Row], room: float) -> list[Any]:
    """Return the names of the voices with their own words for it below."""
    labels = unlike(((row.voice.id, wording.name(row.voice)) for row in rows), room - 10, TEXT_SIZE)
    called, said = [], []
    for row, label in zip(rows, labels, strict=True):
        told = {"x": room - 10, "name": wording.name(row.voice)[:_TEXT], "because": one_line(row.voice.because[:_TEXT])}
        below = _below(row.voice)
        called.append(told | {"y": row.y - (7 if below else 0), "words": label})
        if below:
            said.append(told | {"y": row.y + 8, "words": shortened(below, room - 10, NOTE_SIZE)})
    tooltip = ["name:N", "because:N"]
    drawn = [words(called, align="right", fontSize=TEXT_SIZE, color=INK).encode(tooltip=tooltip)]
    if said:
        drawn.append(words(said, align="right", fontSize=NOTE_SIZE, color=QUIET).encode(tooltip=tooltip))
    return drawn


def _below(voice: Voice) -> str:
    """Return what stands below a name: that the voice is not counted, and its own words for what happened."""
    own = ", ".join(f"“{one_line(word)}”" for word in voice.wording[:3])
    return " · ".join(part for part in ("" if voice.independent else "not counted", own) if part)


def headings(heads: Iterable[Head], width: float) -> list[Any]:
    """Return the names of the positions, above their voices, with a line across."""
    told = [{"x": 0, "x2": width, "y": head.y + HEAD / 2 - 3} for head in heads]
    lines = alt.Chart(alt.InlineData(values=told)).mark_rule(color=HAIRLINE, strokeWidth=0.8)
    named = [{"x": 0, "y": head.y, "words": head.in_words()} for head in heads]
    return [
        lines.encode(x=across("x"), x2="x2:Q", y=down("y")),
        words(named, align="left", fontSize=NOTE_SIZE, fontWeight="bold", color=QUIET),
    ]


def room_for(rows: Iterable[Row], width: float, share: float) -> float:
    """Return how wide the column of names is: as wide as the widest, within a share of the picture."""
    rows = list(rows)
    widest = [width_of(wording.name(row.voice), TEXT_SIZE) for row in rows]
    below = [width_of(_below(row.voice), NOTE_SIZE) for row in rows]
    return min(width * share, max([60.0, *widest, *below]) + 14)
