"""Attribution by rule: what the syntax around a known cue proposes, and how much it is worth.

Readers propose candidates: a quotation with its cue, a verb, noun, adjective or phrase with its content. Each is
weighed by how often such a cue attributes in such a frame and by its surroundings (``knowledge/cues``).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from sayso.knowledge.cues import Cues
from sayso.reading.attribution_candidate import Candidate, Quotations, Range, trim
from sayso.reading.attribution_context import features_of
from sayso.reading.attribution_kinds import Quoted
from sayso.reading.attribution_nouns import NounReader
from sayso.reading.attribution_phrases import PhraseReader
from sayso.reading.attribution_quotes import QuotationReader
from sayso.reading.attribution_verbs import VerbReader

LONGEST_CLAUSE = 300
"""Tokens beyond which what a parser takes for a clause is none; it also keeps the cost of garbage linear."""


class Rules:
    """Proposes and weighs candidates; reads quotations and the parse, and nothing else."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues

    def read(self, doc: Doc, quoted: Quoted) -> Iterator[Candidate]:
        """Yield every candidate with its log-odds."""
        for candidate in self.candidates(doc):
            if candidate.frame.startswith("quote") or _is_credible(candidate):
                self._weigh(doc, candidate, quoted)
                yield candidate

    def accepts(self, doc: Doc, candidate: Candidate) -> bool:
        """Say whether a candidate is probable enough by itself, and no idiom."""
        return candidate.probability >= self.cues.alone(candidate) and not self.idiom(doc, candidate.cue_head)

    def candidates(self, doc: Doc) -> Iterator[Candidate]:
        """Yield everything that might be an attribution, unweighed."""
        if not doc.has_annotation("DEP"):
            return
        discipline = _WholeQuotations(doc)
        quotations = QuotationReader(doc, self.cues)
        direct = list(quotations.read())
        rest = []
        for found in self._by_cue(doc, {c.cue_head for c in direct}):
            discipline.apply(found)
            if found.content:
                rest.append(found)
        quotations.continue_(direct, rest)
        yield from direct
        yield from rest

    def _by_cue(self, doc: Doc, taken: set[int]) -> Iterator[Candidate]:
        verbs, nouns, phrases = VerbReader(doc, self.cues), NounReader(doc, self.cues), PhraseReader(doc, self.cues)
        for token in doc:
            pos = token.pos_
            found = None
            if token.lower_ in ("according", "per", "in", "from", "following", "by", "to", "on", "with") and pos in (
                "ADP",
                "VERB",
                "SCONJ",
            ):
                found = phrases.read_preposition(token)
            if found is None and pos == "VERB" and token.i not in taken:
                found = verbs.read(token)
            elif pos == "NOUN":
                found = verbs.read_mistagged(token) or nouns.read_noun(token)
            elif pos == "ADJ":
                found = nouns.read_adjective(token)
            elif token.text == ":" and token.i not in taken:
                found = phrases.read_colon(token)
            if found is not None:
                yield found

    def _weigh(self, doc: Doc, candidate: Candidate, quoted: Quoted) -> None:
        weight = self.cues.weight
        features = self.features(doc, candidate, quoted)
        candidate.logit = self.cues.known(candidate) + self.cues.offset(candidate) + sum(map(weight, features))

    def idiom(self, doc: Doc, cue: int) -> bool:
        """Say whether the words around a cue are a fixed expression that attributes nothing."""
        if self.cues.wordless(doc[cue]):
            return True
        words = (doc[i].lower_ for i in range(max(0, cue - 3), min(len(doc), cue + 4)))
        return self.cues.idiom(" ".join(words))

    def features(self, doc: Doc, candidate: Candidate, quoted: Quoted) -> Iterator[str]:
        """Yield the features of a candidate's context."""
        act = self.cues.acts.get((candidate.part, candidate.lemma))
        told = candidate.part == "verb" and self.cues.tells(candidate.lemma)
        return features_of(doc, candidate, quoted.at(doc[candidate.cue_head].idx), act, told)


class _WholeQuotations:
    """Keeps contents from breaking quotations: one that is cut is taken whole, but for one that holds the cue."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.quotations = Quotations(doc)

    def apply(self, candidate: Candidate) -> None:
        """Extend or clip the contents of a candidate, in place."""
        home = self.quotations.around(candidate.cue_head)
        parts = []
        for start, end in candidate.content:
            if home is not None:
                start, end = trim(self.doc, max(start, home[0] + 1), min(end, home[1] - 1))
            elif self.quotations.ranges:
                start, end = self._extended(start, end, candidate)
            if start < end:
                parts.append((start, end))
        candidate.content = parts

    def _extended(self, start: int, end: int, candidate: Candidate) -> Range:
        first, last = self.quotations.around(start), self.quotations.around(end - 1)
        if first is not None:
            start = first[0]
        if last is not None:
            end = last[1]
        candidate.quotations.extend({r for r in (first, last) if r is not None})
        return start, end


def _is_credible(candidate: Candidate) -> bool:
    return sum(end - start for start, end in candidate.content) <= LONGEST_CLAUSE
