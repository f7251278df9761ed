"""An utterance in words: who speaks, what is said, who left out what. Every string is neutral and on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.corroboration.utterances.utterance import Omission, Utterance, Variant
from sayso.records import Span
from sayso.rendering.evidence import Passage, merged
from sayso.rendering.neutral import one_line
from sayso.rendering.wording import counted


def heading(utterance: Utterance) -> str:
    """Return who speaks, and what kind of act that is: "Lena Orsk (say)"."""
    return f"{one_line(utterance.speaker)} ({utterance.act})"


def when(utterance: Utterance) -> str:
    """Return when it was said, else when it was first reported."""
    if utterance.said:
        return utterance.said
    return f"reported {utterance.first_reported[:10]}" if utterance.first_reported else "undated"


def wording(utterance: Utterance) -> str:
    """Return the fullest words: in quotation marks where they are the speaker's own, as quoted."""
    words = one_line(utterance.wording)
    if not utterance.is_quoted:
        return words
    opening, closing = ("‘", "’") if "“" in words or '"' in words else ("“", "”")
    return f"{opening}{words}{closing}"


def counts(utterance: Utterance) -> str:
    """Return how many outlets tell it, how many copies there are, and how many documents leave something out."""
    told = [counted(utterance.outlets, "outlet")]
    if utterance.independent < utterance.outlets:
        told[0] += f" ({utterance.independent:,} independent)"
    if utterance.copies:
        told.append(counted(utterance.copies, "copy", "copies"))
    if utterance.omitting:
        told.append(f"{utterance.omitting:,} {'leaves' if utterance.omitting == 1 else 'leave'} something out")
    return ", ".join(told)


def omitted(omissions: Iterable[Omission]) -> str:
    """Return what is omitted: "condition “unless the ice clears”, limit “at least 40”"."""
    return ", ".join(f"{omission.kind} “{one_line(omission.words)}”" for omission in omissions)


def in_order(variants: Iterable[Variant]) -> list[Variant]:
    """Return variants in order of publication, originals first."""
    return sorted(variants, key=lambda v: (v.is_copy, v.published is None, v.published or ""))


def pieces(variant: Variant, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Yield what a variant says as written, cut where spans begin and end: (words, whether in a span)."""
    marked = merged(spans)
    at = 0
    for number, (start, end) in enumerate(variant.content):
        if number:
            yield " … ", False
        words = variant.words[at : at + end - start]
        at += end - start + len(" … ")
        within = [(max(a, start), min(b, end)) for a, b in marked if a < end and start < b]
        yield from Passage(words, start, within).pieces()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A qualifier that variants leave out, and which these are; ``fuller`` has it, None where it is not known."""

    omission: Omission
    fuller: Variant | None
    lacking: list[Variant]


def left_out(utterance: Utterance) -> list[LeftOut]:
    """Return what is left out of an utterance, each qualifier of a fuller variant once, and by which variants."""
    by_id = {variant.id: variant for variant in utterance.variants}
    found: dict[tuple[str, Span], LeftOut] = {}
    for variant in in_order(utterance.variants):
        for omission in variant.omits:
            place = omission.document, omission.span
            told = found.setdefault(place, LeftOut(omission, by_id.get(omission.variant), []))
            told.lacking.append(variant)
    return list(found.values())
