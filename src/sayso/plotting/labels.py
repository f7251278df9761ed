"""Where words stand beside marks so that none covers another: the most important first, those without room left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.plotting.lettering import Box, width_of

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark that wants a label: its middle and radius in pixels, and the words.

    ``height`` is how far it reaches up and down where that is not its radius; ``shorter`` are words for where the
    whole ones have no room.
    """

    x: float
    y: float
    radius: float
    words: str
    height: float | None = None
    shorter: str = ""


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
    nor labels before it. Boxes of the marks themselves may be among those taken: a label keeps clear of its own.
    """
    occupied = list(taken)
    labels = []
    for spot in spots:
        label = next((x for x in _around(spot, size) if _free(x.box, occupied, within)), None)
        if label:
            labels.append(label)
            occupied.append(label.box)
    return labels


def _around(spot: Spot, size: float) -> Iterable[Label]:
    half, beside = size * 0.62, spot.radius + 4
    reach = (spot.radius if spot.height is None else spot.height) + half + 2
    for words in filter(None, (spot.words, spot.shorter)):
        width = width_of(words, size)
        for align, x, y in (
            ("left", spot.x + beside, spot.y),
            ("right", spot.x - beside, spot.y),
            ("center", spot.x, spot.y - reach),
            ("center", spot.x, spot.y + reach),
        ):
            left = {"left": x, "right": x - width, "center": x - width / 2}[align]
            yield Label(x, y, words, align, Box(left, y - half, left + width, y + half))  # type: ignore[arg-type]


def _free(box: Box, occupied: Sequence[Box], within: Box) -> bool:
    inside = (
        box.left >= within.left and box.right <= within.right and box.top >= within.top and box.bottom <= within.bottom
    )
    return inside and not any(box.meets(other) for other in occupied)
