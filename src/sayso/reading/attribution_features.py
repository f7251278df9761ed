"""What the attribution network sees of a text: numbers for its words, and for how any word stands to a cue.

Training and reading make their input here, so that they cannot drift apart. Tokens are those of the Doc without white
space; positions are indexes into that list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, IS_SPACE, LEMMA, LOWER, ORTH, POS, SENT_START, SHAPE, SUFFIX, TAG
from spacy.strings import get_string_id
from spacy.tokens import Doc

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

WINDOW, LONGEST_WINDOW = 200, 256
"""A window is as many whole paragraphs as fit into the first figure; the second is where a long paragraph is cut."""

ANCESTORS = 3
"""How far up the tree from a cue its relations are told apart; what hangs higher counts as this far."""

HIGHEST = 40
"""Steps up the tree after which the way to the root is given up: only garbage is deeper."""

FARTHEST = 64
NEAREST_QUOTATIONS = 2
FIRST_DEPENDENCY = 2 + ANCESTORS
"""Relations before this one: another sentence, the cue itself, its ancestors; then dependency by level."""

_ATTRIBUTES = (LOWER, SUFFIX, SHAPE, POS, TAG, DEP, LEMMA, HEAD, IS_SPACE, SENT_START, ORTH)
_MARKS = np.array([get_string_id(mark) for mark in ('"', "“", "”", "''", "``", "‘", "’", "„", "«", "»")], np.uint64)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of tokens that is read at once."""

    start: int
    end: int


class Tokens:
    """The tokens of a Doc as columns of numbers; quotations must have been found."""

    def __init__(self, doc: Doc) -> None:
        every: Hashes = doc.to_array(list(_ATTRIBUTES)).astype(np.uint64).reshape(-1, len(_ATTRIBUTES))
        space = every[:, _ATTRIBUTES.index(IS_SPACE)] == 1
        self.positions: Ints = np.flatnonzero(~space)
        table = every[self.positions]
        self.lower, self.suffix, self.shape = table[:, 0], table[:, 1], table[:, 2]
        self.pos, self.tag, self.dep, self.lemma = table[:, 3], table[:, 4], table[:, 5], table[:, 6]
        self.head = self._heads(table[:, 7].view(np.int64), len(doc))
        starts = every[:, _ATTRIBUTES.index(SENT_START)] == 1
        self.sentence: Ints = starts.cumsum()[self.positions]
        self.paragraph: Ints = _line_breaks(doc, space).cumsum()[self.positions]
        self.quotation = self._quotations(doc)
        self.is_mark = np.isin(table[:, _ATTRIBUTES.index(ORTH)], _MARKS)
        self._labels: list[int] | None = None

    def __len__(self) -> int:
        return len(self.positions)

    def _heads(self, offsets: Ints, length: int) -> Ints:
        """Heads as positions; a word that hangs on white space is made a root."""
        place = np.full(length + 1, -1, np.int64)
        place[self.positions] = np.arange(len(self.positions))
        heads = place[np.clip(self.positions + offsets, 0, length)]
        return np.where(heads < 0, np.arange(len(heads)), heads)

    def _quotations(self, doc: Doc) -> Ints:
        """Number of the outermost quotation that a token is in, from 1, else 0."""
        column = np.zeros(len(doc), np.int64)
        for number, quotation in enumerate((q for q in doc._.quotations if not q.nested), 1):
            column[quotation.start : quotation.end] = number
        return column[self.positions]

    def words(self, vocabulary: Vocabulary) -> Ints:
        """Return the feature numbers of every token, one row each, in the order that the network embeds them."""
        starts_sentence = np.diff(self.sentence, prepend=-1) > 0
        flags = (self.quotation > 0) * 1 + self.is_mark * 2 + starts_sentence * 4
        lemma, pos = vocabulary.number("lemma", self.lemma), vocabulary.number("pos", self.pos)
        columns = [
            vocabulary.number("lower", self.lower),
            (self.suffix % np.uint64(SUFFIXES)).astype(np.int64),
            vocabulary.number("shape", self.shape),
            pos,
            vocabulary.number("tag", self.tag),
            vocabulary.number("dep", self.dep),
            lemma,
            lemma[self.head],
            pos[self.head],
            flags.astype(np.int64),
        ]
        return np.stack(columns, axis=1) if len(self) else np.zeros((0, len(columns)), np.int64)

    @cached_property
    def windows(self) -> list[Window]:
        """The windows that the tokens fall into, in order, without gap or overlap."""
        found: list[Window] = []
        begin = 0
        while begin < len(self):
            end = self._window_end(begin)
            found.append(Window(begin, end))
            begin = end
        return found

    def _window_end(self, begin: int) -> int:
        limit = min(begin + LONGEST_WINDOW, len(self))
        if limit == len(self) and limit - begin <= WINDOW:
            return limit
        paragraph = self.paragraph[begin : limit + 1]
        breaks = np.flatnonzero(np.diff(paragraph)) + begin + 1
        fitting = breaks[breaks - begin <= WINDOW]
        if len(fitting):
            return int(fitting[-1])
        if len(breaks):
            return int(breaks[0])
        if limit == len(self):
            return limit
        sentences = np.flatnonzero(np.diff(self.sentence[begin : limit + 1])) + begin + 1
        return int(sentences[-1]) if len(sentences) else limit

    @cached_property
    def _edges(self) -> tuple[list[int], list[int], list[list[int]]]:
        """First and last token below each token, and its children."""
        left, right = list(range(len(self))), list(range(len(self)))
        children: list[list[int]] = [[] for _ in left]
        heads = self.head.tolist()
        for i, head in enumerate(heads):
            if head != i:
                children[head].append(i)
        for i in self._leaves_first(children):
            head = heads[i]
            if left[i] < left[head]:
                left[head] = left[i]
            if right[i] > right[head]:
                right[head] = right[i]
        return left, right, children

    def _leaves_first(self, children: list[list[int]]) -> list[int]:
        order = [i for i, head in enumerate(self.head.tolist()) if head == i]
        for i in order:
            order.extend(children[i])
        return order[::-1]

    def relations(self, cue: int, window: Window, vocabulary: Vocabulary) -> Ints:
        """Return how each token of a window stands to a cue: tree, distance, quotation, sentence, nearest quotation."""
        place = np.arange(window.start, window.end)
        quotation, own = self.quotation[window.start : window.end], self.quotation[cue]
        inside: Ints = 2 * (quotation > 0).astype(np.int64)
        if own:
            inside = np.where(quotation == 0, 1, np.where(quotation == own, 3, 4))
        sentence = np.clip(self.sentence[window.start : window.end] - self.sentence[cue], -3, 3) + 3
        elsewhere = self.paragraph[window.start : window.end] != self.paragraph[cue]
        return np.stack(
            [
                self._tree(cue, window, vocabulary),
                np.clip(place - cue, -FARTHEST, FARTHEST) + FARTHEST,
                inside * 2 + self.is_mark[window.start : window.end],
                sentence + 7 * elsewhere,
                self._nearest_quotations(quotation, cue - window.start),
            ],
            axis=1,
        )

    def _tree(self, cue: int, window: Window, vocabulary: Vocabulary) -> Ints:
        """Number the way up from each token to the cue or to the first of its ancestors that both hang on."""
        left, right, children = self._edges
        labels = self._dependencies(vocabulary)
        dependencies = len(vocabulary.table["dep"]) + 1
        start, end = window.start, window.end
        found = np.zeros(end - start, np.int64)
        node, below, level = cue, -1, 0
        for _ in range(HIGHEST):
            for child in children[node]:
                if child != below and start <= child < end:
                    first, last = max(left[child], start) - start, max(right[child] + 1 - start, 0)
                    found[first:last] = FIRST_DEPENDENCY + level * dependencies + labels[child]
            if start <= node < end:
                found[node - start] = 1 + level
            head = int(self.head[node])
            if head == node:
                return found
            node, below, level = head, node, min(level + 1, ANCESTORS)
        return found

    def _dependencies(self, vocabulary: Vocabulary) -> list[int]:
        """Return the number of each token's dependency."""
        if self._labels is None:
            self._labels = vocabulary.number("dep", self.dep).tolist()
        return self._labels

    def _nearest_quotations(self, quotation: Ints, cue: int) -> Ints:
        """Number the quotations before and after a cue by their nearness."""
        found = np.zeros(len(quotation), np.int64)
        if not quotation.any():
            return found
        numbers, starts = np.unique(quotation, return_index=True)
        outer = [(int(start), int(number)) for number, start in zip(numbers, starts, strict=True) if number]
        before = [number for start, number in sorted(outer, reverse=True) if start < cue]
        after = [number for start, number in sorted(outer) if start >= cue]
        for base, group in ((1, before), (2 + NEAREST_QUOTATIONS, after)):
            for rank, number in enumerate(group):
                found[quotation == number] = base + min(rank, NEAREST_QUOTATIONS)
        return found


def _line_breaks(doc: Doc, space: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say of each token of a Doc whether it is white space with the end of a line in it."""
    found = np.zeros(len(doc), bool)
    for i in np.flatnonzero(space).tolist():
        found[i] = "\n" in (text := doc[i].text) or "\r" in text
    return found


SUFFIXES = 4096
"""Suffixes are told apart by their hash modulo this."""

RELATION_SIZES = {
    "distance": 2 * FARTHEST + 1,
    "inside": 10,
    "sentence": 14,
    "nearest": 2 * (NEAREST_QUOTATIONS + 1) + 1,
}


class Vocabulary:
    """The words, shapes and labels that the network knows: 64-bit hashes, numbered from 1; 0 is everything else."""

    def __init__(self, table: dict[str, Hashes]) -> None:
        self.table = table
        self._sorted = {name: np.sort(hashes) for name, hashes in table.items()}
        self._rank = {name: np.argsort(hashes) for name, hashes in table.items()}

    def number(self, name: str, hashes: Hashes) -> Ints:
        """Return the number of each hash in a table."""
        known = self._sorted[name]
        where = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
        return np.where(known[where] == hashes, self._rank[name][where] + 1, 0)
