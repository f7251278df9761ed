"""Numbers as bounds: "at least 12", "twenty-three", "$2.3bn", "tens of thousands", "between 30 and 40".

A plain number and an estimate ("about 2,000") have equal bounds: the text names one figure, and a margin would be ours.
"at least" and "more than" leave the upper bound open, "up to" and "fewer than" the lower one. Vague words stand for the
bounds that ``knowledge/data/quantities.yaml`` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.knowledge.quantities import BoundKind, NumberWords, load

_NUMERAL = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,9})?([a-z]{0,3})\+?")
_JOINED = re.compile(r"([\d,.]+)[-–—]([\d,.]+[a-z]{0,3})")
_LONGEST = 12
"""Words that one number may have."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a text gives for a number; None where it leaves them open."""

    low: float | None
    high: float | None

    def times(self, factor: float) -> Bounds:
        """Return both bounds multiplied."""
        return Bounds(
            None if self.low is None else self.low * factor, None if self.high is None else self.high * factor
        )

    def plus(self, other: Bounds) -> Bounds:
        """Return the sums of the bounds; what is open stays open."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Bounds(low, high)

    def limited(self, kind: BoundKind) -> Bounds:
        """Return the bounds under a qualifier."""
        if kind == "low":
            return Bounds(self.low, None)
        return Bounds(None, self.high) if kind == "high" else self


@dataclass(frozen=True, slots=True)
class Number:
    """A number found among words: its bounds, where it ends, and the word that is its last numeral."""

    bounds: Bounds
    end: int
    last: int


class NumberReader:
    """Reads numbers off a list of words in lower case."""

    def __init__(self, words: NumberWords) -> None:
        self._words = words
        self._factors = words.multipliers | {f"{word}s": value for word, value in words.multipliers.items()}
        self._bounds = _by_first(words.bounds)
        self._after = _by_first(words.after)
        self._starts = (
            {"a", "an", "half", "between", "from", *self._bounds}
            | set(words.units)
            | set(words.vague)
            | set(self._factors)
        )

    def may_start(self, word: str) -> bool:
        """Say whether a number can begin with a word."""
        return word[:1].isdigit() or word in self._starts

    def read(self, words: Sequence[str], start: int = 0) -> Number | None:
        """Return the number that begins at a position, qualifiers and range included, or None."""
        first = words[start]
        if first in {"between", "from"}:
            return self._range(words, start + 1, {"and"} if first == "between" else {"to"})
        for phrase, kind in self._bounds.get(first, ()):
            if _begins(words, start, phrase):
                number = self._ranged(words, start + len(phrase))
                if number is not None:
                    return Number(number.bounds.limited(kind), number.end, number.last)
        number = self._ranged(words, start)
        return self._trailed(words, number) if number is not None else None

    def _trailed(self, words: Sequence[str], number: Number) -> Number:
        """As in "20 or more"."""
        if number.end < len(words):
            for phrase, kind in self._after.get(words[number.end], ()):
                if _begins(words, number.end, phrase):
                    return Number(number.bounds.limited(kind), number.end + len(phrase), number.last)
        return number

    def _ranged(self, words: Sequence[str], start: int) -> Number | None:
        return self._range(words, start, frozenset(self._words.range)) or self._cardinal(words, start)

    def _range(self, words: Sequence[str], start: int, joints: set[str] | frozenset[str]) -> Number | None:
        low = self._cardinal(words, start)
        if low is None or low.end >= len(words) or words[low.end] not in joints:
            return None
        high = self._cardinal(words, low.end + 1)
        if high is None or low.bounds.low is None or high.bounds.high is None:
            return None
        bottom, top = low.bounds.low, high.bounds.high
        # "2 to 3 million": the factor counts for both ends
        scale = self._scale(words, low.end + 1, high.end)
        if bottom < top / scale <= 1000 * max(bottom, 1) and scale > 1 and bottom < 1000:
            bottom *= scale
        return Number(Bounds(bottom, top), high.end, high.last) if bottom < top else None

    def _scale(self, words: Sequence[str], start: int, end: int) -> float:
        """Return the factor that a number ends in, 1 where there is none."""
        found = _NUMERAL.fullmatch(words[end - 1])
        if found and found[3] in self._words.suffixes:
            return self._words.suffixes[found[3]]
        return self._factors.get(words[end - 1], 1.0) if end - start > 1 else 1.0

    def _cardinal(self, words: Sequence[str], start: int) -> Number | None:
        """Read units, factors and vague words as far as they go: "two hundred and twelve thousand"."""
        total, current, last = Bounds(0, 0), None, -1
        i, stop = start, min(len(words), start + _LONGEST)
        while i < stop:
            word = words[i]
            value = self._value(words, i, current is not None)
            if value is not None:
                if current is not None and not self._adds(words, i, current):
                    break
                bounds, step = value
                current = bounds if current is None else current.plus(bounds)
                i += step
                last = i - 1
            elif word in self._factors and (current is not None or word in self._words.multipliers):
                current, total = self._multiplied(total, current or Bounds(1, 1), self._factors[word])
                last, i = i, i + 1
            elif self._is_glue(words, i, current):
                i += 1
            else:
                break
        if last < 0:
            return None
        return Number(total.plus(current) if current is not None else total, last + 1, last)

    def _multiplied(self, total: Bounds, current: Bounds, factor: float) -> tuple[Bounds, Bounds]:
        if factor < 1000:
            return current.times(factor), total
        return Bounds(0, 0), total.plus(current.times(factor))

    def _value(self, words: Sequence[str], i: int, inside: bool) -> tuple[Bounds, int] | None:
        """Return what one word is worth, with the number of words that it takes."""
        word = words[i]
        if word in self._words.units:
            value = self._words.units[word]
            return Bounds(value, value), 1
        if word in self._words.vague and not inside:
            return Bounds(*self._words.vague[word]), 1
        if word in {"a", "an", "half"} and not inside:
            return self._article(words, i)
        return self._numeral(word, inside)

    def _article(self, words: Sequence[str], i: int) -> tuple[Bounds, int] | None:
        """As in "a hundred", "half a million", "a few", "a couple"."""
        rest = words[i + 1 : i + 3]
        if words[i] == "half":
            halved = rest[:1] == ["a"] and rest[1:2] and rest[1] in self._factors
            return (Bounds(0.5, 0.5), 2) if halved else None
        if rest and (rest[0] in self._words.multipliers or rest[0] == "half"):
            return Bounds(1, 1), 1
        if rest and rest[0] in self._words.vague:
            return Bounds(*self._words.vague[rest[0]]), 2
        return None

    def _numeral(self, word: str, inside: bool) -> tuple[Bounds, int] | None:
        found = _NUMERAL.fullmatch(word) if word[:1].isdigit() else None
        if found is None or inside:
            return None
        suffix = found[3]
        if suffix and suffix not in self._words.suffixes:
            return None
        value = float(found[1].replace(",", "") + (found[2] or "")) * self._words.suffixes.get(suffix, 1.0)
        return Bounds(value, None if word.endswith("+") else value), 1

    def _adds(self, words: Sequence[str], i: int, current: Bounds) -> bool:
        """A second word adds to the first only as "three" does to "twenty" and to "hundred"."""
        if current == Bounds(0, 0):
            return True
        value = self._words.units.get(words[i])
        least = current.low
        if value is None or least is None:
            return False
        return (20 <= least < 100 and least % 10 == 0 and value < 10) or (
            least >= 100 and least % 100 == 0 and value < 100
        )

    def _is_glue(self, words: Sequence[str], i: int, current: Bounds | None) -> bool:
        """Hyphens inside "twenty-three", "and" inside "a hundred and two", "of" inside "tens of thousands"."""
        if current is None or i + 1 >= len(words):
            return False
        word, following = words[i], words[i + 1]
        if word == "-":
            return (following in self._words.units and self._adds(words, i + 1, current)) or following in self._factors
        if word == "and":
            least = current.low or 0
            return following in self._words.units and (least == 0 or least % 100 == 0)
        return word == "of" and following in self._factors and following.endswith("s")


def _by_first(phrases: dict[str, BoundKind]) -> dict[str, list[tuple[list[str], BoundKind]]]:
    """Index phrases by their first word, the longest first."""
    index: dict[str, list[tuple[list[str], BoundKind]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = phrase.split()
        index.setdefault(words[0], []).append((words, phrases[phrase]))
    return index


def _begins(words: Sequence[str], start: int, phrase: list[str]) -> bool:
    """Say whether a phrase stands at a position and something follows it or it ends the words."""
    return list(words[start : start + len(phrase)]) == phrase


@cache
def reader(user: str | None = None) -> NumberReader:
    """Return the reader for a knowledge directory."""
    return NumberReader(load(user).numbers)


def parse_number(words: str | Sequence[str]) -> Bounds | None:
    """Return the bounds of a number that takes up all the words, or None where they are none.

    A string is cut at white space and at hyphens: "at least twenty-three", "30-40", "2.3 billion".
    """
    if isinstance(words, str):
        words = _cut(words)
    listed = [word.lower() for word in words]
    found = reader().read(listed) if listed else None
    return found.bounds if found is not None and found.end == len(listed) else None


def _cut(text: str) -> list[str]:
    words: list[str] = []
    for word in text.split()[: 2 * _LONGEST]:
        joined = _JOINED.fullmatch(word.lower())
        parts = [joined[1], "-", joined[2]] if joined else re.split("(-)", word) if "-" in word else [word]
        words += [part for part in parts if part]
    return words
