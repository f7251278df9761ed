"""What an event is about: PLOVER's contexts by key words, and pages that are not about politics at all."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc, Token

from sayso.knowledge import contexts

_AROUND = 6
_LONGEST_SENTENCE = 300
_ENOUGH = 2


class Contexts:
    """The key words, ready for look-up."""

    def __init__(self, knowledge: str | None) -> None:
        self.words = contexts.load(knowledge)

    def of(self, doc: Doc) -> DocumentContexts:
        """Return the reader of one document."""
        return DocumentContexts(doc, self.words)


class DocumentContexts:
    """Contexts of the events of one document, and whether they stand among words of sport or show business."""

    def __init__(self, doc: Doc, words: contexts.ContextWords) -> None:
        self._doc, self._words = doc, words
        self._starts: list[int] = []
        self._outside, self._inside = [0], [0]
        outside = inside = 0
        for token in doc:
            if token.is_sent_start:
                self._starts.append(token.i)
                self._outside.append(outside)
                self._inside.append(inside)
            key = token.lower_
            if key in words.outside:
                outside += 1
            elif key in words.inside:
                inside += 1
        self._outside.append(outside)
        self._inside.append(inside)

    def objection(self, token: Token) -> str | None:
        """Say why an event word does not count where the sentences around it are about something else."""
        here = bisect_right(self._starts, token.i)
        low, high = max(here - _AROUND, 0), min(here + _AROUND, len(self._starts)) + 1
        outside = self._outside[high] - self._outside[low]
        inside = self._inside[high] - self._inside[low]
        if outside >= _ENOUGH and outside > inside:
            return "reads as sport, entertainment or business"
        return None

    def of_event(self, token: Token, given: list[str]) -> list[str]:
        """Return the contexts of an event: the frame's, and those whose key words its sentence holds."""
        sentence = token.sent
        start = max(sentence.start, token.i - _LONGEST_SENTENCE // 2)
        end = min(sentence.end, token.i + _LONGEST_SENTENCE // 2)
        found = set(given)
        previous = ""
        for i in range(start, end):
            lemma = self._doc[i].lemma_.lower()
            found |= self._words.contexts.get(lemma, frozenset())
            if previous:
                found |= self._words.contexts.get(f"{previous} {lemma}", frozenset())
            previous = lemma
        return sorted(found)
