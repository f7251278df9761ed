"""Pairs of tellings with the answer: from ECB+ and from the tuning half of our own set."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from benchmarks.story_sets import span

from sayso.corroboration.comparison import compare
from sayso.corroboration.stack import Stack
from sayso.corroboration.telling import telling_id, tellings
from sayso.corroboration.traits import DocumentTraits
from sayso.reading.reader import Reader
from sayso.records import Document, Record, Span

FOREIGN = 6
"""Documents of other topics with which each is compared, so that the model knows what is far."""


@dataclass(frozen=True, slots=True)
class Told:
    """One document: its traits, of each marked telling the chain that it is of, and the topic of the document."""

    traits: DocumentTraits
    chains: dict[str, str]
    topic: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Features of pairs, whether they are of one occurrence, and the topic of the later document."""

    features: np.ndarray
    same: np.ndarray
    topics: list[str]


def ecb_plus(gold: Path, reader: Reader) -> list[Told]:
    """Return ECB+ as ``occurrences/ecb_plus.jsonl`` of the development data has it."""
    lines = (gold / "occurrences" / "ecb_plus.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    records = reader.read(Document(text=row["text"], ref=row["id"]) for row in rows)
    marked = [[((m["start"], m["end"]), m["chain"]) for m in row["mentions"]] for row in rows]
    return [
        _told(*item) for item in zip(records, marked, (row["topic"] for row in rows), range(len(rows)), strict=True)
    ]


def own(folder: Path, reader: Reader) -> list[Told]:
    """Return a half of our own set; each of its files is a topic."""
    stories = [(path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.yaml"))]
    reports = [(topic, report) for topic, story in stories for report in story["reports"]]
    records = reader.read(
        Document(
            text=report["text"],
            title=report["title"],
            published=str(report["published"]),
            publisher=report["outlet"],
            ref=report["id"],
        )
        for _, report in reports
    )
    marked = [
        [(span(report["text"], m["words"], m["nth"]), m["occurrence"]) for m in report["mentions"]]
        for _, report in reports
    ]
    topics = [topic for topic, _ in reports]
    return [_told(*item) for item in zip(records, marked, topics, range(len(reports)), strict=True)]


def _told(record: Record, marked: list[tuple[Span, str]], topic: str, order: int) -> Told:
    """Match marked words with tellings, one to one, the closest first."""
    anchors = [item.anchor for item in (*record.events, *record.event_mentions)]
    overlaps = sorted(
        (-_overlap(anchor, words), number, anchor, chain)
        for number, (words, chain) in enumerate(marked)
        for anchor in anchors
        if _overlap(anchor, words) > 0
    )
    chains: dict[str, str] = {}
    matched: set[int] = set()
    for _, number, anchor, chain in overlaps:
        name = telling_id(record.id, anchor)
        if number not in matched and name not in chains:
            matched.add(number)
            chains[name] = chain
    return Told(DocumentTraits.of(record, tellings(record, order), order), chains, topic)


def _overlap(one: Span, other: Span) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def pairs(told: list[Told], seed: int = 0) -> Pairs:
    """Return all pairs of marked tellings within a topic, and some between topics."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    features: list[np.ndarray] = []
    same: list[bool] = []
    topics: list[str] = []
    for number, later in enumerate(told):
        near = [earlier for earlier in told[: number + 1] if earlier.topic == later.topic]
        far = [told[i] for i in chance.sample(range(len(told)), FOREIGN) if told[i].topic != later.topic]
        for earlier in near + far:
            for found, one in _compared(later, earlier):
                features.append(found)
                same.append(one)
                topics.append(later.topic)
    return Pairs(np.array(features, np.float32), np.array(same), topics)


def _compared(later: Told, earlier: Told) -> Iterable[tuple[np.ndarray, bool]]:
    mine = [(i, later.chains[t]) for i, t in enumerate(later.traits.tellings) if t in later.chains]
    theirs = [(j, earlier.chains[t]) for j, t in enumerate(earlier.traits.tellings) if t in earlier.chains]
    if mine and theirs:
        features = compare(later.traits, Stack.of([earlier.traits]))
        for i, chain in mine:
            for j, other in theirs:
                if later is not earlier or j < i:
                    yield features[i, j], chain == other
