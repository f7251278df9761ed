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
from sayso.reading.attribution_network import CONTENT, CUE, ROLES, SOURCE, AttributionNetwork, Floats, Proposal
from sayso.reading.attribution_pieces import Cutter, Pieces
from sayso.reading.quotes import find_quotations

Attribution = tuple[int, Ints, Ints, Ints]

TRUST = 0.5
"""What a teacher's word weighs beside an annotator's."""
HEARD = 0.02
"""The probability of heading a cue from which a teacher's word is heard at all."""
CLEAR = 0.3
"""The probability of heading a cue from which a teacher's word on roles is heard, where there is no annotator."""


@dataclass(slots=True)
class Article:
    """One article's tokens and its attributions: (anchor, source, cue, content) as token positions.

    ``attributions`` is None where nobody annotated it; ``taught`` is what a teacher says of it, if it was asked.
    """

    tokens: Tokens
    texts: list[str]
    attributions: list[Attribution] | None
    taught: list[Proposal] | None = None

    def lower_words(self, strings: StringStore) -> Iterator[str]:
        """Yield the words in lower case."""
        yield from (strings[int(number)] for number in self.tokens.lower)


@dataclass(slots=True)
class Example:
    """One window: the words' features, and what is to be learned of them.

    ``is_anchor`` is for each word the probability that it heads a cue; ``anchors`` are the words whose roles are to be
    learned, ``relations`` how all words stand to each of them, ``roles`` the probabilities of the words' roles.
    """

    words: Ints
    is_anchor: Floats
    anchors: Ints
    relations: Ints
    roles: Floats
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


def articles(
    nlp: Language, gold: Path, cache: Path | None = None, teacher: AttributionNetwork | None = None
) -> Iterator[Article]:
    """Yield the articles of a JSONL file."""
    with gold.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    for row, doc in zip(rows, parsed(nlp, rows, cache), strict=True):
        find_quotations(doc)
        tokens = Tokens(doc)
        place = _places(doc, tokens)
        found = None
        if "statements" in row:
            made = (_attribution(tokens, place, statement) for statement in row["statements"])
            found = [attribution for attribution in made if attribution]
        texts = [doc[i].text for i in tokens.positions.tolist()]
        yield Article(tokens, texts, found, teacher.read(doc, HEARD) if teacher else None)


def examples(article: Article, vocabulary: Vocabulary, cutter: Cutter | None = None) -> Iterator[Example]:
    """Yield the windows of an article, cut into pieces if there is an encoder to read them."""
    words = article.tokens.words(vocabulary)
    place = {int(i): position for position, i in enumerate(article.tokens.positions)}
    taught = {place[proposal.anchor]: proposal for proposal in article.taught or ()}
    for window in article.tokens.windows:
        length = window.end - window.start
        said = {a: p for a, p in taught.items() if window.start <= a < window.end}
        is_anchor, roles = _wanted(article.attributions, window, said)
        relations = [article.tokens.relations(anchor, window, vocabulary) for anchor, _ in roles]
        yield Example(
            words[window.start : window.end],
            is_anchor,
            np.array([anchor - window.start for anchor, _ in roles], np.int64),
            np.stack(relations) if relations else np.zeros((0, length, 5), np.int64),
            np.stack([wanted for _, wanted in roles]) if roles else np.zeros((0, length, ROLES), np.float16),
            cutter.cut(article.texts[window.start : window.end]) if cutter else None,
        )


def _wanted(
    attributions: list[Attribution] | None, window: Window, taught: dict[int, Proposal]
) -> tuple[Floats, list[tuple[int, Floats]]]:
    """Return what is to be learned of a window: of anchors, and for some anchors of all words' roles."""
    is_anchor = np.zeros(window.end - window.start, np.float32)
    for anchor, proposal in taught.items():
        is_anchor[anchor - window.start] = proposal.probability
    if attributions is None:
        clear = [(a, p.roles.astype(np.float16)) for a, p in taught.items() if p.probability >= CLEAR]
        return is_anchor, clear
    inside = [a for a in attributions if window.start <= a[0] < window.end]
    is_anchor *= TRUST if taught else 0
    roles = []
    for attribution in inside:
        anchor = attribution[0]
        annotated = np.eye(ROLES, dtype=np.float16)[_roles(window, attribution)]
        proposal = taught.get(anchor)
        if proposal is not None:
            annotated = ((1 - TRUST) * annotated + TRUST * proposal.roles).astype(np.float16)
        is_anchor[anchor - window.start] += 1 - TRUST if taught else 1
        roles.append((anchor, annotated))
    return np.minimum(is_anchor, 1), roles


def _roles(window: Window, attribution: Attribution) -> Ints:
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
