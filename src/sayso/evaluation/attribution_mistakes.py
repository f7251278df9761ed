"""Mistakes: the statements of one document that were missed, made up, or nearly right, each told once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sayso.evaluation.attribution_matching import HALF, Matching, closest
from sayso.evaluation.attribution_spans import ROLES, Attribution
from sayso.evaluation.excerpt import excerpt
from sayso.records import Span


class Fault(StrEnum):
    """What is wrong: near misses have a gold and a predicted statement, the others only one."""

    source = "wrong source"
    overlap = "overlap below half"
    missed = "missed"
    false = "false"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold statement that was not found, a predicted one that is not right, or a pair that is nearly the same.

    ``overlap`` is the part of their contents that the two share. The excerpts are neutral, on one line, and empty where
    there is no statement.
    """

    fault: Fault
    document: str
    gold: Attribution | None
    predicted: Attribution | None
    overlap: float
    gold_excerpt: str
    predicted_excerpt: str

    @property
    def span(self) -> Span:
        """From the first character of all parts to the last."""
        spans = [span for one in (self.gold, self.predicted) if one for role in ROLES for span in one.spans(role)]
        return min(start for start, _ in spans), max(end for _, end in spans)


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake by the numbers of its statements, before anybody has asked for the words."""

    fault: Fault
    gold: int | None
    predicted: int | None


def slips(found: Matching) -> Iterator[Slip]:
    """Yield what the linked matching leaves over: near misses, then what nothing else comes near to, in text order."""
    matched = set(found.linked.values())
    over = {(i, j): n for (i, j), n in found.agreement.items() if i not in found.linked and j not in matched}
    near = closest(over)
    for i, j in sorted(near.items()):
        # contents that are the same and yet not linked differ in their sources
        yield Slip(Fault.source if over[i, j] >= HALF else Fault.overlap, i, j)
    matched.update(near.values())
    yield from (Slip(Fault.missed, i, None) for i in range(len(found.gold)) if i not in found.linked and i not in near)
    yield from (Slip(Fault.false, None, j) for j in range(len(found.predicted)) if j not in matched)


def told(slip: Slip, found: Matching, document: str, text: str) -> Mistake:
    """Return a mistake with the words around it."""
    gold = None if slip.gold is None else found.gold[slip.gold].attribution
    predicted = None if slip.predicted is None else found.predicted[slip.predicted].attribution
    overlap = 0.0 if slip.gold is None or slip.predicted is None else found.agreement[slip.gold, slip.predicted]
    return Mistake(slip.fault, document, gold, predicted, overlap, _excerpt(text, gold), _excerpt(text, predicted))


def _excerpt(text: str, statement: Attribution | None) -> str:
    if statement is None:
        return ""
    return excerpt(text, [(*span, role) for role in ROLES for span in statement.spans(role)])
