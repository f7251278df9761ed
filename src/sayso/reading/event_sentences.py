"""Sentences by look-up, and the words around a word: spaCy's own ``token.sent`` walks the whole sentence each time."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc

_BLOCK = 200
"""Of a sentence that never ends the words of a block of this length, and of its neighbours, are the words around."""


class Sentences:
    """The sentences of one document."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts = [0] + [token.i for token in doc if token.is_sent_start and token.i]
        self._lemmas: dict[tuple[int, int], frozenset[str]] = {}

    def number(self, i: int) -> int:
        """Return which sentence a token is in, from 0."""
        return bisect_right(self._starts, i) - 1

    def around(self, i: int) -> tuple[int, int]:
        """Return the first and the last token, exclusive, of the sentence; of an endless one those nearby."""
        n = self.number(i)
        start = self._starts[n]
        end = self._starts[n + 1] if n + 1 < len(self._starts) else len(self._doc)
        if end - start <= 2 * _BLOCK:
            return start, end
        block = i - i % _BLOCK
        return max(start, block - _BLOCK), min(end, block + 2 * _BLOCK)

    def lemmas(self, i: int) -> frozenset[str]:
        """Return the lemmas of the words around, in lower case."""
        span = self.around(i)
        if span not in self._lemmas:
            self._lemmas[span] = frozenset(self._doc[k].lemma_.lower() for k in range(*span))
        return self._lemmas[span]
