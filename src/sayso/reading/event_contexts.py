"""What an event is about: PLOVER's contexts by key words, and pages that are not about politics at all."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc, Token

from sayso.knowledge import contexts
from sayso.reading.event_sentences import Sentences

_AROUND = 6
_ENOUGH = 2
_ENOUGH_OUTSIDE = 3


class Contexts:
    """The key words, ready for look-up."""

    def __init__(self, knowledge: str | None) -> None:
        self.words = contexts.load(knowledge)

    def of(self, doc: Doc, sentences: Sentences) -> DocumentContexts:
        """Return the reader of one document."""
        return DocumentContexts(doc, sentences, self.words)


class DocumentContexts:
    """Contexts of the events of one document, and whether they stand among words of sport or show business."""

    def __init__(self, doc: Doc, sentences: Sentences, words: contexts.ContextWords) -> None:
        self._doc, self._sentences, self._words = doc, sentences, words
        self._spoken_of: dict[tuple[int, int], frozenset[str]] = {}
        self._starts: list[int] = []
        self._outside, self._inside, self._violence = [0], [0], [0]
        outside = inside = violence = 0
        for token in doc:
            if token.is_sent_start:
                self._starts.append(token.i)
                self._outside.append(outside)
                self._inside.append(inside)
                self._violence.append(violence)
            key = token.lower_
            if key in words.outside:
                outside += 1
            elif key in words.inside:
                inside += 1
            violence += words.violence.get(key, 0)
        self._outside.append(outside)
        self._inside.append(inside)
        self._violence.append(violence)

    def objection(self, token: Token) -> str | None:
        """Say why an event word does not count where the sentences around it are about something else."""
        low, high = self._around(token)
        outside = self._outside[high] - self._outside[low]
        inside = self._inside[high] - self._inside[low]
        if outside >= _ENOUGH_OUTSIDE and outside > inside:
            return "reads as sport, entertainment or business"
        return None

    def speaks_of_fighting(self, token: Token) -> bool:
        """Say whether the sentences around are about fighting or political violence, not an accident or a crime."""
        low, high = self._around(token)
        return self._violence[high] - self._violence[low] >= _ENOUGH

    def _around(self, token: Token) -> tuple[int, int]:
        here = bisect_right(self._starts, token.i)
        return max(here - _AROUND, 0), min(here + _AROUND, len(self._starts)) + 1

    def of_event(self, token: Token, given: list[str]) -> list[str]:
        """Return the contexts of an event: the frame's, and those whose key words its sentence holds."""
        around = self._sentences.around(token.i)
        if around not in self._spoken_of:
            self._spoken_of[around] = self._key_words(*around)
        return sorted(self._spoken_of[around].union(given))

    def _key_words(self, start: int, end: int) -> frozenset[str]:
        found: set[str] = set()
        previous = ""
        for i in range(start, end):
            lemma = self._doc[i].lemma_.lower()
            found |= self._words.contexts.get(lemma, frozenset())
            found |= self._words.contexts.get(f"{previous} {lemma}", frozenset())
            previous = lemma
        return frozenset(found)
