"""Count how surely each cue attributes, and write the lexicon ``sayso/knowledge/data/cues.yaml``.

usage: python -m training.attribution.cue_statistics GOLD.jsonl [--parsed DOCS.spacy]

Every candidate that the readers of ``sayso.reading.attribution`` propose in the gold texts is right or wrong: right
where its content overlaps an annotated one by half and its source touches that one's. Over them a logistic regression
is fitted with one weight for each frame, cue, cue in its frame and feature of the context, drawn towards nought where
little was seen. What ships is no text: for each cue the probability that it attributes in a frame, in an average
context, and what each feature of the context adds to the log-odds.

Gold rows are {"id", "text", "statements": [{"source", "cue", "content"}]} with roles as lists of character spans.
``--parsed`` is a DocBin of the same texts in the same order, to save parsing them again.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from spacy.tokens import Doc, DocBin

from sayso.knowledge.cues import ELSE
from sayso.knowledge.files import DATA
from sayso.reading.attribution import AttributionTagger
from sayso.reading.attribution_candidate import Candidate, chars_of
from sayso.reading.attribution_kinds import Quoted
from sayso.reading.pipeline import base_pipeline
from sayso.reading.quotes import find_quotations

HALF = 0.5
FEWEST = 4
"""Uses below which a cue is not listed."""
SMALLEST = 0.25
"""Difference in log-odds from an unlisted cue below which a frame of a cue is not listed."""
ROUNDS = 2
"""The readers choose among the prepositions of a cue by its lexicon, which the first round does not have yet."""
EPOCHS, RATE, L2 = 400, 0.1, 2.0
PENALTY = {"frame": 0.2, "cue": 1.0, "both": 1.5, "context": 0.3}
THRESHOLDS = {"all": 0.35, "alone": 0.5, "deny": 0.2, "raised": 0.2, "adjective": 0.25, "colon": 0.25}
"""Near the confidence at which the F1 of what is kept is highest; lower for the rare frames."""
ASPECT = {"infinitive": 0.1, "gerund": 0.1}
BY_HAND = {
    "phrase": {"viewpoint": {"phrase": 0.9}},
    "verb": {"continue": ASPECT, "begin": ASPECT, "start": ASPECT},
}
"""What the gold has too few of to count, and what it counts only for the verb that follows ("continued to deny")."""
NOT_HELD_AGAINST = frozenset(("clause within speech, told",))
"""Annotators mark the outer statement and seldom the one that it reports; we want both."""

HEADER = """\
# How surely a cue puts its content on its source's word. Made by training/attribution/cue_statistics.py; see there.
#
# thresholds: {all: P}      candidates below this confidence become no statement; also by part or frame; "alone" where
#                          the network does not propose it too, "deny" the same for denials
# context: {feature: X}   what a feature of the surroundings adds to the log-odds; names are made by
#                         sayso.reading.attribution_context: family of the frame, feature, value
# parts:
#   <verb|noun|adjective|phrase|colon>:
#     default: {frame: P}         a cue that is not listed, or a frame that is not listed of a cue
#     offset: {frame: X}          added to the log-odds, so that the probabilities hold in an average context
#     cues: {lemma: {frame: P}}   the probability that the cue in this frame attributes, in an average context of the
#                                 frame that is neither quoted nor reported
#
#                               else: X is what the cue adds to the log-odds of a frame that is not listed of it
#
# Frames: clause (that ... or bare), trailing (clause before the cue), parenthetical, wh, whether, fragment, infinitive,
# infinitive_object (urged him to), gerund, predicate, raised (is said to), passive, participle, object, object_as
# (sees X as Y), quote_before_cue, quote_after_cue, a preposition (spoke about), light_* (expressed concern about),
# phrase (according to, in X's view), colon, signed (a name before or behind a quotation).
#
# A user's cues.yaml adds and overrides, cue by cue and frame by frame.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One candidate: its frame, its cue, its context, and whether it is right."""

    part: str
    lemma: str
    frame: str
    context: tuple[str, ...]
    right: bool

    def names(self) -> Iterator[tuple[str, ...]]:
        """Yield the names of the weights that bear on it."""
        yield ("frame", self.part, self.frame)
        yield ("cue", self.part, self.lemma)
        yield ("both", self.part, self.lemma, self.frame)
        for feature in self.context:
            yield ("context", feature)


def characters(spans: list[list[int]]) -> frozenset[int]:
    """Return the offsets of a role."""
    return frozenset(c for start, end in spans for c in range(start, end))


def is_right(
    source: frozenset[int], content: frozenset[int], gold: list[tuple[frozenset[int], frozenset[int]]]
) -> bool:
    """Say whether an annotated statement has half the content in common, and the source in part."""
    for gold_source, gold_content in gold:
        shared = len(content & gold_content)
        if shared and shared >= HALF * len(content | gold_content) and (not gold_source or source & gold_source):
            return True
    return False


def candidates(tagger: AttributionTagger, doc: Doc, statements: list[dict[str, Any]]) -> Iterator[Seen]:
    """Yield what the readers propose in a text, each right or wrong."""
    quoted = Quoted(find_quotations(doc))
    gold = [(characters(s["source"]), characters(s["content"])) for s in statements]
    for found in tagger.rules.candidates(doc):
        source, content = (roles(doc, found, part) for part in ("source", "content"))
        context = tuple(tagger.rules.features(doc, found, quoted))
        yield Seen(found.part, found.lemma, found.frame, context, is_right(source, content, gold))


def roles(doc: Doc, found: Candidate, role: str) -> frozenset[int]:
    """Return the offsets of the source or content of a candidate."""
    ranges = found.content if role == "content" else [found.source] if found.source else []
    return characters([list(chars_of(doc, part)) for part in ranges])


def fit(seen: list[Seen]) -> tuple[dict[tuple[str, ...], float], float]:
    """Return the weights and the intercept of a logistic regression, by full-batch Adam."""
    index: dict[tuple[str, ...], int] = {}
    pairs = [(row, index.setdefault(name, len(index))) for row, one in enumerate(seen) for name in one.names()]
    rows, columns = np.array(pairs).T
    right = np.array([one.right for one in seen], float)
    penalty = L2 * np.array([PENALTY[name[0]] for name in index])
    weights, mean, square = np.zeros((3, len(index) + 1))
    weights[-1] = np.log(right.mean() / (1 - right.mean()))
    for epoch in range(1, EPOCHS + 1):
        odds = weights[-1] + np.bincount(rows, weights[columns], len(seen))
        error = 1 / (1 + np.exp(-odds)) - right
        slope = np.append(np.bincount(columns, error[rows], len(index)) + penalty * weights[:-1], error.sum())
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        step = RATE if epoch < 0.7 * EPOCHS else RATE / 5
        weights -= step * mean / (1 - 0.9**epoch) / (np.sqrt(square / (1 - 0.999**epoch)) + 1e-8)
    return {name: float(weights[at]) for name, at in index.items()}, float(weights[-1])


def probability(odds: float, digits: int = 3) -> float:
    """Return the probability of log-odds, rounded."""
    return round(float(1 / (1 + np.exp(-odds))), digits)


def lexicon(seen: list[Seen], weights: dict[tuple[str, ...], float], intercept: float) -> dict[str, Any]:
    """Return the content of cues.yaml."""
    context = {name[1]: weight for name, weight in weights.items() if name[0] == "context"}
    sums: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one in seen:
        if not any("inside quotation" in feature or "within speech" in feature for feature in one.context):
            sums[one.part, one.frame].append(sum(context[feature] for feature in one.context))
    average = defaultdict(float, {frame: float(np.mean(found)) for frame, found in sums.items()})
    uses = Counter((one.part, one.lemma) for one in seen)
    parts: dict[str, Any] = defaultdict(lambda: {"default": {}, "offset": {}, "cues": {}})
    for name, weight in sorted(weights.items()):
        if name[0] == "frame":
            typical = average[name[1], name[2]]
            parts[name[1]]["default"][name[2]] = probability(intercept + typical + weight, 4)
            parts[name[1]]["offset"][name[2]] = round(-typical, 2)
    for name, weight in sorted(weights.items()):
        if name[0] == "both" and uses[name[1], name[2]] >= FEWEST:
            own = weights["cue", name[1], name[2]] + weight
            if abs(own) >= SMALLEST:
                odds = intercept + average[name[1], name[3]] + weights["frame", name[1], name[3]] + own
                parts[name[1]]["cues"].setdefault(name[2], {})[name[3]] = probability(odds)
    for name, weight in sorted(weights.items()):
        if name[0] == "cue" and uses[name[1], name[2]] >= FEWEST and abs(weight) >= SMALLEST:
            parts[name[1]]["cues"].setdefault(name[2], {})[ELSE] = round(weight, 2)
    for part, cues in BY_HAND.items():
        for lemma, frames in cues.items():
            parts[part]["cues"].setdefault(lemma, {}).update(frames)
    rounded = {
        feature: round(weight, 2)
        for feature, weight in sorted(context.items())
        if abs(weight) >= 0.03 and feature not in NOT_HELD_AGAINST
    }
    return {"thresholds": THRESHOLDS, "context": rounded, "parts": dict(parts)}


def main() -> None:
    """Read the gold, count, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--parsed", type=Path)
    options = parser.parse_args()
    nlp = base_pipeline()
    gold = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    texts = (row["text"] for row in gold)
    docs = list(DocBin().from_disk(options.parsed).get_docs(nlp.vocab) if options.parsed else nlp.pipe(texts))
    tagger = AttributionTagger()
    tagger.cues.frames, tagger.cues.defaults = {}, {}
    for _ in range(ROUNDS):
        seen = [one for row, doc in zip(gold, docs, strict=True) for one in candidates(tagger, doc, row["statements"])]
        write(DATA / "cues.yaml", lexicon(seen, *fit(seen)))
        tagger = AttributionTagger()
    print(f"{len(seen)} candidates, {sum(one.right for one in seen)} right")


def write(path: Path, found: dict[str, Any]) -> None:
    """Write cues.yaml with its schema at the top."""
    dumped = yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)
    path.write_text(HEADER + dumped, encoding="utf-8")


if __name__ == "__main__":
    main()
