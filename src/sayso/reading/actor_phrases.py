"""Noun phrases that describe an actor: "a senior Iranian official", "troops from Chad", "US and Russian officials".

A phrase is headed by an agent noun (``sectors.yaml``). Its country comes from a name or demonym before the noun, else
from a complement after it; its sector from the noun, unless a modifier such as "rebel" or "former" overrules it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from sayso.knowledge.actor_contexts import Contexts
from sayso.knowledge.actor_offices import Person
from sayso.knowledge.actor_sectors import AgentNoun, Sectors
from sayso.knowledge.actors import Known
from sayso.reading.actor_marks import Mark, head_of

_LOOK_BACK = 12
_STOPS = {"VERB", "AUX", "ADP", "SCONJ", "PRON", "SPACE", "INTJ"}
_LINKS = {"and", "or", ",", "-", "–", "/", "&"}
_HYPHENS = {"-", "–", "‑"}
_STANCES = {"pro", "anti"}
_LOCAL = {"REB", "CVL", "COP", "OPP", "LAB", "EDU", "REF", "PRM", "AGR", "CRM", "UAF", "REL", "MED", "JRN", "JUD"}
_MODIFIES = {"compound", "amod", "nmod"}
_COMPLEMENTS = ("of", "from", "for", "at", "in", "to", "on", "within", "inside")
_WITHIN = {"in", "at", "within", "inside", "on", "to"}
_MAX_DEPTH = 3
_ADJECTIVAL = {"amod", "acomp"}


@dataclass(slots=True, eq=False)
class Agent:
    """An agent noun in the text; ``start`` is its first word, ``end`` the last."""

    start: int
    end: int
    noun: AgentNoun
    plural: bool

    @property
    def words(self) -> str:
        """The noun as the lexicon has it."""
        return self.noun.name


@dataclass(slots=True, eq=False)
class Portrait:
    """What a phrase says of an actor: whose, and of which sector."""

    start: int
    end: int = 0
    owners: list[Mark] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    sector: str | None = None
    portfolio: str | None = None
    former: bool = False


def find_agents(doc: Doc, sectors: Sectors) -> dict[int, Agent]:
    """Return the agent nouns of a document by the token that ends them."""
    found: dict[int, Agent] = {}
    for token in doc:
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            continue
        lower = token.lower_
        noun = _noun_ending_at(doc, token, lower, sectors)
        if noun and (len(noun.words) > 1 or token.pos_ != "ADJ" or token.dep_ not in _ADJECTIVAL):
            for inner in range(token.i - len(noun.words) + 1, token.i):
                found.pop(inner, None)
            plural = token.tag_ in {"NNS", "NNPS"} or lower != noun.words[-1] or noun.name in sectors.uncounted
            found[token.i] = Agent(token.i - len(noun.words) + 1, token.i, noun, plural)
    return found


def _noun_ending_at(doc: Doc, token: Token, lower: str, sectors: Sectors) -> AgentNoun | None:
    """Return the longest agent noun that ends at a token, in the form that is written or its singular."""
    best: AgentNoun | None = None
    for form in _forms(token, lower):
        for noun in sectors.nouns.get(form, ()):
            if _precedes(doc, token.i, noun):
                if best is None or len(noun.words) > len(best.words):
                    best = noun
                break
    return best


def _forms(token: Token, lower: str) -> tuple[str, ...]:
    """Return the forms under which a noun may be listed; capitalised plurals come without a lemma."""
    lemma = token.lemma_.lower()
    if lower != lemma:
        return (lower, lemma)
    return (lower, lower[:-1]) if lower[-1] == "s" else (lower,)


def _precedes(doc: Doc, i: int, noun: AgentNoun) -> bool:
    n = len(noun.words) - 1
    return n == 0 or (i >= n and all(noun.words[k] in (doc[i - n + k].lower_, doc[i - n + k].lemma_) for k in range(n)))


class PhraseReader:
    """Reads what stands before and after an agent noun or a name."""

    def __init__(
        self, doc: Doc, sectors: Sectors, contexts: Contexts, marks: dict[int, Mark], agents: dict[int, Agent],
        places: dict[int, str],
    ) -> None:  # fmt: skip
        self.doc, self.sectors, self.contexts = doc, sectors, contexts
        self.marks, self.agents, self.places = marks, agents, places
        self.namesakes: dict[int, str] = {}

    def before(self, start: int, head: Token) -> Portrait:
        """Return what the words before a position, inside the phrase of ``head``, say."""
        doc = self.doc
        left = max(min(head.left_edge.i, start), start - _LOOK_BACK, 0)
        first = start
        while first > left and not self._ends_phrase(doc[first - 1]):
            first -= 1
        first = self._coordinated(first)
        portrait = Portrait(first)
        k = first
        while k < start:
            mark = self.marks.get(k)
            if mark:
                if not self.is_remote(mark):
                    portrait.owners.append(mark)
                k = max(mark.end, k + 1)
                continue
            self._modifier(portrait, k)
            k += 1
        portrait.owners = _joined(doc, portrait.owners)
        portrait.countries = _countries(portrait.owners) or self._of_namesakes(first, start)
        return portrait

    def _coordinated(self, first: int) -> int:
        """Return where a phrase begins whose first demonym the parser has cut off: "Thai and Malaysian police"."""
        mark = self.mark_around(self.doc[first - 2]) if first >= 2 and self.doc[first - 1].lower_ == "and" else None
        here = self.marks.get(first)
        both = mark is not None and here is not None and mark.sense.how == here.sense.how == "adjective"
        return mark.start if both and mark is not None and mark.end == first - 1 else first

    def _of_namesakes(self, first: int, start: int) -> list[str]:
        """Return the country of a surname that only leaders of one country bore: "the Bush administration"."""
        return [self.namesakes[k] for k in range(first, start) if k in self.namesakes][-1:]

    def _ends_phrase(self, token: Token) -> bool:
        if token.i in self.marks:
            return False
        pos = token.pos_
        if pos == "PUNCT":
            return token.text not in {"-", "–", ",", "'", "’", '"', "“", "”"}
        return pos in _STOPS and not (pos == "VERB" and (token.dep_ == "amod" or token.lower_ in self.sectors.strong))

    def is_remote(self, mark: Mark) -> bool:
        """Say whether a name only tells a stance or an origin: "pro-Russian", "Iranian-backed"."""
        doc = self.doc
        if mark.start >= 2 and doc[mark.start - 1].text in _HYPHENS and doc[mark.start - 2].lower_ in _STANCES:
            return True
        hyphened = mark.end + 1 < len(doc) and doc[mark.end].text in _HYPHENS
        return hyphened and doc[mark.end + 1].lower_ in self.contexts.remote

    def _modifier(self, portrait: Portrait, k: int) -> None:
        word = self.doc[k].lower_
        agent = self.agents.get(k)
        sector = self.sectors.modifiers.get(word) or (agent.noun.sector if agent else None)
        if word in self.sectors.portfolios:
            portrait.portfolio = word
        if word in self.sectors.strong:
            portrait.sector = sector
            portrait.former |= sector == "ELI"
        elif sector and portrait.sector is None:
            portrait.sector = "?" + sector

    def read(self, agent: Agent, depth: int = 0) -> Portrait:
        """Return the whole portrait of an agent noun's phrase; the parser may part the words of a long one."""
        token = self.root(agent)
        modifies = token.dep_ in _MODIFIES and token.head.i > token.i
        widest = min(self.doc[agent.start : agent.end + 1], key=lambda word: word.left_edge.i)
        portrait = self.before(agent.start, token.head if modifies else widest)
        after = self._after(token, portrait, depth)
        portrait.sector = self._sector(agent, portrait, after)
        if agent.noun.words[-1] in {"minister", "ministry", "secretary"} and portrait.portfolio is None:
            portrait.portfolio = next((w for w in agent.noun.words[:-1] if w in self.sectors.portfolios), None)
        return portrait

    def root(self, agent: Agent) -> Token:
        """Return the word of an agent noun that heads it: "secretary of state"."""
        for i in range(agent.start, agent.end):
            if not agent.start <= self.doc[i].head.i <= agent.end and self.doc[i].pos_ in {"NOUN", "PROPN"}:
                return self.doc[i]
        return self.doc[agent.end]

    def _sector(self, agent: Agent, portrait: Portrait, after: str | None) -> str | None:
        """A strong modifier decides, then the noun itself, then a weak modifier, then the complement."""
        said = portrait.sector
        if said and not said.startswith("?"):
            return said
        if agent.noun.sector:
            return agent.noun.sector
        owner = portrait.owners[-1].sense.known if portrait.owners else None
        if isinstance(owner, Known) and owner.kind == "organization":
            return owner.sector
        default = self.sectors.default if portrait.countries or agent.noun.name in self.sectors.official else None
        return (said[1:] if said else None) or after or default

    def _after(self, token: Token, portrait: Portrait, depth: int) -> str | None:
        """Fill in countries from complements ("of", "from" ...) and return the sector that they name."""
        sector: str | None = None
        for child in token.rights:
            if child.dep_ != "prep" or child.lower_ not in _COMPLEMENTS:
                continue
            if child.lower_ in _WITHIN and self._is_posted(token):
                continue
            if child.lower_ in {"to", "on"} and token.lower_ in {"ambassador", "envoy", "visitor"}:
                continue
            for noun in child.rights:
                if noun.dep_ == "pobj":
                    sector = self._complement(noun, portrait, depth) or sector
        return sector

    def _is_posted(self, token: Token) -> bool:
        """Say whether somebody may well be abroad: soldiers and officials in a country need not be its own."""
        agent = self.agents.get(token.i)
        return agent is not None and agent.noun.sector not in _LOCAL

    def _complement(self, noun: Token, portrait: Portrait, depth: int) -> str | None:
        mark = self.mark_around(noun)
        if mark and mark.sense.how != "adjective":
            if not portrait.countries:
                portrait.owners = _joined_after(self, mark)
                portrait.end = portrait.owners[-1].end
                portrait.countries = _countries(portrait.owners)
            known = mark.sense.known
            return known.sector if isinstance(known, Known) and known.kind == "organization" else None
        agent = self.agents.get(noun.i)
        if agent and depth < _MAX_DEPTH:
            inner = self.read(agent, depth + 1)
            if not portrait.countries:
                portrait.owners, portrait.countries = inner.owners, inner.countries
            return inner.sector
        if not portrait.countries:
            inner = self.before(noun.i, noun)
            portrait.owners, portrait.countries = inner.owners, inner.countries
        if not portrait.countries and noun.i in self.places:
            portrait.countries = [self.places[noun.i]]
        return None

    def mark_around(self, token: Token) -> Mark | None:
        """Return the known name that a token heads."""
        for start in range(token.i, max(token.i - 8, -1), -1):
            mark = self.marks.get(start)
            if mark:
                return mark if mark.end > token.i else None
        return None


def _countries(owners: list[Mark]) -> list[str]:
    found = [mark.country for mark in owners if mark.country]
    return list(dict.fromkeys(found))


def _joined(doc: Doc, owners: list[Mark]) -> list[Mark]:
    """Return the last name and those that are coordinated with it: the US and Russia in "US and Russian officials"."""
    kept = owners[-1:]
    for mark in reversed(owners[:-1]):
        between = doc[mark.end : kept[0].start]
        if len(between) > 3 or not len(between) or any(token.lower_ not in _LINKS for token in between):
            break
        kept.insert(0, mark)
    return kept


def _joined_after(reader: PhraseReader, mark: Mark) -> list[Mark]:
    """Return a name in a complement and those coordinated with it: "troops from Chad and Niger"."""
    found = [mark]
    token = head_of(reader.doc, mark.start, mark.end)
    for _ in range(6):
        conjunct = next((child for child in token.rights if child.dep_ == "conj"), None)
        other = reader.mark_around(conjunct) if conjunct is not None else None
        if conjunct is None or other is None or isinstance(other.sense.known, Person):
            break
        found.append(other)
        token = conjunct
    return found
