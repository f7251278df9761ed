"""Numbers in the words of what is said, in figures or in letters: what they are and what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.corroboration.vocabulary import vocabulary
from sayso.knowledge import qualifiers, quantities

_FIGURES = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([a-z]*)")
_LIGHTEST = 1.2
_UNITS = 2
"""So many words after a number may say what it counts."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number: its value, the words that it takes (``start`` to ``end``, exclusive), stems of what it may count."""

    value: float
    start: int
    end: int
    counts: frozenset[str]


def numerals(words: Sequence[str]) -> tuple[Numeral, ...]:
    """Return the numbers among words in small letters, but for those that say too little, as "one" and "several"."""
    found, at = [], 0
    while at < len(words):
        value, end = _read(words, at)
        if value is None:
            at += 1
            continue
        if end - at > 1 or words[at] not in qualifiers.load().uncounted:
            looked_up = [vocabulary().look_up(word) for word in words[end : end + _UNITS]]
            counts = frozenset(stem for stem, _, weight in looked_up if weight >= _LIGHTEST)
            found.append(Numeral(value, at, end, counts))
        at = end
    return tuple(found)


def _read(words: Sequence[str], at: int) -> tuple[float | None, int]:
    """Return the number that begins at a word, None where none does, and where it ends."""
    lexicon = quantities.load().numbers
    value = _single(words[at])
    if value is None:
        return None, at
    end = at + 1
    while end < len(words) and (factor := lexicon.multipliers.get(words[end].removesuffix("s"))):
        value, end = value * factor, end + 1
    return value, end


@lru_cache(maxsize=50_000)
def _single(word: str) -> float | None:
    """Return the number that one word is: "23", "1,200", "4bn", "twenty-three"; None where it is none."""
    numbers = quantities.load().numbers
    match = _FIGURES.fullmatch(word)
    if match is not None:
        factor = numbers.suffixes.get(match[3], 1.0) if match[3] else 1.0
        known = not match[3] or match[3] in numbers.suffixes
        return float(match[1].replace(",", "") + (match[2] or "")) * factor if known else None
    parts = [numbers.units.get(part) for part in word.split("-")]
    return sum(part for part in parts if part is not None) if None not in parts else None
