"""Noun and adjective cues: "the claim that", "his insistence on", "is optimistic about", "confident that"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sayso.knowledge.cues import Cues
from sayso.reading.attribution_candidate import Candidate, Part, Range, subtree, trim
from sayso.reading.attribution_sources import is_passive, source_range, subject_of

_COPULAS = frozenset(("be", "feel", "seem", "remain", "become", "sound", "appear", "look", "stay", "grow"))
_COMPLEMENTS = frozenset(
    ("about", "on", "of", "for", "against", "to", "over", "with", "toward", "towards", "in", "from", "by")
)


def _clausal(token: Token) -> tuple[str, Token] | None:
    """Return the frame and the head of a clause that completes a noun or an adjective."""
    for child in token.rights:
        if child.dep_ in ("acl", "ccomp", "xcomp", "relcl", "advcl"):
            first = child.left_edge.lower_
            marks = {c.lower_ for c in child.lefts}
            if "to" in marks and child.tag_ == "VB":
                return "infinitive", child
            if first == "that" and child.left_edge.dep_ == "mark":
                return "clause", child
            if child.dep_ == "ccomp":
                return "clause", child
            if child.dep_ == "acl" and child.tag_ == "VBG" and first == child.lower_:
                return "gerund", child
    return None


class NounReader:
    """Makes candidates of nouns and adjectives."""

    def __init__(self, doc: Doc, cues: Cues) -> None:
        self.doc = doc
        self.cues = cues

    def read_noun(self, noun: Token) -> Candidate | None:
        """Return the candidate of a noun that says something of somebody ("Kiev's demand for")."""
        found = self._complement("noun", noun)
        if found is None:
            return None
        source = self._owner(noun, found)
        verb = noun.head
        if noun.dep_ == "dobj" and verb.pos_ == "VERB" and 0 < noun.i - verb.i < 6 and self.cues.light(noun):
            found.frame = f"light_{found.frame}"
            found.cue = [(verb.i, found.cue[0][1])]
        if source is not None:
            found.source_head = source.i
            found.source = source_range(self.doc, source, noun.i)
            if found.source[0] <= noun.i < found.source[1]:
                found.source = (source.left_edge.i, source.i + 1)
        return found

    def read_adjective(self, adjective: Token) -> Candidate | None:
        """Return the candidate of an adjective that says what somebody thinks ("is optimistic about")."""
        verb = adjective.head
        predicate = adjective.dep_ in ("acomp", "oprd") and verb.lemma_ in _COPULAS
        if not predicate and adjective.dep_ not in ("advcl", "ROOT", "conj", "amod", "appos"):
            return None
        found = self._complement("adjective", adjective)
        if found is None:
            return None
        subject = subject_of(verb if predicate else adjective)
        if predicate:
            found.cue = [(verb.i, adjective.i + 1)] if verb.i < adjective.i and adjective.i - verb.i < 6 else found.cue
        if subject is not None:
            found.source_head = subject.i
            found.source = source_range(self.doc, subject, verb.i if predicate else adjective.i)
        return found

    def _complement(self, part: Part, token: Token) -> Candidate | None:
        clause = _clausal(token)
        if clause is None and part == "noun":
            clause = self._predicated(token)
        if clause is not None:
            return self._make(part, token, clause[0], subtree(clause[1]), clause[1])
        best: Candidate | None = None
        for preposition in token.rights:
            if preposition.dep_ == "prep" and preposition.lower_ in _COMPLEMENTS:
                for noun in preposition.children:
                    if noun.dep_ in ("pobj", "pcomp"):
                        found = self._make(part, token, preposition.lower_, subtree(noun), noun)
                        found.cue = [(token.i, preposition.i + 1)] if preposition.i == token.i + 1 else found.cue
                        if best is None or self.cues.known(found) > self.cues.known(best):
                            best = found
        return best

    def _predicated(self, noun: Token) -> tuple[str, Token] | None:
        """Return the clause that a noun of somebody's is said to be: "the army's version is that it was attacked"."""
        be = noun.head
        owned = any(child.dep_ == "poss" for child in noun.lefts)
        known = ("noun", noun.lemma_.lower()) in self.cues.acts
        if not (known and owned and noun.dep_ == "nsubj" and be.lemma_ == "be"):
            return None
        clauses = (c for c in be.rights if c.dep_ == "ccomp" and c.left_edge.lower_ == "that")
        clause = next(clauses, None)
        return ("clause", clause) if clause is not None else None

    def _make(self, part: Part, token: Token, frame: str, content: Range, head: Token) -> Candidate:
        return Candidate(
            part,
            token.lemma_.lower(),
            frame,
            token.i,
            [(token.i, token.i + 1)],
            [trim(self.doc, *content)],
            content_head=head.i,
        )

    def _owner(self, noun: Token, found: Candidate) -> Token | None:
        """Return whose claim it is: a possessive, "by X", "from X", or the subject of the verb that it completes."""
        for child in noun.children:
            if child.dep_ == "poss":
                return child
        for child in noun.rights:
            if child.dep_ == "prep" and child.lower_ in ("by", "from", "of", "among") and child.lower_ != found.frame:
                for source in child.children:
                    if source.dep_ == "pobj" and not any(a <= source.i < b for a, b in found.content):
                        return source
        return self._giver(noun)

    def _giver(self, noun: Token) -> Token | None:
        token = noun
        if token.dep_ == "pobj" and token.head.head.pos_ == "VERB":
            token = token.head
        verb = token.head
        governed = verb.pos_ in ("VERB", "AUX") and token.dep_ in ("dobj", "prep", "attr")
        if governed and not is_passive(verb) and not self.cues.speaks(verb):
            return subject_of(verb)
        for child in noun.lefts:
            if child.dep_ in ("compound", "amod") and child.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
                return child
        return None
