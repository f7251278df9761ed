"""A dispute: who says that something is so and who denies it, when each was heard, and in what numbers."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from sayso.corroboration import wording
from sayso.corroboration.occurrence import Occurrence, Voice
from sayso.errors import PlotError
from sayso.plotting import dispute_figures as figures
from sayso.plotting import dispute_voices as voices
from sayso.plotting.heading import Chart, Heading, Scope, not_shown
from sayso.plotting.periods import Period, moment
from sayso.plotting.theme import WIDTH

MOST_VOICES = 24
"""Voices that are shown where the caller does not say."""

NOT_JUDGED = "Shows who says so and who denies it; whether it happened is not judged."

_NAME_SHARE = 0.34


def dispute(occurrence: Occurrence, most: int = MOST_VOICES, scope: Scope | None = None, width: int = WIDTH) -> Chart:
    """Return an occurrence drawn: a row for each voice, by position, over the time of publication; below the figures.

    The ``most`` voices are shown, independent ones and those with most reports first. Raises PlotError where the
    occurrence has no voices.
    """
    if not occurrence.voices:
        raise PlotError(f"Nobody speaks of the occurrence {occurrence.id}: there is nothing to draw.")
    shown = _shown(occurrence, most)
    rows, heads = voices.rows_of(occurrence, shown)
    room = voices.room_for(rows, width, _NAME_SHARE)
    bottom = voices.height_of(rows)
    span = voices.span_of(rows, room + 10, width)
    ordered = [row.voice for row in rows]
    blocks = figures.blocks(occurrence, ordered, bottom + voices.AXIS + 8, room + 10, width)
    layers = [
        *voices.headings(heads, width),
        *voices.axis(span, heads[0][2] + voices.HEAD / 2, bottom),
        *voices.names(rows, room),
        *voices.marks(rows, span),
    ]
    for block in blocks:
        layers += figures.drawn(block, room, width)
    height = figures.height_of(blocks) or bottom + voices.AXIS
    picture = alt.layer(*layers).properties(width=width, height=height, view=alt.ViewBackground(stroke=None))
    return _heading(occurrence, shown).around(picture, scope or Scope(), width, list(voices.entries(rows)))


def _shown(occurrence: Occurrence, most: int) -> list[Voice]:
    ordered = sorted(occurrence.voices, key=lambda voice: (not voice.independent, -len(voice.reports), voice.id))
    return ordered[:most]


def _heading(occurrence: Occurrence, shown: Sequence[Voice]) -> Heading:
    place, when = wording.where(occurrence), wording.when(occurrence)
    told = [part for part in (place, when) if part]
    total = len(occurrence.voices)
    imprecise = sum(1 for report in occurrence.reports if _is_imprecise(report.published))
    rough = f"{imprecise:,} of {len(occurrence.reports):,} reports are dated to a month or year: at its first day."
    return Heading(
        title=wording.headline(occurrence),
        shown=f"{' · '.join(told)} · {occurrence.status}: {wording.STATUSES[occurrence.status]}. "
        f"{wording.counts(occurrence)}, by date of publication",
        left_out=tuple(
            line
            for line in (
                not_shown(total - len(shown), total, "voice", "with fewer reports"),
                rough if imprecise else "",
            )
            if line
        ),
        notes=(NOT_JUDGED,),
    )


def _is_imprecise(published: str | None) -> bool:
    found = moment(published)
    return found is not None and found.precision is not Period.day
