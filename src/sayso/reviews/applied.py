"""Judgements applied: an account as reviewers left it.

What is wrong is gone, what was fixed is as it was fixed. All that hangs on it follows: who vouches for an event is who
makes the statement that holds it now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sayso.records import Event, EventMention, Record, Statement
from sayso.reviews.judgement import Judgement, codebook
from sayso.reviews.naming import Names
from sayso.reviews.standing import Standing, standings

_CERTAIN = 1.0
"""How sure it is what a reviewer says."""
_PARTIES = {"actors": "actor_spans", "recipients": "recipient_spans"}
_ROLES = ("source", "cue", "content", *_PARTIES.values())

Item = TypeVar("Item", Statement, Event)
Told = TypeVar("Told", Event, EventMention)


def reviewed(record: Record, judgements: Iterable[Judgement]) -> Record:
    """Return a Record without the items that are wrong, and with those that were fixed as they were fixed.

    Actors and places that reviewers name and the Record does not have are added to it. What is contested, or was judged
    of an item that is gone, changes nothing.
    """
    found = standings(record, judgements).items
    return _Reviewing(record, found).record() if found else record


class _Reviewing:
    """A Record on its way to what reviewers made of it."""

    def __init__(self, record: Record, found: Mapping[str, Standing]) -> None:
        self._before, self._found = record, found
        self._names = Names(record)
        self._were = {statement.id: statement for statement in record.statements}

    def record(self) -> Record:
        statements = {statement.id: statement for statement in self._kept(self._before.statements)}
        events = [self._followed(event, statements) for event in self._kept(self._before.events)]
        mentions = [self._followed(mention, statements) for mention in self._before.event_mentions]
        held = [s.model_copy(update={"parent": self._holder(s.parent, statements)}) for s in statements.values()]
        made = {
            "statements": held,
            "events": events,
            "event_mentions": mentions,
            "actors": list(self._names.actors.values()),
            "places": list(self._names.places.values()),
        }
        return self._before.model_copy(update=made)

    def _kept(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            standing = self._found.get(item.id)
            if standing is None or standing.state == "contested":
                yield item
            elif standing.state != "wrong":
                sure = {"confidence": _CERTAIN} if standing.as_seen else {}
                yield item.model_copy(update=self._fixes(item, standing) | sure)

    def _fixes(self, item: Statement | Event, standing: Standing) -> dict[str, Any]:
        """Return the fields of an item that are to be otherwise."""
        fixes = standing.last.fixed
        given = {name: getattr(fixes, name) for name in fixes.model_fields_set}
        for name in {*_ROLES, *_PARTIES} & set(given):
            given[name] = given[name] or []
        for name, spans in _PARTIES.items():
            if name in given:
                given[name] = self._names.actors_of(given[name])
                given |= {spans: given.get(spans, [])} if not given[name] else {}
        if given.get("speaker"):
            given["speaker"] = self._names.actor(given["speaker"])
        if given.get("place"):
            given["place"] = self._names.place(given["place"])
        if "date" in given and given["date"] is None:
            given["time"] = None
        return given | (_codes(item, given) if isinstance(item, Event) else {})

    def _followed(self, told: Told, statements: Mapping[str, Statement]) -> Told:
        """Return what is told on the word of the statement that holds it now; what nobody touched stays as it was."""
        if told.statement is None:
            return told
        holder = self._holder(told.statement, statements)
        now = statements[holder].speaker if holder else self._before.publisher
        if holder == told.statement and now == self._were[holder].speaker:
            return told
        return told.model_copy(update={"statement": holder, "voucher": now})

    def _holder(self, name: str | None, statements: Mapping[str, Statement]) -> str | None:
        """Return the innermost statement of those that hold an item which is still there."""
        passed: set[str] = set()
        while name is not None and name not in statements:
            if name in passed or name not in self._were:
                return None
            passed.add(name)
            name = self._were[name].parent
        return name


def _codes(event: Event, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the codebook says of another type or mode; the mode of the old type goes with it."""
    kind = given.get("type", event.type)
    mode = given.get("mode", event.mode if kind == event.type else None)
    if (kind, mode) == (event.type, event.mode):
        return {}
    book = codebook()
    return {
        "mode": mode,
        "quad": book.quad(kind),
        "cameo": book.cameo_root(kind, mode),
        "intensity": book.intensity(kind, mode),
    }
