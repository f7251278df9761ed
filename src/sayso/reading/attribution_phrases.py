"""Phrases and colons: "according to X", "in X's view", "from X's perspective", "Speaker: text", "Poll: ..."."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sayso.knowledge.cues import Cues
from sayso.reading.attribution_candidate import OPENING, Candidate, Range, after_dateline, subtree, trim, without
from sayso.reading.attribution_sources import phrase_head, source_range

_LONGEST_SPEAKER = 14
_LONGEST_CONTENT = 400


class PhraseReader:
    """Makes candidates of prepositional phrases that name a source, and of colons."""

    def __init__(self, doc: Doc, cues: Cues) -> None:
        self.doc = doc
        self.cues = cues

    def read_preposition(self, token: Token) -> Candidate | None:
        """Return the candidate of "according to X", "per X", "in X's view", "following X's argument"."""
        if token.lower_ == "according":
            return self._according(token)
        for noun in token.children:
            if noun.dep_ in ("pobj", "dobj") and self.cues.viewpoint(token.lower_, noun.lemma_.lower()):
                return self._viewpoint(token, noun)
        return None

    def _according(self, token: Token) -> Candidate | None:
        to = next((c for c in token.rights if c.lower_ == "to"), None)
        if to is None and token.i + 1 < len(self.doc) and self.doc[token.i + 1].lower_ == "to":
            to = self.doc[token.i + 1]
        source = self._named_by(to) if to is not None else None
        if to is None or source is None:
            return None
        phrase = (token.i, max(source.right_edge.i, to.i) + 1)
        return self._candidate("according to", token, (token.i, to.i + 1), source, phrase)

    def _named_by(self, to: Token) -> Token | None:
        """Return whom "according to" names, whom the parser may take for a subject ("according to him few came")."""
        named = next((c for c in to.children if c.dep_ in ("pobj", "pcomp")), None)
        following = self.doc[to.i + 1] if named is None and to.i + 1 < len(self.doc) else None
        return following if following is not None and following.dep_ == "nsubj" else named

    def _viewpoint(self, token: Token, noun: Token) -> Candidate | None:
        source = next((c for c in noun.children if c.dep_ == "poss"), None)
        if source is None:
            of = next((c for c in noun.rights if c.lower_ == "of"), None)
            source = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        if source is None:
            return None
        phrase = (token.i, noun.right_edge.i + 1)
        if not self._set_off(token, phrase):
            return None
        return self._candidate("viewpoint", token, (noun.i, noun.i + 1), source, phrase)

    def _set_off(self, token: Token, phrase: Range) -> bool:
        """Say whether a phrase stands apart from its clause: at its start or end, or between commas."""
        before = self.doc[phrase[0] - 1] if phrase[0] else None
        after = self.doc[phrase[1]] if phrase[1] < len(self.doc) else None
        begins = before is None or token.is_sent_start or before.is_punct or before.is_space
        return bool(begins or after is None or after.is_punct or after.is_space)

    def _candidate(self, lemma: str, token: Token, cue: Range, source: Token, phrase: Range) -> Candidate | None:
        content = self._scope(token, phrase)
        if not content:
            return None
        found = Candidate("phrase", lemma, "phrase", token.i, [cue], content)
        found.source_head = source.i
        start, end = source_range(self.doc, source, token.i)
        found.source = (max(start, token.i + 1), end)
        return found

    def _scope(self, token: Token, phrase: Range) -> list[Range]:
        """Return the clause that a phrase comments on, without the phrase."""
        sentence = token.sent
        head = token.head
        whole = (after_dateline(self.doc, sentence.start, sentence.end), sentence.end)
        if head.i != token.i and head.dep_ in ("relcl", "acl") and head.pos_ in ("VERB", "AUX"):
            whole = subtree(head)
        parts = [trim(self.doc, *part) for part in without(whole, phrase)]
        return [p for p in parts if p[1] > p[0]]

    def read_colon(self, colon: Token) -> Candidate | None:
        """Return the candidate of a colon behind a speaker at the start of a line or headline."""
        start = self._line_start(colon.i)
        if start is None:
            return None
        end = self._line_end(colon.i + 1)
        content = trim(self.doc, colon.i + 1, end)
        speaker = trim(self.doc, start, colon.i)
        head = phrase_head(self.doc, speaker)
        if (
            head is None
            or content[1] - content[0] < 2
            or any(t.pos_ in ("VERB", "AUX") for t in self.doc[slice(*speaker)])
        ):
            return None
        lemma = self._speaker(head, speaker)
        found = Candidate("colon", lemma, "colon", colon.i, [(colon.i, colon.i + 1)], [content], source_head=head.i)
        found.source = speaker
        return found

    def _speaker(self, head: Token, speaker: Range) -> str:
        """Return what kind of speaker stands before a colon: a name in capitals, a name, a thing."""
        if head.is_upper and len(head) > 2:
            return "capitals"
        if head.lemma_.lower() in self.cues.rules.sources:
            return "source"
        if head.pos_ == "PROPN" and speaker[1] - speaker[0] < 5:
            return "name" if head.ent_type_ in ("PERSON", "ORG") else "unknown name"
        return "other"

    def _line_start(self, colon: int) -> int | None:
        for i in range(colon - 1, max(-1, colon - _LONGEST_SPEAKER), -1):
            if "\n" in self.doc[i].text or (self.doc[i].text in OPENING and (i == 0 or self.doc[i - 1].is_space)):
                return i + 1
            if self.doc[i].text in (".", "?", "!", ":", "”", '"'):
                return None
        return 0 if colon < _LONGEST_SPEAKER else None

    def _line_end(self, start: int) -> int:
        end = start
        while end < len(self.doc) and end - start < _LONGEST_CONTENT and "\n" not in self.doc[end].text:
            end += 1
        return end
