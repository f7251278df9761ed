"""On whose word each telling stands: whom it counts as a voice of, however he is called and whoever relays him.

Ministers, their spokesmen and the army of a state are one voice, its government's; so are the officers of a body. Who
only relays is no voice: an outlet that quotes somebody or credits another outlet. People who are not named are a voice
for each kind of them. An outlet is a voice of its own in what it states without saying from whom it has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.corroboration.occurrence import VoiceKind
from sayso.corroboration.references import is_reference
from sayso.corroboration.telling import Publication, Saying, Telling
from sayso.knowledge.actor_names import slug
from sayso.knowledge.country_names import country_in, country_name
from sayso.knowledge.voices import VoiceWords, head_of, load
from sayso.records import Actor

SURE_ENOUGH = 0.5
"""A statement that is less certain than this puts nothing into anybody's mouth."""
UNKNOWN_OUTLET = "an outlet that is not named"
_BODY = re.compile(r"^(.*?):|\bof (?:the )?([A-Z].*)$")
"""The body whose officer somebody is, in "NATO: officer" and in "Secretary-General of the United Nations"."""
_OWN = re.compile(r"(?:[Ww]e|[Ii]|[Oo]ur|[Mm]y|[Tt]his (?:paper|newspaper|site|station))\b")
"""A source that is the outlet itself."""
_AIMING = frozenset({"demand", "ask", "want", "propose"})
"""Acts that aim at what is not yet: "demanded the return of those who were taken" does not say that they were."""
_OPEN_IF_NEGATED = frozenset({"say", "criticize", "praise", "want", "demand", "ask", "fear"})
_NOT = re.compile(r"\b(?:not|never|cannot)\b|n[’']t\b", re.IGNORECASE)
"""In a cue of speech: who does not speak of something vouches for nothing."""
_NATIONALS = re.compile(r"(?:[Tt]he )?[A-Z][\w-]+(?: [A-Z][\w-]+)?")
_OTHERS = frozenset({"BUS", "EDU", "PTY", "REB", "OPP", "REL", "JRN", "LEG", "JUD", "PRM", "SEP"})
"""Sectors whose presidents and ministers are not the state's."""
_INTERNATIONAL = frozenset({"IGO", "NGO", "IMG"})


@dataclass(frozen=True, slots=True)
class Word:
    """Whose word something is: the voice, how it is called, why it counts as that voice, and who is said to say so."""

    id: str
    name: str
    kind: VoiceKind
    because: str
    source: str | None = None


def word_of(telling: Telling) -> Word:
    """Return on whose word a telling stands."""
    words = load()
    for number, saying in enumerate(telling.sayings):
        if _OWN.match(saying.source):
            break
        if number == 0 and telling.uttered:
            voice = _speaker(saying, words)
        elif (
            saying.confidence < SURE_ENOUGH
            or words.recalls(saying.cue)
            or words.is_nobody(saying.source)
            or (saying.act in _OPEN_IF_NEGATED and _NOT.search(saying.cue))
            or (saying.act in _AIMING and telling.tense == "past" and telling.factuality == "CT+")
        ):
            continue
        else:
            voice = _speaker(saying, words)
        if voice is not None:
            return replace(voice, source=saying.source)
    return _outlet(telling.publication, words)


def words_of(tellings: Iterable[Telling]) -> dict[str, Word]:
    """Return on whose word each telling of one occurrence stands, by its id.

    What is merely referred to ("the raid", "the threat") is known on the word of who utters it; and where no outlet
    states it as its own, on the word of whom the same document names for it.
    """
    tellings = sorted(tellings, key=lambda telling: (telling.publication.order, telling.anchor))
    outlets = {_outlet_id(t.publication.publisher) for t in tellings if t.publication.publisher}
    found = {told.id: _as_outlet(word_of(told), outlets) for told in _of_known_states(tellings)}
    uttered = next((found[t.id] for t in tellings if t.uttered and found[t.id].source is not None), None)
    referring = {t.id for t in tellings if (uttered or found[t.id].source is None) and is_reference(t)}
    told: dict[str, list[Telling]] = {}
    stating: set[str] = set()
    for telling in tellings:
        if found[telling.id].source is not None:
            told.setdefault(telling.publication.document, []).append(telling)
        elif telling.id not in referring:
            stating.add(telling.publication.document)
    for telling in tellings:
        document = telling.publication.document
        if telling.id in referring and (uttered or document not in stating):
            word = uttered or _nearest(telling, told.get(document, []), found)
            found[telling.id] = (
                replace(word, because="refers to what is said", source=None) if word else found[telling.id]
            )
    return found


def _of_known_states(tellings: Sequence[Telling]) -> list[Telling]:
    """Return tellings with bodies of states that no report names ("the general") taken for one that another names.

    That is the state whose body is called the same elsewhere, else the only state that is known to speak of it; and of
    a body that nothing in its own report places, the one that speaks of it most often.
    """
    words = load()
    named: dict[str, Counter[str]] = {}
    states: Counter[str] = Counter()
    for saying in (saying for telling in tellings for saying in telling.sayings):
        if saying.country and not saying.guessed and _speaks_for_state(saying.speaker, saying.naming, words):
            named.setdefault(head_of(saying.naming), Counter())[saying.country] += 1
            states[saying.country] += 1
    most = _most(states)

    def known(saying: Saying) -> Saying:
        if (saying.country and not saying.guessed) or not _speaks_for_state(saying.speaker, saying.naming, words):
            return saying
        alike = named.get(head_of(saying.naming))
        usual = most if len(states) == 1 or not saying.country else None
        country = _most(alike) if alike else usual
        return replace(saying, country=country) if country else saying

    return [replace(telling, sayings=tuple(map(known, telling.sayings))) for telling in tellings]


def _most(states: Counter[str]) -> str | None:
    return min(states, key=lambda code: (-states[code], code)) if states else None


def _nearest(reference: Telling, told: Sequence[Telling], words: Mapping[str, Word]) -> Word | None:
    """Return on whose word its document tells what a telling refers to: the last before, else the first after."""
    before = [t for t in told if t.anchor < reference.anchor]
    return words[(before[-1] if before else told[0]).id] if told else None


def voice_of(saying: Saying) -> Word | None:
    """Return the voice that a saying is of, whatever it says; None where it is nobody's that can be told."""
    return _speaker(saying, load())


def _as_outlet(word: Word, outlets: set[str]) -> Word:
    """Return the voice of an outlet for a speaker of the name under which another report of this was published."""
    named = _outlet_id(word.name)
    if word.source is None or named not in outlets:
        return word
    return replace(word, id=named, kind="outlet", because="another outlet, quoted")


def _speaker(saying: Saying, words: VoiceWords) -> Word | None:
    """Return the voice that a saying is of; None where nobody says it."""
    actor, source, state = saying.speaker, saying.naming, saying.country
    if words.is_outlet(source) and (actor is None or actor.sector not in words.media):
        return _media(source, state, words)
    if actor is not None and actor.sector in words.media:
        if state and words.is_official(source):
            return _state(state, source, "media of the state")
        name = _body_named(actor) or actor.name
        return Word(_outlet_id(name), name, "outlet", "another outlet, quoted", source)
    if actor is not None and actor.sector in _INTERNATIONAL:
        return _body(actor, source)
    office = words.apart_in(source)
    if office is not None:
        where = country_name(state)
        name = f"{where}: {office}" if where else office
        return Word(f"office:{state or ''}:{office}", name, "actor", "an office that speaks for itself", source)
    if state and _speaks_for_state(actor, source, words):
        return _state(
            state, source, "the state itself" if actor and actor.kind == "country" else "speaks for the state"
        )
    kind = words.kind_of(source)
    if kind is not None and (actor is None or actor.kind in ("group", "role")):
        return Word(f"unnamed:{kind}", source, "unnamed", "people who are not named", source)
    return _actor(actor, source, state) if actor is not None else None


def _media(source: str, state: str | None, words: VoiceWords) -> Word:
    """Return the voice of an outlet that is described and not named: "the country's broadcaster"."""
    if state and words.is_official(source):
        return _state(state, source, "media of the state")
    where = country_name(state)
    name = f"{where}: {head_of(source)}" if where else source
    return Word(_outlet_id(name), name, "outlet", "another outlet, quoted", source)


def _speaks_for_state(actor: Actor | None, source: str, words: VoiceWords) -> bool:
    if words.body_in(source) and (actor is None or actor.sector not in _OTHERS):
        return True
    if words.kind_of(source):
        return False
    if actor is None:
        return words.is_role(source)
    if actor.kind == "country" or (actor.sector or "")[:3] in words.state:
        return True
    if actor.sector == "CVL" and actor.kind == "group":
        return _NATIONALS.fullmatch(source) is not None and country_in(source) is not None
    return actor.sector is None and words.is_role(source)


def _state(country: str, source: str, because: str) -> Word:
    return Word(f"state:{country}", f"{country_name(country) or country}: government", "actor", because, source)


def _body(actor: Actor, source: str) -> Word:
    """Return the voice of a body, for the body itself and for who holds an office of it."""
    named = _BODY.search(actor.office if actor.kind == "person" and actor.office else actor.name)
    name = (named[1] or named[2]).split(",")[0] if named else actor.name
    because = "speaks for the body" if name != actor.name else "is said to say so"
    return Word(f"body:{' '.join(name.lower().split())}", name, "actor", because, source)


def _body_named(actor: Actor) -> str | None:
    """Return the body in "Hamas: spokesman" and "Xinhua: news agency"; None where it is a country, or none is named."""
    body, _, role = actor.name.partition(": ")
    return body if role and body != country_name(actor.country) else None


def _actor(actor: Actor, source: str, state: str | None) -> Word | None:
    if actor.kind in ("group", "role"):
        if actor.sector is None:
            return None
        body = _body_named(actor) if actor.kind == "role" else None
        if body is not None:
            role = actor.name.removeprefix(f"{body}: ")
            return Word(actor.id.removesuffix(f"-{slug(role)}"), body, "actor", "speaks for the body", source)
        name = actor.name if ":" in actor.name or not state else f"{country_name(state) or state}: {actor.name}"
        return Word(f"group:{name.lower()}", name, "actor", "is said to say so", source)
    return Word(actor.id, actor.name, "actor", "is said to say so", source)


def _outlet(publication: Publication, words: VoiceWords) -> Word:
    if publication.credits:
        name = publication.credits[0]
        return Word(_outlet_id(name), name, "outlet", "an outlet that another credits")
    name = publication.publisher or UNKNOWN_OUTLET
    if publication.country and words.is_official(name):
        return replace(_state(publication.country, name, "an outlet of the state"), source=None)
    owner = publication.publisher or publication.document
    return Word(_outlet_id(owner), name, "outlet", "states it without saying from whom it has it")


def _outlet_id(name: str) -> str:
    return "outlet:" + " ".join(name.lower().split()).removeprefix("the ")
