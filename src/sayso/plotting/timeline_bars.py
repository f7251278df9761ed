"""A timeline of many: bars over time, one row of them for each group, counted before anything is drawn.

What is told as certain or probable stands above the line; what is left open or denied hangs below it, paler: the three
are never one bar.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import altair as alt

from sayso.plotting.keys import Entry
from sayso.plotting.periods import Period, Range, milliseconds, moment
from sayso.plotting.standing import FILLS, Standing
from sayso.plotting.theme import INK, QUADS, QUIET, TEXT_SIZE
from sayso.plotting.timeline_groups import REST, By, Cell, Group

_HEIGHTS = ((2, 150), (4, 96), (9, 64), (17, 46))
AXIS = 44
"""Pixels to the left of the bars, for the numbers."""


def bar_rows(found: Iterable[Cell], shown: list[Group], over: Range) -> list[dict[str, Any]]:
    """Return one mapping for each bar: where it begins and ends, its group, standing, number and what to say of it."""
    keys = {group.key for group in shown}
    sums: dict[tuple[str, date, Standing], int] = defaultdict(int)
    for cell in found:
        at = moment(cell.date)
        if cell.group is not None and at is not None and over.holds(at):
            key = cell.group if cell.group in keys else REST
            sums[key, over.period.start(at.day), Standing[cell.standing]] += cell.count
    names = {group.key: group.name for group in shown}
    rows = []
    for (key, start, standing), count in sorted(sums.items()):
        below = sums.get((key, start, Standing.open), 0) if standing is Standing.denied else 0
        from_, to = (0, count) if standing is Standing.told else (-below, -below - count)
        rows.append(
            {
                "group": names[key],
                "start": milliseconds(start),
                "end": milliseconds(over.period.after(start)),
                "standing": standing.value,
                "solid": FILLS[standing],
                "from": from_,
                "to": to,
                "count": count,
                "period": over.period.in_words(start),
            }
        )
    return rows


def bars(rows: list[dict[str, Any]], shown: list[Group], over: Range, width: int, own_scales: bool) -> Any:
    """Return the chart; with ``own_scales`` each row has a scale of numbers of its own."""
    plot = width - AXIS
    totals: dict[str, int] = defaultdict(int)
    for row in rows:
        totals[row["group"]] += row["count"]
    headed = {group.name: f"{group.name} · {totals[group.name]:,}" for group in shown}
    data = [row | {"group": headed[row["group"]], "end": _with_gap(row, over, plot)} for row in rows]
    height = next((height for most, height in _HEIGHTS if len(shown) <= most), 40)
    extent = [milliseconds(over.first), milliseconds(over.end)]
    x = alt.X(
        "start:T",
        scale=alt.Scale(type="utc", domain=extent, nice=False),
        axis=alt.Axis(
            title=None,
            grid=False,
            tickCount=8,
            tickMinStep=86_400_000,
            labelOverlap="greedy",
            labelSeparation=12,
            format=_format(over),
        ),
    )
    y = alt.Y("from:Q", **_numbers(rows, height, own_scales))
    colours = {headed[group.name]: group.colour for group in shown}
    colour = alt.Scale(domain=list(colours), range=list(colours.values()))
    marks = (
        alt.Chart()
        .mark_bar(strokeWidth=0.8)
        .encode(
            x=x,
            x2="end:T",
            y=y,
            y2="to:Q",
            color=alt.Color("group:N", scale=colour, legend=None),
            stroke=alt.Stroke("group:N", scale=colour, legend=None),
            fillOpacity=alt.FillOpacity("solid:Q", scale=None),
            tooltip=["group:N", "period:N", "standing:N", alt.Tooltip("count:Q", format=",d")],
        )
    )
    line = alt.Chart().mark_rule(color=QUIET, strokeWidth=0.8).encode(y=alt.datum(0))
    chart = (
        alt.layer(marks, line, data=alt.InlineData(values=data))
        .properties(width=plot, height=height)
        .facet(
            facet=alt.Facet(
                "group:N",
                sort=list(colours),
                header=alt.Header(
                    labelAnchor="start", labelFontSize=TEXT_SIZE, labelColor=INK, labelPadding=4, title=None
                ),
            ),
            columns=1,
            spacing=14,
        )
    )
    return chart.resolve_scale(y="independent") if own_scales else chart


def differ_much(rows: list[dict[str, Any]]) -> bool:
    """Say whether the tallest bars of two rows differ so much that on one scale the lower would not be seen."""
    tallest: dict[str, int] = defaultdict(int)
    for row in rows:
        tallest[row["group"]] = max(tallest[row["group"]], row["count"])
    return max(tallest.values()) > 10 * min(tallest.values())


def _numbers(rows: list[dict[str, Any]], height: int, own_scale: bool) -> dict[str, Any]:
    """Return scale and axis for the numbers: whole ones, and those below the line without a sign."""
    axis: dict[str, Any] = {
        "title": None,
        "domain": False,
        "ticks": False,
        "labelExpr": "datum.value % 1 ? '' : format(abs(datum.value), ',d')",
        "minExtent": AXIS - 8,
        "maxExtent": AXIS - 8,
    }
    if own_scale:
        return {"axis": alt.Axis(**axis, tickCount=2, tickMinStep=1)}
    top, bottom = max(0, *(row["to"] for row in rows)), min(0, *(row["to"] for row in rows))
    step = _round_step((top - bottom) / (1.6 if height < 90 else 3))
    values = [step * n for n in range(-(-bottom // step), top // step + 1)]
    domain = [bottom - 0.03 * (top - bottom), top + 0.03 * (top - bottom)]
    return {"axis": alt.Axis(**axis, values=values), "scale": alt.Scale(domain=domain, nice=False)}


def _round_step(step: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50, ... that is no smaller."""
    power = 1
    while 10 * power < step:
        power *= 10
    return next((power * n for n in (1, 2, 5) if power * n >= step), 10 * power)


def bar_key(rows: list[dict[str, Any]], shown: list[Group], by: By) -> list[Entry]:
    """Return what the colours of types and the fills of the bars mean, nothing where all are alike."""
    used = {group.colour for group in shown}
    classes = [Entry(words=name, colour=colour) for name, colour in QUADS.values() if by == "type" and colour in used]
    found = {row["standing"] for row in rows}
    if found == {Standing.told.value}:
        return classes
    return [
        *classes,
        Entry(words="above the line:", shape="", begins_line=True),
        Entry(words=Standing.told.value),
        Entry(words="below it:", shape=""),
        *(Entry(words=standing.value, solid=FILLS[standing]) for standing in (Standing.open, Standing.denied)),
    ]


def _with_gap(row: dict[str, Any], over: Range, plot: int) -> float:
    """Return where a bar ends: a little before the next begins, where there is room for a gap."""
    length: float = row["end"] - row["start"]
    pixels = plot * length / (milliseconds(over.end) - milliseconds(over.first))
    return float(row["end"] - length * (min(2.0, 0.15 * pixels) / pixels if pixels > 3 else 0))


def _format(over: Range) -> str:
    """Return how the axis says a day."""
    days = (over.end - over.first).days
    if over.period >= Period.year:
        return "%Y"
    return "%-d %b %Y" if days <= 120 else "%b %Y"
