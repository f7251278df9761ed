"""Likeness: which documents are compared, and how likely two of their tellings are of one occurrence.

A document is compared with those that share most of its weightiest words, and with itself. For each pair of tellings a
logistic model weighs the features of ``comparison``; pairs that are hardly likely are not kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.batches import batches
from sayso.corroboration.comparison import FEATURES, Matrix, measured
from sayso.corroboration.stack import Stack
from sayso.corroboration.traits import DocumentTraits

NEIGHBOURS = 40
"""A document is compared with at most so many that came before it."""
FEWEST_SHARED = 3
"""Documents with fewer keys in common are not compared."""
LEAST = 0.05
"""Pairs less likely than this are not kept: to have been compared and not kept counts against a pair."""
_AT_ONCE = 50_000
"""Pairs that are weighed at the same time."""
WEIGHTS = Path(__file__).parent.parent / "models" / "occurrences" / "weights.json"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings, by id, that may be of one occurrence: how likely that is, and what they share."""

    one: str
    other: str
    likelihood: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A weight for each feature, in their order, and what is added."""

    weights: NDArray[np.float32]
    bias: float

    def likelihood(self, measures: Mapping[str, Matrix], shape: tuple[int, int]) -> Matrix:
        """Return the likelihood of every pair of which all features are given by name."""
        odds = np.full(shape, self.bias, np.float32)
        for name, weight in zip(FEATURES, self.weights, strict=True):
            odds += weight * measures[name]
        found: Matrix = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
        return found


@cache
def model() -> Model:
    """Return the model that ships, loaded on first use."""
    found = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights = np.array([found["weights"][name] for name in FEATURES], np.float32)
    return Model(weights, float(found["bias"]))


def nearest(traits: DocumentTraits, sharing: Mapping[int, int]) -> list[int]:
    """Choose the documents to compare with, given how many keys each number shares: most first, at most NEIGHBOURS."""
    enough = [document for document, shared in sharing.items() if shared >= min(FEWEST_SHARED, len(traits.keys))]
    return sorted(enough, key=lambda document: (-sharing[document], document))[:NEIGHBOURS]


def links(traits: DocumentTraits, others: Sequence[DocumentTraits]) -> list[Pair]:
    """Return the pairs within a document and between it and others that are likely enough to be kept."""
    if not traits.tellings:
        return []
    found = list(_pairs(traits, Stack.of([traits])))
    heard = [other for other in others if other.tellings]
    for some in batches(heard, _AT_ONCE, lambda other: len(traits.tellings) * len(other.tellings)):
        found += _pairs(traits, Stack.of(some))
    return found


def _pairs(traits: DocumentTraits, others: Stack) -> Iterator[Pair]:
    measures = measured(traits, others)
    likelihood = model().likelihood(measures, (len(traits.tellings), len(others.tellings)))
    if others.documents == (traits.document,):
        likelihood = np.tril(likelihood, -1)
    mine, theirs = np.nonzero(likelihood >= LEAST)
    values = likelihood[mine, theirs]
    likely = values >= 0.5
    reasons = np.zeros(len(values), np.int64)
    reasons[likely] = _reasons(measures, likelihood.shape, mine[likely], theirs[likely])
    for i, j, value, bits in zip(mine.tolist(), theirs.tolist(), values.tolist(), reasons.tolist(), strict=True):
        yield Pair(others.tellings[j], traits.tellings[i], round(value, 4), _told(bits))


_TELLING = (
    ("same word", 1.0, "the same word"),
    ("same family", 0.9, "words of one type of event"),
    ("near words", 0.5, "words near in meaning"),
    ("same day", 1.0, "the same day"),
    ("when same day", 1.0, "the same day, as far as the texts tell"),
    ("when gap 1", 1.0, "no more than a day apart, as far as the texts tell"),
    ("same place", 1.0, "the same place"),
    ("same actors", 0.6, "the same actors"),
    ("same recipients", 0.6, "the same recipients"),
    ("same arguments", 0.5, "the same words for who and whom"),
    ("same numbers", 0.5, "the same numbers"),
    ("same names", 0.6, "the same names in the sentence"),
    ("near sentences", 0.7, "sentences near in meaning"),
    ("same document", 1.0, "the same document"),
    ("same document words", 0.4, "articles on the same matter"),
)
"""Features that speak for themselves, from what value on, and how they are told; the first that say a thing say it."""
_IMPLIED = {"near words": "same word", "when same day": "same day", "when gap 1": "when same day"}


def _reasons(
    measures: Mapping[str, Matrix], shape: tuple[int, ...], mine: NDArray[np.intp], theirs: NDArray[np.intp]
) -> NDArray[np.int64]:
    """Return for some pairs a bit for each of ``_TELLING`` that holds for them."""
    bits = np.zeros(len(mine), np.int64)
    for number, (name, least, _) in enumerate(_TELLING):
        values = np.broadcast_to(measures[name], shape)[mine, theirs]
        bits |= (values >= least - _ROUNDING).astype(np.int64) << number
    return bits


@lru_cache(maxsize=10_000)
def _told(bits: int) -> tuple[str, ...]:
    """Return in words what holds, but for what follows from something else that does."""
    held = {name for number, (name, _, _) in enumerate(_TELLING) if bits >> number & 1}
    return tuple(words for name, _, words in _TELLING if name in held and _IMPLIED.get(name) not in held)


_ROUNDING = 1e-4
