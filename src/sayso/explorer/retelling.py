"""An utterance as its page tells it: its variants side by side, and what each leaves out, in a fuller one's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.corroboration.utterances import wording
from sayso.corroboration.utterances.utterance import Omission, Utterance, Variant
from sayso.explorer.address import to
from sayso.explorer.grouped import Because, because, shortened
from sayso.explorer.shelf import Row

MOST_NAMES = 40
"""Variants that leave out one qualifier and are named."""

Pieces = list[tuple[str, bool]]
"""Words as written, cut where what matters begins and ends: (words, whether they matter)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A qualifier that a variant leaves out: the words of the fuller one with it marked, and where these stand."""

    omission: Omission
    fuller: Variant | None
    pieces: Pieces
    address: str


@dataclass(frozen=True, slots=True)
class Retold:
    """One variant: its words with the qualifiers marked, where they stand, what it lacks, why it belongs to others."""

    variant: Variant
    pieces: Pieces
    address: str
    missing: list[Missing]
    because: list[Because]


@dataclass(frozen=True, slots=True)
class Lost:
    """A qualifier that variants leave out, with those that do, and how many there are besides."""

    missing: Missing
    lacking: list[tuple[Variant, str]]
    beyond: int


def retold(utterance: Utterance, rows: Sequence[Row]) -> list[Retold]:
    """Return the variants that rows of the view ``utterance_variants`` name."""
    by_id = {variant.id: variant for variant in utterance.variants}
    return [_retold(by_id[row["variant"]], by_id) for row in rows if row["variant"] in by_id]


def lost(utterance: Utterance) -> list[Lost]:
    """Return what is left out of an utterance, and by whom."""
    return [
        Lost(
            missing=_missing(told.omission, told.fuller),
            lacking=[(variant, reader_address(variant)) for variant in told.lacking[:MOST_NAMES]],
            beyond=max(0, len(told.lacking) - MOST_NAMES),
        )
        for told in wording.left_out(utterance)
    ]


def reader_address(variant: Variant) -> str:
    """Return where in the reader a variant stands."""
    return f"{to('/documents', variant.document)}#{variant.statement}"


def _retold(variant: Variant, by_id: Mapping[str, Variant]) -> Retold:
    return Retold(
        variant=variant,
        pieces=list(wording.pieces(variant, (qualifier.span for qualifier in variant.carries))),
        address=reader_address(variant),
        missing=[_missing(omission, by_id.get(omission.variant)) for omission in variant.omits],
        because=because(variant.links, by_id, lambda other: shortened(other.words)),
    )


def _missing(omission: Omission, fuller: Variant | None) -> Missing:
    if fuller is None:
        return Missing(omission, None, [(omission.words, True)], str(to("/documents", omission.document)))
    return Missing(omission, fuller, list(wording.pieces(fuller, [omission.span])), reader_address(fuller))
