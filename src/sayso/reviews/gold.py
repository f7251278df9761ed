"""Gold from reviews: documents with the items that reviewers stand by, to train on and to measure with.

A document is gold for statements, or for events, where somebody has judged all that was coded of them; what was missed
nobody has said, so that it tells of precision, and of recall only as far as reviewers added nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sayso.records import Record
from sayso.reviews.applied import reviewed, standings
from sayso.reviews.judgement import Judgement


def gold(record: Record, judgements: Iterable[Judgement], *, whole: bool = True) -> dict[str, Any] | None:
    """Return a document with its reviewed items, as ``sayso evaluate`` reads it; None where nothing was reviewed.

    ``whole``: only kinds of items of which all were judged; else those that were judged, and no others.
    """
    given = list(judgements)
    found = standings(record, given).items
    settled = {name for name, standing in found.items() if standing.state != "contested"}
    if not settled:
        return None
    after = reviewed(record, given)
    row: dict[str, Any] = {"id": record.ref or record.id, "text": record.text}
    row |= {name: value for name in ("title", "publisher", "published", "language") if (value := getattr(record, name))}
    for kind in ("statements", "events"):
        before = {item.id for item in getattr(record, kind)}
        if whole and not before <= settled:
            continue
        kept = [item for item in getattr(after, kind) if item.id in settled]
        row[kind] = [item.model_dump(mode="json", exclude={"confidence"}) for item in kept]
    return row if {"statements", "events"} & set(row) else None


def documents(
    records: Iterable[Record], judgements: Iterable[Judgement], *, whole: bool = True
) -> Iterator[dict[str, Any]]:
    """Yield the gold of each of some Records that has any."""
    by_document: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        by_document.setdefault(judgement.document, []).append(judgement)
    for record in records:
        row = gold(record, by_document.get(record.id, ()), whole=whole)
        if row is not None:
            yield row
