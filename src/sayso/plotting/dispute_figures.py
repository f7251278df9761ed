"""The figures of an occurrence: for each kind of number a row for each voice that gives one, points and bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sayso.corroboration import wording
from sayso.corroboration.occurrence import Figure, Occurrence, Position, Range, Voice
from sayso.plotting.heading import not_shown
from sayso.plotting.lettering import width_of
from sayso.plotting.theme import NOTE_SIZE
from sayso.plotting.ticks import Scale, scale_of

MOST_KINDS: Final = 3
MOST_FIGURES: Final = 8
"""Figures of one voice and kind that are shown: the last ones, as many as can be told apart in a row."""
OPEN: Final = 26
"""Pixels of the arrow that says "or more", "or less"."""

_ROW, _HEAD, _AXIS, _GAP = 34, 30, 22, 10
_BESIDE = 14
"""Pixels between the greatest figure and the edge, its label left aside."""
_LABEL_SHARE = 0.4
"""The most that labels to the right of all figures take of the room."""


@dataclass(frozen=True, slots=True)
class Given:
    """A figure as a voice gave it, with the position that the voice took in that report, and its label."""

    figure: Figure
    position: Position
    number: str
    on: str = ""

    def label(self) -> str:
        """Return the number with its date, where the voice gives several: "14 (2025-03-11)"."""
        return f"{self.number} ({self.on})" if self.on else self.number


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of one kind that a voice gives: the last ones in their order; how many before them are not shown."""

    voice: Voice
    given: list[Given]
    earlier: int


@dataclass(frozen=True, slots=True)
class Block:
    """The figures of one kind: the voices that give one, with what each said in turn, from ``top`` downwards."""

    words: str
    rows: list[Told]
    scale: Scale
    top: float

    @property
    def first(self) -> float:
        """Where its first row begins."""
        return self.top + _HEAD

    @property
    def bottom(self) -> float:
        """Where its last row ends, its axis left aside."""
        return self.first + _ROW * len(self.rows)

    def y(self, row: int) -> float:
        """Return the middle of a row."""
        return self.first + _ROW * (row + 0.5)

    @property
    def named(self) -> float:
        """Where the numbers of its axis stand."""
        return self.bottom + _AXIS / 2


def blocks(occurrence: Occurrence, voices: Sequence[Voice], top: float, left: float, right: float) -> list[Block]:
    """Return the kinds that most voices give figures of, at most so many, one below the other."""
    positions = {report.id: report.position for report in occurrence.reports}
    found: list[Block] = []
    for whole in _kinds(occurrence)[:MOST_KINDS]:
        rows = [row for voice in voices for row in _told(voice, whole, positions)]
        figures = [given.figure for row in rows for given in row.given]
        bounds = [bound for figure in figures for bound in (figure.low, figure.high) if bound is not None]
        if not bounds:
            continue
        scale = scale_of(bounds, left, right - _room_beside(rows, right - left))
        found.append(Block(f"Figures: {wording.figure(whole)}{_of_scale(scale)}", rows, scale, top))
        top = found[-1].bottom + _AXIS + _GAP
    return found


def _kinds(occurrence: Occurrence) -> list[Range]:
    return sorted(occurrence.figures, key=lambda one: (-len(one.voices), one.kind))


def _told(voice: Voice, whole: Range, positions: dict[str, Position]) -> list[Told]:
    """Return the row of a voice, none where it gives no figure of the kind."""
    rows = []
    for figures in wording.moved(figure for figure in voice.figures if figure.kind == whole.kind):
        given = [
            Given(
                figure,
                positions.get(figure.report, voice.position),
                wording.number(figure),
                (figure.published or "")[:10] if len(figures) > 1 else "",
            )
            for figure in figures[-MOST_FIGURES:]
        ]
        rows.append(Told(voice, given, len(figures) - len(given)))
    return rows


def _room_beside(rows: Sequence[Told], room: float) -> float:
    """Return how many pixels are left free to the right of all figures, for an open bound and the widest label."""
    last = [row.given[-1] for row in rows]
    widest = max(width_of(given.label(), NOTE_SIZE) + (OPEN if given.figure.high is None else 0) for given in last)
    return min(_LABEL_SHARE * room, widest + _BESIDE)


def _of_scale(scale: Scale) -> str:
    if not scale.is_log:
        return ""
    return " (logarithmic scale)" if scale.nought is None else " (logarithmic scale, with 0 apart)"


def height_of(found: Sequence[Block]) -> float:
    """Return where the last block ends, its axis included."""
    return found[-1].bottom + _AXIS if found else 0.0


def left_out(occurrence: Occurrence, found: Sequence[Block]) -> list[str]:
    """Return a sentence for each kind of omission: figures that came before those shown, kinds of figures."""
    rows = [row for block in found for row in block.rows]
    earlier = sum(row.earlier for row in rows)
    total = earlier + sum(len(row.given) for row in rows)
    kinds = len(occurrence.figures)
    return [
        not_shown(earlier, total, "figure", f"older than the last {MOST_FIGURES} of a voice"),
        not_shown(kinds - len(found), kinds, "kind", "of figures, which fewest voices give,"),
    ]
