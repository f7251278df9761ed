"""What the steps of actor tagging share about one document: its known names, agent nouns, unknown names and cast."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from sayso.knowledge.actor_contexts import Contexts
from sayso.knowledge.actor_names import slug
from sayso.knowledge.actor_offices import Person, Tenure
from sayso.knowledge.actor_pronouns import Gender
from sayso.knowledge.actors import ActorKnowledge, Known
from sayso.reading.actor_cast import Cast
from sayso.reading.actor_marks import Mark
from sayso.reading.actor_phrases import Agent, PhraseReader
from sayso.reading.annotations import Actor


@dataclass(slots=True, eq=False)
class Scene:
    """One document while its actors are found; ``marks`` and ``agents`` are by token.

    ``only_country`` is the one country that the text names, ``home`` that one or else the one where it was filed;
    ``sources`` are the tokens that head the sources of statements, ``genders`` what first names and titles tell.
    """

    doc: Doc
    day: str | None
    knowledge: ActorKnowledge
    contexts: Contexts
    marks: dict[int, Mark]
    agents: dict[int, Agent]
    phrases: PhraseReader
    cast: Cast
    titles: set[int]
    only_country: str | None
    home: str | None
    sources: set[int]
    genders: dict[str, Gender]

    def known(self, known: Known | Person, confidence: float, rule: str) -> Actor:
        """Return the actor for somebody or something that is known by name."""
        if isinstance(known, Person):
            return self.person(known, confidence, rule)
        return self.cast.actor(
            known.id, known.name, known.kind, known.country, known.sector, confidence=confidence, rule=rule
        )

    def person(self, person: Person, confidence: float, rule: str) -> Actor:
        """Return the actor for a known person, with the office held on the day of the document."""
        tenure = person.tenure_at(self.day)
        sector = tenure.office.sector if tenure else person.sector
        if tenure is None and person.had_left_by(self.day):
            sector = "ELI" if person.sector in {"GOV", "LEG", None} else person.sector
        elif tenure is None and person.is_yet_to_serve(self.day):
            sector = None
        office = tenure.office.name if tenure else None
        country = self._country_of(tenure) if tenure else person.country
        return self.cast.actor(
            person.id, person.name, "person", country, sector, office, confidence=confidence, rule=rule
        )

    def _country_of(self, tenure: Tenure) -> str | None:
        """Return for whose country somebody in office acts: a head of the United Nations for none."""
        body = self.knowledge.body(tenure.office.body) if tenure.office.body else None
        if body is not None and body.sector == "IGO":
            return None
        return tenure.office.country or tenure.person.country or (body.country if body else None)

    def country_name(self, code: str) -> str:
        """Return the display name of a country code."""
        state = self.knowledge.states.get(code)
        return state.name if state else code

    def collective(self, code: str, sector: str | None, confidence: float, rule: str) -> Actor:
        """Return the actor for people or bodies of one country and sector: "Russia: military"."""
        return collective_of(self.cast, self.knowledge, code, sector, confidence, rule)

    def named(self, name: str) -> str:
        """Return the id of an actor that no list knows."""
        return "actor:" + slug(name)


def collective_of(
    cast: Cast, knowledge: ActorKnowledge, code: str, sector: str | None, confidence: float, rule: str
) -> Actor:
    """Return the actor for people or bodies of one country and sector."""
    label = knowledge.sectors.labels.get(sector or "", "people")
    state = knowledge.states.get(code)
    id_ = f"actor:{code.lower()}-{(sector or 'people').lower()}"
    name = f"{state.name if state else code}: {label}"
    return cast.actor(id_, name, "group", code, sector, confidence=confidence, rule=rule)
