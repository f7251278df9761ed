"""How likely a careful annotator would code the same: a logistic model over named features of an event.

The frame's own precision is where it starts from; who did it, how certain it is, and what stands around it move that.
``training/events/fit.py`` makes the weights.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from sayso.knowledge.cues import logit

WEIGHTS = Path(__file__).parent.parent / "models" / "events" / "weights.json"
PRIOR = "prior"
"""The weight of the log-odds of the frame's own precision."""

_LEAST, _MOST = 0.02, 0.98
_MANY = 4
_DEEP = 4


class Confidence:
    """The model: ``intercept`` plus the weights of the features that hold, as log-odds."""

    def __init__(self, intercept: float, weights: dict[str, float]) -> None:
        self._intercept, self._weights = intercept, weights

    def rate(self, doc: Doc, sentences: list[int]) -> None:
        """Set the confidence of a document's events; ``sentences`` has the number of each one's sentence."""
        weights = self._weights
        for event, named in zip(doc._.events, features(doc, sentences), strict=True):
            total = self._intercept + weights.get(PRIOR, 1.0) * logit(event.confidence)
            total += sum(weights.get(name, 0.0) for name in named)
            event.confidence = round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-total)))), 3)


def features(doc: Doc, sentences: list[int]) -> Iterator[list[str]]:
    """Yield what bears on the confidence of each event of a document, by name."""
    counts, seen = Counter(sentences), set[int]()
    for event, sentence in zip(doc._.events, sentences, strict=True):
        token, certain = doc[event.anchor], event.factuality
        said = event.statement is not None
        kind = event.actors[0].kind if event.actors else "nobody"
        yield [
            f"rule={event.rule}",
            f"type={event.type}",
            f"type={event.type}&said={said}",
            f"lemma={token.lemma_.lower()}",
            f"pos={token.pos_}",
            f"dep={token.dep_}",
            f"depth={min(_DEEP, sum(1 for _ in token.ancestors))}",
            f"actor={kind}&named={bool(event.actor_spans)}",
            f"recipient={bool(event.recipients)}&named={bool(event.recipient_spans)}",
            f"factuality={certain.value}",
            f"tense={certain.tense}",
            f"hypothetical={certain.hypothetical}",
            f"events={min(_MANY, counts[sentence])}&first={sentence not in seen}",
        ]
        seen.add(sentence)


@cache
def load_confidence() -> Confidence:
    """Return the model that ships with Sayso."""
    content = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Confidence(content["intercept"], content["weights"])
