"""Agreement: how likely two statements tell of one utterance, with a reason for what speaks for it.

Log-odds are added up: for who speaks (speaking.py), for when, and for what is said (``WEIGHTS``), so that a likelihood
can be taken apart again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.corroboration.likeness import LEAST, Pair
from sayso.corroboration.utterances.content import both_covered, longest_run
from sayso.corroboration.utterances.numerals import Numeral
from sayso.corroboration.utterances.occasion import Occasion
from sayso.corroboration.utterances.rendition import Rendition
from sayso.corroboration.utterances.speaking import NEVER, one_speaker
from sayso.knowledge import factuality

WEIGHTS = {
    "bias": -7.0,
    "fuller covered": 2.5,
    "other covered": 5.0,
    "shared words": 2.0,
    "run": 0.35,
    "quoted run": 0.25,
    "same number": 0.8,
    "other number": -2.5,
    "negated": -1.5,
}
_MUCH = 25.0
"""Weight (idf) of shared words from which on more say no more."""
_LONG = 8
"""Words in a row from which on more say no more."""
_SHORT = 2
_NO = frozenset({"no", "never"})
_REFUSING = frozenset({"deny", "reject"})
_TOLD = 0.3
"""Likelihood from which on reasons are kept: pairs that are less likely join nothing by themselves."""
_WELL, _FAIRLY = 0.6, 0.3
"""Shares of a content that another must cover to be told as a reason."""
_QUOTED_AT_LEAST = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that speaks for or against a pair, in log-odds; ``because`` is told where it speaks for it."""

    odds: float
    because: str | None = None


def agreed(one: Rendition, other: Rendition) -> Pair | None:
    """Return how likely two renditions tell of one utterance, and why; None where that is hardly likely."""
    speaking = one_speaker(one, other)
    if speaking.odds <= NEVER:
        return None
    found = [Evidence(*speaking), _when(one.occasion, other.occasion), *_content(one, other)]
    likelihood = 1 / (1 + math.exp(-max(min(sum(each.odds for each in found) + WEIGHTS["bias"], 30), -30)))
    if likelihood < LEAST:
        return None
    reasons = tuple(each.because for each in found if each.because and each.odds > 0) if likelihood >= _TOLD else ()
    return Pair(one.id, other.id, round(likelihood, 4), reasons)


def _when(one: Occasion, other: Occasion) -> Evidence:
    if one.known and other.known:
        return _both_dated(one, other)
    if one.known or other.known:
        dated, undated = (one, other) if one.known else (other, one)
        return _one_dated(dated, undated)
    if not one.published or not other.published or one.earlier or other.earlier:
        return Evidence(0.0)
    return _published(abs(one.published - other.published))


def _both_dated(one: Occasion, other: Occasion) -> Evidence:
    apart = max(one.first, other.first) - min(one.last, other.last)
    if apart <= 0:
        return Evidence(1.5, "said on one day") if one.day and other.day else Evidence(0.7, "said at one time")
    return Evidence(-1.5 if apart == 1 else -4.0)


def _one_dated(dated: Occasion, undated: Occasion) -> Evidence:
    """Weigh an undated report against the day that another tells: it cannot be of before it was said."""
    if not undated.published:
        return Evidence(0.0)
    after = undated.published - dated.last
    if after < 0:
        return Evidence(-5.0)
    if undated.earlier:
        return Evidence(0.0 if after else -1.0)
    if after <= 3:
        return Evidence(0.7, "reported within days of it")
    return Evidence(-1.0 if after <= 60 else -2.0)


def _published(apart: int) -> Evidence:
    if apart <= 2:
        return Evidence(0.7, "reported within days of each other")
    return Evidence(-0.5 if apart <= 14 else -1.5 if apart <= 60 else -2.5)


def _content(one: Rendition, other: Rendition) -> Iterator[Evidence]:
    mine, theirs = one.content, other.content
    shares = both_covered(mine.bag, theirs.bag)
    most, least = max(shares), min(shares)
    yield Evidence(most * WEIGHTS["other covered"], _shared(most))
    yield Evidence(least * WEIGHTS["fuller covered"])
    shared = mine.bag.known & theirs.bag.known
    weight = sum(w for stem, w in zip(mine.bag.stems, mine.bag.weights.tolist(), strict=True) if stem in shared)
    yield Evidence(min(weight / _MUCH, 1.0) * WEIGHTS["shared words"])
    yield from _run(one, other)
    yield from _numbers(mine.numerals, theirs.numerals)
    if _negates(one) != _negates(other):
        yield Evidence(WEIGHTS["negated"])


def _shared(most: float) -> str | None:
    return (
        "much the same words"
        if most >= _WELL
        else "some words the same or near in meaning"
        if most >= _FAIRLY
        else None
    )


def _run(one: Rendition, other: Rendition) -> Iterator[Evidence]:
    run = longest_run(one.content, other.content)
    if run is None:
        return
    length = min(run[0][1] - run[0][0], _LONG)
    both = one.is_quoted(one.content.span_of(run[0])) and other.is_quoted(other.content.span_of(run[1]))
    quoted = both and length >= _QUOTED_AT_LEAST
    odds = (length - _SHORT) * (WEIGHTS["run"] + (WEIGHTS["quoted run"] if quoted else 0.0))
    told = "the same words in quotation marks" if quoted else "words in the same order"
    yield Evidence(odds, told if length >= _QUOTED_AT_LEAST else None)


def _numbers(mine: tuple[Numeral, ...], theirs: tuple[Numeral, ...]) -> Iterator[Evidence]:
    same = {n.value for n in mine} & {n.value for n in theirs}
    if same:
        yield Evidence(WEIGHTS["same number"], "the same number")
    elif any(one.counts & other.counts for one in mine for other in theirs):
        yield Evidence(WEIGHTS["other number"])


def _negates(one: Rendition) -> bool:
    """Say whether what is told says that something is not: "not", "nobody", or a denial."""
    lexicon = factuality.load()
    negators = lexicon.negators | lexicon.nobody | _NO
    count = sum(word in negators or word.endswith("n't") for word in one.content.words)
    return (count + (one.saying.act in _REFUSING)) % 2 == 1
