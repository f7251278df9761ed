"""Factuality: how certain a text is that what a predicate names happened (``token._.factuality``).

``value`` follows rules (see ``factuality_context``); ``scale`` is what readers made of such contexts on average, a
linear model over named features (see ``factuality_scale``). Both are worked out when they are asked for, and kept.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from sayso.knowledge.factuality import Lexicon, load
from sayso.reading.annotations import Factuality
from sayso.reading.factuality_context import Commitment, Walk
from sayso.reading.factuality_scale import Scale, load_scale, reconcile

_KEY = "sayso_factuality"
_COPULAR = frozenset({"acomp", "oprd"})
_HEADS = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "conj", "relcl", "parataxis"})


class DocFactuality:
    """The factuality of one Doc's predicates, each judged when it is first asked for."""

    def __init__(self, doc: Doc, lexicon: Lexicon, scale: Scale) -> None:
        self._lexicon = lexicon
        self._scale = scale
        self._walk = Walk(doc, lexicon)
        self._read: dict[int, Factuality | None] = {}

    def of(self, token: Token) -> Factuality | None:
        """Return the factuality of a predicate, None for any other token."""
        if token.i not in self._read:
            self._read[token.i] = self.judge(token) if is_predicate(token, self._lexicon) else None
        return self._read[token.i]

    def judge(self, token: Token) -> Factuality:
        """Return the factuality of a token, taken for a predicate whatever it is."""
        commitment = self._walk.judge(token)
        value, scale = reconcile(commitment.value, self._scale(self._walk, token, commitment))
        rule = " > ".join(commitment.trace) or "asserted"
        return Factuality(value, scale, commitment.tense, commitment.hypothetical, rule)

    def commitment(self, token: Token) -> Commitment:
        """Return what the rules alone make of a token."""
        return self._walk.judge(token)

    def features(self, token: Token) -> list[str]:
        """Return the features that the scale of a token is made of."""
        return self._scale.features(self._walk, token, self._walk.judge(token))


class FactualityReader:
    """Makes ``token._.factuality`` available on a Doc; nothing is computed before it is asked for."""

    def __init__(self, nlp: Language, knowledge: str | None = None) -> None:  # noqa: ARG002 - every step takes it
        self._lexicon = load(knowledge)
        self._scale = load_scale()

    def __call__(self, doc: Doc) -> Doc:
        """Give the Doc its reading of factuality."""
        doc.user_data[_KEY] = DocFactuality(doc, self._lexicon, self._scale)
        return doc


def is_predicate(token: Token, lexicon: Lexicon) -> bool:
    """Say whether a token is a verb, a copula, a predicative adjective or an event noun."""
    pos, dep = token.pos_, token.dep_
    if pos in {"VERB", "AUX"}:
        return dep not in {"aux", "auxpass"}
    if pos in {"NOUN", "PROPN"}:
        return lexicon.names_event(token.lemma_.lower())
    return pos == "ADJ" and (dep in _COPULAR or dep in _HEADS)


def judged_anyway(token: Token) -> Factuality | None:
    """Return the factuality of a token that an event is anchored on, even where no lexicon calls it a predicate."""
    reading = token.doc.user_data.get(_KEY)
    return (reading.of(token) or reading.judge(token)) if reading is not None else None


def _factuality_of(token: Token) -> Factuality | None:
    reading = token.doc.user_data.get(_KEY)
    return reading.of(token) if reading is not None else None


def declare() -> None:
    """Declare ``token._.factuality``; safe to call again."""
    if not Token.has_extension("factuality"):
        Token.set_extension("factuality", getter=_factuality_of)


declare()

__all__ = ["Commitment", "DocFactuality", "FactualityReader", "is_predicate", "judged_anyway"]
