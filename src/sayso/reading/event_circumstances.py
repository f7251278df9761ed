"""What goes with an event: place, date, numbers, how certain it is, and the statement that holds it."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from sayso.reading.annotations import Factuality, Quantity, Statement, Timex, Toponym
from sayso.reading.event_scope import Scope
from sayso.reading.event_sentences import Sentences
from sayso.reading.timex_attachment import event_date
from sayso.reading.toponym_roles import event_place
from sayso.records import Tense

_SURE_ENOUGH = 0.5
"""A statement that is less certain than this does not change on whose word an event stands."""
_FAR_BACK = 3


@dataclass(slots=True)
class Given:
    """The circumstances of one event."""

    factuality: Factuality
    place: Toponym | None = None
    time: Timex | None = None
    date: str | None = None
    quantities: list[Quantity] = field(default_factory=list)
    statement: Statement | None = None


class Circumstances:
    """Finds the circumstances of a document's events, which must be asked for in text order."""

    def __init__(self, doc: Doc, sentences: Sentences) -> None:
        self._doc, self._sentences = doc, sentences
        self._quantities: dict[int, Quantity] = {}
        for quantity in doc._.quantities:  # of "20 people, including 3 children" the first counts
            self._quantities.setdefault(quantity.head, quantity)
        self._cues = {statement.cue_head for statement in doc._.statements}
        self._spans = sorted(
            (
                (start, end, n)
                for n, statement in enumerate(doc._.statements)
                if statement.confidence >= _SURE_ENOUGH
                for start, end in statement.content
            ),
            reverse=True,
        )
        self._open: list[tuple[int, int, int]] = []
        self._reads_factuality = Token.has_extension("factuality")

    def of(self, token: Token, verb: Token, scope: Scope) -> Given:
        """Return the circumstances of the event that a word names; ``verb`` is that word, or what supports it."""
        time, date = event_date(self._doc, token.i) if self._doc._.times else (None, None)
        if time is not None and self._only_begins(time):
            date = None
        return Given(
            factuality=self._factuality(token, verb, scope),
            place=self._place(token) if self._doc._.toponyms else None,
            time=time,
            date=date,
            quantities=list(self._numbers(token, verb)),
            statement=self._innermost(token.idx),
        )

    def _place(self, token: Token) -> Toponym | None:
        return event_place(self._doc, token.i, self._sentences.around(token.i))

    def _factuality(self, token: Token, verb: Token, scope: Scope) -> Factuality:
        read = token._.factuality if self._reads_factuality else None
        return read if read is not None else _plain_factuality(verb, scope)

    def _only_begins(self, time: Timex) -> bool:
        """Say whether a time is one since which something has gone on, or has not happened."""
        before = range(time.start - 1, max(time.start - 1 - _FAR_BACK, -1), -1)
        words = (self._doc[i] for i in before)
        return next((t.lower_ == "since" for t in words if t.dep_ not in ("det", "amod", "advmod")), False)

    def _innermost(self, position: int) -> Statement | None:
        """Return the statement with the shortest content around a position; positions must not go back."""
        while self._spans and self._spans[-1][0] <= position:
            start, end, number = self._spans.pop()
            heapq.heappush(self._open, (end - start, end, number))
        while self._open and self._open[0][1] <= position:
            heapq.heappop(self._open)
        statement: Statement | None = self._doc._.statements[self._open[0][2]] if self._open else None
        return statement

    def _numbers(self, token: Token, verb: Token) -> Iterator[Quantity]:
        """Yield the quantities whose noun is an argument of the event, or is what happens: "14 deaths"."""
        if not self._quantities:
            return
        if token.i in self._quantities:
            yield self._quantities[token.i]
        for head in {token.i: token, verb.i: verb}.values():
            for child in head.children:
                if child.i in self._quantities:
                    yield self._quantities[child.i]
                elif child.dep_ in ("prep", "dobj", "agent"):
                    yield from (self._quantities[c.i] for c in child.rights if c.i in self._quantities)
        if token.head.i in self._cues and token.dep_ in ("dobj", "nsubjpass"):
            yield from self._put_at(token)

    def _put_at(self, token: Token) -> Iterator[Quantity]:
        """Yield what somebody puts a toll at: the number hangs on the cue, and not on what it is the number of."""
        for at in token.head.rights:
            if at.dep_ == "prep" and at.i > token.i:
                found = (self._quantities.get(below.i) for below in at.subtree)
                yield from (quantity for quantity in found if quantity and quantity.rule.startswith("toll:"))


def _plain_factuality(verb: Token, scope: Scope) -> Factuality:
    """Read certainty off modality and negation alone, for where no factuality step has run."""
    tense: Tense = "past" if verb.tag_ in ("VBD", "VBN") else "present"
    if scope.modality == "future":
        tense = "future"
    if scope.modality in ("might", "conditional", "must"):
        return Factuality("PS-" if scope.negated else "PS+", -1.0 if scope.negated else 1.0, tense, True, "modality")
    if scope.negated:
        return Factuality("CT-", -3.0, tense, False, "negation")
    return Factuality("CT+", 3.0, tense, False, "plain")
