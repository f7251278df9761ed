"""An excerpt: on one line the words around the parts of a statement, the parts marked, what is long shortened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sayso.records import Span
from sayso.rendering.neutral import neutral

WORDS = 30
"""About so many words are shown."""

_EACH = (14, 10, 7, 5, 4, 3, 2, 1)
"""Words kept at either end of each stretch; the first of these that gives an excerpt short enough is taken."""

_REACH = 200
_LONGEST_WORD = 40
_MOST_CUTS = 24

Part = tuple[int, int, str]
"""A span and what to call it."""


def excerpt(text: str, parts: Sequence[Part]) -> str:
    """Return the words of the parts, as ``[source Anna Bell] [cue said] [content …]``, and some around them."""
    if not parts:
        return ""
    cuts = sorted({offset for start, end, _ in parts for offset in (start, end)})[:_MOST_CUTS]
    shown = [(start, min(end, cuts[-1]), name) for start, end, name in parts if start < cuts[-1]]
    before = (max(0, cuts[0] - _REACH), cuts[0])
    after = (cuts[-1], min(len(text), cuts[-1] + _REACH))
    stretches = [_words(text, span) for span in (before, *pairwise(cuts), after)]
    for each in _EACH:
        kept = _shortened(stretches, each)
        if sum(map(len, kept)) <= WORDS + len(cuts):
            break
    return _marked(kept, cuts, shown)


def _words(text: str, span: Span) -> list[str]:
    """Return the words of a stretch, an empty one for a blank at either end of it, so that joining gives it back."""
    line = neutral(re.sub(r"\s+", " ", text[slice(*span)]))
    return [word if len(word) <= _LONGEST_WORD else word[: _LONGEST_WORD - 1] + "…" for word in line.split(" ")]


def _shortened(stretches: list[list[str]], each: int) -> list[list[str]]:
    """Keep some words of every stretch: the last before the parts, the first after them, both ends of one between."""
    before, *between, after = stretches
    around = min(each, 5)
    return [
        before if len(before) <= around + 1 else ["…", *before[-around - 1 :]],
        *([*words[:each], "…", *words[-each:]] if len(words) > 2 * each + 1 else words for words in between),
        after if len(after) <= around + 1 else [*after[: around + 1], "…"],
    ]


def _marked(stretches: list[list[str]], cuts: list[int], parts: list[Part]) -> str:
    before, *others = (" ".join(words) for words in stretches)
    line = before
    for offset, words in zip(cuts, others, strict=True):
        line += "]" * sum(end == offset for _, end, _ in parts)
        opening = sorted((-end, name) for start, end, name in parts if start == offset)
        line += "".join(f"[{name} " for _, name in opening) + words
    return line.strip()
