"""Words cut into word pieces, for an encoder that reads pieces and is asked about words.

Training and reading cut here, so that they cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from sayso.reading.attribution_features import Ints

LONGEST = 512
"""Pieces that the encoder takes at once; words beyond them get no vector of their own (only garbage has so many)."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one window: their numbers in the encoder's vocabulary, and the word that each is of.

    The marks that open and close a window belong to no word, -1.
    """

    ids: Ints
    words: Ints


class Cutter:
    """Cuts words into pieces; read-only after loading."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def cut(self, words: Sequence[str]) -> Pieces:
        """Return the pieces of a window's words, with the marks around them."""
        encoded = self._tokenizer.encode(words, is_pretokenized=True)
        of = [-1 if word is None else word for word in encoded.word_ids]
        return Pieces(np.array(encoded.ids, np.int64), np.array(of, np.int64))
