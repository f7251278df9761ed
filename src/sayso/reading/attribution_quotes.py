"""Direct speech: which cue goes with which quotation.

A quotation is joined to the verb in the stretch of its sentence before it ("He said: “...”") or behind it ("“...,” said
Lavrov"), by the surface rather than by the parse, which quotation marks confuse. What follows without a cue of its
own, in the same paragraph or as paragraphs of nothing but quotation, goes on in the same speaker's voice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.knowledge.cues import Cues
from sayso.reading.annotations import Quotation
from sayso.reading.attribution_candidate import Candidate, Range, trim
from sayso.reading.attribution_sources import phrase_head, source_range, subject_of
from sayso.reading.attribution_verbs import cue_ranges

_ENDS = frozenset((".", "!", "?", "…"))
_INNER_COMMA = frozenset((",", "!", "?", "—", "–", "-", "…", "..."))
_INTRODUCES = frozenset((",", ":", "that", "—", "–", "-", "--"))
_MARKS = frozenset(("“", "”", '"', "''", "``", "'", "‘", "’", "«", "»"))
_ASIDE = frozenset(("relcl", "acl", "amod"))
_FARTHEST = 45
"""Tokens between a quotation and its cue."""


@dataclass(slots=True)
class _Surroundings:
    """What is outside quotation marks in the sentence of a quotation, before and behind it."""

    before: Range
    behind: Range
    opens_sentence: bool
    broken: bool


def _is_verb(token: Token) -> bool:
    return token.pos_ == "VERB"


class QuotationReader:
    """Makes candidates of quotations and their cues."""

    def __init__(self, doc: Doc, cues: Cues) -> None:
        self.doc = doc
        self.cues = cues
        self.quotations: list[Quotation] = [q for q in doc._.quotations if not q.nested]
        self.starts = {q.start for q in self.quotations}
        self.ends = {q.end for q in self.quotations}

    def read(self) -> Iterator[Candidate]:
        """Yield a candidate for each cue with all the quotations that it speaks for."""
        by_cue: dict[int, Candidate] = {}
        last: Candidate | None = None
        until = -1
        for quotation in self.quotations:
            around = self._surroundings(quotation)
            found = self._link(quotation, around, by_cue)
            if found is None and last is not None and self._continues(until, quotation):
                found = last
                last.content.append((quotation.start, quotation.end))
                last.quotations.append((quotation.start, quotation.end))
            if found is None:
                last = None
                continue
            by_cue[found.cue_head] = last = found
            until = quotation.end
            if around.behind[0] <= found.cue_head < around.behind[1]:
                until = around.behind[1] if not around.broken else quotation.end
        yield from by_cue.values()

    def _surroundings(self, quotation: Quotation) -> _Surroundings:
        doc, start, end = self.doc, quotation.start, quotation.end
        left = start
        while left > 0 and start - left < _FARTHEST and not self._bounds(left - 1, left):
            left -= 1
        right = end
        while right < len(doc) and right - end < _FARTHEST and right not in self.starts and "\n" not in doc[right].text:
            right += 1
            if doc[right - 1].text in _ENDS:
                break
        broken = right in self.starts and doc[right - 1].text not in _ENDS
        return _Surroundings((left, start), (end, right), left == start, broken)

    def _bounds(self, i: int, after: int) -> bool:
        """Say whether a sentence, a quotation or a line ends with the token before a position."""
        token = self.doc[i]
        return after in self.ends or token.text in _ENDS or "\n" in token.text

    def _continues(self, until: int, quotation: Quotation) -> bool:
        """Say whether nothing but space and punctuation lies between what was attributed and a quotation."""
        if not 0 <= quotation.start - until <= 4:
            return False
        between = [self.doc[i] for i in range(until, quotation.start)]
        return all(t.is_space or t.is_punct for t in between)

    def _link(self, quotation: Quotation, around: _Surroundings, by_cue: dict[int, Candidate]) -> Candidate | None:
        cue = self._cue_before(quotation, around)
        if cue is not None:
            known = by_cue.get(cue.i)
            if known is not None:
                self._append(known, quotation)
                return known
            return self._candidate(cue, "quote_after_cue", quotation, around)
        cue = self._cue_behind(quotation, around)
        if cue is not None:
            return self._candidate(cue, "quote_before_cue", quotation, around)
        return None

    def _append(self, known: Candidate, quotation: Quotation) -> None:
        start = quotation.start
        last = known.content[-1]
        if known.frame == "quote_after_cue" and 0 <= start - last[1] <= 4:
            known.content[-1] = (last[0], quotation.end)
        else:
            known.content.append((start, quotation.end))
        known.quotations.append((start, quotation.end))

    def _cue_before(self, quotation: Quotation, around: _Surroundings) -> Token | None:
        start, end = around.before
        if start == end:
            return None
        mark = self.doc[end - 1].text
        for i in range(end - 1, start - 1, -1):
            token = self.doc[i]
            if _is_verb(token) and self.cues.speaks(token) and token.dep_ != "amod":
                return token if mark in _INTRODUCES or self._is_sentence(quotation) else None
            if mark != ":" and token.pos_ in ("VERB", "AUX") and not (mark == "," and token.tag_ in ("VBN", "VBG")):
                return None
        return None

    def _is_sentence(self, quotation: Quotation) -> bool:
        """Say whether a quotation is more than a phrase in quotation marks."""
        if quotation.end - quotation.start < 5:
            return False
        return any(self.doc[i].pos_ in ("VERB", "AUX") for i in range(quotation.start, quotation.end))

    def _cue_behind(self, quotation: Quotation, around: _Surroundings) -> Token | None:
        start, end = around.behind
        if start == end or not self._leads_on(quotation, start):
            return None
        first: Token | None = None
        for i in range(start, min(end, start + 30)):
            token = self.doc[i]
            if not _is_verb(token) or token.dep_ in _ASIDE:
                continue
            if self.cues.speaks(token):
                return None if any(c.dep_ == "ccomp" and c.i > token.i for c in token.rights) else token
            first = first or token
        return first if first is not None and first.i - start < 8 else None

    def _leads_on(self, quotation: Quotation, start: int) -> bool:
        """Say whether the sentence goes on behind a quotation: a comma on either side of the closing mark."""
        if self.doc[start].text == ",":
            return True
        inner = quotation.end - 1
        while inner > quotation.start and self.doc[inner].text in _MARKS:
            inner -= 1
        text = self.doc[inner].text
        return text in _INNER_COMMA or text[-1:] in _INNER_COMMA

    def _candidate(self, cue: Token, frame: str, quotation: Quotation, around: _Surroundings) -> Candidate:
        content = (quotation.start, quotation.end)
        if frame == "quote_before_cue" and around.before[1] - around.before[0] > 1:
            lead = trim(self.doc, *around.before)
            content = (lead[0], quotation.end) if lead[1] > lead[0] else content
        found = Candidate("verb", self.cues.lemma(cue), frame, cue.i, cue_ranges(cue), [content])
        found.quotations.append((quotation.start, quotation.end))
        if frame == "quote_after_cue":
            found.content = [(quotation.start, self._tail(quotation, around))]
        region = around.before if frame == "quote_after_cue" else around.behind
        self._add_source(found, cue, region)
        self._add_addressee(found, cue, region)
        return found

    def _tail(self, quotation: Quotation, around: _Surroundings) -> int:
        """Return where a content ends that goes on behind its quotation: said “it gets me mad” every time he ..."""
        end, limit = around.behind
        inner = self.doc[quotation.end - 2].text if quotation.end - 2 > quotation.start else ""
        if inner in _ENDS or inner in _INNER_COMMA or (end < limit and self.doc[end].text == ","):
            return end
        while end < limit and self.doc[end].dep_ != "cc" and not self.doc[end].is_space:
            end += 1
        return trim(self.doc, quotation.start, end)[1]

    def _add_source(self, found: Candidate, cue: Token, region: Range) -> None:
        subject = subject_of(cue)
        if subject is None or self._inside(found, subject.i):
            subject = self._nearby_noun(cue, region)
        if subject is not None:
            found.source_head = subject.i
            found.source = source_range(self.doc, subject, cue.i)
            start = max(found.source[0], found.content[0][1] if found.content[0][1] <= subject.i else 0)
            found.source = (start, found.source[1])

    def _inside(self, found: Candidate, i: int) -> bool:
        return any(a <= i < b for a, b in found.content)

    def _nearby_noun(self, cue: Token, region: Range) -> Token | None:
        """Return the noun beside a cue, for sentences that the parser did not understand."""
        before = phrase_head(self.doc, (region[0], cue.i))
        return before if before is not None else phrase_head(self.doc, (cue.i + 1, min(region[1], cue.i + 12)))

    def _add_addressee(self, found: Candidate, cue: Token, region: Range) -> None:
        for child in cue.rights:
            if child.dep_ in ("dobj", "dative") and region[0] <= child.i < region[1] and child.i != found.source_head:
                nouns = [child] if child.lower_ != "to" else [c for c in child.children if c.dep_ == "pobj"]
                if nouns and nouns[0].pos_ in ("NOUN", "PROPN", "PRON"):
                    found.addressee_head = nouns[0].i
                return
