"""People: known by name, introduced by title or apposition, or met again by surname."""

from __future__ import annotations

from spacy.tokens import Token

from sayso.knowledge.actor_names import pieces
from sayso.knowledge.actor_offices import Person
from sayso.knowledge.actor_pronouns import Gender
from sayso.knowledge.actors import Known, Sense
from sayso.reading.actor_appositions import beside, described, is_set_off
from sayso.reading.actor_groups import title_of
from sayso.reading.actor_marks import Mark, head_of
from sayso.reading.actor_people import Run, is_body, looks_like_person, plausible_person
from sayso.reading.actor_phrases import Agent, Portrait
from sayso.reading.actor_scene import Scene
from sayso.reading.actor_surnames import bearers, bore, has_title, known_by_surname
from sayso.reading.annotations import Actor

_HOME = {"GOV", "LEG", "JUD", "COP", "MIL", "OPP", "REB", "PTY"}
_OFFICIAL = {"GOV", "MIL", "LEG", "JUD", "COP", "SPY"}
_MENTIONS_WEIGHED = 50
_NAMESAKES_WEIGHED = 20
_INDEFINITE = {"a", "an", "one"}
_PRIVATE = {"CVL", "LAB", "AGR", "REF", "EDU", "MED", "JRN", "CRM"}
_MISTAGGED = {"NN", "NNS", "NNPS", "VBZ", "JJ"}
_WHO = {"who", "whose", "whom"}
_LIKELY = {"PERSON"}
_PLACES = {"GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "ORG"}


class PeopleCaster:
    """Casts the people of one document; full names first, so that surnames find them wherever they stand."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.by_surname: dict[str, list[Actor]] = {}
        self.by_first_name: dict[str, set[str]] = {}
        self.countries = {mark.country for mark in scene.marks.values()} | set(scene.phrases.places.values())

    def cast(self, runs: list[Run]) -> list[Run]:
        """Add all people, and return the unknown names that are none."""
        for mark in list(self.scene.marks.values()):
            if isinstance(mark.sense.known, Person):
                self._known(mark.start, mark.end, mark.sense.known, 0.95, "known name")
        rest = [run for run in runs if not self._full_name(run)]
        unknown = [run for run in rest if not self._surname(run)]
        self._mistagged_surnames()
        return unknown

    def _mistagged_surnames(self) -> None:
        """Add surnames that the tagger takes for other words, as it does with "Trump" at the start of a sentence."""
        for token in self.scene.doc:
            if token.tag_ in _MISTAGGED and token.lower_ in self.by_surname and token.text[0].isupper():
                named = self.by_surname[token.lower_]
                if token.i not in self.scene.cast.heads and not self.scene.phrases.mark_around(token):
                    self._introduce(self._likeliest(named[-_NAMESAKES_WEIGHED:], token.idx), token.i, token.i + 1)

    def _known(self, start: int, end: int, person: Person, confidence: float, rule: str) -> None:
        actor = self.scene.person(person, confidence, rule)
        for short in person.short:
            self._remember(pieces(short)[-1], actor)
        self._introduce(actor, start, end)

    def _remember(self, surname: str, actor: Actor) -> None:
        names = pieces(actor.name)
        if len(names) > 1:
            self.by_first_name.setdefault(names[0], set()).add(actor.id)
        known = self.by_surname.setdefault(surname, [])
        if all(other is not actor for other in known):
            known.append(actor)

    def _introduce(self, actor: Actor, start: int, end: int, before: Portrait | None = None) -> None:
        """Add a mention by name; titles before it and descriptions beside it are the same person's."""
        head = head_of(self.scene.doc, start, end)
        self.scene.cast.mention(actor, start, end, head.i, "name")
        titles = self._titles(before or self.scene.phrases.before(start, head), start)
        for agent in titles:
            self._entitle(actor, agent, start, end)
        if titles and actor.id in self.scene.knowledge.people:
            self._learn_of_known(actor, titles[0], self.scene.phrases.read(titles[0]))
        for child in head.rights:
            if child.dep_ == "appos":
                self._description(actor, child)
        noun = described(head)
        if head.dep_ == "appos" and noun.i in self.scene.agents and is_set_off(self.scene.doc, noun.i + 1, start):
            self._description(actor, noun)

    def _entitle(self, actor: Actor, agent: Agent, start: int, end: int) -> None:
        """Let a title be no actor of its own; where the parser took it for the head, it is a mention of the person."""
        self.scene.titles.add(agent.end)
        token = self.scene.doc[agent.end]
        if start <= token.head.i < end or token.dep_ in {"compound", "nmod", "amod"}:
            return
        portrait = self.scene.phrases.read(agent)
        self._learn(actor, agent, portrait)
        self.scene.cast.mention(actor, portrait.start, agent.end + 1, agent.end, "description")

    def _description(self, actor: Actor, token: Token) -> None:
        """Read an apposition ("a spokesman for the Kenyan police") as saying who the person is."""
        agent = self.scene.agents.get(token.i)
        if agent is None or agent.plural or agent.noun.form != "person":
            return
        portrait = self.scene.phrases.read(agent)
        self._learn(actor, agent, portrait)
        self.scene.titles.add(agent.end)
        self.scene.cast.mention(actor, portrait.start, agent.end + 1, agent.end, "description")

    def _learn(self, actor: Actor, agent: Agent, portrait: Portrait) -> None:
        if actor.id in self.scene.knowledge.people:
            self._learn_of_known(actor, agent, portrait)
            return
        actor.country = actor.country or next(iter(portrait.countries), None)
        actor.sector = actor.sector or portrait.sector
        actor.office = actor.office or _office_name(self.scene, agent, portrait)

    def _learn_of_known(self, actor: Actor, agent: Agent, portrait: Portrait) -> None:
        """Believe the text of an office that is not listed, held by somebody who has none of the listed that day.

        Who once had that very title is called by it still: "President Carter said in 2010".
        """
        if actor.office is not None or portrait.former:
            return
        owner = portrait.owners[-1].sense.known if portrait.owners else None
        if isinstance(owner, Known) and owner.sector == "IGO":
            actor.country, actor.sector = None, owner.sector
            return
        office = _office_name(self.scene, agent, portrait)
        if office and portrait.sector in _OFFICIAL and not bore(self.scene.knowledge.people[actor.id], office):
            actor.office, actor.sector = office, portrait.sector or actor.sector

    def _titles(self, portrait: Portrait, start: int) -> list[Agent]:
        """Return the agent nouns that stand before a name as its titles."""
        doc, found, end = self.scene.doc, [], start
        for i in range(start - 1, max(min(portrait.start, start - 1), 0) - 1, -1):
            agent = self.scene.agents.get(i)
            if agent and agent.noun.form == "person" and not agent.plural:
                if any(doc[k].tag_ == "POS" or doc[k].text == "," for k in range(agent.end + 1, end)):
                    break
                found.append(agent)
        return found

    def _full_name(self, run: Run) -> bool:
        doc = self.scene.doc
        head = head_of(doc, run.start, run.end)
        plainly = not is_body(run, doc, self.scene.contexts) and (self._is_described(head) or self._is_given(run))
        if run.end - run.start < 2 or not (plainly or plausible_person(run, doc)):
            return False
        before = self.scene.phrases.before(run.start, head)
        titles = self._titles(before, run.start)
        known_as = titles or plainly or run.label in _LIKELY or self._is_honoured(run.start)
        if not (known_as or self._speaks(run, head)):
            return False
        actor = self._same_person(run) or self._new(run, titles, before)
        self._introduce(actor, run.start, run.end, before)
        return True

    def _same_person(self, run: Run) -> Actor | None:
        """Return a person already named whose surname and first initial agree, or whose whole surname it is."""
        name = pieces(run.text(self.scene.doc))
        for actor in self.by_surname.get(name[-1], [])[:_NAMESAKES_WEIGHED]:
            other = pieces(actor.name)
            initial = len(name[0]) == 1 and other[0].startswith(name[0])
            if len(other) < 2 or other[0] == name[0] or initial or self._ends_with(actor, run):
                return actor
        return None

    def _new(self, run: Run, titles: list[Agent], before: Portrait, confidence: float | None = None) -> Actor:
        scene = self.scene
        name = run.text(scene.doc)
        country, sector, office = next(iter(before.countries), None), None, None
        if titles:
            portrait = scene.phrases.read(titles[0])
            country = country or next(iter(portrait.countries), None)
            sector, office = portrait.sector, _office_name(scene, titles[0], portrait)
            if country is None and sector in _HOME:
                country = scene.only_country
        if confidence is None:
            confidence = 0.9 if titles or self._is_honoured(run.start) else 0.8
        rule = "title + name" if titles else "name"
        actor = scene.cast.actor(
            scene.named(name), name, "person", country, sector, office, confidence=confidence, rule=rule
        )
        self._remember(pieces(name)[-1], actor)
        return actor

    def _is_honoured(self, start: int) -> bool:
        return start > 0 and self.scene.doc[start - 1].lower_ in self.scene.contexts.honorifics

    def _is_described(self, head: Token) -> bool:
        """Say whether a name stands beside a description of one person, or is followed by "who" or "whose"."""
        if any(map(self._is_one_person, beside(head))):
            return True
        clauses = (child for child in head.rights if child.dep_ == "relcl")
        return any(word.lower_ in _WHO for clause in clauses for word in self.scene.doc[clause.left_edge.i :][:3])

    def _is_given(self, run: Run) -> bool:
        """Say whether a name begins with a first name and ends in no place, or is followed by an age."""
        doc, last = self.scene.doc, run.end - 1
        aged = run.end + 2 < len(doc) and doc[run.end].text == "," and doc[run.end + 1].text.isdecimal()
        given = doc[run.start].lower_ in self.scene.genders and last not in self.scene.phrases.places
        return (given or aged) and doc[last].tag_ == "NNP"

    def _is_one_person(self, noun: Token) -> bool:
        agent = self.scene.agents.get(noun.i)
        if agent is not None:
            return not agent.plural and agent.noun.form == "person"
        return noun.tag_ == "NN" and looks_like_person(noun.lower_)

    def _speaks(self, run: Run, head: Token) -> bool:
        """Say whether a name is the source of a statement, by its cue or by its verb."""
        if any(i in self.scene.sources for i in range(run.start, run.end)):
            return run.label not in _PLACES or (run.end - run.start > 1 and run.label != "ORG")
        return (
            run.label not in _PLACES and head.dep_ == "nsubj" and head.head.lemma_.lower() in self.scene.contexts.saying
        )

    def _surname(self, run: Run) -> bool:
        doc = self.scene.doc
        if run.end - run.start > 1 and not plausible_person(run, doc):
            return False
        head = head_of(doc, run.start, run.end)
        before = self.scene.phrases.before(run.start, head)
        titles = self._titles(before, run.start)
        last = pieces(doc[run.end - 1].text)
        named = self._of_gender(self._named(last), run.start)
        if named and (run.end - run.start == 1 or self._ends_with(named[0], run)):
            actor = self._likeliest(named[:_NAMESAKES_WEIGHED], doc[run.start].idx)
            self._introduce(actor, run.start, run.end, before)
            return True
        person = known_by_surname(self.scene, run, titles, before, self.countries)
        if person and (titles or not self._is_somebody_else(run, head, person)):
            self._known(run.start, run.end, person, 0.85 if self.scene.day else 0.65, "surname of the day")
            self.scene.marks[run.start] = Mark(run.start, run.end, (Sense(person, "name"),))
            return True
        if not self._is_somebody(run, head, titles):
            self._note_namesakes(run)
            return False
        before.countries = before.countries or self._country_of_namesakes(run, titles)
        actor = self._new(run, titles, before, 0.8 if titles else 0.6)
        self._introduce(actor, run.start, run.end, before)
        return True

    def _likeliest(self, named: list[Actor], position: int) -> Actor:
        """Return whom a bare surname means: of namesakes who is known, rather than who is near."""
        known = [actor for actor in named if actor.id in self.scene.knowledge.people]
        return min(known if len(known) == 1 else named, key=lambda actor: _distance(actor, position))

    def _named(self, last: tuple[str, ...]) -> list[Actor]:
        """Return people of the document by surname, else the one person by first name."""
        found = self.by_surname.get(last[-1], []) if last else []
        ids = self.by_first_name.get(last[-1], set()) if last else set()
        return found or ([self.scene.cast.actors[next(iter(ids))]] if len(ids) == 1 else [])

    def _of_gender(self, named: list[Actor], start: int) -> list[Actor]:
        """Leave out those whom "Mr" or "Mrs" before a surname cannot mean."""
        said = self.scene.genders.get(self.scene.doc[start - 1].lower_) if start else None
        if said is None or not self._is_honoured(start):
            return named
        return [actor for actor in named if self._gender(actor) in {None, said}]

    def _gender(self, actor: Actor) -> Gender | None:
        person = self.scene.knowledge.people.get(actor.id)
        if person:
            return "f" if person.woman else "m"
        first = pieces(actor.name)
        return self.scene.genders.get(first[0]) if len(first) > 1 else None

    def _is_somebody_else(self, run: Run, head: Token, person: Person) -> bool:
        """Say whether a bare surname is rather not its famous bearer's, by what goes before or stands beside it."""
        doc, contexts = self.scene.doc, self.scene.contexts
        near = person.country in self.countries
        common = doc[run.end - 1].lower_ in contexts.common_surnames
        if not near and (common or not person.tenure_at(self.scene.day)):
            return True
        if run.end < len(doc) and doc[run.end].text == "&":
            return True
        before = [doc[i].lower_ for i in range(max(run.start - 2, 0), run.start)]
        introduced = before[-1:] and before[-1] in contexts.introductions
        honoured = self._is_honoured(run.start) and before[0] in _INDEFINITE
        return bool(introduced or honoured) or any(map(self._is_private, beside(head)))

    def _is_private(self, noun: Token) -> bool:
        """Say whether a noun beside a name is for somebody without office: "Bush, a plumber from Ohio"."""
        agent = self.scene.agents.get(noun.i)
        if agent is None:
            return noun.tag_ == "NN" and looks_like_person(noun.lower_)
        return agent.noun.form == "person" and agent.noun.sector in _PRIVATE

    def _ends_with(self, actor: Actor, run: Run) -> bool:
        """Say whether several words are the whole surname of somebody: "Mac Aodha", "van der Berg"."""
        words = pieces(run.text(self.scene.doc))
        return pieces(actor.name)[-len(words) :] == words

    def _note_namesakes(self, run: Run) -> None:
        """Let a surname before a noun tell a country, though not which of its bearers is meant."""
        leaders = [p for p in bearers(self.scene, run) if any(t.office.leads for t in p.tenures)]
        countries = {person.country for person in leaders}
        if len(countries) == 1 and leaders[0].country:
            self.scene.phrases.namesakes[run.start] = leaders[0].country

    def _is_somebody(self, run: Run, head: Token, titles: list[Agent]) -> bool:
        if titles or self._is_honoured(run.start):
            return True
        return run.label in _LIKELY and (head.dep_ in {"nsubj", "poss", "agent"} or self._speaks(run, head))

    def _country_of_namesakes(self, run: Run, titles: list[Agent]) -> list[str]:
        """Return the country of all who bore that surname in that office: "President Mugabe" of an unknown day."""
        if not titles:
            return []
        people = bearers(self.scene, run)
        countries = {person.country for person in people if has_title(person, titles[0])}
        return [country for country in countries if country] if len(countries) == 1 else []


def _distance(actor: Actor, position: int) -> int:
    return min((abs(mention.chars[0] - position) for mention in actor.mentions[-_MENTIONS_WEIGHED:]), default=1 << 30)


def _office_name(scene: Scene, agent: Agent, portrait: Portrait) -> str | None:
    """Return the office that a title names, with the rank that goes before it: "deputy prime minister"."""
    if agent.noun.sector is None or agent.noun.form != "person" or portrait.former:
        return None
    words = [scene.doc[i].lower_ for i in range(portrait.start, agent.start)]
    ranks = [word for word in words if word in scene.contexts.ranks]
    return " ".join([*ranks, title_of(agent, portrait)])
