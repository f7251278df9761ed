"""Gold attributions as the arrays that the network learns from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc, DocBin

from sayso.reading.attribution_features import Ints, Tokens, Vocabulary, Window
from sayso.reading.attribution_network import CONTENT, CUE, SOURCE
from sayso.reading.attribution_pieces import Cutter, Pieces
from sayso.reading.quotes import find_quotations


@dataclass(slots=True)
class Article:
    """One article's tokens and its attributions: (anchor, source, cue, content) as token positions."""

    tokens: Tokens
    texts: list[str]
    attributions: list[tuple[int, Ints, Ints, Ints]]

    def lower_words(self, strings: StringStore) -> Iterator[str]:
        """Yield the words in lower case."""
        yield from (strings[int(number)] for number in self.tokens.lower)


@dataclass(slots=True)
class Example:
    """One window: the words' features, which of them are anchors, and the relations and roles that go with each."""

    words: Ints
    anchors: Ints
    relations: Ints
    roles: Ints
    pieces: Pieces | None = None


def parsed(nlp: Language, rows: list[dict[str, Any]], cache: Path | None) -> Iterator[Doc]:
    """Yield the parsed texts; a cache file saves the parser's time in later runs."""
    if cache and cache.exists():
        yield from DocBin().from_disk(cache).get_docs(nlp.vocab)
        return
    attributes = ["ORTH", "TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE"]
    kept = DocBin(attrs=attributes)
    for doc in nlp.pipe(row["text"] for row in rows):
        kept.add(doc)
        yield doc
    if cache:
        kept.to_disk(cache)


def articles(nlp: Language, gold: Path, cache: Path | None = None) -> Iterator[Article]:
    """Yield the articles of a JSONL file; one without ``statements`` has no attributions."""
    with gold.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    for row, doc in zip(rows, parsed(nlp, rows, cache), strict=True):
        find_quotations(doc)
        tokens = Tokens(doc)
        place = _places(doc, tokens)
        found = (_attribution(tokens, place, statement) for statement in row.get("statements", ()))
        texts = [doc[i].text for i in tokens.positions.tolist()]
        yield Article(tokens, texts, [attribution for attribution in found if attribution])


def examples(article: Article, vocabulary: Vocabulary, cutter: Cutter | None = None) -> Iterator[Example]:
    """Yield the windows of an article, cut into pieces if there is an encoder to read them."""
    words = article.tokens.words(vocabulary)
    for window in article.tokens.windows:
        inside = [a for a in article.attributions if window.start <= a[0] < window.end]
        anchors = np.array([a[0] - window.start for a in inside], np.int64)
        length = window.end - window.start
        relations = [article.tokens.relations(a[0], window, vocabulary) for a in inside]
        yield Example(
            words[window.start : window.end],
            anchors,
            np.stack(relations) if relations else np.zeros((0, length, 5), np.int64),
            np.stack([_roles(window, a) for a in inside]) if inside else np.zeros((0, length), np.int64),
            cutter.cut(article.texts[window.start : window.end]) if cutter else None,
        )


def _roles(window: Window, attribution: tuple[int, Ints, Ints, Ints]) -> Ints:
    """Return what each word of a window is to a cue; where annotations overlap, cue goes before source and content."""
    roles = np.zeros(window.end - window.start, np.int64)
    _, source, cue, content = attribution
    for role, positions in ((CONTENT, content), (SOURCE, source), (CUE, cue)):
        inside = positions[(positions >= window.start) & (positions < window.end)]
        roles[inside - window.start] = role
    return roles


def _places(doc: Doc, tokens: Tokens) -> Ints:
    """Token position of every character, -1 for white space."""
    place = np.full(len(doc.text) + 1, -1, np.int64)
    for position, i in enumerate(tokens.positions.tolist()):
        place[doc[i].idx : doc[i].idx + len(doc[i])] = position
    return place


def _attribution(
    tokens: Tokens, place: Ints, statement: dict[str, list[list[int]]]
) -> tuple[int, Ints, Ints, Ints] | None:
    source, cue, content = (_positions(place, statement[role]) for role in ("source", "cue", "content"))
    if not len(cue) or not len(content):
        return None
    heads = tokens.head[cue]
    outside = cue[~np.isin(heads, cue) | (heads == cue)]
    return int(outside[0] if len(outside) else cue[0]), source, cue, content


def _positions(place: Ints, spans: Iterable[list[int]]) -> Ints:
    found = [place[start:end] for start, end in spans]
    every = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return every[every >= 0]
