"""Comparison: what the tellings of one document have in common with those of others, as features for every pair.

Features are named, bounded to about 0 to 1, and 0 where nothing is known; ``FEATURES`` is their order. A model weighs
them (``likeness``), so that it can be said for every link what spoke for it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sayso.corroboration.stack import Stack
from sayso.corroboration.traits import DocumentTraits, Terms
from sayso.corroboration.vocabulary import vocabulary

Matrix = NDArray[np.float32]

FEATURES = (
    "same word", "near words", "rare word", "same rare word", "same sentence words", "near sentences",
    "same document words", "near documents", "same arguments", "other arguments", "same names", "other names",
    "same numbers", "same actors", "other actors", "same recipients", "other recipients", "same parties",
    "sides swapped", "same type", "other type", "same place", "other place", "same country", "other country",
    "same day", "near days", "other days", "published near", "published apart", "same tense", "future and past",
    "same document", "same passage", "near words in near documents", "same word in near documents",
    "same word same names", "near words near sentences", "near words same arguments", "same document same word",
    "when same day", "when gap 1", "when gap 7", "when gap 60", "when gap far", "when sure", "when known",
    "sure gap", "both lead", "lead gap", "both title", "title gap", "lead near documents", "same document lead",
    "near sentences near documents", "next passage",
    "same family", "other family", "same family sure gap", "same family near documents", "same family when gap 1",
    "near words when gap 1", "same place when gap 1", "near sentences when gap 1", "next passage same family",
    "other family near documents", "document when gap 1", "document when gap far",
)  # fmt: skip

PLACE_OF = {name: place for place, name in enumerate(FEATURES)}
"""Where each feature stands."""

_NEAR = 7
"""Days from which on two days are as far apart as can be."""
_SOON = 3
"""Days after something happens within which news of it speaks of it as of now."""


def compare(one: DocumentTraits, others: Stack) -> Matrix:
    """Return the features of every pair, of shape (tellings of one, tellings of the others, features)."""
    found = np.zeros((len(one.tellings), len(others.tellings), len(FEATURES)), np.float32)
    for name, values in measured(one, others).items():
        found[:, :, PLACE_OF[name]] = values
    return found


def measured(one: DocumentTraits, other: Stack) -> dict[str, Matrix]:
    """Return the features of every pair by name, as matrices that can be broadcast to (tellings, tellings)."""
    vectors = vocabulary().vectors
    same_word = _equal(one.stems, other.stems)
    near_words = np.maximum(_cosine(vectors[one.rows], vectors[other.rows]), same_word)
    rare = np.sqrt(np.outer(one.rarity, other.rarity)) / vocabulary().rarest
    sentence = _overlap(one.sentence_words, other.sentence_words)
    near_sentences = one.sentence_vectors @ other.sentence_vectors.T
    document = _overlap(one.document_words, other.document_words)[:, other.own]
    near_documents = (other.document_vectors @ one.document_vector)[None, other.own]
    arguments, arguments_differ = _shared(one.argument_words, other.argument_words)
    names, names_differ = _shared(one.names, other.names)
    actors, actors_differ = _shared(one.actors, other.actors)
    recipients, recipients_differ = _shared(one.recipients, other.recipients)
    crossed = np.maximum(_shared(one.actors, other.recipients)[0], _shared(one.recipients, other.actors)[0])
    same_type, other_type = _agreeing(one.types, other.types)
    same_place, other_place = _agreeing(one.places, other.places)
    same_country, other_country = _agreeing(one.countries, other.countries)
    same_day, near_days, other_days = _days(one, other)
    published_near, published_apart = (told[None, other.own] for told in _published(one, other))
    same_document = np.array([[one.document == document for document in other.documents]], np.float32)[:, other.own]
    when = _when(one, other)
    leads, titles = np.sqrt(np.outer(one.leads, other.leads)), np.minimum.outer(one.titles, other.titles)
    family, other_family = _shared(one.families, other.families)
    passage = same_document * np.exp(-np.abs(one.passages[:, None] - other.passages[None, :]) / 200)
    past, future = one.tenses == 1, one.tenses == 3
    their_past, their_future = other.tenses == 1, other.tenses == 3
    return {
        "same word": same_word,
        "near words": near_words,
        "rare word": rare,
        "same rare word": same_word * rare,
        "same sentence words": sentence,
        "near sentences": near_sentences,
        "same document words": document,
        "near documents": near_documents,
        "same arguments": arguments,
        "other arguments": arguments_differ,
        "same names": names,
        "other names": names_differ,
        "same numbers": _shared(one.numbers, other.numbers)[0],
        "same actors": actors,
        "other actors": actors_differ,
        "same recipients": recipients,
        "other recipients": recipients_differ,
        "same parties": np.maximum(actors, recipients),
        "sides swapped": crossed * (1 - np.maximum(actors, recipients)),
        "same type": same_type,
        "other type": other_type,
        "same place": same_place,
        "other place": other_place,
        "same country": same_country,
        "other country": other_country,
        "same day": same_day,
        "near days": near_days,
        "other days": other_days,
        "published near": published_near,
        "published apart": published_apart,
        "same tense": _equal(one.tenses, other.tenses),
        "future and past": (np.outer(past, their_future) | np.outer(future, their_past)).astype(np.float32),
        "same document": same_document,
        "same passage": same_document * _equal(one.passages, other.passages),
        "near words in near documents": near_words * document,
        "same word in near documents": same_word * document,
        "same word same names": same_word * names,
        "near words near sentences": near_words * near_sentences,
        "near words same arguments": near_words * arguments,
        "same document same word": same_document * same_word,
        **when,
        "both lead": leads,
        "lead gap": np.abs(one.leads[:, None] - other.leads[None, :]),
        "both title": titles,
        "title gap": np.abs(one.titles[:, None] - other.titles[None, :]),
        "lead near documents": leads * document,
        "same document lead": leads * same_document,
        "near sentences near documents": near_sentences * document,
        "next passage": passage,
        "same family": family,
        "other family": other_family,
        "same family sure gap": family * when["sure gap"],
        "same family near documents": family * document,
        "same family when gap 1": family * when["when gap 1"],
        "near words when gap 1": near_words * when["when gap 1"],
        "same place when gap 1": same_place * when["when gap 1"],
        "near sentences when gap 1": near_sentences * when["when gap 1"],
        "next passage same family": passage * family,
        "other family near documents": other_family * document,
        "document when gap 1": document * when["when gap 1"],
        "document when gap far": document * when["when gap far"],
    }


def _equal(one: NDArray[np.generic], other: NDArray[np.generic]) -> Matrix:
    found: Matrix = (one[:, None] == other[None, :]).astype(np.float32)
    return found


def _agreeing(one: NDArray[np.int64], other: NDArray[np.int64]) -> tuple[Matrix, Matrix]:
    """Return where two ids are the same, and where both are known and are not."""
    known = np.outer(one != 0, other != 0)
    same = (one[:, None] == other[None, :]) & known
    return same.astype(np.float32), (known & ~same).astype(np.float32)


def _cosine(one: Matrix, other: Matrix) -> Matrix:
    product = one @ other.T
    lengths = np.outer(np.linalg.norm(one, axis=1), np.linalg.norm(other, axis=1))
    return _ratio(product, lengths)


def _ratio(part: Matrix, whole: Matrix) -> Matrix:
    """Return a quotient, 0 where there is nothing to divide by."""
    found: Matrix = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return found


def _dense(one: Terms, other: Terms) -> tuple[Matrix, Matrix]:
    """Return the weights of two documents' terms as matrices over the terms that both have."""
    shared = np.intersect1d(one.hashes, other.hashes)
    return _over(one, shared), _over(other, shared)


def _over(terms: Terms, shared: NDArray[np.int64]) -> Matrix:
    found = np.zeros((len(terms.starts) - 1, len(shared)), np.float32)
    if len(shared):
        at = np.minimum(np.searchsorted(shared, terms.hashes), len(shared) - 1)
        hit = shared[at] == terms.hashes
        rows = np.repeat(np.arange(len(terms.starts) - 1), np.diff(terms.starts))
        found[rows[hit], at[hit]] = terms.weights[hit]
    return found


def _overlap(one: Terms, other: Terms) -> Matrix:
    """Return the cosine of every two sets of terms."""
    product = np.matmul(*(m if i == 0 else m.T for i, m in enumerate(_dense(one, other))))
    lengths = np.sqrt(np.outer(_sums(one, 2), _sums(other, 2)))
    return _ratio(product, lengths)


def _shared(one: Terms, other: Terms) -> tuple[Matrix, Matrix]:
    """Return the share of the lighter of two sets that the other has, and where both have terms but share none."""
    mine, theirs = _dense(one, other)
    common = np.sqrt(mine) @ np.sqrt(theirs).T
    sums, their_sums = _sums(one, 1), _sums(other, 1)
    lighter = np.minimum.outer(sums, their_sums)
    share = _ratio(common, lighter)
    return np.minimum(share, 1), ((lighter > 0) & (common <= 0)).astype(np.float32)


def _sums(terms: Terms, power: int) -> Matrix:
    sums = np.concatenate([[0.0], np.cumsum(terms.weights.astype(np.float64) ** power)])
    found: Matrix = (sums[terms.starts[1:]] - sums[terms.starts[:-1]]).astype(np.float32)
    return found


def _days(one: DocumentTraits, other: Stack) -> tuple[Matrix, Matrix, Matrix]:
    """Return where dates agree to the day, how near they are, and how far apart those are that cannot be the same."""
    known = np.outer(one.first > 0, other.first > 0)
    gap = np.maximum(one.first[:, None] - other.last[None, :], other.first[None, :] - one.last[:, None])
    gap = np.maximum(gap, 0)
    exact = np.outer(one.first == one.last, other.first == other.last)
    same = known & (gap == 0)
    apart = np.where(known, np.minimum(gap, _NEAR) / _NEAR, 0)
    near = np.where(known & (gap <= 1), np.where(exact, 1.0, 0.5), 0)
    return (same & exact).astype(np.float32), near.astype(np.float32), apart.astype(np.float32)


def _when(one: DocumentTraits, other: Stack) -> dict[str, Matrix]:
    """Return how far apart the two took place as far as one can guess, and how sure that guess is."""
    known = np.outer(one.when_from > 0, other.when_from > 0)
    gap = np.maximum(
        one.when_first[:, None] - other.when_last[None, :], other.when_first[:, None].T - one.when_last[:, None]
    )
    gap = np.maximum(gap, 0)
    sure = np.minimum.outer(one.when_from, other.when_from) / 4.0 * known
    days = np.outer(one.when_first == one.when_last, other.when_first == other.when_last)
    return {
        "when same day": (known & (gap == 0) & days).astype(np.float32),
        "when gap 1": (known & (gap <= 1)).astype(np.float32),
        "when gap 7": (known & (gap > 1) & (gap <= 7)).astype(np.float32),
        "when gap 60": (known & (gap > 7) & (gap <= 60)).astype(np.float32),
        "when gap far": (known & (gap > 60)).astype(np.float32),
        "when sure": sure.astype(np.float32),
        "when known": known.astype(np.float32),
        "sure gap": (sure * (gap > 1)).astype(np.float32),
    }


def _published(one: DocumentTraits, other: Stack) -> tuple[Matrix, Matrix]:
    """Return for each document whether it was published soon before or after, and how far apart; 0 where unknown."""
    known = (other.published > 0) & (one.published > 0)
    gap = np.abs(other.published - one.published)
    near = (known & (gap <= _SOON)).astype(np.float32)
    return near, np.where(known, np.minimum(gap, 365) / 365, 0).astype(np.float32)
