"""Regrouping: how the groups of a casebook change when a document comes or goes.

The tellings of a document that comes are grouped afresh together with the groups that they may belong to, which are
those that they agree with on average nearly well enough to be joined. So what one telling too few had joined comes
apart again. Groups that are too large for that are not taken apart: a telling joins the one that it agrees with most.

Documents are grouped one at a time, in the order in which they came: what comes out does not depend on how many came
at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from sayso.corroboration.filing import Filing
from sayso.corroboration.grouping import JOINING, UNLIKELY, Kept, groups, log_odds
from sayso.corroboration.ties import document_of

REACH = 0.25
"""Log-odds short of ``JOINING`` at which a group is grouped afresh with a telling all the same."""
LARGEST = 100
"""So many tellings are grouped afresh at most."""

_Agreement = Mapping[int, Mapping[int, float]]
"""Telling -> group -> mean log-odds over the pairs that were compared."""


def join(archive: Filing[Any], document: int) -> set[int]:
    """Group the tellings of a document that has just come; return the groups that are not what they were."""
    agreement = _agreement(archive, document)
    changed = set(agreement)
    for scope in _scopes(agreement):
        members = archive.members(sorted(scope), LARGEST + 1)
        if len(members) <= LARGEST:
            changed |= _afresh(archive, members)
        else:
            changed |= _joined(archive, scope, agreement)
    return changed


def mend(archive: Filing[Any], left: Iterable[int]) -> set[int]:
    """Group afresh what remains of groups that tellings have left; return the groups that are not what they were."""
    changed = set(left)
    for group in sorted(changed):
        members = archive.members([group])
        if 0 < len(members) <= LARGEST:
            changed |= _afresh(archive, members)
        elif members and group not in members:
            archive.group(members, min(members))
            changed.add(min(members))
    return changed


def _agreement(archive: Filing[Any], document: int) -> _Agreement:
    """Return how well each telling of a document agrees with the groups that it was compared with."""
    ties = archive.ties(document)
    group_of = archive.groups_of([*ties.near, document])
    compared = Counter(group_of.values())
    sums: dict[int, defaultdict[int, float]] = {
        telling: defaultdict(float) for telling in group_of if document_of(telling) == document
    }
    more = (log_odds(ties.likelihood) - UNLIKELY).tolist()  # than if it had not been kept
    for own, other, strength in zip(ties.own.tolist(), ties.other.tolist(), more, strict=True):
        if other in group_of:
            sums[own][group_of[other]] += strength
        if other in sums:
            sums[other][group_of[own]] += strength
    return {
        telling: {group: UNLIKELY + total / compared[group] for group, total in found.items()}
        for telling, found in sums.items()
    }


def _scopes(agreement: _Agreement) -> Iterator[set[int]]:
    """Yield sets of groups that are to be grouped together; the tellings that came are groups of their own so far."""
    scope_of = {telling: {telling} for telling in agreement}
    for telling, found in agreement.items():
        for group, strength in found.items():
            if strength > JOINING - REACH:
                mine, theirs = scope_of[telling], scope_of.get(group, {group})
                if mine is not theirs:
                    mine |= theirs
                    scope_of.update(dict.fromkeys(theirs, mine))
    yield from ({id(scope): scope for scope in scope_of.values() if len(scope) > 1}).values()


def _afresh(archive: Filing[Any], members: Mapping[int, int]) -> set[int]:
    """Group tellings anew; return the groups that were there before or are now, but not both alike."""
    keys = np.array(sorted(members), np.int64)
    tellings = {key: document_of(key) for key in keys.tolist()}
    ties = {document: archive.ties(document) for document in sorted(set(tellings.values()))}
    pairs = []
    for tie in ties.values():
        rows = tie.within(keys)
        pairs.append((tie.other[rows], tie.own[rows], tie.likelihood[rows]))
    kept = Kept(*(np.concatenate(some) for some in zip(*pairs, strict=True)))
    compared = {document: ties.keys() & set(tie.near) for document, tie in ties.items()}
    return _put(archive, members, groups(tellings, kept, compared))


def _put(archive: Filing[Any], members: Mapping[int, int], found: Iterable[list[int]]) -> set[int]:
    before: defaultdict[int, set[int]] = defaultdict(set)
    for key, group in members.items():
        before[group].add(key)
    after = {min(keys): set(keys) for keys in found}
    for group, keys in after.items():
        archive.group([key for key in keys if members[key] != group], group)
    return {group for group in before.keys() | after.keys() if before.get(group) != after.get(group)}


def _joined(archive: Filing[Any], scope: set[int], agreement: _Agreement) -> set[int]:
    """Put each telling that came into the group that it agrees with most; group the others among themselves."""
    changed: set[int] = set()
    alone: dict[int, int] = {}
    for telling in sorted(scope & agreement.keys()):
        there = {group: strength for group, strength in agreement[telling].items() if group not in agreement}
        best = min(there, key=lambda group: (-there[group], group), default=None)
        if best is not None and there[best] > JOINING:
            archive.group([telling], best)
            changed |= {telling, best}
        else:
            alone[telling] = telling
    return changed | _afresh(archive, alone) if alone else changed
