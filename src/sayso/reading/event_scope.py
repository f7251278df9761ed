"""What stands over an event word: will, must and might, promises and refusals, conditions and wishes.

Intent, promise, threat, demand and refusal change what an event is (PLOVER): a promised loan is AGREE, a threatened
ban THREATEN, a refused meeting REJECT. Words such as "agree", "demand" or "refuse" are frames that absorb what they
govern; plain futures are turned here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from sayso.reading.event_syntax import ADJUNCTS
from sayso.records import EventType

Modality = Literal["none", "future", "conditional", "must", "might"]

COOPERATIVE: frozenset[EventType] = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "AGREE"})
FORCEFUL: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"})

_MODALS: dict[str, Modality] = {
    "will": "future", "'ll": "future", "’ll": "future", "shall": "future", "wo": "future", "would": "conditional",
    "'d": "conditional", "must": "must", "should": "must", "ought": "must", "can": "might", "could": "might",
    "may": "might", "might": "might", "ca": "might",
}  # fmt: skip
_ABSORBED = {"xcomp", "ccomp", "dobj", "pcomp", "acomp", "attr", "oprd", "nsubjpass", "pobj", "csubj", "acl", "dative"}
_PASSED = {"conj", "nsubj"}
_ADJUNCTS = {
    "after", "before", "since", "during", "despite", "following", "amid", "until", "because", "without", "unless",
    "besides", "except", "pending", "than",
}  # fmt: skip
_HIGHEST = 12
_NEGATIONS = {"not", "n't", "n’t", "never"}

_ASKED: dict[EventType, str] = {
    "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "CONSULT": "meet", "AGREE": "meet",
    "CONCEDE": "yield", "RETREAT": "yield",
}  # fmt: skip
_THREATENED: dict[tuple[EventType, str | None], str] = {
    ("COERCE", "arrest"): "arrest", ("COERCE", "deport"): "expel", ("SANCTION", "expel"): "expel",
    ("SANCTION", "discontinue"): "relations", ("SANCTION", "withdraw"): "relations", ("ASSAULT", None): "violence",
    ("COERCE", None): "restrict", ("PROTEST", None): "restrict", ("MOBILIZE", None): "violence",
    ("SANCTION", None): "restrict", ("REJECT", None): "relations", ("RETREAT", None): "relations",
}  # fmt: skip


@dataclass(slots=True, frozen=True)
class Scope:
    """The modality over an event word, and whether it is negated, a condition, a purpose or a wish."""

    modality: Modality
    negated: bool
    unreal: str | None


def governors(token: Token) -> Iterator[Token]:
    """Yield the words that take a word as part of their content, from the nearest to the furthest."""
    for _ in range(_HIGHEST):
        dep, head = token.dep_, token.head
        if dep == "prep":
            if token.lower_ in ADJUNCTS:
                return
            yield head
        elif dep == "acl" and token.tag_ not in ("VB", "VBP"):
            yield head
            return
        elif dep in _ABSORBED:
            yield head
        elif dep not in _PASSED:
            return
        token = head


class Scopes:
    """Reads the scope over the events of one document."""

    def __init__(self, transparent: frozenset[str], wishes: frozenset[str], prospects: frozenset[str]) -> None:
        self._transparent, self._wishes, self._prospects = transparent, wishes, prospects

    def over(self, verb: Token) -> Scope:
        """Return the scope over a verb, or over the verb that lends an event noun its subject."""
        modality: Modality = "none"
        negated = False
        unreal = None
        for _ in range(_HIGHEST):
            own, not_so = _auxiliaries(verb)
            modality = own if modality == "none" else modality
            negated = negated or not_so
            unreal = unreal or self._unreality(verb)
            outer = self._outer(verb)
            if outer is None or unreal:
                break
            verb = outer
        if modality == "conditional" and _is_reported(verb):
            modality = "future"
        return Scope(modality, negated, unreal)

    def _outer(self, verb: Token) -> Token | None:
        """Return the verb whose auxiliaries this one shares: "will continue to send", "will meet A and visit B"."""
        head = verb.head
        if verb.dep_ == "xcomp" and head.lemma_ in self._transparent:
            return head
        if verb.dep_ == "conj" and verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in verb.lefts):
            return head
        return None

    def _unreality(self, verb: Token) -> str | None:
        if verb.dep_ in ("advcl", "ccomp") and any(
            c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether", "lest") for c in verb.lefts
        ):
            return "a condition or question, not an event"
        if verb.dep_ in ("xcomp", "ccomp") and verb.head.lemma_ in self._wishes:
            return "a wish, not an event"
        if verb.tag_ == "VBG" and verb.dep_ in ("xcomp", "ccomp", "dobj") and self._is_called_a_prospect(verb):
            return "only asked for, planned or feared"
        return None

    def _is_called_a_prospect(self, verb: Token) -> bool:
        """Say whether a deed is named as something that could be: "sees sending tanks as an option"."""
        for child in (*verb.rights, *verb.head.rights):
            if child.dep_ == "prep" and child.lower_ == "as":
                return any(c.dep_ == "pobj" and c.lemma_ in self._prospects for c in child.rights)
        return False


def _auxiliaries(verb: Token) -> tuple[Modality, bool]:
    modality: Modality = "none"
    negated = False
    for child in verb.lefts:
        if child.dep_ == "aux":
            modality = _MODALS.get(child.lower_, modality)
        elif child.dep_ == "neg":
            negated = child.lower_ in _NEGATIONS
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "go" and verb.head.tag_ == "VBG":
        modality = "future"
    elif verb.dep_ == "xcomp" and verb.head.lemma_ in ("have", "need"):
        modality = "must"
    elif verb.dep_ == "xcomp" and verb.head.lemma_ == "be":
        modality = "future"
    return modality, negated


def _is_reported(verb: Token) -> bool:
    """Say whether a clause is what a verb in the past says: its "would" is a "will" of then."""
    while verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN", "VBZ", "VBP")


def announced(kind: EventType, mode: str | None, scope: Scope, own: bool) -> tuple[EventType, str | None] | None:
    """Return what an event becomes under its modality; None where nothing is left of it.

    ``own`` says whether whoever speaks of the future may be the one to act: a prediction about others changes nothing.
    """
    if scope.modality != "future" or not own:
        return kind, mode
    if kind in COOPERATIVE:
        if scope.negated:
            return "REJECT", asked(kind)
        return (kind, mode) if mode == "resign" or kind == "AGREE" else ("AGREE", None)
    if kind in FORCEFUL:
        return None if scope.negated else ("THREATEN", threatened(kind, mode))
    return kind, mode


def asked(kind: EventType | None, mode: str | None = None) -> str | None:
    """Return the mode of a demand for, or a refusal of, an event of a type."""
    if kind is None:
        return None
    if kind == "REQUEST":
        return mode
    return "change" if mode == "resign" else _ASKED.get(kind, "change")


def threatened(kind: EventType | None, mode: str | None, territory: bool = False) -> str | None:
    """Return the mode of a threat of an event of a type."""
    if kind is None:
        return None
    return "territory" if territory else _THREATENED.get((kind, mode)) or _THREATENED.get((kind, None))
