"""The numbers that voices give: each as it was said, and the range of all of a kind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sayso.corroboration.occurrence import Figure, Range
from sayso.corroboration.telling import Telling

ROUNDING = 1.15
"""Figures that differ by less than this factor are the same, rounded: "about 20" and 21."""


def figures_of(telling: Telling, voice: str) -> list[Figure]:
    """Return the figures of a telling, on the word of its voice."""
    start, publication = telling.passage[0], telling.publication
    return [
        Figure(
            kind=quantity.kind,
            low=quantity.low,
            high=quantity.high,
            words=telling.sentence[quantity.span[0] - start : quantity.span[1] - start],
            voice=voice,
            report=telling.id,
            published=publication.published,
        )
        for quantity in telling.quantities
    ]


def ranges(figures: Iterable[Figure]) -> list[Range]:
    """Return for each kind the least and the greatest bound that anybody gives."""
    kinds: dict[str, list[Figure]] = {}
    for figure in figures:
        kinds.setdefault(figure.kind, []).append(figure)
    return [_range(found) for _, found in sorted(kinds.items())]


def _range(figures: Sequence[Figure]) -> Range:
    lows = [bound for f in figures for bound in (f.low, f.high) if bound is not None]
    return Range(
        kind=figures[0].kind,
        low=min(lows) if lows else None,
        high=max(lows) if lows else None,
        voices=sorted({figure.voice for figure in figures}),
    )


def agree(one: Figure, other: Figure) -> bool:
    """Say whether two figures of a kind can be the same number, rounding allowed."""
    low, high = one.low if one.low is not None else 0.0, one.high if one.high is not None else math.inf
    their_low, their_high = (
        other.low if other.low is not None else 0.0,
        other.high if other.high is not None else math.inf,
    )
    return low <= their_high * ROUNDING and their_low <= high * ROUNDING
