"""Where words stand beside marks so that none covers another: the most important first, those without room left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.plotting.lettering import Box, width_of

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark that wants a label: its middle and radius in pixels, and the words."""

    x: float
    y: float
    radius: float
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words that have a place: ``x`` is where they begin, end or are centred, ``y`` the middle of the line."""

    x: float
    y: float
    words: str
    align: Align
    box: Box


def placed(spots: Iterable[Spot], taken: Sequence[Box], within: Box, size: float) -> list[Label]:
    """Return labels in letters of so many pixels for as many spots, in their order, as find room within a box.

    A label stands to the right of its mark, to the left, above or below, where it first meets neither ``taken`` boxes
    nor labels before it.
    """
    occupied = list(taken)
    labels = []
    for spot in spots:
        own = Box(spot.x - 1, spot.y - 1, spot.x + 1, spot.y + 1)
        label = next((x for x in _around(spot, size) if _free(x.box, occupied, within, own)), None)
        if label:
            labels.append(label)
            occupied.append(label.box)
    return labels


def _around(spot: Spot, size: float) -> Iterable[Label]:
    width, half = width_of(spot.words, size), size * 0.62
    beside = spot.radius + 4
    for align, x, y in (
        ("left", spot.x + beside, spot.y),
        ("right", spot.x - beside, spot.y),
        ("center", spot.x, spot.y - spot.radius - half - 2),
        ("center", spot.x, spot.y + spot.radius + half + 2),
    ):
        left = {"left": x, "right": x - width, "center": x - width / 2}[align]
        yield Label(x, y, spot.words, align, Box(left, y - half, left + width, y + half))  # type: ignore[arg-type]


def _free(box: Box, occupied: Sequence[Box], within: Box, own: Box) -> bool:
    inside = (
        box.left >= within.left and box.right <= within.right and box.top >= within.top and box.bottom <= within.bottom
    )
    return inside and not any(box.meets(other) for other in occupied if not _same_mark(other, own))


def _same_mark(other: Box, own: Box) -> bool:
    """Say whether a box is that of the mark itself, which its own label stands clear of anyway."""
    return (
        abs(other.left + other.right - own.left - own.right) < 1
        and abs(other.top + other.bottom - own.top - own.bottom) < 1
    )
