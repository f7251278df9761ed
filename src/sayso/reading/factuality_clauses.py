"""What a predicate carries itself: negation, auxiliaries, subordinator, hedges, mood and tense of its clause."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from sayso.knowledge.factuality import Lexicon
from sayso.reading.dependents import Dependents
from sayso.records import FactualityValue, Tense

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OBJECTS = frozenset({"dobj", "attr", "nsubj", "nsubjpass"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_SHORT = {"'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "'d": "would", "’d": "would", "sha": "shall"}
_PAST = frozenset({"was", "were", "had", "did", "been"})
_PERFECT = frozenset({"have", "has", "had", "'ve", "’ve", "having"})
_INVERTED = frozenset({"had", "were", "should"})
_WH = frozenset({"WP", "WRB", "WDT", "WP$"})
_NONE: Tense = "none"
_NO_PERSON = frozenset({"nobody", "none", "noone"})


@dataclass(slots=True)
class Clause:
    """The marks on one predicate; ``auxiliary`` is its first finite auxiliary other than a modal."""

    token: Token
    negated: bool = False
    modal: str | None = None
    infinitive: bool = False
    auxiliary: str | None = None
    perfect: bool = False
    subordinator: str | None = None
    hedge: FactualityValue | None = None
    person: str | None = None
    has_subject: bool = False
    conditioned: bool = False
    asked: bool = False
    ordered: bool = False
    definite: bool = False
    negative_argument: bool = False
    any: bool = False
    yet: bool = False
    inverted: bool = False

    @property
    def finite(self) -> bool:
        """Say whether the verb or an auxiliary of it has a tense."""
        return self.modal is not None or self.auxiliary is not None or self.token.tag_ in {"VBD", "VBZ", "VBP"}

    @property
    def tense(self) -> Tense:
        """The tense that the clause itself shows; none for infinitives, participles and nouns."""
        if self.modal:
            return self._modal_tense()
        if self.perfect:
            return "past"
        if self.auxiliary:
            return "past" if self.auxiliary in _PAST else "present"
        by_tag: dict[str, Tense] = {"VBD": "past", "VBZ": "present", "VBP": "present"}
        return by_tag.get(self.token.tag_, _NONE)

    def _modal_tense(self) -> Tense:
        if self.perfect or (self.modal == "could" and self.negated):
            return "past"
        return "present" if self.modal == "can" else "future"


def read_clause(token: Token, lexicon: Lexicon, tree: Dependents) -> Clause:
    """Return the marks on a predicate, from its direct dependants."""
    clause = Clause(token)
    for child in tree.of(token):
        dep = child.dep_
        if dep in _AUXILIARIES:
            _auxiliary(clause, child, lexicon)
        elif dep == "neg" or child.lower_ in lexicon.negators:
            clause.negated = not clause.negated
        elif dep == "mark":
            clause.subordinator = child.lower_
        elif dep == "advmod":
            _adverb(clause, child, lexicon, tree)
        elif dep == "advcl":
            clause.conditioned |= _is_condition(child, lexicon, tree)
        elif dep in _SUBJECTS or dep in _OBJECTS:
            _argument(clause, child, lexicon, tree)
        elif dep == "prep" and token.pos_ == "VERB":
            _with_nobody(clause, child, tree)
        elif token.pos_ in {"NOUN", "PROPN"}:
            _nominal(clause, child, lexicon)
    if token.pos_ in {"VERB", "AUX"}:
        _mood(clause, tree)
    return clause


def _auxiliary(clause: Clause, child: Token, lexicon: Lexicon) -> None:
    lower = child.lower_
    if lower.endswith(("n't", "n’t")) and len(lower) > 3:
        lower, clause.negated = lower[:-3], not clause.negated
    lower = _SHORT.get(lower, lower)
    if child.tag_ == "TO" or lower == "to":
        clause.infinitive = True
    elif lower in lexicon.modals and lower not in _PERFECT:
        clause.modal = lower
    elif lower == "cannot":
        clause.modal, clause.negated = "can", True
    else:
        clause.auxiliary = clause.auxiliary or lower
        clause.inverted |= clause.token.dep_ == "advcl" and lower in _INVERTED and not clause.has_subject
    if lower in _PERFECT and clause.token.tag_ in {"VBN", "VBD"}:
        clause.perfect = True


def _adverb(clause: Clause, child: Token, lexicon: Lexicon, tree: Dependents) -> None:
    lower = child.lower_
    if lower in {"when", "once", "where", "whenever", "while"} and child.i < clause.token.i:
        clause.subordinator = clause.subordinator or lower
    elif lower == "longer" and any(left.lower_ == "no" for left in tree.left(child)):
        clause.negated = True
    elif lower == "yet":
        clause.yet = True
    elif lower in lexicon.adverbs:
        clause.hedge = lexicon.adverbs[lower]


def _is_condition(child: Token, lexicon: Lexicon, tree: Dependents) -> bool:
    return any(mark.dep_ == "mark" and mark.lower_ in lexicon.conditions for mark in tree.left(child))


def _argument(clause: Clause, child: Token, lexicon: Lexicon, tree: Dependents) -> None:
    if child.dep_ in _SUBJECTS:
        clause.has_subject = True
        clause.person = child.lower_ if child.pos_ == "PRON" else None
    if child.lower_ in lexicon.nobody or any(d.dep_ in {"det", "neg"} and d.lower_ == "no" for d in tree.left(child)):
        clause.negated = not clause.negated
        clause.negative_argument = True
    elif child.lower_ == "no" and tree.right(child) and child.dep_ in _OBJECTS:
        clause.negated = not clause.negated


def _with_nobody(clause: Clause, preposition: Token, tree: Dependents) -> None:
    """Read "made peace with nobody" and "spoke to no one" as negated; "for nothing" and "with no warning" are not."""
    for person in tree.right(preposition):
        no_one = person.lower_ == "one" and any(word.lower_ == "no" for word in tree.left(person))
        if person.dep_ == "pobj" and (no_one or person.lower_ in _NO_PERSON):
            clause.negated = not clause.negated
            clause.negative_argument = True


def _nominal(clause: Clause, child: Token, lexicon: Lexicon) -> None:
    dep, lower = child.dep_, child.lower_
    if dep in {"det", "poss"}:
        clause.definite = lower in {"the", "this", "that", "these", "those"} or dep == "poss"
        clause.any |= lower in {"any", "either"}
        if lower in {"no", "neither"}:
            clause.negated = True
    elif lower in lexicon.modifiers and dep in {"amod", "compound"}:
        clause.hedge = lexicon.modifiers[lower]


def _mood(clause: Clause, tree: Dependents) -> None:
    """Yes-or-no questions and orders leave their predicate open; a wh-question takes it for granted."""
    token = clause.token
    if token.dep_ not in {"ROOT", "ccomp", "conj", "parataxis"}:
        return
    clause.ordered = (
        token.tag_ == "VB" and not (clause.has_subject or clause.finite or clause.infinitive) and _opens(token, tree)
    )
    clause.asked = (
        any(c.lower_ == "?" for c in tree.right(token)) and not _has_wh(token, tree) and _is_inverted(token, tree)
    )


def _opens(token: Token, tree: Dependents) -> bool:
    """An order begins its clause, but for adverbs and negation; a bare form elsewhere is a tagging error."""
    return not any(child.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} for child in tree.left(token))


def _is_inverted(token: Token, tree: Dependents) -> bool:
    """In a question the first verb comes before the subject; "You left?" is rare in the news."""
    for child in tree.left(token):
        if child.dep_ in _AUXILIARIES:
            return True
        if child.dep_ in _SUBJECTS:
            return False
    return token.pos_ == "AUX"


def _has_wh(token: Token, tree: Dependents) -> bool:
    return any(c.tag_ in _WH or any(g.tag_ in _WH for g in tree.left(c)) for c in tree.left(token))
