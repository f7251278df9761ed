"""An occurrence in words: what, where and when, how the voices stand to it, in what numbers.

Every string is neutral and on one line. None says whether it happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from sayso.corroboration.occurrence import Change, Figure, Occurrence, Position, Range, Report, Status, Voice
from sayso.corroboration.voices import UNKNOWN_OUTLET
from sayso.records import Quantity
from sayso.rendering.neutral import one_line
from sayso.rendering.wording import counted, number_in_words, quantity_in_words

POSITIONS: Final[tuple[Position, ...]] = ("asserts", "predicts", "reports", "doubts", "denies")
"""From those who say that it is so to those who say that it is not."""

STATUSES: Final[dict[Status, str]] = {
    "single-source": "one independent voice says so",
    "corroborated": "independent voices say so, and none contests it",
    "disputed": "voices deny it, or differ on what it was",
    "denied": "nobody says so but those whom others deny",
}

VERBS: Final[dict[Position, tuple[str, str]]] = {
    "asserts": ("says so", "say so"),
    "predicts": ("says that it will be", "say that it will be"),
    "reports": ("leaves it open", "leave it open"),
    "doubts": ("doubts it", "doubt it"),
    "denies": ("denies it", "deny it"),
}
"""What one voice does, and what several do."""
_MOST_NAMES = 3


class Published(Protocol):
    """What stands in a publication: a report of an occurrence, a variant of an utterance."""

    @property
    def publisher(self) -> str | None:
        """By whom it was published, None where that is not known."""

    @property
    def published(self) -> str | None:
        """When, as ISO 8601."""


def outlet(told: Published) -> str:
    """Return who published something."""
    return one_line(told.publisher or UNKNOWN_OUTLET)


def day(told: Published) -> str:
    """Return the day on which it was published."""
    return (told.published or "undated")[:10]


def item(document: str, name: str) -> str:
    """Return what names an item of a document: the beginning of the document's id will do."""
    return f"{document[:19]}#{name}"


def headline(occurrence: Occurrence) -> str:
    """Return what it is: "Belarus → COERCE/arrest → Poland: labour"; the word for it where it has no type."""
    kind = occurrence.type or f"“{_word(occurrence)}”"
    if occurrence.type and len(occurrence.modes) == 1:
        kind = f"{kind}/{occurrence.modes[0]}"
    actors, recipients = _names(occurrence.actor_names), _names(occurrence.recipient_names)
    told = f"{actors} → {kind}" if actors else kind
    return f"{told} → {recipients}" if recipients else told


def where(occurrence: Occurrence) -> str:
    """Return where it is said to have happened, with the country: "Brest (BLR)"; empty where nobody says."""
    place = occurrence.where
    if place is None:
        return ""
    country = f" ({place.country})" if place.country else ""
    return one_line(place.name) + country


def when(occurrence: Occurrence) -> str:
    """Return when it is said to have happened."""
    return occurrence.date or "undated"


def figure(told: Figure | Range) -> str:
    """Return a figure or a range of them in words: "14 arrested", "9 to 14 arrested"."""
    return quantity_in_words(_quantity(told))


def number(told: Figure) -> str:
    """Return a figure in words without what it counts: "14", "9 to 14", "at least 20"."""
    return number_in_words(_quantity(told))


def _quantity(told: Figure | Range) -> Quantity:
    return Quantity(kind=told.kind, low=told.low, high=told.high, span=(0, 0))


def moved(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    """Yield the figures of each kind in their order, without those that repeat the one before."""
    kinds: dict[str, list[Figure]] = {}
    for told in figures:
        known = kinds.setdefault(told.kind, [])
        if not known or (known[-1].low, known[-1].high) != (told.low, told.high):
            known.append(told)
    yield from kinds.values()


def tally(voice: Voice) -> str:
    """Return the figures of a voice: "14 arrested, then 11 arrested"; empty where it gives none."""
    return "; ".join(", then ".join(map(figure, told)) for told in moved(voice.figures))


def name(voice: Voice) -> str:
    """Return what a voice is called."""
    return one_line(voice.name)


def of_position(occurrence: Occurrence) -> Iterator[tuple[Position, list[Voice]]]:
    """Yield the positions that voices take, with those who do: independent ones first, in order of their first word."""
    for position in POSITIONS:
        voices = [voice for voice in occurrence.voices if voice.position == position]
        if voices:
            yield position, sorted(voices, key=lambda voice: (not voice.independent, voice.first or "9"))


def positions(occurrence: Occurrence) -> str:
    """Return how the independent voices stand to it: "2 say so, 1 denies it"."""
    taken = [(position, occurrence.positions.get(position, 0)) for position in POSITIONS]
    return ", ".join(f"{count:,} {VERBS[position][count != 1]}" for position, count in taken if count)


def change(told: Change, names: dict[str, str]) -> str:
    """Return what became different, as a sentence without its end; ``names`` are those of the voices by id."""
    who = names.get(told.voice or "", "somebody")
    after = one_line(told.after)
    if told.kind == "first":
        return f"first reported: {who} {after} it"
    if told.kind == "position":
        return f"{who} now {after} it, and had been one who {told.before} it" if told.before else f"{who} {after} it"
    if told.kind == "figure":
        return f"{who} now says {after}, after {one_line(told.before)}" if told.before else f"{who} says {after}"
    return f"status now {after}, before {told.before}" if told.before else f"status {after}"


def counts(occurrence: Occurrence) -> str:
    """Return how many voices, reports, documents and copies there are."""
    parts = [
        counted(occurrence.independent, "independent voice"),
        counted(len(occurrence.reports), "report"),
        counted(occurrence.document_count, "document"),
    ]
    if occurrence.copies:
        parts.append(f"{occurrence.copies:,} of them {'a copy' if occurrence.copies == 1 else 'copies'}")
    return f"{parts[0]} in {parts[1]} in {', '.join(parts[2:])}"


def reports_of(occurrence: Occurrence, voice: Voice) -> list[Report]:
    """Return the reports that stand on the word of a voice, originals first, in order of publication."""
    own = set(voice.reports)
    found = [report for report in occurrence.reports if report.id in own]
    return sorted(found, key=lambda report: (report.is_copy, report.published is None, report.published or ""))


def _word(occurrence: Occurrence) -> str:
    return one_line(occurrence.reports[0].word) if occurrence.reports else "?"


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(one_line(name) for name in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {counted(more, 'other')}" if more > 0 else shown
