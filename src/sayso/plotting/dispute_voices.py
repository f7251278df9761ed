"""The voices of an occurrence over time: a row for each, a mark for each position it takes, ticks for who relays it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

import altair as alt

from sayso.corroboration import wording
from sayso.corroboration.occurrence import Occurrence, Position, Report, Voice
from sayso.plotting.keys import Entry
from sayso.plotting.lettering import one_line, shortened, unlike, width_of
from sayso.plotting.paths import across, down, points, words
from sayso.plotting.periods import Period, moment
from sayso.plotting.theme import HAIRLINE, INK, NOTE_SIZE, PAPER, QUIET, TEXT_SIZE
from sayso.plotting.ticks import days

ROW: Final = 46
HEAD: Final = 26
AXIS: Final = 24
"""Pixels for a voice, for the name of a position above its voices, and for the axis."""

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
_UNDATED = 70
_LABEL = 70
"""Pixels for the name of a day."""
_TEXT = 240
_TOOLTIP = ["name:N", "position:N", "outlet:N", "published:N", "words:N"]


@dataclass(slots=True)
class Row:
    """One voice: where its row is, and what of it is drawn."""

    voice: Voice
    y: float
    reports: list[Report] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are shown, between two pixels, if any; what has no date stands to the right of them."""

    first: date | None
    last: date
    left: float
    right: float
    undated: float | None

    def at(self, published: str | None) -> float:
        """Return where a time of publication stands."""
        when = _instant(published)
        if when is None or self.first is None:
            return self.undated or self.right
        whole = (self.last - self.first).days or 1
        return self.left + (when - _midnight(self.first)) / timedelta(days=whole) * (self.right - self.left)


def _instant(published: str | None) -> datetime | None:
    """Return a time of publication to the minute, as its own clock has it; the first day of a month or year."""
    found = moment(published)
    if found is None or not published:
        return None
    try:
        if found.precision is Period.day and "T" in published:
            return datetime.fromisoformat(published).replace(tzinfo=None)
    except ValueError:
        pass
    return _midnight(found.day)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def rows_of(occurrence: Occurrence, voices: Iterable[Voice]) -> tuple[list[Row], list[tuple[Position, int, float]]]:
    """Return the rows of voices by position, from the top; the headings above them, with how many are independent."""
    shown = {voice.id for voice in voices}
    rows: list[Row] = []
    heads: list[tuple[Position, int, float]] = []
    top = 0.0
    for position, group in wording.of_position(occurrence):
        group = [voice for voice in group if voice.id in shown]
        if not group:
            continue
        heads.append((position, sum(voice.independent for voice in group), top + HEAD / 2))
        top += HEAD
        for voice in group:
            rows.append(Row(voice, top + ROW / 2, wording.reports_of(occurrence, voice)))
            top += ROW
    return rows, heads


def height_of(rows: Sequence[Row]) -> float:
    """Return how high the rows are, without the axis."""
    return max((row.y for row in rows), default=0.0) + ROW / 2


def span_of(rows: Iterable[Row], left: float, right: float) -> Span:
    """Return the days that hold all that was published, at least one on either side free."""
    found = [moment(report.published) for row in rows for report in row.reports]
    known = [at.day for at in found if at]
    has_undated = len(known) < len(found)
    end = right - (_UNDATED if has_undated else _LABEL / 4)
    undated = right - _UNDATED / 2 if has_undated else None
    if not known:
        return Span(None, date.max, left, end, undated)
    first, last = min(known), max(known)
    margin = timedelta(days=max(1, (last - first).days // 25))
    first = first - margin if first - date.min > margin else first
    last = last + margin if date.max - last > margin else last
    return Span(first, last, left, end, undated)


def names(rows: Sequence[Row], room: float) -> list[Any]:
    """Return the names of the voices with their own words for it below."""
    labels = unlike(((row.voice.id, wording.name(row.voice)) for row in rows), room - 10, TEXT_SIZE)
    called, said = [], []
    for row, label in zip(rows, labels, strict=True):
        told = {"x": room - 10, "name": wording.name(row.voice)[:_TEXT], "because": one_line(row.voice.because[:_TEXT])}
        own = _own_words(row.voice)
        if not row.voice.independent:
            own = f"not counted · {own}" if own else "not counted"
        called.append(told | {"y": row.y - (7 if own else 0), "words": label})
        if own:
            said.append(told | {"y": row.y + 8, "words": shortened(own, room - 10, NOTE_SIZE)})
    tooltip = ["name:N", "because:N"]
    drawn = [words(called, align="right", fontSize=TEXT_SIZE, color=INK).encode(tooltip=tooltip)]
    if said:
        drawn.append(words(said, align="right", fontSize=NOTE_SIZE, color=QUIET).encode(tooltip=tooltip))
    return drawn


def _own_words(voice: Voice) -> str:
    return ", ".join(f"“{one_line(word)}”" for word in voice.wording[:3])


def headings(heads: Iterable[tuple[Position, int, float]], width: float) -> list[Any]:
    """Return the names of the positions, above their voices, with a line across."""
    told = [{"x": 0, "x2": width, "y": y + HEAD / 2 - 3} for _, _, y in heads]
    lines = alt.Chart(alt.InlineData(values=told)).mark_rule(color=HAIRLINE, strokeWidth=0.8)
    named = [
        {"x": 0, "y": y, "words": f"{count:,} {wording.VERBS[position][count != 1]}"} for position, count, y in heads
    ]
    return [
        lines.encode(x=across("x"), x2="x2:Q", y=down("y")),
        words(named, align="left", fontSize=NOTE_SIZE, fontWeight="bold", color=QUIET),
    ]


def axis(span: Span, top: float, bottom: float) -> list[Any]:
    """Return the days: a line down for each tick, its name at the bottom."""
    most = max(2, int((span.right - span.left) / _LABEL))
    told: list[dict[str, Any]] = [
        {"x": round(span.at(day.isoformat()), 1), "y": top, "y2": bottom, "words": name}
        for day, name in (days(span.first, span.last, most) if span.first else [])
    ]
    if span.undated is not None:
        told = [tick for tick in told if tick["x"] < span.undated - 0.8 * _LABEL]
        told.append({"x": span.undated, "y": top, "y2": bottom, "words": "undated"})
    rules = alt.Chart(alt.InlineData(values=told)).mark_rule(color=HAIRLINE, strokeWidth=0.6)
    named = [row | {"y": bottom + AXIS / 2} for row in told]
    return [
        rules.encode(x=across("x"), y=down("y"), y2="y2:Q"),
        words(named, align="center", fontSize=NOTE_SIZE, color=QUIET),
    ]


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
    """Yield a mark for each day and position: what a voice said on one day, however often, is said once."""
    seen: dict[tuple[str, Position], Report] = {}
    for report in row.reports:
        seen.setdefault(((report.published or "")[:10], report.position), report)
    beside: dict[str, int] = {}
    for (day, position), report in seen.items():
        number = beside[day] = beside.get(day, -1) + 1
        x = span.at(report.published) + number * _STEP
        colour = COLOURS[position]
        yield _told(row.voice, report) | {
            "x": round(x, 1),
            "y": row.y - 6,
            "shape": SHAPES[position],
            "colour": colour,
            "fill": colour if position in _FILLED else PAPER,
            "size": _MARK,
            "width": 2.6 if position == "denies" else 1.6,
        }


def _relays(row: Row, span: Span) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a tick for each outlet and day that relays the voice, a short one for a copy; how many more there are."""
    by_day: dict[str, dict[str, Report]] = {}
    for report in row.reports:
        if report.publisher and report.publisher != row.voice.name:
            outlets = by_day.setdefault((report.published or "")[:10], {})
            outlets.setdefault(report.publisher, report)
    starts = {day: span.at(day or None) for day in by_day}
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
    end = span.right if span.undated is None else span.undated + _UNDATED / 2
    return min(start, max(span.left, end - wanted * _TICK_STEP)), wanted


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
                stroke=2.6 if position == "denies" else 1.6,
            )
    relayed = [report for voice, report in reports if report.publisher and report.publisher != voice.name]
    if any(not report.is_copy for report in relayed):
        yield Entry(words="an outlet that relays it", shape=TICK, size=_TICK, stroke=1.4)
    if any(report.is_copy for report in relayed):
        yield Entry(words="a copy", shape=TICK, size=_COPY, stroke=1.4)


def room_for(rows: Iterable[Row], width: float, share: float) -> float:
    """Return how wide the column of names is: as wide as the widest, within a share of the picture."""
    widest = [width_of(wording.name(row.voice), TEXT_SIZE) for row in rows]
    own = [width_of(_own_words(row.voice), NOTE_SIZE) for row in rows]
    return min(width * share, max([60.0, *widest, *own]) + 14)
