"""Gold from reviews: documents with the items that reviewers stand by, to train on and to measure with.

A document is gold for statements, or for events, where all that was coded of them has been judged, as it is coded now.
What was missed nobody has said: such gold holds no more than Sayso found, so that it tells of precision, not of recall.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sayso.records import Actor, Record
from sayso.reviews.applied import reviewed
from sayso.reviews.judgement import Judgement
from sayso.reviews.standing import Standing, standings

KINDS = ("statements", "events")
"""What a document can be gold for."""


def gold(
    record: Record, judgements: Iterable[Judgement], *, whole: bool = True, kinds: Sequence[str] = KINDS
) -> dict[str, Any] | None:
    """Return a document with its reviewed items, as ``sayso evaluate`` reads it; None where it is no gold.

    ``whole``: only kinds of items of which all were judged; else those that were judged, and no others. An item that is
    coded otherwise than reviewers saw it counts as not judged: nobody has said of the rest of it that it is right.
    """
    given = list(judgements)
    found = standings(record, given).items
    settled = {name for name, standing in found.items() if _is_settled(standing)}
    if not settled:
        return None
    after = reviewed(record, given)
    row: dict[str, Any] = {"id": record.ref or record.id, "text": record.text}
    row |= {name: value for name in ("title", "publisher", "published", "language") if (value := getattr(record, name))}
    for kind in kinds:
        before = {item.id for item in getattr(record, kind)}
        if not before & settled or (whole and not before <= settled):
            continue
        kept = [item for item in getattr(after, kind) if item.id in settled]
        row[kind] = [item.model_dump(mode="json", exclude={"confidence"}) for item in kept]
    parties = _parties(after, row)
    row |= {"actors": [actor.model_dump(mode="json", exclude={"confidence"}) for actor in parties]} if parties else {}
    return row if set(kinds) & set(row) else None


def _is_settled(standing: Standing) -> bool:
    return standing.state == "wrong" or (standing.state != "contested" and standing.as_seen)


def _parties(record: Record, row: Mapping[str, Any]) -> list[Actor]:
    """Return the actors to whom the items of a row refer."""
    ids = {statement["speaker"] for statement in row.get("statements", ())}
    for event in row.get("events", ()):
        ids |= {*event["actors"], *event["recipients"]}
    return [actor for actor in record.actors if actor.id in ids]


def documents(
    records: Iterable[Record],
    judgements: Iterable[Judgement],
    *,
    whole: bool = True,
    kinds: Sequence[str] = KINDS,
) -> Iterator[dict[str, Any]]:
    """Yield the gold of each of some Records that has any."""
    by_document: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        by_document.setdefault(judgement.document, []).append(judgement)
    taken: set[str] = set()
    for record in records:
        row = gold(record, by_document.get(record.id, ()), whole=whole, kinds=kinds)
        if row is not None:
            row["id"] = record.id if row["id"] in taken else row["id"]  # two inputs may have given the same
            taken.add(row["id"])
            yield row
