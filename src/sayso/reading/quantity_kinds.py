"""Of what kind a quantity is: by the noun that is counted and by what is done to it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sayso.knowledge.quantities import Lexicon
from sayso.reading.dependents import Dependents
from sayso.records import QuantityKind

Verdict = tuple[QuantityKind | None, str]

_HIGHEST = 6
"""Governors looked at above a noun."""

_HUMAN = frozenset({"people", "forces", "crowd", "displaced", "wounded", "killed", "arrested"})
_SAID = frozenset({"reported", "feared", "believed", "presumed", "confirmed", "left", "found"})
_LOST = frozenset({"claim", "cost", "take", "lose", "end"})
_LOOSE = frozenset({"up", "to", "about", "around", "between", "over", "than", "at", "as", "under"})
_REACHING = frozenset({"by", "at", "to", "past", "above", "between"})
"""Between a toll and how high it is."""
_PATIENT = frozenset({"dobj", "nsubjpass", "dative"})


class Kinds:
    """Tells kinds apart, with the lexicon of quantities."""

    def __init__(self, lexicon: Lexicon, doc: Doc) -> None:
        self._lexicon = lexicon
        self._tree = Dependents(doc)

    def of(self, start: Token, head: Token, role: Token, bare: bool) -> Verdict:
        """Return the kind of what ``head`` counts, with the rule.

        ``start`` is the first token of the phrase, ``role`` the token that stands for all of it in the sentence;
        ``bare`` says that the number itself is the head.
        """
        lemma = head.lemma_.lower()
        bare = bare or lemma == "other"
        noun = None if bare else self._lexicon.nouns.get(lemma) or self._lexicon.nouns.get(head.lower_)
        if noun == "weapons":
            return noun, f"noun:{lemma}"
        state = self._state(head)
        fellows = noun is None and not bare and (head.ent_type_ == "NORP" or head.tag_ == "NNPS")
        if not (bare or state or fellows or noun in _HUMAN):
            return None, ""
        fate = self._fate(_first_conjunct(role), head) or self._beside(start) or state
        if fate is None and fellows and head.ent_type_ == "NORP":
            return "people", "nationals"
        return fate or ((noun, f"noun:{lemma}") if noun else (None, ""))

    def _beside(self, start: Token) -> Verdict | None:
        """As in "killing at least five people": the verb right before the number, where the parser lost it."""
        before = start.nbor(-1) if start.i else None
        if before is None or before.tag_ not in {"VBG", "VBD"}:
            return None
        kind = self._lexicon.patients.get(before.lemma_.lower())
        return (kind, f"beside:{before.lemma_.lower()}") if kind else None

    def _state(self, head: Token) -> Verdict | None:
        """As in "30 wounded", "12 people killed in the attack", "40 missing soldiers"."""
        doc = head.doc
        if head.lower_ in self._lexicon.states and head.pos_ != "NUM":
            return self._lexicon.states[head.lower_], f"state:{head.lower_}"
        after = head.i + 1
        if after + 1 < len(doc) and doc[after].lower_ in _SAID and doc[after].tag_ == "VBN":
            after += 1
        following = doc[after] if after < len(doc) else None
        if following is not None and following.lower_ in self._lexicon.states and not self._acts(following):
            return self._lexicon.states[following.lower_], f"state:{following.lower_}"
        for child in self._tree.left(head):
            if child.dep_ == "amod" and child.lower_ in self._lexicon.states:
                return self._lexicon.states[child.lower_], f"state:{child.lower_}"
        return None

    def _acts(self, token: Token) -> bool:
        """A participle beside a noun is a verb of its own where it has an object."""
        return token.pos_ == "VERB" and any(child.dep_ == "dobj" for child in self._tree.right(token))

    def _fate(self, first: Token, head: Token) -> Verdict | None:
        """What governs the number: "killed 12", "12 died", "the deaths of 12", "12 who were arrested"."""
        governor, dep = first.head, first.dep_
        if dep in _PATIENT and governor.pos_ == "VERB":
            return self._done_to(governor, head)
        if dep == "prep" and governor.pos_ == "VERB" and governor.i < first.i and first.lower_ in _LOOSE:
            return self._done_to(governor, head)
        if dep == "nsubj":
            return self._befalls(governor)
        if dep in {"pobj", "pcomp"}:
            return self._held_by(governor)
        if dep in {"acomp", "attr", "oprd"} and governor.lemma_ == "be":
            return self._toll_of(governor)
        return self._relative(head)

    def _done_to(self, verb: Token, counted: Token) -> Verdict | None:
        lemma = verb.lemma_.lower()
        kind = self._lexicon.patients.get(lemma)
        if lemma == "lose" and counted.lemma_.lower() in self._lexicon.losses:
            kind = "killed"
        return (kind, f"patient:{lemma}") if kind else self._found(verb)

    def _befalls(self, verb: Token) -> Verdict | None:
        lemma = verb.lemma_.lower()
        kind = self._lexicon.subjects.get(lemma)
        objects = [child.lemma_.lower() for child in self._tree.right(verb) if child.dep_ == "dobj"]
        if lemma == "take" and objects == ["part"] and self._is_in_a_crowd(verb):
            return "crowd", "subject:take part"
        if kind == "crowd" and objects and self._lexicon.containers.get(objects[0]) != "crowd":
            kind = None
        if kind:
            return kind, f"subject:{lemma}"
        if lemma == "lose" and any(child.lemma_ == "life" for child in self._tree.right(verb)):
            return "killed", "subject:lose life"
        return self._found(verb) if lemma in {"be", "go", "remain", "leave"} else None

    def _is_in_a_crowd(self, verb: Token) -> bool:
        """Say whether part is taken in what a crowd does: "took part in the march", and not "in the drill"."""
        within = (child for child in verb.subtree if child.dep_ == "pobj" and child.head.lower_ == "in")
        return any(self._lexicon.containers.get(noun.lemma_.lower()) == "crowd" for noun in within)

    def _found(self, verb: Token) -> Verdict | None:
        """As in "five are missing", "300 are feared dead", "found 12 dead"."""
        for child in self._tree.right(verb):
            if child.lower_ in self._lexicon.states and child.dep_ in {"acomp", "attr", "oprd", "xcomp"}:
                return self._lexicon.states[child.lower_], f"state:{child.lower_}"
        return None

    def _held_by(self, preposition: Token) -> Verdict | None:
        """As in "the killing of 40 people", "a protest by 2,000 people", "the death toll rose to 40", "lives of 12"."""
        governor = preposition.head
        lemma = governor.lemma_.lower()
        if lemma == "life" and governor.head.lemma_ not in _LOST:
            return None
        if preposition.lower_ in {"of", "by"} and governor.pos_ in {"NOUN", "PROPN"}:
            kind = self._lexicon.containers.get(lemma) or self._lexicon.tolls.get(lemma)
            if kind:
                return kind, f"container:{lemma}"
        if preposition.dep_ == "agent" and self._lexicon.subjects.get(lemma) == "crowd":
            return "crowd", f"subject:{lemma}"
        if preposition.lower_ == "between" and governor.lower_ == "at":  # "put at between 15,000 and 17,000"
            governor = governor.head
        if preposition.lower_ in _REACHING and governor.pos_ in {"VERB", "AUX"}:
            return self._toll_of(governor)
        return None

    def _toll_of(self, verb: Token) -> Verdict | None:
        for child in self._tree.of(verb):
            if child.dep_ in {"nsubj", "nsubjpass", "dobj"}:
                counted = self._counted_by(child)
                lemma = counted.lemma_.lower()
                kind = self._lexicon.tolls.get(lemma) or self._lexicon.states.get(counted.lower_)
                if kind:
                    return kind, f"toll:{lemma}"
        return None

    def _counted_by(self, noun: Token) -> Token:
        """Return what a noun gives the number of: "the number of dead", "the total of those arrested"."""
        if noun.lemma_.lower() not in self._lexicon.collectives:
            return noun
        of = next((child for child in self._tree.right(noun) if child.lower_ == "of"), None)
        return next(iter(self._tree.right(of)), noun) if of is not None else noun

    def _relative(self, head: Token) -> Verdict | None:
        """As in "12 people who were killed", "12 people arrested on Monday"."""
        for child in self._tree.right(head):
            if child.dep_ == "relcl" or (child.dep_ == "acl" and child.tag_ == "VBN"):
                passive = child.dep_ == "acl" or any(c.dep_ in {"auxpass", "nsubjpass"} for c in self._tree.left(child))
                kinds = self._lexicon.patients if passive else self._lexicon.subjects
                kind = kinds.get(child.lemma_.lower())
                if kind:
                    return kind, f"relative:{child.lemma_.lower()}"
        return None


def _first_conjunct(token: Token) -> Token:
    for _ in range(_HIGHEST):
        if token.dep_ not in {"conj", "appos"} or token.head.i == token.i or token.head.pos_ == "VERB":
            break
        token = token.head
    return token
