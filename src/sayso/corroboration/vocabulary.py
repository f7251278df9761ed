"""What words weigh and which are near in meaning: the table that likeness is measured with.

``models/occurrences/words.npz`` holds for some 30,000 English words in how many of a collection of news articles they
stand, and a vector: what all-MiniLM-L6-v2 makes of the word alone, reduced to its main directions after Model2Vec (van
Dongen & Tulkens 2024). Everything else about a word is its stem (Porter's for English, as Snowball has it).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import Stemmer

TABLE = Path(__file__).parent.parent / "models" / "occurrences" / "words.npz"

_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")


class Vocabulary:
    """The words of the table; ``vectors`` has one row each and a last one of zeros for all others."""

    def __init__(self, path: Path = TABLE) -> None:
        """Load the table of a path."""
        with np.load(path, allow_pickle=False) as table:
            words, scale = table["words"].tobytes().decode().split("\n"), float(table["scale"])
            vectors = table["vectors"].astype(np.float32) * scale
            df, articles = table["articles"], int(table["of"])
        self.rows = {word: row for row, word in enumerate(words)}
        self.vectors = np.vstack([vectors, np.zeros((1, vectors.shape[1]), np.float32)])
        self._stem = Stemmer.Stemmer("english").stemWord
        rarity = np.log((articles + 1) / (df + 1))
        self._weights: dict[str, float] = {}
        for word, weight in zip(words, rarity.tolist(), strict=True):
            stem = self._stem(word)
            self._weights[stem] = min(weight, self._weights.get(stem, weight))
        self.rarest = float(np.log(articles + 1))

    @property
    def unknown(self) -> int:
        """The row of words that the table does not have."""
        return len(self.rows)

    @lru_cache(maxsize=200_000)  # noqa: B019 - there is one Vocabulary in a process
    def look_up(self, word: str) -> tuple[str, int, float]:
        """Return the stem of a word in small letters, its row in ``vectors`` and what it weighs (idf)."""
        stem = self._stem(word)
        row = self.rows.get(word, -1)
        if row < 0:
            row = self.rows.get(stem, self.unknown)
        return stem, row, self._weights.get(stem, self.rarest)


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, numbers included, possessive endings left out."""
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(text.lower())]


@cache
def vocabulary() -> Vocabulary:
    """Return the table that ships, loaded on first use."""
    return Vocabulary()
