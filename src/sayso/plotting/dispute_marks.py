"""What the voices of an occurrence say when: a mark for each position that one takes, ticks for who relays it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, Final

import altair as alt

from sayso.corroboration import wording
from sayso.corroboration.occurrence import Position, Report, Voice
from sayso.plotting.dispute_days import Span
from sayso.plotting.dispute_voices import Row
from sayso.plotting.keys import Entry
from sayso.plotting.lettering import one_line
from sayso.plotting.paths import across, down, points, words
from sayso.plotting.theme import NOTE_SIZE, PAPER, QUIET

CROSS: Final = "M-1,-1L1,1M-1,1L1,-1"
TICK: Final = "M0,-1L0,1"
SHAPES: Final[dict[Position, str]] = {
    "asserts": "circle",
    "predicts": "triangle-right",
    "reports": "diamond",
    "doubts": "triangle-down",
    "denies": CROSS,
}
COLOURS: Final[dict[Position, str]] = {
    "asserts": "#542788",
    "predicts": "#8073ac",
    "reports": QUIET,
    "doubts": "#e08214",
    "denies": "#b35806",
}
_FILLED: Final = frozenset({"asserts", "predicts", "denies"})

_MARK, _STEP = 120, 11
_TICK, _COPY = 60, 16
_TICK_STEP = 5
_MOST_TICKS = 16
"""Ticks beside each other; more are told as a number."""
_NUMBER = 30
"""Pixels for that number."""
_TEXT = 240
_TOOLTIP = ["name:N", "position:N", "outlet:N", "published:N", "words:N"]


def marks(rows: Iterable[Row], span: Span) -> list[Any]:
    """Return what the voices say when: lines from their first to their last word, positions, and who relays them."""
    lines, taken, ticks, more = [], [], [], []
    for row in rows:
        own = list(_positions(row, span))
        taken += own
        dated = [mark["x"] for mark in own if mark["published"] != "undated"]
        if len(dated) > 1:
            lines.append({"x": min(dated), "x2": max(dated), "y": row.y - 6})
        relayed, beyond = _relays(row, span)
        ticks += relayed
        more += beyond
    drawn = []
    if lines:
        rules = alt.Chart(alt.InlineData(values=lines)).mark_rule(color="#b9b9b9", strokeWidth=1)
        drawn.append(rules.encode(x=across("x"), x2="x2:Q", y=down("y")))
    drawn += [points(some, _TOOLTIP) for some in (ticks, taken) if some]
    if more:
        drawn.append(words(more, align="left", fontSize=NOTE_SIZE, color=QUIET))
    return drawn


def _positions(row: Row, span: Span) -> Iterator[dict[str, Any]]:
    """Yield a mark for each day and position: what a voice said on one day, however often, is said once.

    Those of one day that would cover each other stand side by side, in their order.
    """
    said: dict[tuple[str, Position], Report] = {}
    for report in sorted(row.reports, key=span.of):
        said.setdefault((_day(report), report.position), report)
    free: dict[str, float] = {}
    for report in said.values():
        x = max(span.of(report), free.get(_day(report), span.left))
        free[_day(report)] = x + _STEP
        colour = COLOURS[report.position]
        yield _told(row.voice, report) | {
            "x": round(x, 1),
            "y": row.y - 6,
            "shape": SHAPES[report.position],
            "colour": colour,
            "fill": colour if report.position in _FILLED else PAPER,
            "size": _MARK,
            "width": _stroke(report.position),
        }


def _relays(row: Row, span: Span) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a tick for each outlet and day that relays the voice, a short one for a copy; how many more there are.

    The ticks of a day begin below the first mark of that day.
    """
    by_day: dict[str, dict[str, Report]] = {}
    for report in row.reports:
        if report.publisher and report.publisher != row.voice.name:
            outlets = by_day.setdefault(_day(report), {})
            outlets.setdefault(report.publisher, report)
    starts: dict[str, float] = {}
    for report in row.reports:
        if _day(report) in by_day:
            starts[_day(report)] = min(span.of(report), starts.get(_day(report), math.inf))
    ticks: list[dict[str, Any]] = []
    more: list[dict[str, Any]] = []
    for day, outlets in by_day.items():
        reports = sorted(outlets.values(), key=lambda report: (report.is_copy, report.publisher))
        x, room = _room(starts[day], starts.values(), len(reports), span)
        shown = reports if len(reports) <= room else reports[: max(1, room - _NUMBER // _TICK_STEP)]
        ticks += (_tick(row, report, x + n * _TICK_STEP) for n, report in enumerate(shown))
        if len(shown) < len(reports):
            end = x + len(shown) * _TICK_STEP
            more.append({"x": end, "y": row.y + 9, "words": f"+ {len(reports) - len(shown):,}"})
    return ticks, more


def _room(start: float, starts: Iterable[float], count: int, span: Span) -> tuple[float, int]:
    """Return where the ticks of a day begin, and how many have room before those of the next day that has any."""
    after = min((other for other in starts if other > start + 0.5), default=None)
    wanted = min(count, _MOST_TICKS + _NUMBER // _TICK_STEP)
    if after is not None:
        return start, min(wanted, int((after - start) / _TICK_STEP))
    return min(start, max(span.left, span.end - wanted * _TICK_STEP)), wanted


def _tick(row: Row, report: Report, x: float) -> dict[str, Any]:
    return _told(row.voice, report) | {
        "x": round(x, 1),
        "y": row.y + 9,
        "shape": TICK,
        "colour": QUIET,
        "fill": QUIET,
        "size": _COPY if report.is_copy else _TICK,
        "width": 1.4,
    }


def _stroke(position: Position) -> float:
    """Return how wide the line of a mark is; a cross is nothing but its line."""
    return 2.6 if position == "denies" else 1.6


def _day(report: Report) -> str:
    return (report.published or "")[:10]


def _told(voice: Voice, report: Report) -> dict[str, Any]:
    return {
        "name": wording.name(voice)[:_TEXT],
        "position": report.position,
        "outlet": one_line((report.publisher or "not named")[:_TEXT]),
        "published": report.published or "undated",
        "words": one_line(report.sentence[:_TEXT]),
    }


def entries(rows: Iterable[Row]) -> Iterator[Entry]:
    """Yield the key to the marks that are there."""
    reports = [(row.voice, report) for row in rows for report in row.reports]
    used = {report.position for _, report in reports}
    for position in wording.POSITIONS:
        if position in used:
            yield Entry(
                words=position,
                shape=SHAPES[position],
                colour=COLOURS[position],
                solid=1.0 if position in _FILLED else 0.0,
                size=_MARK,
                stroke=_stroke(position),
            )
    relayed = [report for voice, report in reports if report.publisher and report.publisher != voice.name]
    if any(not report.is_copy for report in relayed):
        yield Entry(words="an outlet that relays it", shape=TICK, size=_TICK, stroke=1.4)
    if any(report.is_copy for report in relayed):
        yield Entry(words="a copy", shape=TICK, size=_COPY, stroke=1.4)
