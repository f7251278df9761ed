"""How far a text commits itself to a predicate: the walk from the root of the sentence down to it.

After De Facto (Saurí & Pustejovsky 2012): every governor on the way hands a degree of certainty to its complement, by
its own lexical signature and by how certain it is itself; then the marks on the predicate's own clause apply.
Content is judged as its own voucher's: what someone *said* is certain to the one who said it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.knowledge.factuality import Lexicon, Signature
from sayso.reading.dependents import Dependents
from sayso.reading.factuality_clauses import Clause, read_clause
from sayso.records import FactualityValue, Tense

MAX_DEPTH = 12
"""Governors looked at above a predicate; news has rarely more than six."""

LONGEST_TRACE = 12
"""Steps that a commitment remembers, the innermost ones; more would make deep nesting cost quadratic time."""

_RANK: dict[str, int] = {"CT": 3, "PR": 2, "PS": 1, "Uu": 0}
_VALUES: dict[tuple[int, int], FactualityValue] = {
    (3, 1): "CT+", (2, 1): "PR+", (1, 1): "PS+", (3, -1): "CT-", (2, -1): "PR-", (1, -1): "PS-",
}  # fmt: skip
_POS = {"AUX": "VERB", "PROPN": "NOUN"}
_CONDITIONAL_TIME = frozenset({"when", "once", "after", "as", "whenever", "until", "till", "before", "while"})
_CLAIMED = frozenset({"report", "accuse", "suspect"})
"""Classes of nouns that claim what they take."""
_ABOUT = frozenset({"on", "about", "over"})
_PREDICATED = frozenset({"acomp", "attr", "oprd", "ccomp", "xcomp", "dobj", "npadvmod"})
_TRANSPARENT_GERUND = frozenset({"by", "in", "while", "after", "with", "upon"})


@dataclass(slots=True, frozen=True)
class Commitment:
    """What a sentence commits its voucher to about one predicate; ``trace`` names the steps, outermost first."""

    value: FactualityValue
    hypothetical: bool = False
    tense: Tense = "none"
    trace: tuple[str, ...] = ()
    relation: str = "root"


@dataclass(slots=True, frozen=True)
class _Link:
    """One step of the path: a token, what governs it, and how."""

    token: Token
    governor: Token | None
    relation: str


def certainty(value: FactualityValue) -> int:
    """Return 3 for certain, 2 probable, 1 possible, 0 unknown."""
    return _RANK[value[:2]]


def polarity(value: FactualityValue) -> int:
    """Return 1, -1, or 0 for unknown."""
    return {"+": 1, "-": -1}.get(value[2:], 0)


def make_value(rank: int, sign: int) -> FactualityValue:
    """Return the value of a certainty and a polarity."""
    return _VALUES.get((rank, sign), "Uu")


def weaken(value: FactualityValue, limit: FactualityValue) -> FactualityValue:
    """Return a value no more certain than another one."""
    return make_value(min(certainty(value), certainty(limit)), polarity(value))


def flip(value: FactualityValue) -> FactualityValue:
    """Return the negation of a value."""
    return make_value(certainty(value), -polarity(value))


def through(signature: tuple[FactualityValue, FactualityValue], outer: FactualityValue) -> FactualityValue:
    """Return what (affirmed, negated) leaves of a complement whose embedder has the value ``outer``."""
    affirmed, negated = signature
    if affirmed == negated:
        return affirmed
    if polarity(outer) == 0:
        return "Uu"
    return weaken(affirmed if polarity(outer) > 0 else negated, outer)


class Walk:
    """The walk over one Doc; every token is judged once."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._tree = Dependents(doc)
        self._predicates: dict[int, Token] = {}
        self._clauses: dict[int, Clause] = {}
        self._links: dict[int, _Link] = {}
        self._judged: dict[int, Commitment] = {}

    def clause(self, token: Token) -> Clause:
        """Return the marks on a token's own clause, those shared with the first conjunct included."""
        found = self._clauses.get(token.i)
        if found is None:
            found = self._clauses[token.i] = read_clause(token, self._lexicon, self._tree)
            if token.dep_ == "conj":
                self._share(found, token.head)
        return found

    def _share(self, clause: Clause, first: Token) -> None:
        """A conjunct without marks of its own stands under those of the one before: "may kill and [may] wound"."""
        if clause.finite or clause.has_subject or clause.infinitive or first.tag_ != clause.token.tag_:
            return
        other = self._clauses.get(first.i) or read_clause(first, self._lexicon, self._tree)
        clause.modal, clause.auxiliary, clause.perfect = other.modal, other.auxiliary, other.perfect
        clause.infinitive, clause.person = other.infinitive, other.person
        clause.negated |= other.negated and not other.negative_argument
        clause.ordered &= other.ordered

    def judge(self, token: Token) -> Commitment:
        """Return what the sentence commits its voucher to about a token."""
        path: list[_Link] = []
        link: _Link | None = self._link(token)
        while link is not None and link.token.i not in self._judged and len(path) < MAX_DEPTH:
            path.append(link)
            link = self._link(link.governor) if link.governor is not None else None
        for step in reversed(path):
            self._judged[step.token.i] = self._step(step)
        return self._judged[token.i]

    def _step(self, link: _Link) -> Commitment:
        outer = self._judged.get(link.governor.i) if link.governor is not None else None
        clause = self.clause(link.token)
        if outer is None or link.governor is None:
            return self._own(clause, Commitment("CT+"))
        return self._own(clause, self._inherited(link, outer, clause))

    # What the governor hands down.

    def _inherited(self, link: _Link, outer: Commitment, clause: Clause) -> Commitment:
        governor, relation = link.governor, link.relation
        assert governor is not None
        signature = self._signature(governor, relation)
        if signature is not None and signature.name in _CLAIMED and governor.pos_ == "NOUN" and self._refuted(governor):
            return _handed(outer, "CT-", f"refuted:{relation}", relation)
        if signature is not None and not self._is_told(signature, clause):
            return self._signed(signature, relation, outer)
        if relation == "infinitive" and (special := self._special(governor, outer)):
            return special
        if relation == "of" and governor.lower_ == "nothing":  # "knew nothing of a raid"
            return _handed(outer, "CT-", "nothing", relation)
        if relation in self._lexicon.prepositions:
            return _handed(outer, self._lexicon.prepositions[relation], relation, relation)
        if relation in {"purpose", "infinitive"}:
            denied = relation == "infinitive" and polarity(outer.value) < 0
            return _ahead(outer, "PR-" if denied else "Uu", relation)
        if relation == "adverbial":
            return self._adverbial(clause, outer)
        if self._is_transparent(governor, relation, link.token):
            return _handed(outer, outer.value, relation, relation)
        if clause.any and polarity(outer.value) < 0:
            return _handed(outer, outer.value, relation, relation)
        denied = relation in {"relative", "participle"} and self.clause(governor).negated and governor.pos_ == "NOUN"
        return _presupposed(relation, outer, clause, denied)

    def _is_told(self, signature: Signature, clause: Clause) -> bool:
        """A claim or charge that is denied was made all the same."""
        told = self._lexicon.embedders.get(("NOUN", clause.token.lemma_, "clause"))
        return signature.name in {"deny", "doubt"} and told is not None and told.name == "report"

    def _refuted(self, claim: Token) -> bool:
        """Say whether a claim is called one and no more: "reports of a raid are untrue", "called the claim a lie"."""
        head, dep = claim.head, claim.dep_
        if dep not in {"nsubj", "nsubjpass", "dobj", "oprd"}:
            return False
        known = self._lexicon
        said = {head.lemma_.lower(), *self._said_of(head, claim)}
        dismissed = dep != "nsubj" and head.lemma_.lower() in known.refuting_verbs
        if self.clause(head).negated:
            return not said.isdisjoint(known.refuting_if_denied)
        return dismissed or not said.isdisjoint(known.refuting_words)

    def _said_of(self, verb: Token, claim: Token) -> Iterator[str]:
        """Yield the words that a verb predicates of its subject or object: "is false", "dismissed as a lie"."""
        for child in self._tree.of(verb):
            if child.lower_ == "as" and child.dep_ == "prep":
                for said in self._tree.right(child):
                    yield from (said.lemma_.lower(), *(word.lower_ for word in self._tree.left(said)))
            elif child.i > claim.i and child.dep_ in _PREDICATED:
                yield child.lemma_.lower()
        if verb.lemma_ in self._lexicon.naming_verbs:
            last = verb.right_edge
            while last.is_punct and last.i > claim.i:
                last = last.nbor(-1)
            yield last.lemma_.lower()

    def _signature(self, governor: Token, relation: str) -> Signature | None:
        pos = _POS.get(governor.pos_, governor.pos_)
        found = self._lexicon.embedders.get((pos, governor.lemma_.lower(), relation))
        return found or (self._doubted(governor, relation) if pos == "VERB" and relation in _ABOUT else None)

    def _doubted(self, verb: Token, preposition: str) -> Signature | None:
        """Return what a noun of doubt says of what the parser hung on its verb: "cast doubt on the raid"."""
        for noun in self._tree.right(verb):
            found = self._lexicon.embedders.get(("NOUN", noun.lemma_.lower(), preposition))
            if noun.dep_ == "dobj" and found is not None and found.name == "doubt":
                return found
        return None

    def _signed(self, signature: Signature, relation: str, outer: Commitment) -> Commitment:
        pair = (signature.affirmed, signature.negated)
        value = through(pair, outer.value)
        if signature.name == "report" and polarity(outer.value) > 0:
            value = signature.affirmed
        factive = pair == ("CT+", "CT+")
        tense: Tense = "future" if signature.ahead else outer.tense
        trace = (*outer.trace, f"{signature.name}:{relation}")
        return Commitment(value, outer.hypothetical and not factive, tense, trace, relation)

    def _special(self, governor: Token, outer: Commitment) -> Commitment | None:
        """Periphrases: "is to go", "has to go", "is going to go"."""
        lemma = governor.lemma_
        if lemma in {"have", "be"} and self.clause(governor).yet:
            return _handed(outer, flip(outer.value), "yet_to", "infinitive")
        if lemma == "have":
            return _ahead(outer, "Uu", "have_to")
        if lemma == "be" or (lemma == "go" and governor.tag_ == "VBG"):
            return _ahead(outer, weaken(outer.value, "PR+"), f"{lemma}_to")
        return None

    def _adverbial(self, clause: Clause, outer: Commitment) -> Commitment:
        mark = clause.subordinator
        step = f"adverbial:{mark or 'free'}"
        if mark is None and not clause.has_subject and polarity(outer.value) >= 0:
            return _handed(outer, outer.value, step, "adverbial")
        if mark in _CONDITIONAL_TIME and (outer.tense == "future" or outer.hypothetical):
            return _handed(outer, weaken("PR+", outer.value), step, "adverbial")
        return Commitment("CT+", False, "none", (*outer.trace, step), "adverbial")

    def _is_transparent(self, governor: Token, relation: str, token: Token) -> bool:
        """Light verbs, copulas and verbs of occurring say of their noun what is said of them."""
        lemma = governor.lemma_
        if relation == "copula":
            return True
        if relation == "object":
            return lemma in self._lexicon.light and governor.pos_ == "VERB"
        if relation in _TRANSPARENT_GERUND and token.tag_ == "VBG":
            return True
        return relation == "subject" and lemma in self._lexicon.occur

    # What the predicate's own clause adds.

    def _own(self, clause: Clause, handed: Commitment) -> Commitment:
        value, hypothetical, trace = handed.value, handed.hypothetical, list(handed.trace)
        if clause.hedge:
            value = _hedged(value, clause.hedge)
            trace.append(f"hedge:{clause.hedge}")
        if clause.modal:
            value, hypothetical = self._modal(clause, handed, value)
            trace.append(f"modal:{clause.modal}")
        elif clause.negated:
            # "no attack took place" denies the attack once
            value = value if polarity(value) < 0 and clause.token.pos_ in {"NOUN", "PROPN"} else flip(value)
        if clause.negated:
            trace.append("negated")
        opened = self._opened(clause)
        if opened:
            value, hypothetical = "Uu", hypothetical or opened == "condition" or opened == "conditioned"
            trace.append(opened)
        steps = tuple(trace[-LONGEST_TRACE:])
        return Commitment(value, hypothetical, self._tense(clause, handed), steps, handed.relation)

    def _modal(self, clause: Clause, handed: Commitment, value: FactualityValue) -> tuple[FactualityValue, bool]:
        assert clause.modal is not None
        own = self._lexicon.modals[clause.modal][clause.negated]
        if clause.modal != "would":
            return _under(own, value), handed.hypothetical
        # "said it would": the future seen from the past, not a condition
        if handed.tense in {"past", "future"} and handed.relation == "clause" and not clause.perfect:
            return _under("PR-" if clause.negated else "PR+", value), handed.hypothetical
        return _under(own, value), True

    def _opened(self, clause: Clause) -> str | None:
        if clause.subordinator in self._lexicon.conditions or clause.inverted:
            return "condition"
        if clause.subordinator in self._lexicon.open:
            return "open"
        if clause.asked:
            return "question"
        if clause.ordered:
            return "order"
        if clause.conditioned and clause.tense != "past":
            return "conditioned"
        return None

    def _tense(self, clause: Clause, handed: Commitment) -> Tense:
        if clause.ordered:
            return "future"
        if clause.perfect and clause.infinitive:
            return "past"
        own = clause.tense
        if own == "present" and clause.token.tag_ == "VBN" and handed.relation == "root":
            return "present"
        return own if own != "none" else handed.tense

    # Who governs whom.

    def _link(self, token: Token) -> _Link:
        found = self._links.get(token.i)
        if found is None:
            governor, relation = self._governor(token)
            found = self._links[token.i] = _Link(token, governor, relation)
        return found

    def _governor(self, token: Token) -> tuple[Token | None, str]:
        first = token
        for _ in range(MAX_DEPTH):
            if first.dep_ != "conj" or first.head.i == first.i:
                break
            first = first.head
        if first.dep_ == "conj" or first.head.i == first.i:
            return None, "root"
        return self._related(token, first)

    def _related(self, token: Token, first: Token) -> tuple[Token | None, str]:
        """Name the relation of a token to its head; ``first`` is its first conjunct, itself where there is none."""
        dep, head = first.dep_, first.head
        if dep in {"xcomp", "ccomp", "csubj", "csubjpass"}:
            return self._predicated(head), self._clausal(token)
        if dep == "acl":
            kind = self._clausal(token)
            return head, "participle" if kind == "gerund" else kind
        if dep == "advcl":
            infinitive = self.clause(token).infinitive
            return (self._predicated(head) if infinitive else head), "infinitive" if self._asks(head, infinitive) else (
                "purpose" if infinitive else "adverbial"
            )
        if dep in {"pobj", "pcomp"}:
            return _beyond(head), _preposition(head)
        relation = _NOMINAL.get(dep)
        if relation == "relative" and self.clause(token).infinitive:
            return head, "infinitive"
        if relation == "relative" and self.clause(token).subordinator == "that":
            return head, "clause"  # "the claim that it fell", taken for "the claim that I heard"
        if relation == "inside" and token.pos_ not in {"NOUN", "PROPN"}:
            return None, "root"
        if relation == "inside":
            return head, "object" if self._signature(head, "object") else "inside"
        return (head, relation) if relation else (None, "root")

    def _asks(self, head: Token, infinitive: bool) -> bool:
        """An infinitive that the parser calls adverbial may be the complement of an adjective: "it is likely to"."""
        return infinitive and self._signature(self._predicated(head), "infinitive") is not None

    def _predicated(self, head: Token) -> Token:
        """Return the adjective or noun that a copula predicates, where that is what takes the clause."""
        if head.lemma_ != "be":
            return head
        found = self._predicates.get(head.i)
        if found is None:
            found = self._predicates[head.i] = next(filter(self._embeds, self._tree.of(head)), head)
        return found

    def _embeds(self, child: Token) -> bool:
        pos = _POS.get(child.pos_, child.pos_)
        return child.dep_ in {"acomp", "attr", "oprd"} and (pos, child.lemma_.lower()) in self._lexicon.embedding_words

    def _clausal(self, token: Token) -> str:
        clause = self.clause(token)
        if clause.infinitive or (token.tag_ == "VB" and not clause.finite):
            return "infinitive"
        if clause.finite or clause.subordinator:
            return "clause"
        return "gerund" if token.tag_ in {"VBG", "VBN"} else "clause"


_NOMINAL = {
    "dobj": "object", "nsubjpass": "object", "dative": "object", "oprd": "copula", "nsubj": "subject",
    "attr": "copula", "acomp": "copula", "compound": "inside", "nmod": "inside", "poss": "inside", "amod": "inside",
    "relcl": "relative", "appos": "relative",
}  # fmt: skip


def _beyond(preposition: Token) -> Token:
    """Return what a preposition hangs on, past a second preposition ("out of")."""
    head = preposition.head
    return head.head if head.pos_ == "ADP" else head


def _preposition(token: Token) -> str:
    head = token.head.lower_
    return "without" if head == "instead" and token.lower_ == "of" else token.lower_


def _handed(outer: Commitment, value: FactualityValue, step: str, relation: str) -> Commitment:
    return Commitment(value, outer.hypothetical, outer.tense, (*outer.trace, step), relation)


def _ahead(outer: Commitment, value: FactualityValue, step: str) -> Commitment:
    return Commitment(value, outer.hypothetical, "future", (*outer.trace, step), "infinitive")


def _presupposed(relation: str, outer: Commitment, clause: Clause, denied: bool = False) -> Commitment:
    """An event named in passing is taken for granted, unless it is new and what is said of it is itself uncertain."""
    if denied:
        return _handed(outer, "CT-", relation, relation)
    nominal = clause.token.pos_ in {"NOUN", "PROPN"}
    if nominal and not clause.definite and (outer.hypothetical or certainty(outer.value) < 3):
        return _handed(outer, weaken("CT+", outer.value), relation, relation)
    tense: Tense = outer.tense if nominal or relation == "participle" else "none"
    return Commitment("CT+", False, tense, (*outer.trace, relation), relation)


def _under(own: FactualityValue, value: FactualityValue) -> FactualityValue:
    """Return what a modal's own value comes to in a context that is itself less than certain, or negative."""
    limited = weaken(own, value)
    return flip(limited) if polarity(value) < 0 else limited


def _hedged(value: FactualityValue, hedge: FactualityValue) -> FactualityValue:
    limited = weaken(value, hedge)
    return flip(limited) if polarity(hedge) < 0 else limited
