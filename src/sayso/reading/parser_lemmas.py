"""Lemmas, each worked out once.

spaCy's rules find the lemma of a word from its letters, its part of speech and its morphology. Most of the time goes
into finding out that a word is its own lemma, again and again; here that is remembered too, and no more is kept than a
bounded number of words.
"""

from __future__ import annotations

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

CAPACITY = 200_000
"""So many words are kept; when they are full, the table is begun anew."""


class LemmaTable:
    """Sets the lemmas that a trained rule-based ``Lemmatizer`` would, where none is set yet."""

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        self.lemmatizer = lemmatizer
        self._table: dict[tuple[int, int, int], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a Doc whose parts of speech and morphology are set."""
        for token, (word, pos, morphology, lemma) in zip(doc, _seen(doc), strict=True):
            if lemma:
                continue
            key = word, pos, morphology
            found = self._table.get(key)
            if found is None:
                if len(self._table) >= CAPACITY:
                    self._table.clear()
                self.lemmatizer.cache.clear()
                found = self._table[key] = self.lemmatizer.lemmatize(token)[0]
            token.lemma_ = found
        return doc


def _seen(doc: Doc) -> list[list[int]]:
    """Return of each token its word, part of speech, morphology and lemma, as spaCy numbers them; 0 is no lemma."""
    return np.asarray(doc.to_array([ORTH, POS, MORPH, LEMMA]), np.uint64).reshape(len(doc), 4).tolist()
