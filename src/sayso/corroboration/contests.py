"""What voices contest without denying that something happened: who did it to whom, what it was, in what numbers.

Sides are kept in their own wording. Voices that merely leave something open, round a number or count later than
another contest nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from sayso.corroboration.figures import agree
from sayso.corroboration.occurrence import Contest, ContestedAspect, Figure, Side
from sayso.corroboration.standing import Standing
from sayso.corroboration.telling import Telling
from sayso.knowledge.wordings import load

_SOON = 2
"""Days within which two voices' counts of the same are compared: a toll grows."""
_OPPOSED = frozenset(
    {frozenset({"RETREAT", "ASSAULT"}), frozenset({"AID", "ASSAULT"}), frozenset({"AID", "COERCE"}),
     frozenset({"CONCEDE", "REJECT"}), frozenset({"COERCE", "SUPPORT"}), frozenset({"RETREAT", "COERCE"})}
)  # fmt: skip
"""Types of PLOVER that two voices cannot both mean."""


def contests(standings: Sequence[Standing]) -> list[Contest]:
    """Return the contested aspects of an occurrence, given where each of its voices stands."""
    voices = [standing for standing in standings if standing.independent]
    found = [_happening(voices), _actor(voices), _type(voices), *_wordings(voices), *_figures(voices)]
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
    _, telling = told[0]
    voices = sorted(voice.word.id for voice, _ in told)
    return Side(value=f"{side}: {telling.word}", voices=voices, wording=telling.sentence, report=telling.id)


def _happening(voices: Sequence[Standing]) -> Contest | None:
    asserting = [v for v in voices if v.position in ("asserts", "predicts")]
    denying = [v for v in voices if v.position in ("denies", "doubts")]
    if not asserting or not denying:
        return None
    return Contest(aspect="happening", sides=[_side("asserted", asserting), _side("denied or doubted", denying)])


def _actor(voices: Sequence[Standing]) -> Contest | None:
    """Voices contest who did it where each names, of conflict, a country that the other does not name at all."""
    return _apart(voices, "actor", lambda standing: standing.blamed)


def _type(voices: Sequence[Standing]) -> Contest | None:
    named = [v for v in voices if v.types]
    for i, one in enumerate(named):
        for other in named[i + 1 :]:
            mine, theirs = _usual(one.types), _usual(other.types)
            if frozenset({mine, theirs}) in _OPPOSED and not {mine, theirs} <= {*one.types} & {*other.types}:
                return Contest(aspect="type", sides=[_side(mine, [one]), _side(theirs, [other])])
    return None


def _usual(types: Counter[str]) -> str:
    return min(types, key=lambda kind: (-types[kind], kind))


def _apart(
    voices: Sequence[Standing], aspect: ContestedAspect, values: Callable[[Standing], frozenset[str]]
) -> Contest | None:
    sides: dict[frozenset[str], list[Standing]] = {}
    for voice in voices:
        if voice.position == "asserts" and values(voice):
            sides.setdefault(values(voice), []).append(voice)
    for i, (one, for_one) in enumerate(sorted(sides.items(), key=lambda side: sorted(side[0]))):
        for other, for_other in sorted(sides.items(), key=lambda side: sorted(side[0]))[i + 1 :]:
            if not one & other:
                return Contest(aspect=aspect, sides=[_side(_named(one), for_one), _side(_named(other), for_other)])
    return None


def _named(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))


def _figures(voices: Sequence[Standing]) -> Iterator[Contest]:
    kinds = sorted({figure.kind for voice in voices for figure in voice.figures})
    for kind in kinds:
        counts = [(voice, [f for f in voice.figures if f.kind == kind]) for voice in voices]
        counts = [(voice, figures) for voice, figures in counts if figures]
        for i, (one, mine) in enumerate(counts):
            against = [(other, theirs) for other, theirs in counts[i + 1 :] if _differ(mine, theirs)]
            if against:
                other, theirs = against[0]
                sides = [_side(_told(mine), [one]), _side(_told(theirs), [other])]
                yield Contest(aspect="figure", sides=sides)
                break


def _differ(mine: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    return not any(agree(one, other) for one in mine for other in theirs)


def _told(figures: Sequence[Figure]) -> str:
    return "; ".join(dict.fromkeys(figure.words for figure in figures))


def _side(value: str, voices: Sequence[Standing]) -> Side:
    first = voices[0]
    return Side(
        value=value,
        voices=sorted(voice.word.id for voice in voices),
        wording=first.tellings[0].sentence,
        report=first.tellings[0].id,
    )
