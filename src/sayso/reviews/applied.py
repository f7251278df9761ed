"""Judgements applied: how each item of an account stands, and the account as reviewers left it.

An item that was judged is found again by its id and words; where its document was coded anew, by words in the same
place. A judgement whose item is gone is an orphan: it is never applied to another. Where reviewers disagree, the item
stays as it was coded and is contested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sayso.knowledge.actor_names import slug
from sayso.knowledge.ontology import Ontology
from sayso.knowledge.ontology import load as load_ontology
from sayso.records import Actor, Event, Record, Statement
from sayso.reviews.judgement import EventFixes, Judgement, kind_of, span_of

State = Literal["right", "wrong", "fixed", "contested"]
_NEEDED = frozenset({"type", "factuality", "anchor", "act", "kind"})
"""Fields that an item cannot be without: to fix them to nothing says nothing."""
_CERTAIN = 1.0
"""How sure it is what a reviewer says."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands that was judged, and by which judgements, the last one last."""

    item: str
    state: State
    judgements: list[Judgement]

    @property
    def last(self) -> Judgement:
        """The judgement that counts, where they agree."""
        return self.judgements[-1]


@dataclass(frozen=True, slots=True)
class Standings:
    """The items of a Record that were judged, by id, and the judgements whose items are gone."""

    items: Mapping[str, Standing]
    orphans: list[Judgement] = field(default_factory=list)


def standings(record: Record, judgements: Iterable[Judgement]) -> Standings:
    """Return how the items of a Record stand, by the last judgement of each reviewer on each."""
    every: list[Statement | Event] = [*record.statements, *record.events]
    items = {item.id: item for item in every}
    by_item: dict[str, dict[str, Judgement]] = {}
    orphans = []
    for judgement in judgements:
        found = _found(items, judgement)
        if found is None:
            orphans.append(judgement)
        else:
            by_reviewer = by_item.setdefault(found, {})
            by_reviewer.pop(judgement.reviewer, None)
            by_reviewer[judgement.reviewer] = judgement
    return Standings({name: _standing(name, list(of.values())) for name, of in by_item.items()}, orphans)


def reviewed(record: Record, judgements: Iterable[Judgement]) -> Record:
    """Return a Record without the items that are wrong, and with those that were fixed as they were fixed."""
    found = standings(record, judgements).items
    return _Reviewing(record, found).record() if found else record


def _found(items: Mapping[str, Statement | Event], judgement: Judgement) -> str | None:
    """Return the id of the item that was judged: its own if it has the same place, else that of one in that place."""
    own = items.get(judgement.item)
    if own is not None and span_of(own) == judgement.seen.span and kind_of(own) == judgement.kind:
        return own.id
    start, end = judgement.seen.span
    near = [
        (min(end, e) - max(start, s), name)
        for name, item in items.items()
        if kind_of(item) == judgement.kind
        for s, e in [span_of(item)]
        if s < end and start < e
    ]
    return max(near, key=lambda pair: (pair[0], pair[1] == judgement.item))[1] if near else None


def _standing(item: str, judgements: list[Judgement]) -> Standing:
    said = {(judgement.verdict, repr(sorted(judgement.fixes.items()))) for judgement in judgements}
    return Standing(item, judgements[-1].verdict if len(said) == 1 else "contested", judgements)


class _Reviewing:
    """A Record on its way to what reviewers made of it."""

    def __init__(self, record: Record, found: Mapping[str, Standing]) -> None:
        self._before, self._found = record, found
        self._ontology: Ontology = load_ontology(None)
        self._actors = {actor.id: actor for actor in record.actors}
        self._by_name = {actor.name.lower(): actor.id for actor in record.actors}

    def record(self) -> Record:
        statements = list(self._kept(self._before.statements))
        events = list(self._kept(self._before.events))
        held = {statement.id for statement in statements}
        events = [e if e.statement in held else e.model_copy(update={"statement": None}) for e in events]
        statements = [s if s.parent in held else s.model_copy(update={"parent": None}) for s in statements]
        made = {"statements": statements, "events": events, "actors": list(self._actors.values())}
        return self._before.model_copy(update=made)

    def _kept(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            standing = self._found.get(item.id)
            if standing is None or standing.state == "contested":
                yield item
            elif standing.state == "fixed":
                yield self._fixed(item, standing.last)
            elif standing.state == "right":
                yield item.model_copy(update={"confidence": _CERTAIN})

    def _fixed(self, item: Statement | Event, judgement: Judgement) -> Statement | Event:
        fixes = judgement.fixed
        given = {name: getattr(fixes, name) for name in fixes.model_fields_set}
        for name in _NEEDED & set(given):
            if given[name] is None:
                del given[name]
        for name in ("actors", "recipients"):
            if given.get(name) is not None:
                given[name] = [self._actor(one) for one in given[name]]
        if given.get("speaker"):
            given["speaker"] = self._actor(given["speaker"])
        for name in ("actors", "recipients", "source", "cue", "content"):
            if name in given and given[name] is None:
                given[name] = []
        if isinstance(fixes, EventFixes) and isinstance(item, Event) and {"type", "mode"} & set(given):
            given |= self._codes(item, given)
        return item.model_copy(update={**given, "confidence": _CERTAIN})

    def _codes(self, event: Event, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the codebook says of another type or mode; a mode of the old type goes with it."""
        kind = given.get("type") or event.type
        mode = given.get("mode", event.mode if kind == event.type else None)
        return {
            "type": kind,
            "mode": mode,
            "quad": self._ontology.quad(kind),
            "cameo": self._ontology.cameo_root(kind, mode),
            "intensity": self._ontology.intensity(kind, mode),
        }

    def _actor(self, name: str) -> str:
        """Return the id of an actor who is given by id or by name, who becomes one of the Record."""
        if name in self._actors:
            return name
        known = self._by_name.get(name.lower())
        if known:
            return known
        made = name if name.startswith("actor:") else f"actor:{slug(name)}"
        self._actors.setdefault(
            made, Actor(id=made, name=name.removeprefix("actor:"), kind="role", mentions=[], confidence=_CERTAIN)
        )
        return made
