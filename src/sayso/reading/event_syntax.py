"""Who stands where in a clause: subjects and objects, through passives, relative clauses, participles and control.

The surface subject is what stands before the verb, or what the verb shares with the clause around it ("agreed to
send", "the man wanted by police", "shelled the town, killing six"). ``Clause`` turns it into doer and undergoer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

_DEEPEST = 6
_WIDEST = 12
_CLAUSAL = {"ROOT", "ccomp", "conj", "relcl", "advcl"}
_RELATIVE = {"who", "which", "that", "whom"}
_SUBJECT_CONTROL = {"promise", "threaten", "vow", "pledge", "offer", "agree", "refuse", "decline"}
_CONTENT = {"xcomp", "ccomp", "dobj", "pobj", "pcomp", "acl", "attr", "oprd"}
_FINITE = {"VBD", "VBZ", "VBP"}
_ADVERBIAL = {"advmod", "npadvmod", "dep", "intj"}
_NAMES = {"ORG", "GPE", "NORP", "PERSON"}
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
ADJUNCTS = frozenset(
    {
        "after", "before", "since", "during", "despite", "following", "amid", "until", "because", "without", "unless",
        "besides", "except", "pending", "than",
    }
)  # fmt: skip
"""Prepositions that set the scene: what follows is no part of what a verb says, asks or does."""


@dataclass(slots=True)
class Clause:
    """The arguments of a verb or of a predicate adjective; ``surface`` is the subject as it stands."""

    surface: Token | None
    object: Token | None
    agent: Token | None
    dative: Token | None
    passive: bool

    @property
    def doer(self) -> Token | None:
        """Who does it: of a passive the by-phrase."""
        return self.agent if self.passive else self.surface

    @property
    def undergoer(self) -> Token | None:
        """To whom it is done: of a passive the subject."""
        return self.surface if self.passive else self.object


class Clauses:
    """The clauses of one document, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[int, Clause] = {}

    def of(self, verb: Token, depth: int = 0) -> Clause:
        """Return the arguments of a verb or adjective."""
        known = self._known.get(verb.i)
        if known is None:
            known = self._known[verb.i] = self._read(verb, depth)
        return known

    def _read(self, verb: Token, depth: int) -> Clause:
        clause = Clause(None, None, None, None, False)
        for child in verb.children:
            _place(clause, child)
        if clause.surface is None and verb.dep_ in ("acomp", "attr", "oprd") and verb.head.pos_ in ("AUX", "VERB"):
            clause.surface = self.of(verb.head, depth + 1).surface if depth < _DEEPEST else None
        if clause.surface is not None and clause.surface.lower_ in _RELATIVE:
            clause.surface = antecedent(verb) or clause.surface
        elif clause.surface is None and (named := _misread_subject(verb)) is not None:
            clause.surface = named
        elif clause.surface is None and depth < _DEEPEST:
            clause.passive = clause.passive or _is_bare_participle(verb, clause)
            clause.surface = self._shared(verb, depth + 1)
        elif clause.object is None and verb.dep_ == "relcl" and not clause.passive:
            clause.object = verb.head
        if clause.object is not None and clause.object.lower_ in _RELATIVE:
            clause.object = antecedent(verb) or clause.object
        return clause

    def _shared(self, verb: Token, depth: int) -> Token | None:
        """Find the subject that a verb without one shares with its surroundings."""
        head, dep = verb.head, verb.dep_
        if dep in ("conj", "advcl", "ccomp", "dep", "prep") and head.pos_ in ("VERB", "AUX"):
            return self.of(head, depth).surface
        if dep == "xcomp":
            outer = self.of(head, depth)
            controls = outer.object is None or outer.passive or head.lemma_ in _SUBJECT_CONTROL
            return outer.surface if controls else outer.object
        if dep == "relcl":
            return head
        if dep == "acl":
            return self.owner(head, depth) if verb.tag_ == "VB" else head
        if dep == "pcomp":
            return self._of_preposition(head, depth)
        return None

    def _of_preposition(self, prep: Token, depth: int) -> Token | None:
        """Find the subject of what follows a preposition: "accused X of shelling", "after shelling"."""
        governor = prep.head
        if governor.pos_ in ("NOUN", "PROPN"):
            return self.owner(governor, depth)
        outer = self.of(governor, depth)
        taken = outer.object if prep.lower_ in ("of", "from", "into", "for") else None
        return taken or outer.surface

    def owner(self, noun: Token, depth: int = 0) -> Token | None:
        """Return whose an abstract noun is: its possessor, else the subject of the verb that it is the object of."""
        for child in noun.lefts:
            if child.dep_ == "poss":
                return child
        verb = noun.head
        if noun.dep_ == "pobj":
            verb = verb.head
        if depth < _DEEPEST and noun.dep_ in ("dobj", "pobj", "attr", "nsubjpass") and verb.pos_ in ("VERB", "AUX"):
            outer = self.of(verb, depth + 1)
            return outer.agent if noun.dep_ == "nsubjpass" else outer.surface
        return None


def _place(clause: Clause, child: Token) -> None:
    """Enter a child of the verb into the clause."""
    dep = child.dep_
    if dep in _SUBJECTS:
        # Of two before the verb the nearer is the subject: the other is a dateline or a topic.
        if clause.surface is None or clause.surface.dep_ == "expl" or child.i < child.head.i:
            clause.surface = child
        clause.passive = clause.passive or dep == "nsubjpass"
    elif dep == "auxpass":
        clause.passive = True
    elif dep in ("dobj", "oprd") and clause.object is None:
        clause.object = child
    elif dep == "agent":
        clause.agent = next((c for c in child.children if c.dep_ == "pobj"), None)
    elif dep == "dative":
        clause.dative = child if child.pos_ != "ADP" else next((c for c in child.children if c.dep_ == "pobj"), None)


def _is_bare_participle(verb: Token, clause: Clause) -> bool:
    """Say whether a form without subject is passive: "troops sent by", "was seized and burnt"."""
    if verb.tag_ != "VBN" or any(child.dep_ == "aux" for child in verb.lefts):
        return False
    if verb.dep_ in ("acl", "advcl", "amod"):
        return clause.object is None or clause.agent is not None
    return verb.dep_ == "conj" and clause.object is None and any(c.dep_ == "auxpass" for c in verb.head.lefts)


def _misread_subject(verb: Token) -> Token | None:
    """Return a name before a verb without a subject that the parser took for an adverb, as it does with USAID."""
    if verb.tag_ not in _FINITE:
        return None
    return next((c for c in verb.lefts if c.dep_ in _ADVERBIAL and c.ent_type_ in _NAMES), None)


def is_one_of(verb: Token, words: Collection[str]) -> bool:
    """Say whether a verb is one of some lemmas; the lemmatizer drops the "e" of "staged" and "raped"."""
    lemma = verb.lemma_.lower()
    return lemma in words or (lemma + "e" in words and verb.lower_ in (lemma + "ed", lemma + "ing"))


def is_nominal(token: Token) -> bool:
    """Say whether a word is a noun, and not a verb that the tagger took for one: "the army occupies the port"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    return token.dep_ not in _CLAUSAL or not any(child.dep_ in ("nsubj", "nsubjpass") for child in token.lefts)


def antecedent(verb: Token) -> Token | None:
    """Return the noun that a relative clause belongs to."""
    for _ in range(_DEEPEST):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "ccomp", "aux"):
            return None
        verb = verb.head
    return None


def conjuncts(token: Token) -> Iterator[Token]:
    """Yield a noun and those coordinated with it, from the first to the right, at most twelve."""
    waiting, seen = [token], 0
    while waiting and seen < _WIDEST:
        current = waiting.pop(0)
        seen += 1
        yield current
        waiting += [child for child in current.rights if child.dep_ == "conj"]


def after_preposition(token: Token, prep: str) -> Token | None:
    """Return what a preposition that hangs on a token introduces."""
    for child in token.rights:
        if child.lower_ == prep and child.dep_ in ("prep", "agent", "dative", "prt", "advmod", "mark"):
            for below in child.rights:
                if below.dep_ in ("pobj", "pcomp"):
                    return below
                if below.dep_ == "prep":
                    return next((c for c in below.rights if c.dep_ == "pobj"), None)
        elif child.dep_ in ("prep", "prt", "advmod"):
            for below in child.rights:
                if below.lower_ == prep and below.dep_ == "prep":
                    return next((c for c in below.rights if c.dep_ == "pobj"), None)
    return None


def complements(token: Token) -> Iterator[Token]:
    """Yield the heads of what a verb, noun or adjective takes as its content."""
    for child in token.rights:
        if child.dep_ in _CONTENT or (child.dep_ == "advcl" and child.tag_ == "VB"):
            yield child
        elif child.dep_ in ("prep", "dative", "prt", "acomp") and child.lower_ not in ADJUNCTS:
            yield from (c for c in child.rights if c.dep_ in ("pobj", "pcomp", "xcomp"))
