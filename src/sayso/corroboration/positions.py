"""How a telling's voice stands to what is told: asserts it, denies it, doubts it, predicts it, or merely speaks of it.

Factuality is what the text commits the voucher to (``Record.events[].factuality``), so that what somebody denies is CT-
on his word. The act of the statement speaks where factuality leaves it open: what is rejected or doubted is so.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.corroboration.occurrence import Position
from sayso.corroboration.telling import Telling
from sayso.corroboration.voices import SURE_ENOUGH
from sayso.knowledge.voices import load

_BY_FACTUALITY: dict[str, Position] = {
    "CT+": "asserts", "PR+": "asserts", "PS+": "reports", "CT-": "denies", "PR-": "doubts", "PS-": "doubts",
    "Uu": "reports",
}  # fmt: skip
_REFUSING: dict[str, Position] = {"deny": "denies", "reject": "denies", "doubt": "doubts"}
_AHEAD = frozenset({"predict", "promise", "threaten", "warn", "want", "demand", "propose", "ask", "fear"})
_EXPECTING = frozenset({"predict", "believe", "fear"})
"""Acts of nobody in particular that leave open what is expected: "was expected to follow"."""
_STRENGTH: tuple[Position, ...] = ("reports", "predicts", "doubts", "denies", "asserts")


def position_of(telling: Telling) -> Position:
    """Return how the voice of a telling stands to it."""
    position = _BY_FACTUALITY[telling.factuality]
    nobody = not any(saying.speaker or saying.country for saying in telling.sayings)
    if position == "asserts" and nobody and _is_hedged(telling):
        return "reports"
    act = next((s.act for s in telling.sayings if s.confidence >= SURE_ENOUGH), None)
    if position == "reports" and any(load().withholds(saying.cue) for saying in telling.sayings[:1]):
        return "reports"
    if act in _REFUSING and position in ("reports", "asserts"):
        return _REFUSING[act]
    if act in _EXPECTING and not any(saying.source for saying in telling.sayings):
        return "reports"
    if telling.hypothetical and position in ("asserts", "reports"):
        return "reports"
    if position in ("asserts", "reports") and (
        telling.tense == "future" or (act in _AHEAD and telling.tense == "none")
    ):
        return "predicts"
    return position


def _is_hedged(telling: Telling) -> bool:
    """Say whether who writes leaves it to others: "the alleged raid", "the claim", "reports that they were freed"."""
    if load().is_claim(telling.word):
        return True
    return load().hedged(telling.sentence[: telling.anchor[0] - telling.passage[0]])


def strongest(positions: Sequence[Position]) -> Position:
    """Return the position that says most, of those that a voice takes in one document."""
    return max(positions, key=_STRENGTH.index)
