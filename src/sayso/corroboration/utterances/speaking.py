"""Whether two statements have one speaker: the same person, office or body, as far as either report tells.

What is returned is log-odds: what speaks for it is positive. Two persons of different names are never one; who is not
named may be anybody.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sayso.corroboration.utterances.rendition import Rendition
from sayso.corroboration.vocabulary import vocabulary, words_of
from sayso.knowledge.voices import load

NEVER = -20.0
"""Log-odds of what is out of the question."""
_UNKNOWN = frozenset({"he", "she", "it", "they", "him", "her", "them", "who", "which"})
_PARTICLE = re.compile(r"[a-z]{1,3}|[A-Z]\.?")
"""A part of a name that names nobody: "de", "J."."""
_LIGHTEST = 1.2


class Speaking(NamedTuple):
    """How likely two speakers are one, as log-odds, and why; None where there is nothing to say for it."""

    odds: float
    because: str | None


def one_speaker(one: Rendition, other: Rendition) -> Speaking:
    """Return how likely two renditions have one speaker."""
    if one.person and other.person:
        return _persons(one.person, other.person)
    if one.voice and other.voice and one.voice.id == other.voice.id:
        return _same_voice(one, other)
    apart = _countries_differ(one, other)
    if apart:
        return Speaking(NEVER, None)
    if _called_alike(one, other):
        return Speaking(1.5, "speakers called alike")
    if _is_nobody(one) or _is_nobody(other):
        return Speaking(-0.5, None)
    return Speaking(-2.5 if one.person or other.person else -3.0, None)


def _persons(one: str, other: str) -> Speaking:
    first, second = _parts(one), _parts(other)
    if first == second:
        return Speaking(2.5, "the same speaker")
    short, long = sorted((first, second), key=len)
    if len(short) == 1 and short[0] in long:
        return Speaking(2.0, "the same speaker")
    if short[-1:] == long[-1:] and set(short) <= set(long):
        return Speaking(2.0, "the same speaker")
    return Speaking(NEVER, None)


@lru_cache(maxsize=10_000)
def _parts(name: str) -> tuple[str, ...]:
    words = [word for word in name.split() if not _PARTICLE.fullmatch(word)] or name.split()
    return tuple(word.lower().removesuffix("'s").removesuffix("’s") for word in words)


def _same_voice(one: Rendition, other: Rendition) -> Speaking:
    assert one.voice is not None
    if one.voice.kind == "unnamed":
        return Speaking(0.0, "speakers of one kind, not named")
    if one.person or other.person:
        return Speaking(1.5, "speak with one voice")
    return Speaking(2.0, "the same speaker")


def _countries_differ(one: Rendition, other: Rendition) -> bool:
    mine, theirs = (r.saying.country if not r.saying.guessed else None for r in (one, other))
    return bool(mine and theirs and mine != theirs)


def _called_alike(one: Rendition, other: Rendition) -> bool:
    """Say whether a name or a title by which one is called is that of the other: "the harbour master"."""
    mine, theirs = _titles(one.called), _titles(other.called)
    shared = mine & theirs
    return bool(shared) and len(shared) >= min(len(mine), len(theirs), 2)


@lru_cache(maxsize=10_000)
def _titles(called: tuple[str, ...]) -> frozenset[str]:
    found = {vocabulary().look_up(word) for source in called for word in words_of(source) if word not in _UNKNOWN}
    return frozenset(stem for stem, _, weight in found if weight >= _LIGHTEST)


def _is_nobody(one: Rendition) -> bool:
    """Say whether a report does not tell who speaks: a pronoun that nothing resolves, people, an official."""
    if one.person:
        return False
    source = one.saying.naming.lower()
    if one.voice is None or one.voice.kind == "unnamed" or source in _UNKNOWN:
        return True
    return load().is_role(source) and one.saying.country is None
