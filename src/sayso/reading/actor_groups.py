"""Actors that are described rather than named: officials, troops, protesters, ministries, "the Kenyan president"."""

from __future__ import annotations

from spacy.tokens import Token

from sayso.knowledge.actor_names import slug
from sayso.knowledge.actor_offices import Person, Tenure
from sayso.knowledge.actors import Known
from sayso.reading.actor_phrases import Agent, Portrait
from sayso.reading.actor_scene import Scene
from sayso.reading.annotations import Actor
from sayso.records import ActorKind

_MODIFIES = {"compound", "amod", "nmod", "nounmod", "npadvmod"}
_PREDICATE = {"attr", "acomp", "oprd"}
_HOLLOW = {
    "country",
    "power",
    "front",
    "neighbour",
    "neighbor",
    "source",
    "partner",
    "rival",
    "figure",
    "camp",
    "service",
}
_PARTS = {"member", "head", "chair", "agent", "team", "staff member", "recruit"}
_HOMES = {"country", "nation", "republic", "kingdom"}
DEFINITE = {"the", "this", "that", "these", "those"}
_STATES = {"country", "power", "neighbour", "neighbor"}
_PRIVATE = {"CVL", "LAB", "AGR", "REF"}
_FILLED = {"GOV", "MIL", "COP", "LEG", "JUD", "OPP", "PTY", "REB", "PRM", "SPY", "CVL", "LAB", "AGR", "REF"}

ONLY_COUNTRY = "agent noun, only country named"


def cast_groups(scene: Scene) -> None:
    """Add an actor for every agent noun that stands for somebody and is nobody's title."""
    for end, agent in scene.agents.items():
        if end in scene.titles or end in scene.cast.heads or not _stands_for_somebody(scene, agent):
            continue
        head = scene.phrases.root(agent).i
        portrait = scene.phrases.read(agent)
        if _says_nothing(agent, portrait):
            continue
        for actor in _actors(scene, agent, portrait):
            scene.cast.mention(actor, portrait.start, max(agent.end + 1, portrait.end), head, "description")


def _says_nothing(agent: Agent, portrait: Portrait) -> bool:
    """Say whether a phrase is too general to denote anybody by itself: "the group", "other members"."""
    if portrait.owners or portrait.countries:
        return agent.noun.name in _HOLLOW - _STATES
    return agent.noun.sector is None and (agent.noun.form == "body" or agent.noun.name in _HOLLOW | _PARTS)


def _stands_for_somebody(scene: Scene, agent: Agent) -> bool:
    token = scene.doc[agent.end]
    if any(i in scene.marks for i in range(agent.start, agent.end + 1)) or _inside_mark(scene, token):
        return False
    if token.dep_ in _PREDICATE:
        return False
    if token.dep_ in _MODIFIES and token.head.i > token.i:
        return token.head.lemma_.lower() in scene.contexts.deeds and token.head.i not in scene.agents
    if token.dep_ == "pobj" and agent.noun.form == "body":
        return not (token.head.lower_ in {"in", "at"} and _is_vague_body(agent))
    return True


def _is_vague_body(agent: Agent) -> bool:
    return agent.noun.sector in {None, "EDU", "MED", "BUS", "JRN", "REL", "JUD", "GOV", "LEG"}


def _inside_mark(scene: Scene, token: Token) -> bool:
    return scene.phrases.mark_around(token) is not None


def _actors(scene: Scene, agent: Agent, portrait: Portrait) -> list[Actor]:
    owner = portrait.owners[-1].sense.known if portrait.owners else None
    if isinstance(owner, Known) and owner.kind == "organization":
        return [_officer(scene, agent, owner, portrait) or _of_body(scene, agent, portrait, owner)]
    if agent.noun.name in _STATES:
        states = [mark.sense.known for mark in portrait.owners]
        return [scene.known(known, 0.6, "country among others") for known in states]
    whole = _whole_title(scene, agent, portrait)
    if whole in scene.knowledge.alone and (held := _incumbent(scene, scene.knowledge.alone[whole], whole)):
        return [scene.person(held.person, 0.85, "office of the day")]
    if portrait.countries:
        return [_of_country(scene, agent, portrait, code) for code in portrait.countries]
    home = scene.knowledge.alone.get(title_of(agent, portrait)) or scene.home
    if home and (officer := _officer_at_home(scene, home, agent, portrait)):
        return [officer]
    if scene.only_country and portrait.sector in _FILLED:
        if _kind(agent) == "group":
            return [scene.collective(scene.only_country, portrait.sector, 0.6, ONLY_COUNTRY)]
        if portrait.sector not in _PRIVATE:
            return [_of_home(scene, scene.only_country, agent, portrait)]
    return [_of_nowhere(scene, agent, portrait)]


def _whole_title(scene: Scene, agent: Agent, portrait: Portrait) -> str:
    """Return a title with what it is of, in lower case: "mayor of new york"; nothing where it is not one person's."""
    of = next((child for child in scene.phrases.root(agent).rights if child.lower_ == "of"), None)
    if of is None or agent.plural or portrait.former or _is_vague(scene, agent, portrait):
        return ""
    return f"{title_of(agent, portrait)} of {scene.doc[of.i + 1 : of.right_edge.i + 1].text.lower()}"


def _incumbent(scene: Scene, of: str, title: str) -> Tenure | None:
    """Return who held a title on the day, where exactly one person did."""
    return _one([tenure for tenure in scene.knowledge.holders(of, title) if tenure.covers(scene.day)])


def _one(held: list[Tenure]) -> Tenure | None:
    """Return the tenure of the only person among them."""
    return held[0] if len({tenure.person.id for tenure in held}) == 1 else None


def _officer_at_home(scene: Scene, home: str, agent: Agent, portrait: Portrait) -> Actor | None:
    """Return who held an office, of which each country has one, in the country that a report is from.

    ``home`` is that country, or the one that a title by itself tells.
    """
    if agent.plural or portrait.former or portrait.owners or agent.words in scene.contexts.leaders:
        return None
    if any(scene.doc[i].text[0].isupper() for i in range(portrait.start + 1, agent.start)):
        return None  # the premier of some province, not of the country
    head = scene.phrases.root(agent)
    at_home = is_definite(head) or any(c.dep_ == "poss" and c.lemma_.lower() in _HOMES for c in head.lefts)
    if not at_home or any(child.dep_ == "prep" and child.i > agent.end for child in head.rights):
        return None
    if _is_borne(scene, home, title_of(agent, portrait)):
        return None
    tenure = _holder(scene, home, agent, portrait)
    return scene.person(tenure.person, 0.7, "office of the day, at home") if tenure else None


def _is_borne(scene: Scene, home: str, title: str) -> bool:
    """Say whether the text names somebody of a country with a title: coreference is to say then who is meant."""
    return any(scene.agents[end].words == title for end in scene.titles) or any(
        actor.kind == "person" and actor.country in {None, home} and title in (actor.office or "").lower()
        for actor in scene.cast.actors.values()
    )


def _of_home(scene: Scene, home: str, agent: Agent, portrait: Portrait) -> Actor:
    """Return the actor for one person, described by a noun alone, of the only country that a text names."""
    title = title_of(agent, portrait)
    name, id_ = f"{scene.country_name(home)}: {title}", f"actor:{home.lower()}-{slug(title)}"
    return scene.cast.actor(id_, name, "role", home, portrait.sector, confidence=0.6, rule=ONLY_COUNTRY)


def _officer(scene: Scene, agent: Agent, owner: Known, portrait: Portrait) -> Actor | None:
    if agent.plural or portrait.former:
        return None
    tenure = _holder(scene, owner.name, agent, portrait)
    return scene.person(tenure.person, 0.85, "office of the day") if tenure else None


def _of_body(scene: Scene, agent: Agent, portrait: Portrait, owner: Known) -> Actor:
    """Return the actor for people of a body; those of an international one are counted as it is."""
    noun = agent.words
    sector = (owner.country and portrait.sector) or owner.sector
    id_, name, kind = f"{owner.id}-{slug(noun)}", f"{owner.name}: {noun}", _kind(agent)
    return scene.cast.actor(id_, name, kind, owner.country, sector, confidence=0.8, rule="body + agent noun")


def is_definite(token: Token) -> bool:
    """Say whether a noun is introduced as known."""
    return article(token) in DEFINITE


def article(token: Token) -> str:
    """Return the determiner of a noun in lower case, or nothing."""
    return next((str(child.lower_) for child in token.lefts if child.dep_ in {"det", "nummod"}), "")


def _kind(agent: Agent) -> ActorKind:
    return "role" if agent.noun.form == "person" and not agent.plural else "group"


def title_of(agent: Agent, portrait: Portrait) -> str:
    """Return the title that a phrase gives, with its portfolio: "foreign minister"."""
    words = agent.words
    if portrait.portfolio and words in {"minister", "ministry", "secretary"}:
        return f"{portrait.portfolio} {words}"
    return words


def _of_country(scene: Scene, agent: Agent, portrait: Portrait, code: str) -> Actor:
    title = title_of(agent, portrait)
    if not agent.plural and not portrait.former:
        tenure = _holder(scene, code, agent, portrait)
        if tenure:
            return scene.person(tenure.person, 0.85, "office of the day")
        if (title in scene.contexts.unique_offices or title.endswith((" minister", " ministry"))) and not _is_vague(
            scene, agent, portrait
        ):
            kind: ActorKind = "organization" if title.endswith("ministry") else "role"
            name = f"{scene.country_name(code)}: {title}"
            id_ = f"actor:{code.lower()}-{slug(title)}"
            return scene.cast.actor(id_, name, kind, code, portrait.sector, confidence=0.85, rule="country + office")
    return scene.collective(code, portrait.sector, 0.85, "country + agent noun")


def _is_vague(scene: Scene, agent: Agent, portrait: Portrait) -> bool:
    named = {i for mark in portrait.owners for i in range(mark.start, mark.end)}
    words = {scene.doc[i].lower_ for i in range(portrait.start, agent.start) if i not in named}
    return not words.isdisjoint(scene.contexts.vague)


def _holder(scene: Scene, of: str, agent: Agent, portrait: Portrait) -> Tenure | None:
    """Return who held the office that a phrase names on the day, where exactly one person did."""
    if scene.day is None or _is_vague(scene, agent, portrait):
        return None
    title = title_of(agent, portrait)
    found = _incumbent(scene, of, title)
    if found is None and title in scene.contexts.leaders and not _is_narrowed(scene, agent, portrait):
        return _one(leading(scene, of))
    return found


def _is_narrowed(scene: Scene, agent: Agent, portrait: Portrait) -> bool:
    """Say whether "chief" is not of the whole body: "the UN climate chief", "the army chief"."""
    named = {i for mark in portrait.owners for i in range(mark.start, mark.end)}
    between = (scene.doc[i] for i in range(portrait.start, agent.start) if i not in named)
    return agent.noun.sector is not None or any(word.pos_ in {"NOUN", "ADJ"} for word in between)


def leading(scene: Scene, of: str) -> list[Tenure]:
    """Return who led a country or body on the day: the holder of the first office that somebody held."""
    for office in scene.knowledge.offices:
        if office.leads and of in {office.country, office.body}:
            tenures = scene.knowledge.holders(of, office.titles[0])
            leaders = [t for t in tenures if t.office is office and t.covers(scene.day)]
            if leaders:
                return leaders
    return []


def _of_nowhere(scene: Scene, agent: Agent, portrait: Portrait) -> Actor:
    noun = agent.words
    person_owner = portrait.owners[-1].sense.known if portrait.owners else None
    if isinstance(person_owner, Person):
        noun = f"{person_owner.name} {noun}"
    elif (
        agent.noun.sector
        and portrait.sector
        and portrait.sector != agent.noun.sector
        and portrait.sector in scene.knowledge.sectors.labels
    ):
        noun = f"{portrait.sector.lower()} {noun}"
    name = noun.removesuffix(agent.noun.words[-1]) + scene.doc[agent.end].lower_ if agent.plural else noun
    kind = _kind(agent)
    return scene.cast.actor(scene.named(name), name, kind, None, portrait.sector, confidence=0.7, rule="agent noun")
