"""The words of what is said: where they stand, what they weigh, which are near in meaning, which run alike.

A content is cut into sentences and clauses by its punctuation and a few joining words, which is near enough to ask
whether another wording of it tells the same clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from sayso.corroboration.utterances.numerals import Numeral, numerals
from sayso.corroboration.vocabulary import vocabulary
from sayso.records import Span

LONGEST = 400
"""Words of one content that are looked at."""
NEAR = 0.55
"""Cosine of two words from which on one may stand for the other."""
LIGHTEST = 1.2
"""Words that weigh less (idf) say too little to compare contents by."""
HEAVIEST = 6.0
"""No word weighs more (idf): a name alone is not what is said of it."""
OF_A_NAME = 0.5
"""What a word weighs less that is written as a name."""
_MOST = 60
_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_SENTENCE = re.compile(r"[.;!?][\"”’')\]]*\s")
_PAUSE = re.compile(r"[,:–—…()]")
_JOINING = frozenset({"and", "but", "though", "although", "which", "while", "because", "or"})
_BROKEN, _STOP = " … ", ". "
"""What stands between pieces of a broken quotation, and where the one after it begins a sentence."""

Range = tuple[int, int]
"""Numbers of words, end exclusive."""
Piece = tuple[int, str]
"""Some words of a text as written, and where they begin in it."""
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bag:
    """Different weighty words, by stem: their rows in the vocabulary and weights, the heaviest first."""

    stems: tuple[str, ...]
    rows: NDArray[np.int64]
    weights: Floats
    known: frozenset[str]

    @property
    def weight(self) -> float:
        """What they weigh together."""
        return float(self.weights.sum())


class Content:
    """What one statement says: ``words`` in small letters, ``spans`` their places in the text of its document."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        words: list[str] = []
        named: list[bool] = []
        spans: list[Span] = []
        between: list[str] = []
        left = ""
        for start, text in pieces:
            at = 0
            for match in _WORD.finditer(text):
                if len(words) == LONGEST:
                    break
                named.append(
                    match[0][0].isupper() and bool(words) and not _SENTENCE.search(left + text[at : match.start()])
                )
                words.append(match[0].lower().replace("’", "'"))
                spans.append((start + match.start(), start + match.end()))
                between.append(left + text[at : match.start()] + (_STOP if left and _opens(match[0]) else ""))
                at, left = match.end(), ""
            left = f"{left}{text[at:]}{_BROKEN}" if words else ""
        self.words, self.spans, self._between = tuple(words), tuple(spans), between
        self._named = named

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stem of each word."""
        return tuple(vocabulary().look_up(_bare(word))[0] for word in self.words)

    @cached_property
    def bag(self) -> Bag:
        """All its weighty words."""
        return self.bag_at(range(len(self.words)))

    def bag_at(self, places: Iterable[int]) -> Bag:
        """Return the weighty words at some places; words written as names weigh less: many say something of them."""
        known = vocabulary()
        found: dict[str, tuple[int, float]] = {}
        for place in places:
            word = self.words[place]
            stem, row, weight = known.look_up(_bare(word))
            if weight >= LIGHTEST or word[0].isdigit():
                found.setdefault(stem, (row, min(weight, HEAVIEST) * (OF_A_NAME if self._named[place] else 1.0)))
        return _bag(found)

    @cached_property
    def numerals(self) -> tuple[Numeral, ...]:
        """Its numbers, in order."""
        return numerals(self.words)

    @cached_property
    def threes(self) -> dict[tuple[str, ...], int]:
        """Where each three words in a row stand first."""
        found: dict[tuple[str, ...], int] = {}
        for place in range(len(self.words) - 2):
            found.setdefault(self.words[place : place + 3], place)
        return found

    @cached_property
    def sentences(self) -> tuple[Range, ...]:
        """Its sentences; an ellipsis, where something else stands between, ends none."""
        return self._cut(_SENTENCE, frozenset())

    @cached_property
    def clauses(self) -> tuple[Range, ...]:
        """Its clauses, near enough."""
        return self._cut(re.compile(f"{_SENTENCE.pattern}|{_PAUSE.pattern}"), _JOINING)

    def sentence_of(self, place: int) -> Range:
        """Return the sentence that a word stands in."""
        return next(span for span in self.sentences if span[0] <= place < span[1])

    def clause_of(self, place: int) -> Range:
        """Return the clause that a word stands in."""
        return next(span for span in self.clauses if span[0] <= place < span[1])

    def is_name(self, place: int) -> bool:
        """Say whether a word within a sentence is written as a name: the month of May is no modal."""
        return self._named[place]

    def span_of(self, words: Range) -> Span:
        """Return where some of its words stand in the text."""
        return self.spans[words[0]][0], self.spans[words[1] - 1][1]

    def _cut(self, stops: re.Pattern[str], joining: frozenset[str]) -> tuple[Range, ...]:
        """Cut words where something that stops stands between two, and before joining words."""
        starts = [0] + [
            place
            for place in range(1, len(self.words))
            if self.words[place] in joining or stops.search(self._between[place])
        ]
        ends = [*starts[1:], len(self.words)]
        return tuple((start, end) for start, end in zip(starts, ends, strict=True) if start < end)


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def _opens(word: str) -> bool:
    """Say whether a word after a break begins a sentence: it is written with a capital, and is not "I"."""
    return word[0].isupper() and word != "I" and not word.startswith(("I'", "I’"))


def _bag(found: dict[str, tuple[int, float]]) -> Bag:
    chosen = sorted(found.items(), key=lambda item: (-item[1][1], item[0]))[:_MOST]
    return Bag(
        stems=tuple(stem for stem, _ in chosen),
        rows=np.array([row for _, (row, _) in chosen], np.int64),
        weights=np.array([weight for _, (_, weight) in chosen], np.float32),
        known=frozenset(stem for stem, _ in chosen),
    )


def covered(one: Bag, other: Bag) -> float:
    """Return what share of the weight of one bag the other has: the same words, or less for words near in meaning."""
    return both_covered(one, other)[0]


def both_covered(one: Bag, other: Bag) -> tuple[float, float]:
    """Return what share of each the other has."""
    if not one.stems or not other.stems:
        return 0.0, 0.0
    near = _near(one, other)
    return _share(one, other, near.max(axis=1)), _share(other, one, near.max(axis=0))


def longest_run(one: Content, other: Content) -> tuple[Range, Range] | None:
    """Return the longest passage of three words or more that both have word for word, as words of each."""
    best: tuple[int, int, int] | None = None
    for words in one.threes.keys() & other.threes.keys():
        i, j, length = one.threes[words], other.threes[words], 3
        while one.words[i + length : i + length + 1] == other.words[j + length : j + length + 1] != ():
            length += 1
        if best is None or (length, -i, -j) > (best[0], -best[1], -best[2]):
            best = length, i, j
    return ((best[1], best[1] + best[0]), (best[2], best[2] + best[0])) if best else None


def _share(one: Bag, other: Bag, near: Floats) -> float:
    same = np.array([stem in other.known for stem in one.stems])
    return float((np.where(same, np.float32(1), near) * one.weights).sum() / one.weights.sum())


def _near(one: Bag, other: Bag) -> Floats:
    directions = _directions()
    likeness = directions[one.rows] @ directions[other.rows].T
    found: Floats = np.where(likeness >= NEAR, np.minimum(likeness, 1), np.float32(0))
    return found


@cache
def _directions() -> Floats:
    vectors = vocabulary().vectors
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Floats = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return found
