"""Direct speech: which cue goes with which quotation.

A quotation is joined to the verb in the stretch of its sentence before it ("He said: “...”") or behind it ("“...,” said
Lavrov"), by the surface rather than by the parse, which quotation marks confuse. What follows without a cue of its
own, in the same paragraph or as paragraphs of nothing but quotation, goes on in the same speaker's voice.
"""

from __future__ import annotations

from bisect import bisect_right
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
_DASHES = frozenset(("-", "–", "—", "―", "--"))
_TOLD = frozenset(("clause", "trailing", "parenthetical", "fragment", "wh", "whether"))
_COMPLEMENTS = frozenset(("ccomp", "xcomp", "dobj", "acomp"))
_SUBORDINATES = frozenset(("while", "when", "after", "before", "who", "which", "where", "whose"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_ASIDE = frozenset(("relcl", "acl", "amod"))
_FARTHEST = 45
"""Tokens between a quotation and its cue."""


@dataclass(slots=True)
class _Surroundings:
    """What is outside quotation marks in the sentence of a quotation, before and behind it."""

    before: Range
    behind: Range
    broken: bool


def _is_verb(token: Token) -> bool:
    return token.pos_ == "VERB"


class QuotationReader:
    """Makes candidates of quotations and their cues."""

    def __init__(self, doc: Doc, cues: Cues) -> None:
        self.doc = doc
        self.cues = cues
        self.quotations: list[Quotation] = [q for q in doc._.quotations if not q.nested and not self._is_title(q)]
        self.begins = [q.start for q in self.quotations]
        self.starts = {q.start for q in self.quotations}
        self.ends = {q.end for q in self.quotations}

    def read(self) -> Iterator[Candidate]:
        """Yield a candidate for each cue with all the quotations that it speaks for."""
        by_cue: dict[int, Candidate] = {}
        last: Candidate | None = None
        until = -1
        open_: list[Quotation] = []
        for quotation in self.quotations:
            around = self._surroundings(quotation)
            found = self._link(quotation, around, by_cue)
            if found is None and last is not None and self._continues(until, quotation):
                found = last
                last.content.append((quotation.start, quotation.end))
                last.quotations.append((quotation.start, quotation.end))
            if found is None:
                last = None
                open_ = [*open_, quotation] if self._goes_on(open_, quotation) else []
                continue
            if open_ and self._adjoins(open_[-1], quotation) and len(found.content) == 1:
                found.content[:0] = [(q.start, q.end) for q in open_]
            open_ = []
            by_cue[found.cue_head] = last = found
            until = quotation.end
            if around.behind[0] <= found.cue_head < around.behind[1]:
                until = around.behind[1] if not around.broken else quotation.end
        yield from by_cue.values()

    def _goes_on(self, before: list[Quotation], quotation: Quotation) -> bool:
        """Say whether a paragraph of quotation was left open for the next one to go on with."""
        return not quotation.closed and (not before or self._adjoins(before[-1], quotation))

    def _adjoins(self, before: Quotation, quotation: Quotation) -> bool:
        return not before.closed and self._continues(before.end, quotation)

    def continue_(self, direct: list[Candidate], rest: list[Candidate]) -> None:
        """Add each quotation without a cue to what was said in so many other words in the sentence before it."""
        linked = {start for found in direct for start, _ in found.quotations}
        ends = {self._end(found): found for found in rest if found.frame in _TOLD and self.cues.tells(found.lemma)}
        for quotation in self.quotations:
            if quotation.start in linked or quotation.nested or not self._is_sentence(quotation):
                continue
            for end in range(quotation.start, max(-1, quotation.start - 4), -1):
                if end in ends and self._continues(end, quotation):
                    ends[end].content.append((quotation.start, quotation.end))
                    ends[end].quotations.append((quotation.start, quotation.end))
                    break

    def _end(self, found: Candidate) -> int:
        return max(end for _, end in (*found.content, *found.cue, found.source or (0, 0)))

    def _surroundings(self, quotation: Quotation) -> _Surroundings:
        doc, start, end = self.doc, quotation.start, quotation.end
        left = self._introduction(start)
        introduced_at = left
        while left > 0 and introduced_at - left < _FARTHEST and not self._bounds(left - 1, left):
            left -= 1
        right = end
        while right < len(doc) and right - end < _FARTHEST and right not in self.starts and "\n" not in doc[right].text:
            right += 1
            if doc[right - 1].text in _ENDS:
                break
        broken = right in self.starts and doc[right - 1].text not in _ENDS
        return _Surroundings((left, introduced_at), (end, right), broken)

    def _introduction(self, start: int) -> int:
        """Return where the words before a quotation end: on the line before it where that ends in a colon."""
        i = start
        while i > 0 and start - i < 3 and self.doc[i - 1].is_space:
            i -= 1
        return i if i > 0 and self.doc[i - 1].text == ":" else start

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
        behind = self._cue_behind(quotation, around)
        cue = self._cue_before(quotation, around)
        if cue is not None and behind is not None and self.doc[around.before[1] - 1].text == ":":
            cue = None
        if cue is not None:
            known = by_cue.get(cue.i)
            if known is not None:
                self._append(known, quotation)
                return known
            return self._candidate(cue, "quote_after_cue", quotation, around)
        if behind is not None:
            return self._candidate(behind, "quote_before_cue", quotation, around)
        return self._signed(quotation, around)

    def _signed(self, quotation: Quotation, around: _Surroundings) -> Candidate | None:
        """Return the candidate of a quotation with a name for a cue: "..." - Name, or Name: "..."."""
        start, end = around.behind
        while start < end and self.doc[start].is_space:
            start += 1
        if end - start > 1 and self.doc[start].text in _DASHES and end - start < 9:
            dash, name = start, trim(self.doc, start + 1, end)
        elif around.before[1] - around.before[0] in range(2, 14) and self.doc[around.before[1] - 1].text == ":":
            dash, name = around.before[1] - 1, trim(self.doc, *around.before)
        else:
            return None
        head = phrase_head(self.doc, name)
        if head is None or head.pos_ not in ("PROPN", "NOUN") or any(self.doc[i].tag_ in _FINITE for i in range(*name)):
            return None
        whole = (quotation.start, quotation.end)
        kind = "name" if head.pos_ == "PROPN" else "thing"
        return Candidate("colon", kind, "signed", dash, [(dash, dash + 1)], [whole], name, head.i, None, None, [whole])

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
                return token if self._introduces(token, mark, quotation) else None
            if mark != ":" and token.pos_ in ("VERB", "AUX") and not (mark == "," and token.tag_ in ("VBN", "VBG")):
                return None
            if mark not in _INTRODUCES and token.dep_ in ("nsubj", "nsubjpass") and token.head.i > i:
                return None
        return self._announces(around.before) if mark == ":" else None

    def _announces(self, before: Range) -> Token | None:
        """Return the verb of a sentence that ends in a colon before a quotation, speech or not."""
        for i in range(before[1] - 1, before[0] - 1, -1):
            token = self.doc[i]
            if _is_verb(token) and any(c.dep_ == "nsubj" for c in token.lefts):
                return token
        return None

    def _introduces(self, cue: Token, mark: str, quotation: Quotation) -> bool:
        """Say whether a verb before a quotation introduces it, rather than takes it for a part of its clause."""
        if self._is_sentence(quotation):
            return True
        if mark == "," and cue.lemma_ not in self.cues.rules.addressing:
            return not any(c.dep_ == "dobj" and not self._quoted(c.i) for c in cue.rights)
        return mark in _INTRODUCES

    def _is_title(self, quotation: Quotation) -> bool:
        """Say whether a few words are a title or a phrase held at arm's length: NBC's “Today” on Monday."""
        start, end = quotation.start, quotation.end
        if end - start > 7 or not start or self.doc[start - 1].text in _INTRODUCES or self.doc[start - 1].is_space:
            return False
        words = [self.doc[i] for i in range(start, end) if self.doc[i].text not in _MARKS]
        after = self.doc[end] if end < len(self.doc) else None
        ends = not words or words[-1].is_punct or after is None or after.is_space or after.text == ","
        return not ends and not any(t.pos_ in ("VERB", "AUX") for t in words)

    def _is_sentence(self, quotation: Quotation) -> bool:
        """Say whether a quotation is more than a phrase in quotation marks."""
        if quotation.end - quotation.start < 5:
            return False
        return any(self.doc[i].pos_ in ("VERB", "AUX") for i in range(quotation.start, quotation.end))

    def _cue_behind(self, quotation: Quotation, around: _Surroundings) -> Token | None:
        start, end = around.behind
        if start == end or not self._leads_on(quotation, start):
            return None
        if self.doc[start].lower_ in _SUBORDINATES or self._names(quotation, around):
            return None
        first: Token | None = None
        for i in range(start, min(end, start + 30)):
            token = self.doc[i]
            if not _is_verb(token) or token.dep_ in _ASIDE:
                continue
            if self.cues.speaks(token):
                whole = around.before[0] == around.before[1] or self._is_sentence(quotation)
                return None if self._says_more(token, whole) else token
            first = first or token
        return first if first is not None and first.i - start < 8 else None

    def _names(self, quotation: Quotation, around: _Surroundings) -> bool:
        """Say whether a few words behind a preposition are a title: a guest on Channel One's “Evening Report”."""
        start, end = around.before
        return start < end and quotation.end - quotation.start < 9 and self.doc[end - 1].tag_ in ("IN", "POS")

    def _says_more(self, verb: Token, whole: bool) -> bool:
        """Say whether a verb has a complement of its own behind it, outside quotation marks."""
        if not whole and verb.i + 1 in self.starts:
            return True
        for child in verb.rights:
            if child.dep_ not in _COMPLEMENTS or self._quoted(child.i):
                continue
            if child.dep_ == "ccomp" and child.pos_ in ("VERB", "AUX"):
                return not whole or child.left_edge.i - verb.i <= 2
            if not whole and child.dep_ != "ccomp":
                return True
        return False

    def _quoted(self, i: int) -> bool:
        at = bisect_right(self.begins, i) - 1
        return at >= 0 and i < self.quotations[at].end

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
        if frame == "quote_before_cue" and self._has_lead(around):
            lead = trim(self.doc, *around.before)
            content = (lead[0], quotation.end) if lead[1] > lead[0] else content
        found = Candidate("verb", self.cues.lemma(cue), frame, cue.i, cue_ranges(cue), [content])
        found.quotations.append((quotation.start, quotation.end))
        if frame == "quote_after_cue":
            found.content = [*self._begun(cue, around), (quotation.start, self._tail(quotation, around))]
        region = around.before if frame == "quote_after_cue" else around.behind
        self._add_source(found, cue, region)
        self._add_addressee(found, cue, region)
        return found

    def _has_lead(self, around: _Surroundings) -> bool:
        """Say whether a sentence begins before its quotation and is not merely announced there."""
        start, end = around.before
        return end - start > 1 and self.doc[end - 1].text != ":"

    def _begun(self, cue: Token, around: _Surroundings) -> list[Range]:
        """Return the clause that a broken quotation goes on from (when it fell, he said, “we were floored”)."""
        for child in cue.lefts:
            if child.dep_ == "ccomp" and child.left_edge.i >= around.before[0] and not self._quoted(child.i):
                return [trim(self.doc, child.left_edge.i, min(child.right_edge.i + 1, cue.i))]
        return []

    def _tail(self, quotation: Quotation, around: _Surroundings) -> int:
        """Return where a content ends that goes on behind its quotation: said “the tide turns” at every full moon."""
        end, limit = around.behind
        inner = self.doc[quotation.end - 2].text if quotation.end - 2 > quotation.start else ""
        if inner in _ENDS or inner in _INNER_COMMA or (end < limit and self.doc[end].text == ","):
            return end
        while end < limit and not self._breaks(self.doc[end]):
            end += 1
        return trim(self.doc, quotation.start, end)[1]

    def _breaks(self, token: Token) -> bool:
        return token.is_space or token.dep_ == "cc" or token.text in _DASHES or token.text == ";"

    def _add_source(self, found: Candidate, cue: Token, region: Range) -> None:
        subject = subject_of(cue)
        if subject is None or self._inside(found, subject.i) or self._quoted(subject.i):
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
        addressed = found.lemma in self.cues.rules.addressing
        for child in cue.rights:
            if child.dep_ in ("dobj", "dative") and region[0] <= child.i < region[1] and child.i != found.source_head:
                to = child.lower_ == "to"
                nouns = [c for c in child.children if c.dep_ == "pobj"] if to else [child] if addressed else []
                if nouns and nouns[0].pos_ in ("NOUN", "PROPN", "PRON"):
                    found.addressee_head = nouns[0].i
                return
