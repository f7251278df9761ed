"""The traits of several documents one after the other, so that one document is compared with all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.corroboration.traits import DocumentTraits, Terms


@dataclass(frozen=True, slots=True)
class Stack:
    """Documents and their tellings in one sequence; ``own`` gives for each telling the place of its document.

    What follows ``document_vectors`` is what ``DocumentTraits`` has under the same names, a row for each telling.
    """

    documents: tuple[str, ...]
    tellings: tuple[str, ...]
    own: NDArray[np.intp]
    published: NDArray[np.int64]
    document_words: Terms
    document_vectors: NDArray[np.float32]
    stems: NDArray[np.int64]
    rows: NDArray[np.int32]
    rarity: NDArray[np.float32]
    types: NDArray[np.int64]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    when_first: NDArray[np.int32]
    when_last: NDArray[np.int32]
    when_from: NDArray[np.int8]
    leads: NDArray[np.float32]
    titles: NDArray[np.float32]
    tenses: NDArray[np.int8]
    places: NDArray[np.int64]
    countries: NDArray[np.int64]
    passages: NDArray[np.int32]
    sentence_words: Terms
    sentence_vectors: NDArray[np.float32]
    families: Terms
    argument_words: Terms
    names: Terms
    numbers: Terms
    actors: Terms
    recipients: Terms

    @classmethod
    def of(cls, documents: Sequence[DocumentTraits]) -> Stack:
        """Put the traits of one or more documents one after the other."""

        def joined(name: str) -> Any:
            parts = [getattr(document, name) for document in documents]
            return _chained(parts) if isinstance(parts[0], Terms) else np.concatenate(parts)

        return cls(
            tuple(document.document for document in documents),
            tuple(telling for document in documents for telling in document.tellings),
            np.repeat(np.arange(len(documents)), [len(document.tellings) for document in documents]),
            np.array([document.published for document in documents], np.int64),
            joined("document_words"),
            np.stack([document.document_vector for document in documents]),
            *(joined(name) for name in _ALIKE),
        )


_ALIKE = tuple(Stack.__dataclass_fields__)[6:]
"""The fields that are put together row by row."""


def _chained(parts: Sequence[Terms]) -> Terms:
    ends = np.cumsum([0, *(len(part.hashes) for part in parts)])
    starts = [part.starts[:-1] + end for part, end in zip(parts, ends[:-1].tolist(), strict=True)]
    return Terms(
        np.concatenate([*starts, ends[-1:]]).astype(np.int32),
        np.concatenate([part.hashes for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )
