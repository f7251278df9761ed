"""Who left out the condition: which variants lack a qualifier that a fuller one has, though they tell what it limits.

A variant is held to it only where its words cover what the qualifier limits, and where neither the variant nor what
its document says around it has the qualifier in any words. A variant that tells another part omits nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sayso.corroboration.utterances.content import Bag, Content, both_covered, covered
from sayso.corroboration.utterances.numerals import Numeral
from sayso.corroboration.utterances.qualifying import Qualifying, qualified, qualifying
from sayso.corroboration.utterances.rendition import Rendition
from sayso.corroboration.utterances.utterance import Omission
from sayso.knowledge import qualifiers

TELLS = 0.5
"""Share of what a qualifier limits that a variant must tell to be held to the qualifier."""
TELLS_ONLY = 0.7
"""Or the share of the variant that is told of nothing else."""
_HAS = 0.4
"""Share of a condition's words that stand for the condition where a word that may open one stands by."""
_HAS_SURELY = 0.7
"""Share of them that stands for it without such a word."""
_NEAR = 4
"""So many words from a number stands what may stand for its bound."""
_SMALL = 10
"""Smaller numbers are in many sentences by chance."""
_MOST_LIMITS = 30
"""So many qualifiers of one utterance are looked for in its variants."""
_WITNESSES = 4
"""So many variants that have a qualifier are asked what it limits."""
_FEWEST = 1.5
"""Weight (idf) of what a qualifier limits below which it says too little to be recognised."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A rendition with its qualifiers."""

    rendition: Rendition
    _bags: dict[Sequence[int], Bag] = field(default_factory=dict)

    @cached_property
    def qualifiers(self) -> list[Qualifying]:
        """What limits its content, the first so many."""
        return qualifying(self.rendition.content)[:_MOST_LIMITS]

    def says(self, each: Qualifying) -> Bag:
        """Return the weighty words of a qualifier."""
        return self._bag(range(*each.says))

    def limited(self, each: Qualifying) -> Bag:
        """Return the weighty words that a qualifier limits."""
        return self._bag(each.limits)

    def _bag(self, places: Sequence[int]) -> Bag:
        if places not in self._bags:
            self._bags[places] = self.rendition.content.bag_at(places)
        return self._bags[places]


@dataclass(frozen=True)
class _Limit:
    """One qualifier of an utterance, in the words of the variants that have it, the best witnesses first."""

    witnesses: list[tuple[Reading, Qualifying]]

    def has(self, reading: Reading, each: Qualifying) -> bool:
        """Say whether a qualifier of a variant is this one, in whatever words."""
        other, known = self.witnesses[0]
        return _is_same(each, reading, known, other)


def omissions(readings: Sequence[Reading]) -> Mapping[str, list[Omission]]:
    """Return what each rendition of one utterance omits, by its id: each qualifier once, from the best witness."""
    by_document: dict[str, list[Reading]] = {}
    for reading in readings:
        by_document.setdefault(reading.rendition.publication.document, []).append(reading)
    limits = _limits(readings)
    return {
        reading.rendition.id: list(_omitted(reading, by_document[reading.rendition.publication.document], limits))
        for reading in readings
    }


def _limits(readings: Sequence[Reading]) -> list[_Limit]:
    """Return the qualifiers of an utterance, each with a few variants that have it: quotations and originals first."""
    found: list[_Limit] = []
    for reading in sorted(readings, key=lambda r: (not r.rendition.quoted, r.rendition.publication.is_copy)):
        for each in reading.qualifiers:
            known = next((limit for limit in found if limit.has(reading, each)), None)
            if known is None and len(found) < _MOST_LIMITS:
                found.append(_Limit([(reading, each)]))
            elif known is not None and len(known.witnesses) < _WITNESSES:
                known.witnesses.append((reading, each))
    return found


def _omitted(lean: Reading, own: Sequence[Reading], limits: Sequence[_Limit]) -> Iterator[Omission]:
    """Yield what a variant omits, given all that its document tells of the utterance."""
    for limit in limits:
        for fuller, each in limit.witnesses:
            if fuller in own or _has(own, lean, fuller, each):
                break
            share = _share_told(lean.rendition, fuller, each)
            if share is not None and not _is_reporters(lean.rendition, fuller.rendition, each):
                yield _omission(fuller.rendition, each, share)
                break


def _is_reporters(lean: Rendition, fuller: Rendition, each: Qualifying) -> bool:
    """Say whether a qualifier is a reporter's word that the speaker's, in quotation marks, do not have.

    A condition may have been cut from a quotation; a hedge or a bound within what is quoted cannot have been.
    """
    quoted = lean.saying.kind == "direct" and not fuller.is_quoted(fuller.content.span_of(each.words))
    return quoted and each.kind != "condition"


def _omission(fuller: Rendition, each: Qualifying, share: float) -> Omission:
    content = fuller.content
    span = content.span_of(each.words)
    start, end = each.limits[0], each.limits[-1] + 1
    limited = content.span_of((start, end))
    return Omission(
        kind=each.kind,
        words=_as_written(fuller, span),
        variant=fuller.id,
        document=fuller.publication.document,
        span=span,
        limits=_as_written(fuller, limited),
        covered=round(min(share, 1.0), 2),
    )


def _as_written(rendition: Rendition, span: tuple[int, int]) -> str:
    parts = [text[max(span[0] - at, 0) : max(span[1] - at, 0)] for at, text in rendition.pieces]
    return " … ".join(part for part in parts if part)


def _share_told(lean: Rendition, fuller: Reading, each: Qualifying) -> float | None:
    """Return the share of what a qualifier limits that another variant tells; None where that is too little."""
    limited = fuller.limited(each)
    share, of_lean = both_covered(limited, lean.content.bag)
    if each.numeral is not None:
        told = _number_told(lean, each.numeral) and max(share, of_lean) >= _HAS
        return 1.0 if told else None
    enough = limited.weight >= _FEWEST and (share >= TELLS or of_lean >= TELLS_ONLY)
    return max(share, of_lean) if enough else None


def _number_told(lean: Rendition, numeral: Numeral) -> bool:
    """Say whether a variant tells a number: one that is small must be said to count the same."""
    same = [n for n in lean.content.numerals if n.value == numeral.value]
    return any(numeral.value >= _SMALL or n.counts & numeral.counts for n in same)


def _is_same(one: Qualifying, whose: Reading, other: Qualifying, others: Reading) -> bool:
    """Say whether two variants have one qualifier, in whatever words."""
    if one.numeral is not None and other.numeral is not None:
        return one.numeral.value == other.numeral.value
    if one.kind != other.kind or one.numeral is not None or other.numeral is not None:
        return False
    if one.kind == "condition":
        return max(both_covered(whose.says(one), others.says(other))) >= _HAS
    return max(both_covered(whose.limited(one), others.limited(other))) >= _HAS


def _has(own: Sequence[Reading], lean: Reading, fuller: Reading, each: Qualifying) -> bool:
    """Say whether a document has a qualifier of another one, in the variant or beside it."""
    if each.numeral is not None:
        return any(_has_bound(reading, each) for reading in own)
    if each.kind == "condition":
        return _is_conditional(own, lean, fuller.says(each), fuller.limited(each))
    if each.kind == "hedge":
        return _is_hedged(lean)
    known = qualifiers.load()
    return any(q.kind == "limit" and q.numeral is None for reading in own for q in reading.qualifiers) or any(
        word in known.lasting for word in lean.rendition.content.words
    )


def _has_bound(reading: Reading, each: Qualifying) -> bool:
    """Say whether a variant qualifies a number, or has a word near it that may stand for a bound."""
    assert each.numeral is not None
    content, known = reading.rendition.content, qualifiers.load()
    return any(
        qualified(content, n) or not known.bounding.isdisjoint(content.words[max(n.start - _NEAR, 0) : n.end + _NEAR])
        for n in content.numerals
        if n.value == each.numeral.value
    )


def _is_conditional(own: Sequence[Reading], lean: Reading, condition: Bag, limited: Bag) -> bool:
    """Say whether a variant has a condition of its own, or its document tells this one in whatever words."""
    if any(q.kind == "condition" for q in lean.qualifiers):
        return True
    contents = [content for r in own for content in (r.rendition.content, r.rendition.around)]
    return any(_tells_condition(content, condition, limited) for content in contents)


def _tells_condition(content: Content, condition: Bag, limited: Bag) -> bool:
    """Say whether a text has the words of a condition, others than those for what it limits."""
    places = [place for place, stem in enumerate(content.stems) if stem not in limited.known]
    share = covered(condition, content.bag_at(places))
    known = qualifiers.load()
    opened = any(word in known.loosely or known.opens(content.words, at) for at, word in enumerate(content.words))
    return share >= (_HAS if opened else _HAS_SURELY)


def _is_hedged(reading: Reading) -> bool:
    """Say whether a variant has a hedge of any kind, in its content or in how it is told."""
    known, rendition = qualifiers.load(), reading.rendition
    if rendition.saying.act in known.uncertain or any(q.kind == "hedge" for q in reading.qualifiers):
        return True
    words = [*rendition.content.words, *rendition.saying.cue.lower().split()]
    return any(word in known.unsure or word.removesuffix("s") in known.unsure for word in words)
