"""Continuity: whoever spoke goes on speaking, "X said A. It said B", over anybody mentioned inside A.

A statement continues the one before where both stand in one paragraph and no sentence lies between them.
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Token

from sayso.knowledge.actor_pronouns import Pronoun
from sayso.reading.annotations import Statement
from sayso.reading.mention_memory import Memory, Recent
from sayso.reading.mention_pronouns import fits
from sayso.records import Span

_FARTHEST = 200


class Continuity:
    """The statements of a document in order, each by the token that heads its source."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.starts = [token.idx for token in doc] if doc._.statements else []
        self.before: dict[int, int] = {}
        stated = [(_hull(s), s.source_head) for s in doc._.statements if s.source_head is not None and not s.parent]
        last: tuple[Span, int] | None = None
        for hull, head in sorted(stated):
            if last and self._is_next(last[0], hull):
                self.before[head] = last[1]
            if last is None or hull[1] >= last[0][1]:
                last = hull, head

    def _is_next(self, before: Span, after: Span) -> bool:
        gap = after[0] - before[1]
        if not 0 <= gap <= _FARTHEST:
            return False
        first, last = bisect_left(self.starts, before[1]), bisect_left(self.starts, after[0])
        between = self.doc[first : last + 1]
        sentences = sum(bool(token.is_sent_start) for token in between)
        return sentences <= 1 and all("\n" not in token.text for token in between)

    def speaker(self, token: Token, pronoun: Pronoun, memory: Memory) -> Recent | None:
        """Return the mention of whoever made the statement before the one that a pronoun is the source of."""
        head = self.before.get(token.i)
        found = next((recent for recent in reversed(memory.recent) if recent.head == head), None)
        if found is None or not fits(found, pronoun, memory):
            return None
        unsure = pronoun.gender is not None and memory.gender(found.actor) is None
        return None if unsure and _has_rival(found, pronoun, memory) else found


def _hull(statement: Statement) -> Span:
    spans = [*statement.source, *statement.cue, *statement.content]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _has_rival(found: Recent, pronoun: Pronoun, memory: Memory) -> bool:
    """Say whether somebody of just that gender was mentioned after a speaker whose gender is not known."""
    later = (recent for recent in memory.recent if recent.head > found.head and recent.actor is not found.actor)
    return any(recent.actor.kind == "person" and memory.gender(recent.actor) == pronoun.gender for recent in later)
