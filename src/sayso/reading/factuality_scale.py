"""From the rules' reading to a number: what readers, asked how certain they are, answered on average.

A linear model over named features of the walk; ``training/factuality/fit.py`` makes its weights.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Protocol

from spacy.tokens import Token

from sayso.reading.factuality_clauses import Clause
from sayso.reading.factuality_context import Commitment
from sayso.records import FactualityValue

WEIGHTS = Path(__file__).parent.parent / "models" / "factuality" / "weights.json"

_AT_LEAST: dict[FactualityValue, float] = {"CT+": 0.5, "PR+": 0.0, "PS+": -0.75}
_AT_MOST: dict[FactualityValue, float] = {"CT-": -1.0, "PR-": -0.5, "PS-": 0.5}


class _Clauses(Protocol):
    def clause(self, token: Token) -> Clause: ...


class Scale:
    """The linear model: ``intercept`` plus the weights of the features that hold, within -3 and 3.

    A sum of ``no`` becomes -1 on the scale and one of ``yes`` becomes 1, with straight lines between and beyond: what
    is rare comes out of a regression nearer to the middle than it was put in.
    """

    def __init__(self, intercept: float, weights: dict[str, float], no: float = -1.0, yes: float = 1.0) -> None:
        self._intercept = intercept
        self._weights = weights
        self._no, self._yes = no, yes

    def __call__(self, walk: _Clauses, token: Token, commitment: Commitment) -> float:
        """Return the scale of a predicate."""
        weights = self._weights
        total = self._intercept + sum(weights.get(name, 0.0) for name in self.features(walk, token, commitment))
        return round(self._stretched(max(-3.0, min(3.0, total))), 3)

    def _stretched(self, total: float) -> float:
        no, yes = self._no, self._yes
        if total <= no:
            return -3.0 + 2.0 * (total + 3.0) / (no + 3.0)
        if total >= yes:
            return 3.0 - 2.0 * (3.0 - total) / (3.0 - yes)
        return -1.0 + 2.0 * (total - no) / (yes - no)

    def features(self, walk: _Clauses, token: Token, commitment: Commitment) -> list[str]:
        """Return the names of the features that hold of a predicate."""
        return features(walk.clause(token), token, commitment)


def features(clause: Clause, token: Token, commitment: Commitment) -> list[str]:
    """Name what bears on the scale: the rules' value, the steps of the walk, and the form of the predicate."""
    value, dep, pos = commitment.value, token.dep_, token.pos_
    shape = "noun" if pos in {"NOUN", "PROPN"} else "verb" if pos in {"VERB", "AUX"} else "other"
    named = [
        f"value={value}",
        f"{shape}&value={value}",
        f"tag={token.tag_}",
        f"dep={dep}",
        f"{shape}&tense={commitment.tense}",
        f"relation={commitment.relation}",
        f"relation={commitment.relation}&value={value}",
        f"lemma={token.lemma_.lower()}",
        f"{clause.modal or clause.auxiliary or 'bare'}&{token.tag_}{'&not' if clause.negated else ''}",
    ]
    if commitment.hypothetical:
        named += ["hypothetical", f"hypothetical&value={value}"]
    if commitment.trace:
        named += [f"step={step}" for step in commitment.trace]
        named.append(f"last={commitment.trace[-1]}&{value}")
    if clause.person:
        named.append(f"person={clause.person}&{commitment.tense}")
    if clause.subordinator:
        named.append(f"mark={clause.subordinator}")
    if token.head is not token and dep in {"xcomp", "ccomp", "acl", "advcl", "relcl", "dobj", "pobj", "conj", "nsubj"}:
        named.append(f"under={token.head.lemma_.lower()}&{dep}")
    return named


def reconcile(value: FactualityValue, scale: float) -> tuple[FactualityValue, float]:
    """Make value and scale agree.

    A negative value pulls the scale down: the text says no, though readers may know better than the one who denies.
    A positive value that readers did not share in such contexts becomes unknown.
    """
    if value in _AT_MOST:
        return value, min(scale, _AT_MOST[value])
    return (value if scale >= _AT_LEAST.get(value, -3.0) else "Uu"), scale


@cache
def load_scale() -> Scale:
    """Return the model that ships with Sayso."""
    content = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Scale(content["intercept"], content["weights"], content["no"], content["yes"])
