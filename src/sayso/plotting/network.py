"""The network: who acts towards whom. An arrow goes from who acts to who is acted upon, the thicker the more events."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import numpy as np

from sayso.errors import PlotError
from sayso.plotting.balance import MOSTLY_IN_WORDS, balance, balance_key
from sayso.plotting.circle import Seat, seats
from sayso.plotting.curves import Curve, curve_between
from sayso.plotting.heading import ON_WHOSE_WORD, Chart, Heading, Scope, not_shown, number_of
from sayso.plotting.keys import LINE, Entry
from sayso.plotting.lettering import shortened, unlike, width_of, wrapped
from sayso.plotting.paths import across, curve_path, down, paths, words
from sayso.plotting.periods import period_of
from sayso.plotting.tables import Rows, taken
from sayso.plotting.theme import BALANCE, INK, PAPER, QUIET, TEXT_SIZE, WIDTH
from sayso.plotting.ties import COLUMNS, Tie, Ties, ties

MOST_ACTORS = 30
"""Actors that are shown where the caller does not say."""
MOST_TIES = 90
"""Arrows that are drawn; weaker ones are counted in the subtitle."""

_NAME_SHARE = 0.25
"""Share of the width that names may take on each side."""
_THICKEST = 7.0
_BESIDE = 14
"""Pixels between an actor and the name."""


def network(rows: Rows, most: int = MOST_ACTORS, scope: Scope | None = None, width: int = WIDTH) -> Chart:
    """Return who acts towards whom, among the ``most`` actors with most events.

    ``rows`` are rows of the view ``events``. Raises PlotError where there is nothing to show.
    """
    scope = scope or Scope()
    if most < 2:
        raise PlotError("A network has at least two actors: ask for more.")
    table = taken(rows, COLUMNS, "network of events")
    if not table.num_rows:
        raise scope.nothing("events")
    found = ties(table, most)
    if not found.ties:
        raise PlotError(
            f"None of the {number_of(table.num_rows, 'event')} says who acted towards whom, so there is no network to "
            "show: widen the selection, or plot a timeline or a map."
        )
    heading = _heading(found, table.num_rows, period_of(table, "date"))
    return heading.around(_drawn(found, width), scope, width, _key(found))


def _drawn(found: Ties, width: int) -> Any:
    most_room = width * _NAME_SHARE
    labels = dict(zip(found.names, unlike(found.names.items(), most_room * 1.7, TEXT_SIZE), strict=True))
    lines = {actor: _two_lines(label, most_room) for actor, label in labels.items()}
    room = _BESIDE + max(width_of(line, TEXT_SIZE) for two in lines.values() for line in two)
    places, height = seats(list(found.names), found.ties, room, width - room)
    strength = _strength(found)
    strongest = max(sum(pair) for pair in strength.values())
    radius = {actor: 3 + 6 * math.sqrt(sum(pair) / strongest) for actor, pair in strength.items()}
    middle = np.array([width / 2, height / 2])
    arrows = [
        _arrow(
            tie,
            curve_between(
                places[tie.source], places[tie.target], middle, (radius[tie.source] + 1, radius[tie.target] + 2)
            ),
            _thickness(tie.count, found.ties[0].count),
            labels,
        )
        for tie in found.ties[MOST_TIES - 1 :: -1]
    ]
    nodes = [
        {
            "x": seat.x,
            "y": seat.y,
            "name": labels[actor],
            "acts": strength[actor][0],
            "is acted upon": strength[actor][1],
            "size": 4 * radius[actor] ** 2,
        }
        for actor, seat in places.items()
    ]
    layers = [_lines(arrows), _heads(arrows), _nodes(nodes), *_names(places, lines)]
    return alt.layer(*layers).properties(width=width, height=height)


def _two_lines(label: str, room: float) -> list[str]:
    """Return a label as one line, or as two where it has no room on one."""
    first, *rest = wrapped(label, room, TEXT_SIZE)
    return [first, shortened(" ".join(rest), room, TEXT_SIZE)] if rest else [first]


def _strength(found: Ties) -> dict[str, tuple[int, int]]:
    """Return for each actor the number of ties in which it acts and in which it is acted upon."""
    strength = dict.fromkeys(found.names, (0, 0))
    for tie in found.ties:
        acts, is_acted_upon = strength[tie.source]
        strength[tie.source] = (acts + tie.count, is_acted_upon)
        acts, is_acted_upon = strength[tie.target]
        strength[tie.target] = (acts, is_acted_upon + tie.count)
    return strength


def _arrow(tie: Tie, curve: Curve, width: float, labels: dict[str, str]) -> dict[str, Any]:
    head = 7 + 1.7 * width
    ahead = curve.end - curve.at(0.96)
    ahead = ahead / max(1e-9, float(np.hypot(*ahead)))
    neck = curve.end - ahead * head * 0.45
    return {
        "path": curve_path(curve.start, curve.bend, neck),
        "x": round(float(curve.end[0] - ahead[0] * head * 0.45), 1),
        "y": round(float(curve.end[1] - ahead[1] * head * 0.45), 1),
        "angle": round(math.degrees(math.atan2(ahead[0], -ahead[1])), 1),
        "head": round(head**2, 1),
        "width": round(width, 2),
        "colour": BALANCE[balance(tie.conflict, tie.count)],
        "from": labels[tie.source],
        "to": labels[tie.target],
        "events": tie.count,
        "of them conflict": tie.conflict,
    }


def _thickness(count: int, most: int) -> float:
    """Return how thick the arrow for a number is, in pixels: its square goes with the number."""
    return max(0.8, _THICKEST * math.sqrt(count / most)) if most > 3 else 1.2 + 0.6 * count


_TOOLTIP = ["from:N", "to:N", "events:Q", "of them conflict:Q"]


def _lines(arrows: list[dict[str, Any]]) -> Any:
    return paths(arrows, _TOOLTIP, filled=False, strokeCap="butt", opacity=0.8).encode(
        stroke=alt.Stroke("colour:N", scale=None), strokeWidth=alt.StrokeWidth("width:Q", scale=None)
    )


def _heads(arrows: list[dict[str, Any]]) -> Any:
    return (
        alt.Chart(alt.InlineData(values=arrows))
        .mark_point(shape="M0,-0.9L0.62,0.5L0,0.2L-0.62,0.5Z", opacity=1, strokeWidth=0.6)
        .encode(
            x=across("x"),
            y=down("y"),
            angle=alt.Angle("angle:Q", scale=None),
            size=alt.Size("head:Q", scale=None),
            fill=alt.Fill("colour:N", scale=None),
            stroke=alt.value(PAPER),
            tooltip=_TOOLTIP,
        )
    )


def _nodes(nodes: list[dict[str, Any]]) -> Any:
    return (
        alt.Chart(alt.InlineData(values=nodes))
        .mark_point(shape="circle", opacity=1, fill=INK, stroke=PAPER, strokeWidth=1.5)
        .encode(
            x=across("x"),
            y=down("y"),
            size=alt.Size("size:Q", scale=None),
            tooltip=["name:N", "acts:Q", "is acted upon:Q"],
        )
    )


def _names(places: dict[str, Seat], lines: dict[str, list[str]]) -> list[Any]:
    charts = []
    for right, align in ((True, "left"), (False, "right")):
        rows = [
            {
                "x": seat.x + (_BESIDE if right else -_BESIDE),
                "y": seat.y + (number - (len(lines[actor]) - 1) / 2) * 14,
                "words": line,
            }
            for actor, seat in places.items()
            if seat.right is right
            for number, line in enumerate(lines[actor])
        ]
        if rows:
            charts.append(words(rows, align=align, fontSize=TEXT_SIZE, color=INK))
    return charts


def _key(found: Ties) -> list[Entry]:
    thickest = found.ties[0].count
    steps = sorted({max(1, thickest // 20), max(1, thickest // 4), thickest})
    sizes = [
        Entry(
            words=f"{count:,}",
            shape=LINE,
            stroke=_thickness(count, thickest),
            colour=QUIET,
        )
        for count in steps
    ]
    lead = Entry(words="events from who acts to who is acted upon:", shape="")
    return [lead, *sizes, *balance_key(LINE, stroke=3)]


def _heading(found: Ties, total: int, period: str) -> Heading:
    weak = len(found.ties) - MOST_TIES
    few = f"at most {number_of(found.ties[MOST_TIES].count, 'event')} each" if weak > 0 else ""
    others = found.actors - len(found.names)
    one_sided = (
        "names no two who act towards each other and"
        if found.one_sided == 1
        else "name no two who act towards each other and"
    )
    left_out = (
        not_shown(found.one_sided, total, "event", one_sided),
        not_shown(found.beyond, total, "event", f"with or among {number_of(others, 'weaker actor')}"),
        f"The {weak:,} weakest of {len(found.ties):,} arrows, of {few}, are not drawn." if weak > 0 else "",
    )
    return Heading(
        title=f"Who is reported to act towards whom{period}",
        shown=f"{number_of(found.events, 'event')} among {number_of(len(found.names), 'actor')} in "
        f"{number_of(found.documents, 'document')}",
        left_out=tuple(line for line in left_out if line),
        notes=(
            "An event counts for each pair of who acts and who is acted upon.",
            MOSTLY_IN_WORDS,
            ON_WHOSE_WORD["events"],
        ),
    )
