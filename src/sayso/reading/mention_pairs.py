"""Pairs: "the two leaders", "both sides" are two that the document itself has put together.

Two are a pair where one sentence speaks of just these two of their rank, or coordinates them. The pair of the last
sentences is meant, else the one pair that the document brings up most.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass

from spacy.tokens import Token

from sayso.knowledge.actor_pronouns import PairTarget
from sayso.reading.annotations import Actor
from sayso.reading.mention_memory import Memory

_KEPT = 200
_MENTIONS = 24
_REACH = 2
_CHAIN = 4
_MAIN = 3
_ARMED = {"MIL", "PRM", "REB", "COP"}
_OFFICERS = {"MIL", "PRM", "REB"}

Pair = tuple[str, str]


@dataclass(slots=True, eq=False)
class _Sentence:
    number: int
    mentions: list[tuple[Actor, int]]


class Pairs:
    """Who was spoken of in which sentence; ``find`` looks at a bounded number of them."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.sentences: deque[_Sentence] = deque(maxlen=_KEPT)

    def note(self, actor: Actor, head: int, sentence: int) -> None:
        """Remember that a sentence speaks of an actor."""
        if not self.sentences or self.sentences[-1].number != sentence:
            self.sentences.append(_Sentence(sentence, []))
        if len(self.sentences[-1].mentions) < _MENTIONS:
            self.sentences[-1].mentions.append((actor, head))

    def find(self, target: PairTarget, token: Token, sentence: int) -> tuple[Actor | str, ...]:
        """Return the two that a plural noun means, countries by code; nothing where that is not clear."""
        pair = self._find(target, token, sentence)
        if pair is None and target == "side":
            return self.find("country", token, sentence)
        if pair is None:
            return ()
        actors = {self._key(target, actor): actor for line in self.sentences for actor, _ in line.mentions}
        return tuple(key if target == "country" else actors[key] for key in pair)

    def _find(self, target: PairTarget, token: Token, sentence: int) -> Pair | None:
        counts: Counter[Pair] = Counter()
        recent: set[Pair] = set()
        nearby: dict[str, None] = {}
        for line in reversed(self.sentences):
            keys = self._keys(target, line, token, sentence)
            pair = _pair_in(token, keys)
            if pair:
                counts[pair] += 1
            if sentence - line.number <= _REACH:
                recent.update([pair] if pair else [])
                nearby.update(dict.fromkeys(keys))
        if counts:
            return _clearest(counts, recent)
        return _ordered(nearby) if len(nearby) == 2 and target != "side" else None

    def _keys(self, target: PairTarget, line: _Sentence, token: Token, sentence: int) -> dict[str, list[int]]:
        """Return whoever of a sentence is of the rank, with the tokens that say so."""
        keys: dict[str, list[int]] = {}
        for actor, head in line.mentions:
            if line.number == sentence and _acts_on(token.doc[head], token):
                continue
            key = self._key(target, actor)
            if key:
                keys.setdefault(key, []).append(head)
        return keys

    def _key(self, target: PairTarget, actor: Actor) -> str | None:
        """Return what identifies an actor as one of a kind: its country, or itself where it has the rank."""
        if target == "side":
            return actor.id if actor.kind in {"organization", "group"} and actor.sector in _ARMED else None
        if target == "country":
            stands = actor.kind == "country" or self._leads(actor)
            return actor.country if stands else None
        if actor.kind != "person":
            return None
        return actor.id if target == "person" or self._ranks(target, actor) else None

    def _ranks(self, target: PairTarget, actor: Actor) -> bool:
        if target == "leader":
            return self._leads(actor)
        if target == "officer" and actor.sector in _OFFICERS:
            return True
        return not self.memory.anaphora.ranks[target].isdisjoint(self._words(actor))

    def _leads(self, actor: Actor) -> bool:
        if actor.kind != "person":
            return False
        person = self.memory.knowledge.people.get(actor.id)
        if person:
            return any(tenure.office.leads for tenure in person.tenures)
        return not self.memory.anaphora.ranks["leader"].isdisjoint(self._words(actor))

    def _words(self, actor: Actor) -> set[str]:
        return set((actor.office or "").lower().split()) | self.memory.words.get(actor.id, set())


def _clearest(counts: Counter[Pair], recent: set[Pair]) -> Pair | None:
    """Return the one recent pair, unless the document is about another; without one, whatever it is about."""
    best = counts.most_common(2)
    first, second = best[0][1], best[1][1] if len(best) > 1 else 0
    if len(recent) == 1:
        near = next(iter(recent))
        return best[0][0] if first >= max(_MAIN, 2 * counts[near]) else near
    return best[0][0] if first > second else None


def _pair_in(token: Token, keys: dict[str, list[int]]) -> Pair | None:
    """Return the only two of a sentence, else the only two that it coordinates."""
    if len(keys) == 2:
        return _ordered(keys)
    if len(keys) < 2:
        return None
    owner = {head: key for key, heads in keys.items() for head in heads}
    joined: dict[int, set[str]] = {}
    for head, key in owner.items():
        first, steps = token.doc[head], 0
        while first.dep_ == "conj" and steps < _CHAIN:
            first, steps = first.head, steps + 1
        if steps and first.i in owner:
            joined.setdefault(first.i, {owner[first.i]}).add(key)
    found = [chain for chain in joined.values() if len(chain) == 2]
    return _ordered(dict.fromkeys(found[0])) if len(found) == 1 == len(joined) else None


def _ordered(keys: dict[str, list[int]] | dict[str, None]) -> Pair:
    first, second = sorted(keys)
    return first, second


def _acts_on(subject: Token, token: Token) -> bool:
    """Say whether a word is the subject of the verb that another is an argument of: "China urged both sides"."""
    verb = token.head.head if token.head.pos_ == "ADP" else token.head
    return subject.dep_ in {"nsubj", "nsubjpass"} and subject.head.i == verb.i
