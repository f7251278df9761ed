"""The tape: a text as one character per word, on which time expressions are short regular expressions.

Every word is looked up once, by its spelling; most belong to no class of the vocabulary and end the stretch before
them. Only stretches that hold an anchor (a month, a year, "ago") are read on, so a text without times costs little.
The patterns that match at a place depend on the next few characters alone and are remembered: a text of any length,
however hostile, costs a bounded time per word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.strings import StringStore
from spacy.tokens import Doc

from sayso.knowledge.times import OTHER, PHRASE, PHRASE_ANCHOR, CompiledRule, Meaning, TimeKnowledge

WINDOW = 20
"""No expression has more words than this."""

_SPACE = " "
_REMEMBERED = 20_000
_KNOWN = 500_000
_UNKNOWN = Meaning("", OTHER, "")
_PARTS = {code: Meaning("phrase", code, "") for code in (PHRASE, PHRASE_ANCHOR)}
_BLANK = Meaning("space", _SPACE, "")


@dataclass(frozen=True, slots=True)
class Word:
    """One unit of a stretch: a word or a phrase, the tokens it covers, and what it means.

    ``cut`` is where in its token a part of one begins, as "18" in "1914–18"; None for whole tokens.
    """

    start: int
    end: int
    text: str
    meaning: Meaning
    cut: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits a stretch; ``words`` is all it matched, ``first`` to ``last`` the expression itself."""

    rule: CompiledRule
    words: list[Word]
    first: int
    last: int

    @property
    def expression(self) -> list[Word]:
        """The words of the expression, without the neighbours that the rule only needed to see."""
        return self.words[self.first : self.last]


Fit = tuple[int, int, int, int]
"""Rule index, length of the match, first and last unit of the expression."""


class Tape:
    """Reads Docs as stretches of known words, and finds the rules that fit at a place of them."""

    def __init__(self, strings: StringStore, knowledge: TimeKnowledge) -> None:
        self._strings = strings
        self._knowledge = knowledge
        self._known: dict[int, Meaning] = {}
        self._anchor = re.compile(f"[{''.join(sorted(knowledge.anchors))}]")
        self.fits = lru_cache(_REMEMBERED)(self._fits)

    def stretches(self, doc: Doc) -> Iterator[list[Word]]:
        """Yield the stretches of a Doc that hold an anchor, as words and phrases in text order."""
        orths = doc.to_array("ORTH").tolist()
        known = self._known
        meanings = [known.get(orth) or self._learn(orth) for orth in orths]
        tape = "".join([meaning.code for meaning in meanings])
        for stretch in re.finditer(f"[^{OTHER}]+", tape):
            if self._anchor.search(stretch.group()):
                yield from self._broken(doc, meanings, stretch.start(), stretch.end())

    def _learn(self, orth: int) -> Meaning:
        if len(self._known) > _KNOWN:
            self._known.clear()
        meaning = self._known[orth] = self._meaning(self._strings[orth])
        return meaning

    def _meaning(self, text: str) -> Meaning:
        if text.isspace():
            return _BLANK
        lower = text.lower().replace("’", "'")
        meaning = self._knowledge.words.get(lower)
        if meaning and not (meaning.capitalised and text[0].islower()):
            return meaning
        for regex, shaped in self._knowledge.shapes:
            if regex.fullmatch(text):
                return shaped
        return _PARTS.get(self._knowledge.phrase_words.get(lower, OTHER), _UNKNOWN)

    def _broken(self, doc: Doc, meanings: list[Meaning], start: int, end: int) -> Iterator[list[Word]]:
        """Yield a stretch with its phrases joined, broken where a paragraph ends."""
        words: list[Word] = []
        position = start
        while position < end:
            if meanings[position] is _BLANK:
                if "\n" in doc[position].text_with_ws and _starts_paragraph(doc, position + 1):
                    yield words
                    words = []
                position += 1
                continue
            word = self._phrase(doc, position, end)
            word = word or Word(position, position + 1, doc[position].text, meanings[position])
            words.append(word)
            position = word.end
        yield words

    def _phrase(self, doc: Doc, position: int, end: int) -> Word | None:
        first = doc[position].text
        for rest, meaning in self._knowledge.phrases.get(first.lower(), ()):
            if meaning.capitalised and first != "the" and first.islower():
                continue
            after = _follow(doc, position + 1, end, rest)
            if after and not (meaning.capitalised and doc[after - 1].is_alpha and doc[after - 1].is_lower):
                return Word(position, after, doc[position:after].text, meaning)
        return None

    def _fits(self, window: str) -> list[Fit]:
        """Return the rules that match at the start of a window, the longest first."""
        found = []
        for index, compiled in enumerate(self._knowledge.rules):
            match = compiled.regex.match(window)
            if match:
                span = match.lastgroup or 0
                found.append((index, match.end(), match.start(span), match.end(span)))
        return sorted(found, key=lambda fit: (-fit[1], fit[0]))

    def match(self, words: list[Word], position: int, fit: Fit) -> Match:
        """Return a fit at a place of a stretch as a match."""
        index, length, first, last = fit
        return Match(self._knowledge.rules[index], words[position : position + length], first, last)


def _starts_paragraph(doc: Doc, position: int) -> bool:
    return position >= len(doc) or bool(doc[position].is_sent_start) or doc[position - 1].text.count("\n") > 1


def _follow(doc: Doc, position: int, end: int, words: tuple[str, ...]) -> int | None:
    """Return where the words end if they follow at a place, white space aside."""
    for word in words:
        while position < end and doc[position].is_space:
            position += 1
        if position >= end or doc[position].lower_.replace("’", "'") != word:
            return None
        position += 1
    return position
