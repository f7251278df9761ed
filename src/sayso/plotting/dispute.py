"""A dispute: who says that something is so and who denies it, when each was heard, and in what numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import altair as alt

from sayso.corroboration import wording
from sayso.corroboration.occurrence import Occurrence, Report
from sayso.errors import PlotError
from sayso.plotting import dispute_bars as bars
from sayso.plotting import dispute_days as days
from sayso.plotting import dispute_figures as figures
from sayso.plotting import dispute_marks as marks
from sayso.plotting import dispute_voices as voices
from sayso.plotting.heading import Chart, Heading, Scope, not_shown, number_of
from sayso.plotting.periods import Period, moment
from sayso.plotting.theme import WIDTH

MOST_VOICES = 24
"""Voices that are shown where the caller does not say."""

NOT_JUDGED = "Shows who says so and who denies it; whether it happened is not judged."
COPIES = "Copies are drawn, and are no voices of their own."

_NAME_SHARE = 0.34


def dispute(occurrence: Occurrence, most: int = MOST_VOICES, scope: Scope | None = None, width: int = WIDTH) -> Chart:
    """Return an occurrence drawn: a row for each voice, by position, over the time of publication; below the figures.

    So many voices are shown, by turns of each position, and at least one of each: independent ones and those with most
    reports first. Raises PlotError where the occurrence has no voices.
    """
    if not occurrence.voices:
        raise PlotError(f"Nobody speaks of the occurrence {occurrence.id}: there is nothing to draw.")
    rows, heads = voices.rows_of(occurrence, voices.shown(occurrence, most))
    room = voices.room_for(rows, width, _NAME_SHARE)
    bottom = voices.height_of(rows)
    reports = [report for row in rows for report in row.reports]
    span = days.span_of(reports, days.moments(occurrence.reports), room + 10, width)
    ordered = [row.voice for row in rows]
    blocks = figures.blocks(occurrence, ordered, bottom + days.AXIS + 8, room + 10, width)
    layers = [
        *voices.headings(heads, width),
        *days.axis(span, heads[0].y + voices.HEAD / 2, bottom),
        *voices.names(rows, room),
        *marks.marks(rows, span),
    ]
    for block in blocks:
        layers += bars.drawn(block, room, width)
    height = figures.height_of(blocks) or bottom + days.AXIS
    picture = alt.layer(*layers).properties(width=width, height=height, view=alt.ViewBackground(stroke=None))
    heading = _heading(occurrence, len(rows), [*_rough(occurrence.reports), *figures.left_out(occurrence, blocks)])
    return heading.around(picture, replace(scope or Scope(), copies=None), width, list(marks.entries(rows)))


def _heading(occurrence: Occurrence, shown: int, left_out: Sequence[str]) -> Heading:
    place, when = wording.where(occurrence), wording.when(occurrence)
    told = [part for part in (place, when) if part]
    total = len(occurrence.voices)
    fewer = not_shown(total - shown, total, "voice", "with fewer reports than others of their position")
    return Heading(
        title=wording.headline(occurrence),
        shown=f"{' · '.join(told)} · {occurrence.status}: {wording.STATUSES[occurrence.status]}. "
        f"{wording.counts(occurrence)}, by date of publication",
        left_out=tuple(line for line in (fewer, *left_out) if line),
        notes=(NOT_JUDGED, COPIES),
    )


def _rough(reports: Sequence[Report]) -> list[str]:
    """Return a sentence for reports whose date is less precise than the others' and where they stand nevertheless."""
    imprecise = sum(1 for report in reports if _is_imprecise(report.published))
    timed = sum(1 for report in reports if days.has_time(report))
    untimed = sum(1 for report in reports if days.is_of_day(report)) - timed
    told = []
    if imprecise:
        told.append(f"{_of(imprecise, len(reports))} dated to a month or year: at its first day.")
    if timed and untimed:
        told.append(f"{_of(untimed, len(reports))} dated to a day alone: in its middle, no copy before its original.")
    return told


def _of(count: int, total: int) -> str:
    """Return "1 of 13 reports is", "2 of 13 reports are"."""
    return f"{count:,} of {number_of(total, 'report')} {'is' if count == 1 else 'are'}"


def _is_imprecise(published: str | None) -> bool:
    found = moment(published)
    return found is not None and found.precision is not Period.day
