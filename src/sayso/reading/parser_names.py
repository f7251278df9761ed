"""Named entities as spaCy's recogniser finds them, found at once for all words.

spaCy's recogniser goes through a text word by word and decides for each whether a name begins, goes on or ends there.
What it sees of a word outside of names is the word's vector alone, within a name also those of the name's first word
and of the word before. So the decisions outside of names can be made for all words together, and those within for
all names together, one word further at a time: the same decisions from the same weights, in matrices large enough to be
quick. (Lample et al. 2016, section 3, describe a recogniser of this kind; the actions here are those of spaCy's
``ner.pyx``.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, SENT_START
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from spacy.util import minibatch

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Name = tuple[int, int, str]
"""First token, the one after the last, label."""


class NameFinder:
    """Sets the entities of Docs with the weights of a trained ``EntityRecognizer``.

    Entities that are set before are overwritten: it is for the pipeline of the reader, in which there are none.
    """

    def __init__(self, recogniser: EntityRecognizer) -> None:
        model = recogniser.model
        self.tok2vec = model.get_ref("tok2vec")
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        # By feature (the word, the name's first word, the word before), then input, then piece and output.
        weights = lower.get_param("W").transpose(0, 3, 2, 1)
        features, width, pieces, hidden = weights.shape
        self._weights = np.ascontiguousarray(weights.reshape(features, width, pieces * hidden))
        self._bias = lower.get_param("b").T.reshape(-1)
        self._absent = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(features, -1)
        self._upper, self._upper_bias = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
        moves = recogniser.moves
        self._actions = Actions([moves.get_class_name(k) for k in range(moves.n_moves)])

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of one Doc."""
        self._find([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Set the entities of Docs, so many at once."""
        docs: list[Doc]
        for docs in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
            self._find(docs)
            yield from docs

    def _find(self, docs: Sequence[Doc]) -> None:
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        names = iter(self._names(self.tok2vec.predict(docs), *_edges(docs)))
        begin = 0
        name = next(names, None)
        for doc in docs:
            found = []
            while name is not None and name[0] < begin + len(doc):
                found.append(Span(doc, name[0] - begin, name[1] - begin, label=name[2]))
                name = next(names, None)
            doc.set_ents(found)
            begin += len(doc)

    def _names(self, vectors: Floats, last: Bools, blank: Bools) -> Iterator[Name]:
        """Yield the names in the words of several texts, one after the other.

        ``last`` says which words end a sentence or a text, beyond which no name goes; ``blank`` which are white space.
        """
        alone = self._bias + self._absent[1] + self._absent[2]
        outside = self._scores(vectors @ self._weights[0] + alone)
        actions = self._actions.outside(outside, last, blank)
        ends, labels = self._ends(vectors, actions, last)
        after = 0
        for start in np.flatnonzero(labels >= 0).tolist():
            if start >= after:
                after = int(ends[start])
                yield start, after, self._actions.labels[labels[start]]

    def _ends(self, vectors: Floats, actions: Ints, last: Bools) -> tuple[Ints, Ints]:
        """Return for each word where a name that began there would end, and its label; -1 where none begins."""
        kinds, labels = self._actions.kind[actions], self._actions.label[actions]
        ends = np.arange(1, len(actions) + 1)
        starts = np.flatnonzero(kinds == BEGIN)
        words = starts + 1
        while len(words):
            goes_on = ~last[words]
            goes_on[goes_on] = self._goes_on(vectors, words[goes_on], starts[goes_on], labels[starts[goes_on]])
            ends[starts[~goes_on]] = words[~goes_on] + 1
            starts, words = starts[goes_on], words[goes_on] + 1
        return ends, np.where((kinds == BEGIN) | (kinds == UNIT), labels, -1)

    def _goes_on(self, vectors: Floats, words: Ints, starts: Ints, labels: Ints) -> Bools:
        """Say of words within names, each with the name's first word and label, whether the name goes on after it."""
        features = (words, starts, words - 1)
        summed = self._bias + sum(vectors[rows] @ self._weights[f] for f, rows in enumerate(features))
        return self._actions.goes_on(self._scores(summed), labels)

    def _scores(self, summed: Floats) -> Floats:
        """Return the scores of all actions, from the sum of features and bias: maxout, then linear."""
        half = summed.shape[1] // 2
        hidden = np.maximum(summed[:, :half], summed[:, half:])
        scores: Floats = hidden @ self._upper + self._upper_bias
        return scores


BEGIN, INSIDE, LAST, UNIT, OUTSIDE, NEVER = range(6)
_KINDS = {"B": BEGIN, "I": INSIDE, "L": LAST, "U": UNIT, "O": OUTSIDE}


class Actions:
    """What may be done at a word, and which of it scores highest; the first of those that score the same."""

    def __init__(self, names: Sequence[str]) -> None:
        parts = [name.partition("-") for name in names]
        self.labels = sorted({label for _, _, label in parts if label})
        # An action of a name without a label is for words that were ruled out beforehand, which there are none of.
        self.kind: Ints = np.array([_KINDS[k] if label or k == "O" else NEVER for k, _, label in parts])
        self.label: Ints = np.array([self.labels.index(label) if label else -1 for _, _, label in parts])
        self._column = {
            kind: np.array([self._of(kind, label) for label in range(len(self.labels))]) for kind in (INSIDE, LAST)
        }

    def _of(self, kind: int, label: int) -> int:
        return int(np.flatnonzero((self.kind == kind) & (self.label == label))[0])

    def outside(self, scores: Floats, last: Bools, blank: Bools) -> Ints:
        """Return the best action at each word that is not within a name; the scores are used up."""
        scores[:, np.isin(self.kind, (INSIDE, LAST, NEVER))] = -np.inf
        scores[np.ix_(last | blank, self.kind == BEGIN)] = -np.inf
        scores[np.ix_(blank, self.kind == UNIT)] = -np.inf
        best: Ints = scores.argmax(axis=1)
        return best

    def goes_on(self, scores: Floats, labels: Ints) -> Bools:
        """Say for each word within a name of a label whether the name goes on after it, rather than end with it."""
        rows = np.arange(len(labels))
        inside, last = self._column[INSIDE][labels], self._column[LAST][labels]
        on, end = scores[rows, inside], scores[rows, last]
        chosen: Bools = (on > end) | ((on == end) & (inside < last))
        return chosen


def _edges(docs: Sequence[Doc]) -> tuple[Bools, Bools]:
    """Return of all words of Docs, one after the other, which end a sentence or a Doc, and which are white space."""
    lasts, blanks = [], []
    for doc in docs:
        table = doc.to_array([SENT_START, IS_SPACE])
        lasts.append(np.append(table[1:, 0] == 1, True))
        blanks.append(table[:, 1] == 1)
    return np.concatenate(lasts), np.concatenate(blanks)
