"""How an occurrence changed: who reported it first, whose position became another, whose figures moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.corroboration.figures import agree
from sayso.corroboration.occurrence import Change, Figure, Position
from sayso.corroboration.positions import position_of
from sayso.corroboration.standing import Standing
from sayso.corroboration.telling import Telling


def changes(standings: Sequence[Standing]) -> list[Change]:
    """Return what changed, in order of publication; what has no date stands last."""
    found = list(_first(standings))
    for voice in standings:
        found += _positions(voice)
        found += _figures(voice)
    return sorted(found, key=lambda change: (change.published is None, change.published or "", change.kind != "first"))


def _first(standings: Sequence[Standing]) -> Iterator[Change]:
    dated = [(t.publication.published, v, t) for v in standings for t in v.tellings if t.publication.published]
    if dated:
        published, voice, telling = min(dated, key=lambda item: (item[0] or "", item[2].publication.order))
        taken = _taken(voice, telling)
        yield Change(
            kind="first", published=published, voice=voice.word.id, before=None, after=taken, report=telling.id
        )


def _taken(voice: Standing, telling: Telling) -> Position:
    """Return the position that a voice took in the document of a telling: it may take another one later."""
    document = telling.publication.document
    found = (position for position, other in voice.positions if other.publication.document == document)
    return next(found, position_of(telling))


def _positions(voice: Standing) -> Iterator[Change]:
    before = None
    for position, telling in voice.positions:
        if before is not None and position != before and "reports" not in (position, before):
            yield Change(
                kind="position",
                published=telling.publication.published,
                voice=voice.word.id,
                before=before,
                after=position,
                report=telling.id,
            )
        before = position if position != "reports" else before


def _figures(voice: Standing) -> Iterator[Change]:
    last: dict[str, Figure] = {}
    for figure in voice.figures:
        before = last.get(figure.kind)
        if before is not None and before.published != figure.published and not agree(before, figure):
            yield Change(
                kind="figure",
                published=figure.published,
                voice=voice.word.id,
                before=before.words,
                after=figure.words,
                report=figure.report,
            )
        last[figure.kind] = figure
