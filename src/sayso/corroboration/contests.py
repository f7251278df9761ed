"""What voices contest without denying that something happened: who did it to whom, what it was, in what numbers.

Sides are kept in their own wording. Voices that merely leave something open or round a number contest nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from sayso.corroboration.figures import agree
from sayso.corroboration.occurrence import Contest, Figure, Side
from sayso.corroboration.standing import Standing
from sayso.corroboration.telling import Telling
from sayso.knowledge.wordings import load, load_blame

_OPPOSED = frozenset(
    {frozenset({"RETREAT", "ASSAULT"}), frozenset({"AID", "ASSAULT"}), frozenset({"AID", "COERCE"}),
     frozenset({"CONCEDE", "REJECT"}), frozenset({"COERCE", "SUPPORT"}), frozenset({"RETREAT", "COERCE"})}
)  # fmt: skip
"""Types of PLOVER that two voices cannot both mean."""


def contests(standings: Sequence[Standing]) -> list[Contest]:
    """Return the contested aspects of an occurrence, given where each of its voices stands."""
    voices = [standing for standing in standings if standing.independent]
    found = [_happening(voices), _actor(voices), _blame(voices), _type(voices), *_wordings(voices), *_figures(voices)]
    seen: dict[str, Contest] = {}
    for contest in found:
        if contest is not None:
            seen.setdefault(contest.aspect, contest)
    return list(seen.values())


def _wordings(voices: Sequence[Standing]) -> Iterator[Contest]:
    """Yield what parties to it tell in opposed words; an outlet's choice of word contests nothing."""
    for opposition in load():
        chosen: dict[str, list[tuple[Standing, Telling]]] = {side: [] for side in opposition.sides}
        for voice in voices:
            if voice.word.kind == "outlet" or voice.position in ("denies", "doubts"):
                continue
            used = [(side, t) for t in voice.tellings for side in opposition.of(t.word, t.sentence)]
            if len({side for side, _ in used}) == 1:
                side, telling = used[0]
                chosen[side].append((voice, telling))
        if all(chosen.values()):
            yield Contest(aspect=opposition.aspect, sides=[_told_by(side, told) for side, told in chosen.items()])


def _told_by(side: str, told: Sequence[tuple[Standing, Telling]]) -> Side:
    telling = told[0][1]
    return _side(f"{side}: {telling.word}", [voice for voice, _ in told], telling)


def _happening(voices: Sequence[Standing]) -> Contest | None:
    asserting = [v for v in voices if v.position in ("asserts", "predicts")]
    denying = [v for v in voices if v.position in ("denies", "doubts")]
    if not asserting or not denying:
        return None
    return Contest(aspect="happening", sides=[_side("asserted", asserting), _side("denied or doubted", denying)])


def _actor(voices: Sequence[Standing]) -> Contest | None:
    """Voices contest who did it where each names, of conflict, a country that the other does not name at all."""
    sides: dict[frozenset[str], list[Standing]] = {}
    for voice in voices:
        if voice.position == "asserts" and voice.blamed:
            sides.setdefault(voice.blamed, []).append(voice)
    for one, other in combinations(sorted(sides, key=sorted), 2):
        if not one & other:
            told = [_side(", ".join(sorted(blamed)), sides[blamed]) for blamed in (one, other)]
            return Contest(aspect="actor", sides=told)
    return None


def _blame(voices: Sequence[Standing]) -> Contest | None:
    """Somebody tells that those who did it lay it at each other's door, whether or not they are heard themselves."""
    phrase = load_blame()
    for voice in voices:
        for telling in voice.tellings:
            found = phrase.search(telling.sentence.lower())
            if found:
                return Contest(aspect="actor", sides=[_side(found[0], [voice], telling)])
    return None


def _type(voices: Sequence[Standing]) -> Contest | None:
    for one, other in combinations([v for v in voices if v.types], 2):
        mine, theirs = _usual(one.types), _usual(other.types)
        if frozenset({mine, theirs}) in _OPPOSED and not {mine, theirs} <= {*one.types} & {*other.types}:
            return Contest(aspect="type", sides=[_side(mine, [one]), _side(theirs, [other])])
    return None


def _usual(types: Counter[str]) -> str:
    return min(types, key=lambda kind: (-types[kind], kind))


def _figures(voices: Sequence[Standing]) -> Iterator[Contest]:
    for kind in sorted({figure.kind for voice in voices for figure in voice.figures}):
        counts = [(voice, [f for f in voice.figures if f.kind == kind]) for voice in voices]
        giving = [(voice, figures) for voice, figures in counts if figures]
        for one, other in combinations(giving, 2):
            if _differ(one[1], other[1]):
                yield Contest(
                    aspect="figure", sides=[_side(_told(figures), [voice]) for voice, figures in (one, other)]
                )
                break


def _differ(mine: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    return not any(agree(one, other) for one in mine for other in theirs)


def _told(figures: Sequence[Figure]) -> str:
    return "; ".join(dict.fromkeys(figure.words for figure in figures))


def _side(value: str, voices: Sequence[Standing], telling: Telling | None = None) -> Side:
    """Return a side in the words of a telling, or else of the first of its first voice."""
    telling = telling or voices[0].tellings[0]
    return Side(
        value=value,
        voices=sorted(voice.word.id for voice in voices),
        wording=telling.sentence,
        report=telling.id,
    )
