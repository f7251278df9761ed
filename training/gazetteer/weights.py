"""Learn how much each cue of a place name weighs, from articles in which the places are marked.

    python -m training.gazetteer.weights GOLD.jsonl

GOLD has rows {"text", "places": [{"start", "end"}]}. Prints the ``weights`` of ``places.yaml``. A logistic regression,
drawn towards the weights that we expected, so that a cue that is rare in the articles keeps a sensible one; each
article is seen with and without the named entities of the parser's model. What we decided ourselves is not learnt:
streets, peoples and bodies named after places are no places here, though some annotators mark them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sayso.knowledge.gazetteer import gazetteer
from sayso.knowledge.places import place_cues
from sayso.reading.pipeline import base_pipeline
from sayso.reading.toponym_evidence import Evidence, prominence_of
from sayso.reading.toponym_names import NameFinder, add_unknown_towns, link_containers

EXPECTED = {
    "bias": -1.5, "prominence": 0.5, "country": 3, "first_level": 1, "second_level": 3, "landmark": 1, "alias": -1,
    "several_words": 1.5, "abbreviation": 3, "not_proper_noun": -2, "entity_place": 1.5, "entity_person": -1.5,
    "entity_organisation": -1, "entity_facility": -1, "entity_other": -1, "entity_none": -0.5, "short": -1.5,
    "common_word": -3, "also_lower_case": -2, "given_name": -1, "surname": -0.7, "surname_here": -2.5, "part": 1,
    "first_word": -0.5, "after_the": -1, "after_strong_locative": 2.5, "after_locative": 1.5, "after_title": -3,
    "after_capital": -1.5, "after_comma": 0.3, "after_kind": 4, "after_of": 0.8, "contained": 4, "container": 4,
    "based": 4, "hyphen": -0.5, "before_kind": 3, "before_office": 1, "landform": -1, "before_capital": -1.5,
    "speaks": -0.8, "listed_after": 0.8, "listed_before": 0.8, "sure_elsewhere": 2,
}  # fmt: skip
DECIDED = {
    "street": -5, "body": -3.5, "after_body_of": -3.5, "demonym": -5, "after_given_name": -2, "dateline": 5,
    "person_shape": -2.5, "before_person_name": -2.5,
}  # fmt: skip
NOT_LEARNT_FROM = {"street", "body", "after_body_of", "demonym"}
RIDGE = 5.0
WITHOUT_ENTITIES = 0.25

Example = tuple[list[str], float, bool, float]


def examples(gold: Path) -> Iterator[Example]:
    """Yield the cues, the prominence, the truth and the weight of every name in the articles."""
    nlp, cues = base_pipeline(), place_cues()
    finder = NameFinder(gazetteer(), cues)
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line]
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        for weight in (1.0, WITHOUT_ENTITIES):
            if weight < 1:
                doc.ents = []
            texts = [token.text for token in doc]
            names = finder.find(doc, texts)
            link_containers(names, texts)
            names = add_unknown_towns(names, texts, cues.locatives)
            Evidence(doc, texts, names, cues).weigh()
            for name in names:
                start, end = doc[name.start].idx, doc[name.end - 1].idx + len(doc[name.end - 1])
                truth = any(place["start"] < end and start < place["end"] for place in row["places"])
                if not NOT_LEARNT_FROM & set(name.cues):
                    yield name.cues, prominence_of(name), truth, weight


def learn(found: list[Example]) -> dict[str, float]:
    """Return the weights with the best penalised likelihood, by Newton's method with halved steps."""
    columns = ["bias", "prominence", *sorted({cue for cues, *_ in found for cue in cues} | DECIDED.keys())]
    place = {name: n for n, name in enumerate(columns)}
    matrix = np.zeros((len(found), len(columns)))
    matrix[:, 0] = 1
    for row, (cues, prominence, _, _) in enumerate(found):
        matrix[row, 1] = prominence
        matrix[row, [place[cue] for cue in cues]] = 1
    truth = np.array([truth for *_, truth, _ in found], dtype=float)
    mass = np.array([weight for *_, weight in found])
    prior = np.array([DECIDED.get(name, EXPECTED.get(name, 0.0)) for name in columns])
    free = np.array([name not in DECIDED for name in columns])
    best = _descend(matrix, truth, mass, prior, free)
    return {name: round(float(best[place[name]]), 2) for name in columns}


def _descend(
    matrix: np.ndarray, truth: np.ndarray, mass: np.ndarray, prior: np.ndarray, free: np.ndarray
) -> np.ndarray:
    def loss(at: np.ndarray) -> float:
        odds = matrix @ at
        return float(mass @ (np.logaddexp(0, odds) - truth * odds) + RIDGE / 2 * np.sum((at - prior) ** 2))

    at = prior.copy()
    for _ in range(100):
        likely = 1 / (1 + np.exp(-np.clip(matrix @ at, -30, 30)))
        slope = matrix.T @ (mass * (likely - truth)) + RIDGE * (at - prior)
        curve = (matrix.T * (mass * likely * (1 - likely))) @ matrix + RIDGE * np.eye(len(at))
        step = np.zeros(len(at))
        step[free] = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
        size = 1.0
        while size > 1e-4 and loss(at - size * step) > loss(at):
            size /= 2
        if loss(at) - loss(at - size * step) < 1e-6:
            break
        at = at - size * step
    return at


if __name__ == "__main__":
    weights = learn(list(examples(Path(sys.argv[1]))))
    print("weights: {" + ", ".join(f"{cue}: {weight}" for cue, weight in weights.items()) + "}")
