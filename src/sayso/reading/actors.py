"""Actors: everybody who speaks, acts or is acted upon, by name, description or metonym.

One pass finds known names, one the nouns for people and bodies; what remains of capitalised words is judged by its
surroundings. Pronouns and descriptions of somebody already named are left to ``coreference``.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from sayso.knowledge.actor_contexts import load_contexts
from sayso.knowledge.actor_offices import Person
from sayso.knowledge.actor_pronouns import load_anaphora
from sayso.knowledge.actors import Known, load_actors
from sayso.reading.actor_acronyms import explain_acronyms
from sayso.reading.actor_cast import Cast
from sayso.reading.actor_countries import acts
from sayso.reading.actor_groups import cast_groups
from sayso.reading.actor_marks import Mark, MarkFinder, head_of
from sayso.reading.actor_people import Run, find_runs
from sayso.reading.actor_persons import PeopleCaster
from sayso.reading.actor_phrases import PhraseReader, find_agents
from sayso.reading.actor_scene import Scene

_TOKENS_A_NAME = 300
_DATELINE = 14
_DASHES = {"-", "–", "—", "--"}
_HEADS_PHRASE = {"nsubj", "nsubjpass", "dobj", "iobj", "dative", "pobj", "poss", "agent", "conj", "appos", "ROOT"}


class ActorTagger:
    """The step ``sayso_actors``: fills ``doc._.actors`` and ``doc._.actor_heads``."""

    def __init__(self, nlp: Language, knowledge: str | None = None) -> None:  # noqa: ARG002
        self.knowledge = load_actors(knowledge)
        self.contexts = load_contexts(knowledge)
        self.genders = load_anaphora(knowledge).genders
        self.find_marks = MarkFinder(self.knowledge.names)

    def __call__(self, doc: Doc) -> Doc:
        """Add the actors that the text names or describes."""
        scene, runs = self._scene(doc)
        self._settle_shared(scene)
        others = PeopleCaster(scene).cast(runs)
        cast_groups(scene)
        for mark in scene.marks.values():
            if isinstance(mark.sense.known, Known):
                _cast_known(scene, mark, mark.sense.known)
        for run in others:
            _cast_body(scene, run)
        scene.cast.store()
        return doc

    def _scene(self, doc: Doc) -> tuple[Scene, list[Run]]:
        day = doc._.published[:10] if doc._.published else None
        marks = {
            mark.start: mark
            for mark in self.find_marks(doc, day)
            if not (_is_namesake(doc, mark) or _is_within_name(doc, mark))
        }
        explain_acronyms(doc, marks, self.knowledge.sectors, self.contexts)
        agents = find_agents(doc, self.knowledge.sectors)
        runs = find_runs(doc, self.contexts, marks, agents, self.genders)
        places = {t: top.place.country for top in doc._.toponyms if top.place and top.place.country
                  for t in range(top.start, top.end)}  # fmt: skip
        phrases = PhraseReader(doc, self.knowledge.sectors, self.contexts, marks, agents, places)
        only = _only_country([m for m in marks.values() if not phrases.is_remote(m)], places, len(doc))
        home = only or _filed_from(doc, places)
        sources = {s.source_head for s in doc._.statements if s.source_head is not None}
        scene = Scene(
            doc=doc,
            day=day,
            knowledge=self.knowledge,
            contexts=self.contexts,
            marks=marks,
            agents=agents,
            phrases=phrases,
            cast=Cast(doc),
            titles=set(),
            only_country=only,
            home=home,
            sources=sources,
            genders=self.genders,
        )
        return scene, runs

    def _settle_shared(self, scene: Scene) -> None:
        """Drop names that many countries share where the text has so far spoken of other countries only."""
        named: set[str] = set()
        for start, mark in sorted(scene.marks.items()):
            if not mark.sense.shared:
                named.update([mark.country] if mark.country else [])
                continue
            before = scene.phrases.before(start, head_of(scene.doc, start, mark.end)).countries
            if (named and mark.country not in named) or (before and before[-1] != mark.country):
                del scene.marks[start]


def _is_namesake(doc: Doc, mark: Mark) -> bool:
    """Say whether a country's name is somebody's own: "Michael Jordan", "Paris Hilton"."""
    if mark.end - mark.start != 1 or mark.sense.how not in {"name", "capital"} or isinstance(mark.sense.known, Person):
        return False
    token = doc[mark.start]
    if token.ent_type_ != "PERSON":
        return False
    return any(
        0 <= i < len(doc) and doc[i].tag_ == "NNP" and doc[i].ent_type_ == "PERSON" and doc[i].text[0].isupper()
        for i in (mark.start - 1, mark.end)
    )


def _is_within_name(doc: Doc, mark: Mark) -> bool:
    """Say whether a body's name of one word is only a word of some longer name: "Lincoln Memorial"."""
    known, token = mark.sense.known, doc[mark.start]
    if mark.end - mark.start != 1 or mark.start == 0 or token.ent_iob_ != "I" or token.is_upper:
        return False
    before = doc[mark.start - 1]
    named = before.tag_ == "NNP" and before.dep_ == "compound" and before.head.i == token.i
    return named and isinstance(known, Known) and known.kind != "country"


def _only_country(marks: list[Mark], places: dict[int, str], length: int) -> str | None:
    """Return the one country of all known names and places in the document, None where there are several.

    A long text must name it now and then: one "Georgia" in a long report on a county fair is not its country.
    """
    found = {mark.country for mark in marks if mark.country} | set(places.values())
    plainly = sum(mark.sense.how in {"name", "adjective", "people"} for mark in marks)
    return found.pop() if len(found) == 1 and plainly >= length // _TOKENS_A_NAME else None


def _filed_from(doc: Doc, places: dict[int, str]) -> str | None:
    """Return the country of the dateline, where the text has one: "LONDON - The prime minister ..."."""
    for i in range(min(len(doc) - 1, _DATELINE)):
        if doc[i].text in _DASHES:
            named = [places[k] for k in range(i) if k in places and doc[k].is_upper]
            return named[0] if named else None
    return None


def _cast_known(scene: Scene, mark: Mark, known: Known) -> None:
    head = head_of(scene.doc, mark.start, mark.end)
    if head.i in scene.cast.heads:
        return
    if mark.sense.how in {"adjective", "people"}:
        _cast_nationals(scene, mark, known)
        return
    confidence = acts(head, mark, scene.contexts)
    if confidence >= 0.3:
        rule = "known name" if mark.sense.how == "name" else f"{mark.sense.how} as government"
        scene.cast.mention(scene.known(known, confidence, rule), mark.start, mark.end, head.i, "name")


def _cast_nationals(scene: Scene, mark: Mark, known: Known) -> None:
    """Read a demonym: "the Palestinians" are people, "the Israeli raid" is Israel's, "Russian soil" is nobody."""
    token = scene.doc[mark.end - 1]
    if token.dep_ in {"amod", "compound", "nmod", "poss"} and token.head.i >= mark.end:
        if token.head.lemma_.lower() in scene.contexts.deeds and token.head.i not in scene.agents:
            actor = scene.known(known, 0.75, "demonym + deed")
            scene.cast.mention(actor, mark.start, mark.end, token.i, "name")
        if token.dep_ != "poss":
            return
    if known.country and token.pos_ in {"PROPN", "NOUN"} and _is_plural(scene, mark):
        actor = scene.collective(known.country, "CVL", 0.8, "demonym as noun")
        scene.cast.mention(actor, mark.start, mark.end, token.i, "description")


def _is_plural(scene: Scene, mark: Mark) -> bool:
    token = scene.doc[mark.end - 1]
    if token.tag_ in {"NNPS", "NNS"}:
        return True
    before = scene.doc[mark.start - 1] if mark.start else None
    return token.dep_ in _HEADS_PHRASE and before is not None and (
        before.lower_ in {"many", "most", "some", "few", "all"} or before.like_num
    )  # fmt: skip


def _is_body_name(scene: Scene, run: Run) -> bool:
    """Say whether one word by itself may be trusted to be a body's name: an acronym, or what speaks or acts."""
    token = scene.doc[run.start]
    if run.start in scene.phrases.places or scene.phrases.mark_around(scene.doc[max(run.start - 1, 0)]):
        return False
    return (token.is_upper and len(token) > 1) or token.dep_ in {"nsubj", "agent"}


def _cast_body(scene: Scene, run: Run) -> None:
    """Add an unknown organisation where the tagger or its last word says that it is one."""
    head = head_of(scene.doc, run.start, run.end)
    if run.label != "ORG" or head.dep_ not in _HEADS_PHRASE or head.i in scene.cast.heads:
        return
    if head.dep_ == "pobj" and head.head.lower_ in scene.contexts.locative_prepositions:
        return
    if run.end - run.start == 1 and not _is_body_name(scene, run):
        return
    name = run.text(scene.doc)
    before = scene.phrases.before(run.start, head)
    country = before.countries[-1] if before.countries else None
    actor = scene.cast.actor(
        scene.named(name), name, "organization", country, None, confidence=0.6, rule="unknown body"
    )
    scene.cast.mention(actor, run.start, run.end, head.i, "name")
