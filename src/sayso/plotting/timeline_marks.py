"""A timeline of few: one line for each event, its date on the left, what it says in words on the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import altair as alt

from sayso.plotting.keys import Entry
from sayso.plotting.lettering import BOLD, shortened, wrapped
from sayso.plotting.paths import words
from sayso.plotting.periods import Moment, Period, day_in_words, milliseconds, moment
from sayso.plotting.standing import Standing
from sayso.plotting.theme import HAIRLINE, INK, ONE_COLOUR, PAPER, QUADS, QUIET, TEXT_SIZE

FEW = 16
"""So many are still told one by one."""

_LINE, _BETWEEN, _GAP = 16, 8, 16
"""Pixels from line to line, between items, and between the dates and the words."""
_MOST_LINES = 3
_PLOT = 0.36
"""Share of the width that the dates have; the words have the rest."""
_NARROW, _PLOT_IN_NARROW = 480, 0.25
_SHAPES = {Standing.told: "circle", Standing.open: "diamond", Standing.denied: "cross"}
_SOLID = {Standing.told: 1.0, Standing.open: 0.25, Standing.denied: 0.0}


def told_event(row: Mapping[str, Any], room: float) -> dict[str, Any]:
    """Return an event in two lines: who to whom; then what, where, how certain, on whose word."""
    actors = ", ".join(row["actor_names"] or []) or "somebody"
    recipients = ", ".join(row["recipient_names"] or [])
    standing = Standing[row["standing"]]
    what = str(row["type"]).capitalize() + (f", {row['mode']}" if row["mode"] else "")
    voucher = f"on the word of {row['voucher_name']}" if row["voucher_name"] else ""
    told = "" if standing is Standing.told else standing.value
    name, colour = QUADS.get(int(row["quad"] or 0), ("unknown class", QUIET))
    return {
        "head": shortened(f"{actors} → {recipients}" if recipients else actors, room / BOLD, TEXT_SIZE),
        "detail": " · ".join(part for part in (what, row["place_name"], told, voucher) if part),
        "standing": standing.value,
        "shape": _SHAPES[standing],
        "solid": _SOLID[standing],
        "class": name,
        "colour": colour,
    }


def told_statement(row: Mapping[str, Any], room: float) -> dict[str, Any]:
    """Return a statement in two lines: who, by what act and where; then what."""
    who = row["speaker_name"] or "an unnamed source"
    head = f"{who} · {row['act']}" + (f" · {row['publisher']}" if row["publisher"] else "")
    return {
        "head": shortened(head, room / BOLD, TEXT_SIZE),
        "detail": f"“{row['content']}”" if row["content"] else row["kind"],
        "standing": Standing.told.value,
        "shape": _SHAPES[Standing.told],
        "solid": _SOLID[Standing.told],
        "class": row["kind"],
        "colour": ONE_COLOUR,
    }


def room_for_words(width: int) -> float:
    """Return how many pixels a line of words may have."""
    return width - _plot(width) - _GAP


def _plot(width: int) -> int:
    return round(width * (_PLOT if width >= _NARROW else _PLOT_IN_NARROW))


def mark_rows(told: Iterable[tuple[str, dict[str, Any]]], room: float) -> list[dict[str, Any]]:
    """Return one mapping for each dated item, the earliest first: the days that its date leaves possible, the words.

    ``y`` is the middle of the item's part of the picture, which is as high as its ``lines`` ask for.
    """
    dated = [(at, said) for date, said in told if (at := moment(date))]
    dated.sort(key=lambda pair: (pair[0].day, -pair[0].precision))
    rows = []
    top = 0
    for at, said in dated:
        when = day_in_words(at.day) if at.precision is Period.day else at.precision.in_words(at.day)
        lines = _lines(f"{when} · {said['detail']}", room)
        height = _BETWEEN + _LINE * (1 + len(lines))
        place = {"y": top + height / 2, "height": height, "start": milliseconds(at.day), "end": _end(at)}
        rows.append(said | place | {"date": when, "lines": lines})
        top += height
    return rows


def _lines(detail: str, room: float) -> list[str]:
    """Return the detail as at most three lines."""
    lines = wrapped(detail, room, TEXT_SIZE)
    return (
        lines
        if len(lines) <= _MOST_LINES
        else [*lines[: _MOST_LINES - 1], shortened(" ".join(lines[2:]), room, TEXT_SIZE)]
    )


def _end(at: Moment) -> int:
    return milliseconds(at.precision.after(at.day) - timedelta(days=1))


def marks(rows: list[dict[str, Any]], width: int) -> Any:
    """Return the chart: dots for days, lines for months and years, words beside them."""
    plot = _plot(width)
    height = sum(row["height"] for row in rows)
    domain = _domain(rows)
    base = alt.Chart(alt.InlineData(values=rows))
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], reverse=True, nice=False), axis=None)
    axis = alt.Axis(
        title=None,
        tickCount=3,
        labelOverlap="greedy",
        labelSeparation=10,
        orient="top",
        format=_format(domain),
        offset=2,
    )
    time: dict[str, Any] = {"scale": alt.Scale(type="utc", domain=domain, nice=False), "axis": axis}
    tooltip = ["date:N", "head:N", "detail:N", "class:N", "standing:N"]
    colour = alt.Color("colour:N", scale=None)
    guide = base.mark_rule(color=HAIRLINE, strokeWidth=0.6).encode(x=alt.value(0), x2=alt.value(plot), y=y)
    spans = base.mark_rule(strokeWidth=4, opacity=0.5).encode(
        x=alt.X("start:T", **time), x2="end:T", y=y, color=colour, tooltip=tooltip
    )
    backs = _dots(base, time, y).encode(fill=alt.value(PAPER), stroke=alt.value(PAPER))
    dots = _dots(base, time, y).encode(
        stroke=alt.Stroke("colour:N", scale=None),
        fill=alt.Fill("colour:N", scale=None),
        fillOpacity=alt.FillOpacity("solid:Q", scale=None),
        tooltip=tooltip,
    )
    layers = [guide, spans, backs, dots, *_words(rows, plot + _GAP)]
    return alt.layer(*layers).properties(width=plot, height=height)


def _words(rows: list[dict[str, Any]], left: float) -> list[Any]:
    """Return what is said of each item: who in bold, and the lines under it."""
    heads, details = [], []
    for row in rows:
        top = row["y"] - _LINE * len(row["lines"]) / 2
        heads.append({"x": left, "y": top, "words": row["head"]})
        details += [{"x": left, "y": top + _LINE * n, "words": line} for n, line in enumerate(row["lines"], start=1)]
    return [
        words(heads, align="left", fontSize=TEXT_SIZE, color=INK, fontWeight="bold"),
        words(details, align="left", fontSize=TEXT_SIZE, color=QUIET),
    ]


def _dots(base: alt.Chart, time: dict[str, Any], y: alt.Y) -> Any:
    middle = base.transform_calculate(middle="(datum.start + datum.end) / 2")
    points = middle.mark_point(size=90, strokeWidth=1.6, opacity=1)
    return points.encode(x=alt.X("middle:T", **time), y=y, shape=alt.Shape("shape:N", scale=None))


def mark_key(rows: list[dict[str, Any]]) -> list[Entry]:
    """Return what the colours and, where they differ, the shapes of the marks mean."""
    classes = {row["class"]: row["colour"] for row in rows}
    coloured = [
        Entry(words=name, shape="circle", colour=colour)
        for name, colour in QUADS.values()
        if classes.get(name) == colour
    ]
    standings = {row["standing"] for row in rows}
    shaped = [
        Entry(words=s.value, shape=_SHAPES[s], solid=_SOLID[s], begins_line=s is Standing.told)
        for s in Standing
        if s.value in standings
    ]
    return [*coloured, *(shaped if standings != {Standing.told.value} else [])]


def _domain(rows: list[dict[str, Any]]) -> list[float]:
    first, last = min(row["start"] for row in rows), max(row["end"] for row in rows)
    margin = max((last - first) * 0.06, 86_400_000 * 1.5)
    return [first - margin, last + margin]


def _format(domain: list[float]) -> str:
    days = (domain[1] - domain[0]) / 86_400_000
    return "%-d %b %Y" if days <= 200 else "%b %Y" if days <= 366 * 6 else "%Y"
