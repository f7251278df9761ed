"""When one text is a copy of another: what both have must be more than independent reports of one event ever share.

Independent reports share quotations and an agency's paragraph of background; a copy stands for the most part in its
original.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from sayso.ledger.sketch import Sketch, comparable, shared, with_figures
from sayso.records import CopyReason

INDEPENDENT = 0.33
"""Independent texts share no more of the smaller one's runs of words, as a rule: see docs/copies.md."""
ALIKE = 0.5
"""Copies share no less."""
ERRORS = 2.3
"""Standard errors that what is shared must lie above ``INDEPENDENT``: short texts must share more."""
FEWEST = 5
"""Hashes that copies share at least."""
OWED = 0.4
"""A copy has at least this share of itself from its original: a round-up is no copy of each brief in it."""
FIGURES, FEWEST_FIGURES = 0.4, 8
"""A text that keeps the words, and of the runs with figures less than this part of as many, fills in the same form;
where there are at least so many hashes of runs with figures to tell by."""
NEAR = 0.75
"""A near copy and its original differ no more in length, shorter as a part of longer; others are excerpts."""


class Match(NamedTuple):
    """How a copy matches its original; ``owed`` is the share of the copy that the original has."""

    similarity: float
    reason: CopyReason
    owed: float


def match(copy: Sketch, copy_words: int, original: Sketch, original_words: int) -> Match | None:
    """Say how a text matches another, None where it is no copy of that one. Lengths are in words."""
    ours, theirs = comparable(copy, original)
    both = shared(ours, theirs)
    smaller = min(len(ours), len(theirs))
    if len(both) < FEWEST or len(both) < least_shared(smaller) * smaller or len(both) < OWED * len(ours):
        return None
    if _fills_in_the_same_form(both, ours if len(ours) <= len(theirs) else theirs):
        return None
    lengths = sorted((copy_words, original_words))
    reason: CopyReason = "near copy" if lengths[0] >= NEAR * lengths[1] else "excerpt"
    return Match(len(both) / smaller, reason, len(both) / len(ours))


def _fills_in_the_same_form(both: Sketch, smaller: Sketch) -> bool:
    """Say whether two texts have the same frame and other figures in it: markets, weather, results."""
    figures, kept = len(with_figures(smaller)), len(with_figures(both))
    if figures < FEWEST_FIGURES or figures == len(smaller):
        return False
    return kept / figures < FIGURES * (len(both) - kept) / (len(smaller) - figures)


def least_shared(hashes: int) -> float:
    """Return the share of so many hashes that must be shared, so that it is no chance among independent texts."""
    error = math.sqrt(INDEPENDENT * (1 - INDEPENDENT) / hashes)
    return min(1.0, max(ALIKE, INDEPENDENT + ERRORS * error))
