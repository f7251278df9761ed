"""Quotes: who is quoted how often, in whose words, by which act, by which publisher; over time see ``timeline``."""

from __future__ import annotations

import math
from typing import Any, Final, Literal

import altair as alt

from sayso.errors import PlotError
from sayso.plotting.heading import ON_WHOSE_WORD, Chart, Heading, Scope, not_shown, number_of
from sayso.plotting.keys import Entry
from sayso.plotting.lettering import shortened, unlike, width_of
from sayso.plotting.paths import across, down, words
from sayso.plotting.periods import period_of
from sayso.plotting.speakers import COLUMNS, KINDS, Speaker, Totals, frequent, shares, speakers, totals
from sayso.plotting.tables import Rows, taken
from sayso.plotting.theme import HAIRLINE, INK, NOTE_SIZE, ONE_COLOUR, PAPER, QUIET, SHARES, TEXT_SIZE, WIDTH

Split = Literal["kind", "act", "publisher"]

MOST_SPEAKERS = 20
"""Speakers that are shown where the caller does not say."""
MOST_ACTS = 10
MOST_PUBLISHERS = 4

_ROW = 24
_NAME_SHARE = 0.34
_HEAD = 26
"""Pixels above the first row, for the names of the columns."""
_WIDEST_ONE = 48
"""Pixels that one statement has at most: few statements are short bars."""
_COLOURS: Final = dict(zip(KINDS, SHARES, strict=True))


def quotes(
    rows: Rows, split: Split = "kind", most: int = MOST_SPEAKERS, scope: Scope | None = None, width: int = WIDTH
) -> Chart:
    """Return who is quoted how often, the ``most`` quoted first.

    ``rows`` are rows of the view ``statements``. ``split`` is what is told of each speaker: "kind", how many
    are direct, mixed and indirect; "publisher", the same for each of the publishers that quote most; "act", how
    many are denials, demands and so on. Raises PlotError where there is nothing to show.
    """
    scope = scope or Scope()
    if split not in {"kind", "act", "publisher"}:
        raise PlotError(f"Quotes are split by kind, act or publisher, not by {split}.")
    table = taken(rows, COLUMNS, "quotes")
    if not table.num_rows:
        raise scope.nothing("statements")
    counts = totals(table)
    if not counts.speakers:
        raise PlotError(
            f"None of the {number_of(counts.statements, 'statement')} has a known speaker, so there are no quotes to "
            "show: widen the selection, or plot a timeline of statements."
        )
    shown = speakers(table, most)
    column = "" if split == "kind" else split
    values = frequent(table, column, MOST_ACTS if split == "act" else MOST_PUBLISHERS) if column else [""]
    numbers = shares(table, shown, column)
    heading = _heading(counts, shown, values, split, numbers, period_of(table, "published"))
    room = _room(shown, width)
    if split == "act":
        drawn = alt.layer(*_names(shown, room), *_dots(shown, values, numbers, room, width))
        return heading.around(drawn.properties(**_size(shown, width)), scope, width)
    drawn = alt.layer(*_names(shown, room), *_bars(shown, values, numbers, room, width))
    used = {kind for _, value, kind in numbers if value in values}
    entries = [Entry(words=kind, colour=_COLOURS[kind]) for kind in KINDS if kind in used]
    return heading.around(drawn.properties(**_size(shown, width)), scope, width, entries)


def _size(shown: list[Speaker], width: int) -> dict[str, Any]:
    return {"width": width, "height": _ROW * len(shown), "view": alt.ViewBackground(stroke=None)}


def _room(shown: list[Speaker], width: int) -> float:
    """Return how wide the column of names is: as wide as the widest, within a third of the picture."""
    return min(width * _NAME_SHARE, max(width_of(speaker.name, TEXT_SIZE) for speaker in shown) + 12)


def _y(row: int) -> float:
    return _ROW * (row + 0.5)


def _names(shown: list[Speaker], room: float) -> list[Any]:
    """Return the names of the speakers, right-aligned at what is said of them."""
    labels = unlike(((speaker.id, speaker.name) for speaker in shown), room - 8, TEXT_SIZE)
    rows = [
        {"x": room - 8, "y": _y(n), "words": label, "name": speaker.name[:200], "statements": speaker.count}
        for n, (speaker, label) in enumerate(zip(shown, labels, strict=True))
    ]
    return [words(rows, align="right", fontSize=TEXT_SIZE, color=INK).encode(tooltip=["name:N", "statements:Q"])]


def _bars(
    shown: list[Speaker], values: list[str], numbers: dict[tuple[str, str, str], int], room: float, width: int
) -> list[Any]:
    """Return a stacked bar for each speaker and value, all on one scale, with its number behind it."""
    column = (width - room) / len(values)
    sums = {(s.id, v): sum(numbers.get((s.id, v, kind), 0) for kind in KINDS) for s in shown for v in values}
    most = max(1, *sums.values())
    number_room = width_of(f"{most:,}", NOTE_SIZE) + 10
    scale = min(_WIDEST_ONE, (column - number_room - 6) / most)
    bars, ends, heads = [], [], []
    for c, value in enumerate(values):
        left = room + c * column
        if value:
            heads.append({"x": left, "y": -_HEAD / 2, "words": shortened(value, column - 10, NOTE_SIZE)})
        for n, speaker in enumerate(shown):
            x = left
            for kind in KINDS:
                count = numbers.get((speaker.id, value, kind), 0)
                if count:
                    bar = {"x": x, "x2": x + count * scale, "y": _y(n), "colour": _COLOURS[kind], "kind": kind}
                    bars.append(bar | {"name": speaker.name[:200], "publisher": value, "statements": count})
                    x += count * scale
            if total := sums[speaker.id, value]:
                ends.append({"x": x + 5, "y": _y(n), "words": f"{total:,}"})
    tooltip = ["name:N", "kind:N", "statements:Q"] + (["publisher:N"] if values != [""] else [])
    marks = (
        alt.Chart(alt.InlineData(values=bars))
        .mark_bar(size=_ROW - 9, stroke=PAPER, strokeWidth=0.6)
        .encode(
            x=across("x"),
            x2="x2:Q",
            y=down("y"),
            color=alt.Color("colour:N", scale=None),
            tooltip=tooltip,
        )
    )
    return [marks, *(words(rows, align="left", fontSize=NOTE_SIZE, color=QUIET) for rows in (ends, heads) if rows)]


def _dots(
    shown: list[Speaker], acts: list[str], numbers: dict[tuple[str, str, str], int], room: float, width: int
) -> list[Any]:
    """Return a table of dots, a column for each act; the area of a dot goes with the number beside it."""
    column = (width - room) / len(acts)
    sums = {(s.id, act): sum(numbers.get((s.id, act, kind), 0) for kind in KINDS) for s in shown for act in acts}
    most = max(1, *sums.values())
    radius = min(_ROW / 2 - 2, 3 + 2 * math.log2(most))
    dots, ends, heads = [], [], []
    for c, act in enumerate(acts):
        middle = room + (c + 0.3) * column
        heads.append({"x": middle, "y": -_HEAD / 2, "words": act})
        for n, speaker in enumerate(shown):
            if count := sums[speaker.id, act]:
                r = max(1.2, radius * math.sqrt(count / most))
                dot = {"x": middle, "y": _y(n), "size": round(4 * r * r, 1), "name": speaker.name[:200], "act": act}
                dots.append(dot | {"statements": count})
                ends.append({"x": middle + radius + 3, "y": _y(n), "words": f"{count:,}"})
    lines = [{"x": room, "x2": width, "y": _y(n)} for n in range(len(shown))]
    x, y = across("x"), down("y")
    rules = alt.Chart(alt.InlineData(values=lines)).mark_rule(color=HAIRLINE, strokeWidth=0.6)
    marks = (
        alt.Chart(alt.InlineData(values=dots))
        .mark_point(shape="circle", opacity=1, filled=True, color=ONE_COLOUR)
        .encode(x=x, y=y, size=alt.Size("size:Q", scale=None), tooltip=["name:N", "act:N", "statements:Q"])
    )
    return [
        rules.encode(x=x, x2="x2:Q", y=y),
        marks,
        words(ends, align="left", fontSize=NOTE_SIZE, color=QUIET),
        words(heads, align="center", fontSize=NOTE_SIZE, color=QUIET),
    ]


def _heading(
    counts: Totals,
    shown: list[Speaker],
    values: list[str],
    split: Split,
    numbers: dict[tuple[str, str, str], int],
    period: str,
) -> Heading:
    those = sum(speaker.count for speaker in shown)
    rest, others = counts.statements - counts.unnamed - those, counts.speakers - len(shown)
    elsewhere = those - sum(count for (_, value, _), count in numbers.items() if value in values)
    of = f"by {number_of(others, 'other speaker')}"
    what = {"kind": "", "act": "acts", "publisher": "publishers"}[split]
    how = {"kind": "", "act": ", by act", "publisher": ", by publisher"}[split]
    left_out = (
        not_shown(counts.unnamed, counts.statements, "statement", f"{_has(counts.unnamed)} no known speaker and"),
        not_shown(rest, counts.statements, "statement", of),
        not_shown(elsewhere, counts.statements, "statement", f"of other {what}"),
    )
    return Heading(
        title=f"Who is quoted{period}",
        shown=f"{number_of(those, 'statement')} of {number_of(len(shown), 'speaker')} in "
        f"{number_of(counts.documents, 'document')}{how}",
        left_out=tuple(line for line in left_out if line),
        notes=(ON_WHOSE_WORD["statements"],),
    )


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
