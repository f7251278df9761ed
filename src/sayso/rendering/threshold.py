"""Thresholds: what is too uncertain or too long ago is left out of what is shown; what is left still hangs together."""

from __future__ import annotations

from sayso.records import Record, Statement


def above(record: Record, confidence: float) -> Record:
    """Return a Record without the items whose confidence is lower.

    A statement or event that hung from a dropped statement hangs from the nearest kept one around it. Actors and
    places stay, whatever their confidence, while something that stays refers to them.
    """
    if confidence <= 0:
        return record
    parents = {statement.id: statement.parent for statement in record.statements}
    kept = {statement.id for statement in record.statements if statement.confidence >= confidence}
    statements = [_hung(s, _nearest(s.parent, parents, kept)) for s in record.statements if s.id in kept]
    events = [
        event.model_copy(update={"statement": _nearest(event.statement, parents, kept)})
        for event in record.events
        if event.confidence >= confidence
    ]
    speaking = {actor for s in statements for actor in (s.speaker, s.addressee)}
    acting = {actor for e in events for actor in [*e.actors, *e.recipients, e.voucher]}
    where = {event.place for event in events}
    return record.model_copy(
        update={
            "statements": statements,
            "events": events,
            "actors": [a for a in record.actors if a.confidence >= confidence or a.id in speaking | acting],
            "places": [p for p in record.places if p.confidence >= confidence or (p.id or p.name) in where],
        }
    )


def dated_from(record: Record, day: str | None) -> Record:
    """Return a Record without the events that are dated before a day; those without a date stay.

    Dates are ISO 8601 prefixes: an event of "2014" may have been on any day of that year, and stays from 2014-06 on.
    """
    if day is None:
        return record
    kept = [event for event in record.events if not event.date or event.date >= day[: len(event.date)]]
    return record.model_copy(update={"events": kept})


def _hung(statement: Statement, parent: str | None) -> Statement:
    return statement.model_copy(update={"parent": parent})


def _nearest(statement: str | None, parents: dict[str, str | None], kept: set[str]) -> str | None:
    """Return the statement itself, or the first one around it that is kept; a cycle of parents ends the search."""
    seen: set[str] = set()
    while statement is not None and statement not in kept and statement not in seen:
        seen.add(statement)
        statement = parents.get(statement)
    return statement if statement in kept else None
