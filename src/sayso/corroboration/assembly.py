"""From the tellings of one group to an Occurrence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from sayso.corroboration.changes import changes
from sayso.corroboration.contests import contests
from sayso.corroboration.figures import ranges
from sayso.corroboration.occurrence import Link, Occurrence, Position, Report, Voice, Where
from sayso.corroboration.positions import position_of
from sayso.corroboration.standing import Standing, standings
from sayso.corroboration.status import status_of
from sayso.corroboration.telling import Telling
from sayso.corroboration.voices import Word, words_of
from sayso.records import Actor, FactualityValue

_WORDINGS = 5
_AS_FINE = {"S": 0, "P": 1, "H": 2, "T": 2, "L": 3, "A": 4}
"""Classes of GeoNames features, the most precise first."""


def occurrence(tellings: Sequence[Telling], links: Mapping[str, list[Link]]) -> Occurrence:
    """Return the occurrence that tellings are of; ``links`` are those of each telling to others of the same group.

    The result depends on no order.
    """
    told = sorted(tellings, key=lambda telling: (telling.publication.order, telling.anchor))
    words = words_of(told)
    voices = standings(sorted(told, key=_published), words)
    contested = contests(voices)
    independent = [voice for voice in voices if voice.independent]
    types = Counter(telling.type for telling in told if telling.type)
    dates = sorted({telling.date for telling in told if telling.date})
    published = sorted(t.publication.published for t in told if t.publication.published)
    actors, recipients = _parties(told, "actors"), _parties(told, "recipients")
    return Occurrence(
        id=told[0].id,
        type=_most(types),
        types=dict(sorted(types.items())),
        modes=sorted({telling.mode for telling in told if telling.mode}),
        status=status_of(voices, contested),
        date=_date(told),
        dates=dates,
        where=_where(told),
        actors=[actor.id for actor in actors],
        actor_names=[actor.name for actor in actors],
        actor_countries=_countries(actors),
        recipients=[actor.id for actor in recipients],
        recipient_names=[actor.name for actor in recipients],
        recipient_countries=_countries(recipients),
        independent=len(independent),
        positions=cast("dict[Position, int]", dict(sorted(Counter(voice.position for voice in independent).items()))),
        copies=len({t.publication.document for t in told if t.publication.is_copy}),
        first_reported=published[0] if published else None,
        last_reported=published[-1] if published else None,
        figures=ranges(figure for voice in voices for figure in voice.figures),
        contests=contested,
        changes=changes(voices),
        voices=[_voice(voice) for voice in voices],
        reports=[_report(telling, words[telling.id], links.get(telling.id, [])) for telling in told],
    )


def _published(telling: Telling) -> tuple[bool, str, int, tuple[int, int]]:
    publication = telling.publication
    return publication.published is None, publication.published or "", publication.order, telling.anchor


def _most(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _date(told: Iterable[Telling]) -> str | None:
    """Return the date that most tellings give, the more precise of those that agree."""
    counts = Counter(telling.date for telling in told if telling.date)
    agreeing = Counter({date: sum(n for other, n in counts.items() if date.startswith(other)) for date in counts})
    return min(agreeing, key=lambda date: (-agreeing[date], -len(date), date)) if agreeing else None


def _where(told: Iterable[Telling]) -> Where | None:
    """Return the place that most tellings name, of those named as often the most precise."""
    places = [telling.place for telling in told if telling.place]
    if not places:
        return None
    counts = Counter(place.id or place.name for place in places)
    best = min(places, key=lambda p: (-counts[p.id or p.name], _AS_FINE.get((p.feature or "")[:1], 2), p.name))
    return Where(place=best.id, name=best.name, country=best.country, lat=best.lat, lon=best.lon)


def _parties(told: Iterable[Telling], side: str) -> list[Actor]:
    """Return the actors on a side of coded events, else of mentions, those named most often first."""
    told = list(told)
    coded = [telling for telling in told if telling.type]
    counts: Counter[str] = Counter()
    known: dict[str, Actor] = {}
    for telling in coded or told:
        for actor in getattr(telling, side):
            counts[actor.id] += 1
            known.setdefault(actor.id, actor)
    return [known[i] for i in sorted(counts, key=lambda i: (-counts[i], i))]


def _countries(actors: Iterable[Actor]) -> list[str]:
    return list(dict.fromkeys(actor.country for actor in actors if actor.country))


def _voice(voice: Standing) -> Voice:
    told = voice.tellings
    published = sorted(t.publication.published for t in told if t.publication.published)
    because = f"{voice.word.because}; {voice.left_out}" if voice.left_out else voice.word.because
    return Voice(
        id=voice.word.id,
        name=voice.word.name,
        kind=voice.word.kind,
        position=voice.position,
        independent=voice.independent,
        because=because,
        reports=[telling.id for telling in told],
        relayed_by=_relays(voice),
        first=published[0] if published else None,
        figures=voice.figures,
        wording=list(dict.fromkeys(telling.word.lower() for telling in told))[:_WORDINGS],
    )


def _relays(voice: Standing) -> list[str]:
    publishers = dict.fromkeys(t.publication.publisher for t in voice.tellings if t.publication.publisher)
    own = voice.word.name if voice.word.kind == "outlet" else None
    return [publisher for publisher in publishers if publisher != own]


def _report(telling: Telling, word: Word, links: list[Link]) -> Report:
    publication = telling.publication
    return Report(
        id=telling.id,
        ref=publication.ref,
        document=publication.document,
        event=telling.item,
        anchor=telling.anchor,
        word=telling.word,
        passage=telling.passage,
        sentence=telling.sentence,
        type=telling.type,
        mode=telling.mode,
        publisher=publication.publisher,
        title=publication.title,
        published=publication.published,
        date=telling.date,
        factuality=cast("FactualityValue", telling.factuality),
        position=position_of(telling),
        voice=word.id,
        source=word.source,
        copy_of=publication.copy_of,
        is_copy=publication.is_copy,
        links=sorted(links, key=lambda link: (-link.likelihood, link.to)),
    )
