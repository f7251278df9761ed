"""Traits: what a document and its tellings are recognised by, as numbers that can be compared quickly and kept.

A document has one row for each telling. Sets of words, parties and numbers are kept as ``Terms``: for all rows, one
after the other, hashes of 64 bits and what each weighs.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.corroboration.families import families
from sayso.corroboration.telling import Telling
from sayso.corroboration.vocabulary import Vocabulary, vocabulary, words_of
from sayso.corroboration.whens import Whens, ordinals
from sayso.records import Actor, Record

MOST_WORDS = 80
"""A document is known by this many of its words, the weightiest."""
KEYS = 40
_LIGHTEST = 1.0
"""Words that weigh less stand in most articles and tell nothing."""
_LEAD = 300
"""Characters into a text at which a sentence counts half as much for its lead as the first."""
_TENSES = {"none": 0, "past": 1, "present": 2, "future": 3}


@dataclass(frozen=True, slots=True)
class Terms:
    """Sets of weighted terms, one set a row: row ``i`` has the terms from ``starts[i]`` to ``starts[i + 1]``."""

    starts: NDArray[np.int32]
    hashes: NDArray[np.int64]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, rows: Iterable[dict[str, float]]) -> Terms:
        """Make terms of one dictionary a row, from a word or id to its weight."""
        starts, hashes, weights = [0], [], []
        for row in rows:
            for term in sorted(row):
                hashes.append(hash_of(term))
                weights.append(row[term])
            starts.append(len(hashes))
        return cls(np.array(starts, np.int32), np.array(hashes, np.int64), np.array(weights, np.float32))

    def row(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the terms of a row and their weights."""
        span = slice(self.starts[number], self.starts[number + 1])
        return self.hashes[span], self.weights[span]


@lru_cache(maxsize=500_000)
def hash_of(term: str) -> int:
    """Return a signed number of 64 bits for a term, the same in every process."""
    digest = hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@dataclass(frozen=True, slots=True)
class TellingTraits:
    """What tellings are recognised by: all but ``tellings``, which are their ids, are arrays of a row a telling.

    ``stems`` are hashes of the anchors' stems, ``rows`` their rows in the vocabulary; ``first`` and ``last`` the days
    (ordinals, 0 where unknown) between which it is said to have happened; ``types`` hashes of PLOVER types, 0 for none.
    """

    tellings: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class DocumentTraits(TellingTraits):
    """What a document and its tellings are recognised by; ``published`` is an ordinal, 0 where unknown."""

    document: str
    order: int
    published: int
    keys: tuple[int, ...]
    document_words: Terms
    document_vector: NDArray[np.float32]

    @classmethod
    def of(cls, record: Record, told: Sequence[Telling], order: int) -> DocumentTraits:
        """Return the traits of a Record and of all its tellings, which are given in text order."""
        return _Making(record, told, order).traits()

    def pack(self) -> bytes:
        """Return the traits as bytes: the length of a heading, the heading in JSON, and the arrays."""
        plain = {field.name: getattr(self, field.name) for field in fields(self) if field.type in _PLAIN}
        arrays = list(_arrays(self))
        heading = json.dumps([plain, [(array.dtype.str, array.shape) for array in arrays]]).encode()
        return b"".join([len(heading).to_bytes(4, "big"), heading, *(array.tobytes() for array in arrays)])

    @classmethod
    def unpack(cls, packed: bytes) -> DocumentTraits:
        """Return traits that were packed."""
        start = 4 + int.from_bytes(packed[:4], "big")
        plain, forms = json.loads(packed[4:start])
        arrays = _unpacked(packed, start, forms)
        values: dict[str, Any] = {f.name: _value(f.name, str(f.type), plain, arrays) for f in fields(cls)}
        return cls(**values)


_PLAIN = ("str", "int", "tuple[str, ...]", "tuple[int, ...]")
"""Types of the fields that are no arrays."""


def _arrays(traits: DocumentTraits) -> Iterator[NDArray[np.generic]]:
    for field in fields(traits):
        value = getattr(traits, field.name)
        if isinstance(value, Terms):
            yield from (value.starts, value.hashes, value.weights)
        elif field.type not in _PLAIN:
            yield value


def _unpacked(packed: bytes, start: int, forms: Iterable[tuple[str, list[int]]]) -> Iterator[NDArray[np.generic]]:
    for form, shape in forms:
        kind, size = np.dtype(form), math.prod(shape)
        yield np.frombuffer(packed, kind, size, start).reshape(shape)
        start += size * kind.itemsize


def _value(name: str, kind: str, plain: dict[str, Any], arrays: Iterator[NDArray[Any]]) -> object:
    if kind == "Terms":
        return Terms(next(arrays), next(arrays), next(arrays))
    if kind.startswith("tuple"):
        return tuple(plain[name])
    return plain[name] if kind in _PLAIN else next(arrays)


class _Making:
    """One Record on its way to traits."""

    def __init__(self, record: Record, told: Sequence[Telling], order: int) -> None:
        self.record, self.told, self.order = record, told, order
        self.vocabulary: Vocabulary = vocabulary()
        self._sentences: dict[
            str, tuple[dict[str, float], NDArray[np.float32], dict[str, float], dict[str, float]]
        ] = {}

    def traits(self) -> DocumentTraits:
        told = self.told
        words, vector = self._weighed(f"{self.record.title or ''} {self.record.text}")
        best = dict(sorted(words.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS])
        sentences = [self._sentence(t.sentence) for t in told]
        anchors = [self._anchor(t) for t in told]
        whens = Whens(self.record)
        when = [whens.of(t) for t in told]
        title = self._weighed(self.record.title)[1] if self.record.title else None
        vectors = np.array([v for _, v, *_ in sentences], np.float32).reshape(len(told), _size(self))
        return DocumentTraits(
            document=self.record.id,
            order=self.order,
            published=ordinals(self.record.published)[0],
            tellings=tuple(t.id for t in told),
            keys=self._keys(best),
            document_words=Terms.of([best]),
            document_vector=vector,
            stems=np.array([hash_of(stem) for stem, _, _ in anchors], np.int64),
            rows=np.array([row for _, row, _ in anchors], np.int32),
            rarity=np.array([weight for _, _, weight in anchors], np.float32),
            types=np.array([hash_of(t.type) if t.type else 0 for t in told], np.int64),
            first=np.array([ordinals(t.date)[0] for t in told], np.int32),
            last=np.array([ordinals(t.date)[1] for t in told], np.int32),
            when_first=np.array([first for first, _, _ in when], np.int32),
            when_last=np.array([last for _, last, _ in when], np.int32),
            when_from=np.array([source for _, _, source in when], np.int8),
            leads=np.array([_LEAD / (_LEAD + t.passage[0]) for t in told], np.float32),
            titles=vectors @ title if title is not None else np.zeros(len(told), np.float32),
            tenses=np.array([_TENSES[t.tense] for t in told], np.int8),
            places=np.array([hash_of(t.place.id or t.place.name) if t.place else 0 for t in told], np.int64),
            countries=np.array(
                [hash_of(t.place.country) if t.place and t.place.country else 0 for t in told], np.int64
            ),
            passages=np.array([t.passage[0] for t in told], np.int32),
            sentence_words=Terms.of(words for words, *_ in sentences),
            sentence_vectors=vectors,
            families=Terms.of(self._families(t) for t in told),
            argument_words=Terms.of(self._arguments(t) for t in told),
            names=Terms.of(names for *_, names, _ in sentences),
            numbers=Terms.of(numbers for *_, numbers in sentences),
            actors=Terms.of(_parties(t.actors) for t in told),
            recipients=Terms.of(_parties(t.recipients) for t in told),
        )

    def _anchor(self, telling: Telling) -> tuple[str, int, float]:
        stem, row, weight = self.vocabulary.look_up(telling.word.lower())
        return (self.vocabulary.look_up(telling.lemma)[0] if telling.lemma else stem), row, weight

    def _sentence(
        self, sentence: str
    ) -> tuple[dict[str, float], NDArray[np.float32], dict[str, float], dict[str, float]]:
        if sentence not in self._sentences:
            self._sentences[sentence] = (*self._weighed(sentence), self._names(sentence), _numbers(sentence))
        return self._sentences[sentence]

    def _weighed(self, text: str) -> tuple[dict[str, float], NDArray[np.float32]]:
        """Return the stems of a text with their weights, and the weighted mean of its words' vectors, of length 1."""
        counts: dict[str, int] = {}
        rows: list[int] = []
        weights: list[float] = []
        found: dict[str, float] = {}
        for word in words_of(text):
            stem, row, weight = self.vocabulary.look_up(word)
            if weight < _LIGHTEST:
                continue
            counts[stem] = counts.get(stem, 0) + 1
            found[stem] = weight
            rows.append(row)
            weights.append(weight)
        vector = (
            np.array(weights, np.float32) @ self.vocabulary.vectors[rows] if rows else np.zeros(_size(self), np.float32)
        )
        length = float(np.linalg.norm(vector))
        weighed = {stem: weight * (1 + math.log(counts[stem])) for stem, weight in found.items()}
        return weighed, (vector / length if length else vector).astype(np.float32)

    def _families(self, telling: Telling) -> dict[str, float]:
        """Return the type of a coded event, else the types that its word can be of."""
        if telling.type:
            return {telling.type: 1.0}
        return families().get(telling.lemma or telling.word.lower(), {})

    def _arguments(self, telling: Telling) -> dict[str, float]:
        words = words_of(" ".join(telling.actor_words + telling.recipient_words))
        looked_up = [self.vocabulary.look_up(word) for word in words]
        return {stem: weight for stem, _, weight in looked_up if weight >= _LIGHTEST}

    def _names(self, sentence: str) -> dict[str, float]:
        """Return the words of a sentence that are written as names, but for its first."""
        names = [word for word in sentence.split()[1:] if word[:1].isupper()]
        looked_up = [self.vocabulary.look_up(word) for name in names for word in words_of(name)]
        return {stem: weight for stem, _, weight in looked_up if weight >= _LIGHTEST}

    def _keys(self, words: dict[str, float]) -> tuple[int, ...]:
        """Return what the document is looked up under: its weightiest words."""
        return tuple(hash_of(word) for word in list(words)[:KEYS])


def _size(making: _Making) -> int:
    return int(making.vocabulary.vectors.shape[1])


def _numbers(sentence: str) -> dict[str, float]:
    return {word: 1.0 for word in words_of(sentence) if word[0].isdigit()}


def _parties(actors: Sequence[Actor]) -> dict[str, float]:
    """Return the ids of parties and, weighing less, their countries: "Russia" and "the Russian army" are near."""
    found = {f"country:{actor.country}": 0.5 for actor in actors if actor.country}
    return found | {actor.id: 1.0 for actor in actors}
