"""Whom a bare surname denotes, of those who are known: by title, country, office and day."""

from __future__ import annotations

from sayso.knowledge.actor_names import pieces
from sayso.knowledge.actor_offices import Person
from sayso.reading.actor_people import Run
from sayso.reading.actor_phrases import Agent, Portrait
from sayso.reading.actor_scene import Scene

_YEARS_NEAR = 10


def bearers(scene: Scene, run: Run) -> list[Person]:
    """Return the known people who go by a surname."""
    return scene.knowledge.shorts.get(pieces(run.text(scene.doc)), [])


def has_title(person: Person, agent: Agent) -> bool:
    """Say whether somebody ever held an office of a title."""
    return bore(person, agent.words)


def bore(person: Person, words: str) -> bool:
    """Say whether a title, or one that ends in it, is that of an office that somebody ever held."""
    return any(words == title or title.endswith(" " + words) for t in person.tenures for title in t.office.titles)


def known_by_surname(
    scene: Scene, run: Run, titles: list[Agent], before: Portrait, near: set[str | None]
) -> Person | None:
    """Return the known person whom a surname denotes on the day, where there can be only one.

    With a title or country, who bears it, of several the one of a country that the text names (``near``); with neither,
    only somebody who leads a country or body on that day.
    """
    people = bearers(scene, run)
    if before.countries:
        people = [p for p in people if p.country in before.countries or p.country is None]
    if titles and people:
        people = [p for p in people if has_title(p, titles[0])] or ([] if titles[0].noun.sector else people)
    in_office = [p for p in people if p.tenure_at(scene.day)] if scene.day else people
    if len(in_office) > 1 and titles:
        in_office = [p for p in in_office if _holds(p, titles[0], scene.day)] or in_office
    if titles or before.countries:
        chosen = in_office or people
        if len(chosen) > 1:
            chosen = [p for p in chosen if p.country in near]
        return chosen[0] if len(chosen) == 1 else None
    leaders = [
        p for p in in_office if any(t.office.leads and (scene.day is None or t.covers(scene.day)) for t in p.tenures)
    ]
    if not leaders and not in_office:
        leaders = [p for p in people if _is_near_office(p, scene.day)]
    return leaders[0] if len(leaders) == 1 and _could_be_leader(scene, run) else None


def _is_near_office(person: Person, day: str | None) -> bool:
    """Say whether somebody leads within ten years of a day: candidates and elders go by surname too."""
    if day is None:
        return False
    year = int(day[:4])
    spans = [(int(t.since[:4]), int((t.until or "9999")[:4])) for t in person.tenures if t.office.leads]
    return any(since - _YEARS_NEAR <= year <= until + _YEARS_NEAR for since, until in spans)


def _could_be_leader(scene: Scene, run: Run) -> bool:
    """Say whether a bare surname stands where a leader would; short ones ("Xi") are words and names of much else."""
    token = scene.doc[run.start]
    return run.label == "PERSON" or len(token.text) > 4 or token.dep_ in {"nsubj", "poss"}


def _holds(person: Person, agent: Agent, day: str | None) -> bool:
    return any(t.covers(day) and any(agent.words in title for title in t.office.titles) for t in person.tenures)
