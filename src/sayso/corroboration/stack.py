"""The traits of several documents one after the other, so that one document is compared with all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.corroboration.traits import DocumentTraits, TellingTraits, Terms


@dataclass(frozen=True, slots=True)
class Stack(TellingTraits):
    """Documents and all their tellings in one sequence; ``own`` gives for each telling the place of its document."""

    own: NDArray[np.intp]
    documents: tuple[str, ...]
    published: NDArray[np.int64]
    document_words: Terms
    document_vectors: NDArray[np.float32]

    @classmethod
    def of(cls, documents: Sequence[DocumentTraits]) -> Stack:
        """Put the traits of one or more documents one after the other."""

        def joined(name: str) -> Any:
            return _joined([getattr(document, name) for document in documents])

        return cls(
            **{field.name: joined(field.name) for field in fields(TellingTraits)},
            own=np.repeat(np.arange(len(documents)), [len(document.tellings) for document in documents]),
            documents=tuple(document.document for document in documents),
            published=np.array([document.published for document in documents], np.int64),
            document_words=joined("document_words"),
            document_vectors=np.stack([document.document_vector for document in documents]),
        )


def _joined(parts: Sequence[Any]) -> Any:
    if isinstance(parts[0], Terms):
        return _chained(parts)
    return tuple(chain.from_iterable(parts)) if isinstance(parts[0], tuple) else np.concatenate(parts)


def _chained(parts: Sequence[Terms]) -> Terms:
    ends = np.cumsum([0, *(len(part.hashes) for part in parts)])
    starts = [part.starts[:-1] + end for part, end in zip(parts, ends[:-1].tolist(), strict=True)]
    return Terms(
        np.concatenate([*starts, ends[-1:]]).astype(np.int32),
        np.concatenate([part.hashes for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )
