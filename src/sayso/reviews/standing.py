"""How the items of an account stand: which of them were judged, and by whom.

An item that was judged is found again by its place, its words and its type or act. Where its document was coded anew it
may be called otherwise, and other things may be coded of it, as ``as_seen`` tells. A judgement whose item is gone is an
orphan: it is never applied to another. Where reviewers disagree, the item stays as it was coded and is contested.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sayso.records import Event, Record, Span, Statement
from sayso.reviews.judgement import LABEL, Judgement, coding_of, kind_of, span_of, words_at

State = Literal["right", "wrong", "fixed", "contested"]
_SAME = 0.5
"""Two places are of one item where they share so much of what either covers."""
_NAMED = ("actors", "recipients", "speaker", "place")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands that was judged, and by which judgements, the last one last.

    ``as_seen``: it is coded as all those saw it who judged it.
    """

    item: str
    state: State
    judgements: list[Judgement]
    as_seen: bool = True

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
    items: list[Statement | Event] = [*record.statements, *record.events]
    by_id = {item.id: item for item in items}
    by_item: dict[str, dict[str, Judgement]] = {}
    orphans = []
    for judgement in judgements:
        found = _found(record, items, judgement)
        if found is None:
            orphans.append(judgement)
        else:
            by_reviewer = by_item.setdefault(found.id, {})
            by_reviewer.pop(judgement.reviewer, None)
            by_reviewer[judgement.reviewer] = judgement
    named = {actor.id: actor.name for actor in record.actors} | {p.id or p.name: p.name for p in record.places}
    return Standings({id_: _standing(by_id[id_], list(of.values()), named) for id_, of in by_item.items()}, orphans)


def agreed(judgements: Iterable[Judgement], named: Mapping[str, str] | None = None) -> bool:
    """Say whether judgements on one item come to the same; ``named`` gives the names of ids that they may use."""
    return len({(judgement.verdict, _gist(judgement, named or {})) for judgement in judgements}) <= 1


def _found(record: Record, items: Iterable[Statement | Event], judgement: Judgement) -> Statement | Event | None:
    """Return the item that was judged; None where the text is another, nothing like it is there, or two items are."""
    seen = judgement.seen
    if len(record.text) != seen.length or words_at(record.text, seen.span) != seen.words:
        return None
    if any(not start < end <= len(record.text) for _, (start, end) in judgement.spans):
        return None
    alike = [item for item in items if kind_of(item) == judgement.kind and _is_called_so(item, judgement)]
    near = [item for item in alike if _shared(span_of(item), seen.span) >= _SAME]
    if len(near) < 2:
        return next(iter(near), None)
    ranked = sorted(((_likeness(item, judgement), number) for number, item in enumerate(near)), reverse=True)
    (first, number), (second, _) = ranked[:2]
    return near[number] if first > second else None


def _is_called_so(item: Statement | Event, judgement: Judgement) -> bool:
    label = LABEL[judgement.kind]
    return getattr(item, label) in (judgement.seen.label, judgement.fixes.get(label))


def _likeness(item: Statement | Event, judgement: Judgement) -> tuple[bool, float, bool]:
    same = coding_of(item) == judgement.seen.coding
    return same, _shared(span_of(item), judgement.seen.span), item.id == judgement.item


def _shared(one: Span, other: Span) -> float:
    """Return how much of what either of two spans covers both cover."""
    if one == other:
        return 1.0
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0


def _standing(item: Statement | Event, judgements: list[Judgement], named: Mapping[str, str]) -> Standing:
    state = judgements[-1].verdict if agreed(judgements, named) else "contested"
    coding = coding_of(item)
    return Standing(item.id, state, judgements, all(one.seen.coding == coding for one in judgements))


def _gist(judgement: Judgement, named: Mapping[str, str]) -> str:
    """Return what fixes come to, whether they name somebody by id or by name, and in whichever order."""
    fixes = dict(judgement.fixes)
    for name in _NAMED:
        given = fixes.get(name)
        if isinstance(given, list):
            fixes[name] = sorted({_name(one, named) for one in given})
        elif given is not None:
            fixes[name] = _name(given, named)
    return json.dumps(fixes, sort_keys=True)


def _name(given: str, named: Mapping[str, str]) -> str:
    return " ".join(named.get(given, given).split()).casefold()
