"""The map: where what is reported is said to have happened, one mark for each place, sized by number.

Marks are never moved apart: places that are one on the map stay one over the other, the smaller on top.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from sayso.errors import PlotError
from sayso.plotting.balance import MOSTLY_IN_WORDS, balance, balance_key
from sayso.plotting.heading import ON_WHOSE_WORD, Chart, Heading, Scope, not_shown, number_of
from sayso.plotting.keys import Entry
from sayso.plotting.labels import Label, Spot, placed
from sayso.plotting.lettering import BOLD, Box, one_line, shortened, width_of
from sayso.plotting.paths import across, closed_path, dots_path, down, paths, words
from sayso.plotting.periods import period_of
from sayso.plotting.place_counts import COLUMNS, PlaceCounts, Precision, Spotted, by_place
from sayso.plotting.projection import Frame, frame_for
from sayso.plotting.tables import Rows, counted, taken
from sayso.plotting.theme import BALANCE, HAIRLINE, INK, LAND, NOTE_SIZE, PAPER, QUIET, WIDTH
from sayso.plotting.world import Outline, middle_of, outlines

MOST_PLACES = 600
"""Marks with a size; places with fewer events than all of these are dots."""

_LABELS = 14
_SMALLEST = 2.2
"""Radius in pixels of the smallest mark that is still seen."""
_OBSTACLE = 6.0
"""Radius in pixels from which on a mark is not to be written over."""
_SHAPES = {Precision.site: "circle", Precision.region: "square", Precision.country: "diamond"}
_SOLID = {Precision.site: 0.6, Precision.region: 0.12, Precision.country: 0.12}

BOUNDARIES = (
    "Map: Natural Earth, public domain; it draws boundaries as they are in force on the ground, "
    "which is no statement on them."
)


def place_map(rows: Rows, scope: Scope | None = None, width: int = WIDTH) -> Chart:
    """Return events by place on a map: of the world, or of the region that holds all of them.

    ``rows`` are rows of the view ``events``. The shape of a mark says how precisely its place is known, the colour
    which way the events go. Raises PlotError where there is nothing to show.
    """
    scope = scope or Scope()
    table = taken(rows, COLUMNS, "map of events")
    if not table.num_rows:
        raise scope.nothing("events")
    found = by_place(table)
    if not found.places:
        raise PlotError(
            f"None of the {number_of(table.num_rows, 'event')} is at a place that could be resolved, so there is no "
            "map to show: widen the selection, or plot a timeline or a network."
        )
    scale = Scale.of(found.places)
    frame = frame_for(np.array([[place.lon, place.lat] for place in found.places]), width)
    documents = counted(table, "SELECT count(DISTINCT document) AS n FROM t WHERE lat IS NOT NULL")[0]["n"]
    heading = _heading(table.num_rows, documents, found, period_of(table, "date"))
    return heading.around(_drawn(found.places, frame, scale), scope, width, _key(found.places, scale))


class Scale:
    """How large a mark is: its area goes with the number, down to the smallest that is still seen."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.radius = min(26.0, 5.0 + 3.0 * math.log2(most))

    @classmethod
    def of(cls, places: list[Spotted]) -> Scale:
        """Return the scale for places."""
        return cls(max(place.count for place in places))

    def of_count(self, count: int) -> float:
        """Return the radius for a number, in pixels."""
        return max(_SMALLEST, self.radius * math.sqrt(count / self.most))

    def steps(self) -> list[int]:
        """Return numbers for the key: the largest round one, and one or two smaller ones that look different."""
        power = 10 ** int(math.log10(self.most))
        largest = max(n * power for n in (1, 2, 5) if n * power <= self.most)
        return sorted({max(1, largest // 20), max(1, largest // 4), largest})


def _drawn(places: list[Spotted], frame: Frame, scale: Scale) -> Any:
    seen = list(outlines(frame))
    degrees = np.array([[place.lon, place.lat] for place in places])
    degrees[:, 0] = frame.from_middle(degrees[:, 0])
    pixels = frame.pixels(degrees)
    strong = places[:MOST_PLACES]
    spots = [
        Spot(float(x), float(y), scale.of_count(place.count), shortened(place.name, 150, NOTE_SIZE))
        for place, (x, y) in zip(strong, pixels, strict=False)
    ]
    marks = [_mark(place, spot) for place, spot in zip(strong, spots, strict=True)]
    boxes = [
        Box(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots if s.radius >= _OBSTACLE
    ]
    edge = Box(2, 2, frame.width - 2, frame.height - 2)
    names = placed(spots[:_LABELS], boxes, edge, NOTE_SIZE * BOLD)
    taken = [*boxes, *(label.box for label in names)]
    lands = _country_names(seen, frame, taken, edge, {label.words for label in names}) if frame.region else []
    dots = _dots(places[MOST_PLACES:], pixels[MOST_PLACES:]) if len(places) > MOST_PLACES else []
    layers = [
        *_land(seen, frame),
        *_written(lands, QUIET, "normal"),
        *dots,
        _marks(marks),
        *_written(names, INK, "bold"),
    ]
    stroke = HAIRLINE if frame.region else None
    return alt.layer(*layers).properties(
        width=frame.width, height=frame.height, view=alt.ViewBackground(stroke=stroke, fill=PAPER)
    )


def _dots(places: list[Spotted], pixels: NDArray[np.float64]) -> list[Any]:
    """Return the places that have no mark of their own: dots, one for all that fall on the same few pixels."""
    step = 2 if len(places) < 20_000 else 4
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for place, (x, y) in zip(places, pixels, strict=True):
        cell = sums[round(x / step) * step, round(y / step) * step]
        cell[0] += place.count
        cell[1] += place.conflict
    cells: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for point, (count, conflict) in sorted(sums.items()):
        cells[BALANCE[balance(conflict, count)]].append(point)
    rows = [{"path": dots_path(points), "colour": colour} for colour, points in cells.items()]
    drawn = paths(rows, filled=False, strokeCap="round", strokeWidth=2 * _SMALLEST - 1, aria=False, opacity=0.7)
    return [drawn.encode(stroke=alt.Stroke("colour:N", scale=None))]


def _mark(place: Spotted, spot: Spot) -> dict[str, Any]:
    way = balance(place.conflict, place.count)
    return {
        "x": round(spot.x, 1),
        "y": round(spot.y, 1),
        "size": round(4 * spot.radius**2, 1),
        "shape": _SHAPES[place.precision],
        "solid": _SOLID[place.precision],
        "colour": BALANCE[way],
        "place": one_line(place.name)[:120],
        "country": place.country or "",
        "events": place.count,
        "of them conflict": place.conflict,
        "precision": place.precision.value,
    }


def _land(seen: list[Outline], frame: Frame) -> list[Any]:
    """Return the countries, and for the world its edge."""
    rows = [{"path": closed_path(outline.rings)} for outline in seen]
    land = paths(rows, fill=LAND, stroke=PAPER, strokeWidth=1 if frame.region else 0.6, clip=True, aria=False)
    if frame.region:
        return [land] if rows else []
    edge = [{"path": closed_path([frame.pixels(frame.edge())])}]
    return [paths(edge, fill=PAPER, stroke=HAIRLINE, strokeWidth=0.8, aria=False), land]


def _marks(marks: list[dict[str, Any]]) -> Any:
    return (
        alt.Chart(alt.InlineData(values=marks))
        .mark_point(opacity=1, strokeWidth=1.2)
        .encode(
            x=across("x"),
            y=down("y"),
            size=alt.Size("size:Q", scale=None),
            shape=alt.Shape("shape:N", scale=None),
            stroke=alt.Stroke("colour:N", scale=None),
            fill=alt.Fill("colour:N", scale=None),
            fillOpacity=alt.FillOpacity("solid:Q", scale=None),
            tooltip=["place:N", "country:N", "events:Q", "of them conflict:Q", "precision:N"],
        )
    )


def _written(labels: list[Label], colour: str, weight: str) -> list[Any]:
    """Return labels in ink on a halo of paper, so that they are read on any ground."""
    halo = {"stroke": PAPER, "strokeWidth": 3, "strokeJoin": "round", "opacity": 0.85}
    layers = []
    for look in (halo, {}):
        for align in ("left", "right", "center"):
            rows = [{"x": round(x.x, 1), "y": round(x.y, 1), "words": x.words} for x in labels if x.align == align]
            if rows:
                layers.append(words(rows, align=align, fontSize=NOTE_SIZE, color=colour, fontWeight=weight, **look))
    return layers


def _country_names(seen: list[Outline], frame: Frame, taken: list[Box], edge: Box, said: set[str]) -> list[Label]:
    """Return the names of the countries that have room for theirs, where no place is named the same."""
    labels = []
    for outline in seen:
        middle = middle_of(outline, frame)
        if middle is None or outline.name in said:
            continue
        x, y, room = middle
        width = width_of(outline.name, NOTE_SIZE)
        box = Box(x - width / 2, y - 7, x + width / 2, y + 7)
        inside = box.left >= edge.left and box.right <= edge.right and box.top >= edge.top and box.bottom <= edge.bottom
        if inside and width < room and not any(box.meets(other) for other in taken):
            labels.append(Label(x, y, outline.name, "center", box))
            taken = [*taken, box]
    return labels


def _key(places: list[Spotted], scale: Scale) -> list[Entry]:
    sizes = [
        Entry(words=f"{count:,}", shape="circle", solid=0.15, size=4 * scale.of_count(count) ** 2)
        for count in scale.steps()
    ]
    lead = Entry(words="events:", shape="")
    precisions = {place.precision for place in places}
    shapes = [
        Entry(words=precision.value, shape=_SHAPES[precision], solid=_SOLID[precision])
        for precision in Precision
        if precision in precisions
    ]
    return [lead, *sizes, *shapes, *balance_key("circle")]


def _heading(total: int, documents: int, found: PlaceCounts, period: str) -> Heading:
    shown = sum(place.count for place in found.places)
    not_told = sum(place.not_told for place in found.places)
    open_ = f", {not_told:,} of them denied, possible or hypothetical" if not_told else ""
    many = number_of(len(found.places), "place")
    dots = found.places[MOST_PLACES:]
    small = f"{len(dots):,} of {many}, with at most {number_of(dots[0].count, 'event')} each, are dots." if dots else ""
    left_out = (
        small,
        not_shown(found.nowhere, total, "event", f"{'has' if found.nowhere == 1 else 'have'} no place and"),
        not_shown(found.unresolved, total, "event", "at places that could not be resolved"),
    )
    return Heading(
        title=f"Places of reported events{period}",
        shown=f"{number_of(shown, 'event')} at {many} in {number_of(documents, 'document')}{open_}",
        left_out=tuple(line for line in left_out if line),
        notes=(ON_WHOSE_WORD["events"], MOSTLY_IN_WORDS, BOUNDARIES),
    )
