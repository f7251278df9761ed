"""The parser's vectors of words: first of each word alone, worked out once, then of each within its surroundings.

The first layers of the parser and of the entity recogniser look at one word at a time: what they make of "the" is the
same in every text. They are two fifths of the network's work, and the words of the news repeat: so the vectors of the
words met last are kept. The layers above look at three words at a time (``MaxoutWindowEncoder`` in spaCy); here their
steps are done a few hundred words at a time, so that what one step makes is still in the processor's cache at the next.
The results are those of the trained layers, but for the rounding of sums in another order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from thinc.api import Model, chain

Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint64]

CAPACITY = 1 << 16
"""So many words are kept, 400 bytes each; when they are full, the table is begun anew."""

_AT_ONCE = 1024
"""So many words are looked at together: their windows and what is made of them fit into the processor's cache."""

_EPSILON = 1e-8
"""What thinc adds to a variance before it divides by its root."""

_MIXER = np.uint64(0x9E3779B97F4A7C15)
"""An odd constant that spreads what is multiplied by it over 64 bits (the golden ratio of 2**64)."""


class WordVectors:
    """Vectors by what the layers see of a word."""

    def __init__(self, layers: Model[Any, Any], width: int, capacity: int = CAPACITY) -> None:
        self.layers = layers
        self.capacity = capacity
        self._vectors: Floats = np.empty((capacity, width), np.float32)
        self._rows: dict[int, int] = {}

    def of(self, features: Hashes) -> Floats:
        """Return one vector for each row, which holds the features of one word."""
        keys, first, back = np.unique(_keys(features), return_index=True, return_inverse=True)
        if len(keys) > self.capacity:
            return np.asarray(self.layers.predict(features))
        named = keys.tolist()
        new = [k for k, key in enumerate(named) if key not in self._rows]
        if len(self._rows) + len(new) > self.capacity:
            self._rows.clear()
            new = list(range(len(named)))
        if new:
            begin = len(self._rows)
            self._vectors[begin : begin + len(new)] = self.layers.predict(features[first[new]])
            self._rows.update((named[k], begin + row) for row, k in enumerate(new))
        rows = np.fromiter((self._rows[key] for key in named), np.int64, len(named))
        return self._vectors[rows[back]]


class Surroundings:
    """The layers that look at three words at a time, each adding to a word's vector what it makes of it."""

    def __init__(self, residuals: Sequence[Model[Any, Any]]) -> None:
        self.layers = [_Layer.of(residual) for residual in residuals]

    def of(self, texts: list[Floats]) -> list[Floats]:
        """Return the vectors of texts' words within their surroundings, from those of the words alone."""
        gap = len(self.layers)
        ends = np.cumsum([gap + len(text) for text in texts])
        # Between texts lie as many rows of nothing as there are layers: nothing reaches from one to the next.
        x = np.zeros((int(ends[-1]) + gap, texts[0].shape[1]), np.float32)
        for text, end in zip(texts, ends.tolist(), strict=True):
            x[end - len(text) : end] = text
        for layer in self.layers:
            x = layer(x)
        return [x[end - len(text) : end] for text, end in zip(texts, ends.tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class _Layer:
    """Maxout over three words, normalised: the weights, by input and then by piece and output."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, residual: Model[Any, Any]) -> _Layer:
        """Take the weights of a layer of spaCy's; raises ValueError where it is none of this kind."""
        parts = {part.name: part for part in residual.walk() if part.param_names or part.name == "expand_window"}
        if parts.keys() != {"expand_window", "maxout", "layernorm"} or parts["expand_window"].attrs["window_size"] != 1:
            raise ValueError(f"the parser has layers of another kind: {residual.name}")
        maxout, norm = parts["maxout"], parts["layernorm"]
        weights: Floats = np.asarray(maxout.get_param("W"))
        by_input = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1))
        bias = np.asarray(maxout.get_param("b")).T.ravel()
        return cls(by_input, bias, np.asarray(norm.get_param("G")), np.asarray(norm.get_param("b")))

    def __call__(self, x: Floats) -> Floats:
        size, width = x.shape
        out = np.empty_like(x)
        windows = np.zeros((min(_AT_ONCE, size), 3 * width), np.float32)
        for begin in range(0, size, _AT_ONCE):
            end = min(begin + _AT_ONCE, size)
            three = windows[: end - begin]
            first, last = int(begin == 0), int(end == size)
            three[first:, :width] = x[begin - 1 + first : end - 1]
            three[:, width : 2 * width] = x[begin:end]
            three[: len(three) - last, 2 * width :] = x[begin + 1 : end + 1]
            three[:first, :width] = three[len(three) - last :, 2 * width :] = 0
            np.add(self._normed(self._greatest(three)), x[begin:end], out=out[begin:end])
        return out

    def _greatest(self, three: Floats) -> Floats:
        """Return the greatest of the pieces of each output."""
        pieces = three @ self.weights
        pieces += self.bias
        width = len(self.gain)
        found: Floats = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
        for begin in range(2 * width, pieces.shape[1], width):
            np.maximum(found, pieces[:, begin : begin + width], out=found)
        return found

    def _normed(self, x: Floats) -> Floats:
        x -= x.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1])
        x *= (1 / np.sqrt(variance + np.float32(_EPSILON)))[:, None]
        x *= self.gain
        x += self.shift
        return x


def quicken_vectors(tok2vec: Model[Any, Any]) -> None:
    """Give a spaCy ``Tok2Vec`` a table of words for its layers that look at one word, and ``Surroundings``."""
    _remember_words(tok2vec)
    around = Surroundings(tok2vec.layers[1].layers[0].layers)

    def forward(model: Model[Any, Any], texts: list[Floats], is_train: bool) -> tuple[list[Floats], None]:  # noqa: ARG001 - thinc's
        return (around.of(texts) if texts else []), None

    tok2vec.layers[1] = Model("surroundings", forward, dims={"nO": tok2vec.layers[1].get_dim("nO")})


def _remember_words(tok2vec: Model[Any, Any]) -> None:
    embed = tok2vec.layers[0]
    extract, _, tables, mix, _ = embed.layers
    columns = list(extract.attrs["columns"])
    words = WordVectors(chain(tables, mix), embed.get_dim("nO"))

    def forward(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[list[Floats], None]:  # noqa: ARG001 - thinc's
        if not docs:
            return [], None
        features = np.concatenate([doc.to_array(columns).reshape(len(doc), len(columns)) for doc in docs])
        ends = np.cumsum([len(doc) for doc in docs])[:-1]
        return np.split(words.of(features.astype(np.uint64)), ends), None

    tok2vec.layers[0] = Model("remembered_words", forward, dims={"nO": embed.get_dim("nO")})


def _keys(features: Hashes) -> Hashes:
    """Return a number for each row, which differs where rows do but for chances of one in 2**64."""
    keys = np.zeros(len(features), np.uint64)
    for column in features.T:
        keys = (keys ^ column) * _MIXER
        keys ^= keys >> np.uint64(29)
    return keys
