"""Which words limit what is said, and what: a condition its sentence, a hedge its clause, a bound its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.corroboration.utterances.content import Content, Range
from sayso.corroboration.utterances.numerals import Numeral
from sayso.corroboration.utterances.utterance import QualifierKind
from sayso.knowledge import qualifiers
from sayso.knowledge.qualifiers import Phrases

_LEAST = 2
"""A clause of fewer weighty words is too little to be recognised: its sentence is taken instead."""
_LONGEST = 4
"""Words of the longest phrase that may stand before a number."""
_NEAR = 2
"""So many words after a number a phrase that qualifies it may begin: "40 or so boats", "40 boats or so"."""


@dataclass(frozen=True, slots=True)
class Qualifying:
    """A qualifier in a content: its words, all that belongs to it (a condition's clause), and the words it limits.

    ``says`` are those of its words that tell what it depends on, without what opens it. ``numeral`` is the number that
    it qualifies, None for all but approximations and bounds.
    """

    kind: QualifierKind
    words: Range
    says: Range
    limits: tuple[int, ...]
    numeral: Numeral | None = None


def qualifying(content: Content) -> list[Qualifying]:
    """Return the qualifiers of a content, in order."""
    found = [*_conditions(content), *_phrases(content), *_numbers(content)]
    return sorted(found, key=lambda each: (each.words, each.kind))


def _conditions(content: Content) -> Iterator[Qualifying]:
    known, end = qualifiers.load(), 0
    for place in range(len(content.words)):
        if place < end:
            continue
        count = known.opens(content.words, place)
        if count:
            first, last = content.sentence_of(place)
            end = _end_of_condition(content, place, count, last)
            limits = _outside(content, (first, last), (place, end))
            yield Qualifying("condition", (place, end), (place + count, end), limits)


def _end_of_condition(content: Content, place: int, count: int, last: int) -> int:
    """Return where a condition ends: with its clause, which is more than its opening."""
    end = content.clause_of(place)[1]
    while end - place <= count and end < last:
        end = content.clause_of(end)[1]
    return min(end, last)


def _outside(content: Content, sentence: Range, condition: Range) -> tuple[int, ...]:
    """Return the words of a sentence outside its condition; those of the sentence before where they are too few."""
    places = [p for p in range(*sentence) if not condition[0] <= p < condition[1]]
    if len(content.bag_at(places).stems) < _LEAST and sentence[0]:
        before = content.sentence_of(sentence[0] - 1)
        places = [*range(*before), *places]
    return tuple(places)


def _phrases(content: Content) -> Iterator[Qualifying]:
    """Yield hedges, and limits without a number."""
    known = qualifiers.load()
    several: tuple[tuple[QualifierKind, Phrases], ...] = (("hedge", known.hedges), ("limit", known.limits))
    for kind, phrases in several:
        end = 0
        for place in range(len(content.words)):
            count = phrases.at(content.words, place) if place >= end else 0
            if count and not content.is_name(place):
                end = place + count
                yield Qualifying(kind, (place, end), (place, end), _around(content, (place, end)))


def _around(content: Content, words: Range) -> tuple[int, ...]:
    """Return the words of the clause around some, of the sentence where the clause is too short."""
    for span in (content.clause_of(words[0]), content.sentence_of(words[0])):
        places = tuple(p for p in range(*span) if not words[0] <= p < words[1])
        if len(content.bag_at(places).stems) >= _LEAST:
            return places
    return places


def _numbers(content: Content) -> Iterator[Qualifying]:
    for numeral in content.numerals:
        found = qualified(content, numeral)
        if found is not None:
            words, phrase = found
            kind: QualifierKind = "approximation" if phrase in qualifiers.load().inexact else "limit"
            yield Qualifying(kind, words, words, _around(content, words), numeral)


def qualified(content: Content, numeral: Numeral) -> tuple[Range, str] | None:
    """Return the words of a number with what qualifies it, before or after, and that phrase; None where none does."""
    known, words = qualifiers.load(), content.words
    for place in range(max(numeral.start - _LONGEST, 0), numeral.start):
        if (count := known.before.at(words, place)) and place + count == numeral.start:
            return (place, numeral.end), " ".join(words[place : place + count])
    for place in range(numeral.end, min(numeral.end + _NEAR, len(words))):
        if count := known.after.at(words, place):
            return (numeral.start, place + count), " ".join(words[place : place + count])
    return None
