"""Noun phrases that describe an actor: "a senior Iranian official", "troops from Chad", "US and Russian officials".

A phrase is headed by an agent noun (``sectors.yaml``). Its country comes from a name or demonym before the noun, else
from a complement after it; its sector from the noun, unless a modifier such as "rebel" or "former" overrules it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from sayso.knowledge.actor_offices import Person
from sayso.knowledge.actor_sectors import AgentNoun, Sectors
from sayso.knowledge.actors import Known
from sayso.reading.actor_marks import Mark, head_of

_LOOK_BACK = 12
_STOPS = {"VERB", "AUX", "ADP", "SCONJ", "PRON", "SPACE", "INTJ"}
_LINKS = {"and", "or", ",", "-", "–", "/", "&"}
_REMOTE = {"backed", "born", "held", "occupied", "based", "controlled", "trained", "made", "funded", "sponsored",
           "armed", "supplied", "speaking", "built", "ruled", "owned", "friendly", "bound", "run",
           "appointed"}  # fmt: skip
_COMPLEMENTS = ("of", "from", "for", "at", "in", "to", "on", "within", "inside")
_MAX_DEPTH = 3


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
        return " ".join(self.noun.words)


@dataclass(slots=True, eq=False)
class Portrait:
    """What a phrase says of an actor: whose, and of which sector."""

    start: int
    owners: list[Mark] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    sector: str | None = None
    portfolio: str | None = None
    former: bool = False


def find_agents(doc: Doc, sectors: Sectors) -> dict[int, Agent]:
    """Return the agent nouns of a document by the token that ends them."""
    nouns = sectors.nouns
    found: dict[int, Agent] = {}
    for token in doc:
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            continue
        lower = token.lower_
        entries = nouns.get(lower)
        lemma = lower
        if entries is None:
            lemma = token.lemma_.lower()
            entries = nouns.get(lemma)
            if entries is None:
                continue
        if token.pos_ == "ADJ" and token.dep_ in {"amod", "acomp"}:
            continue
        noun = next((noun for noun in entries if _precedes(doc, token.i, noun)), None)
        if noun:
            plural = token.tag_ in {"NNS", "NNPS"} or lower != lemma or " ".join(noun.words) in sectors.uncounted
            found[token.i] = Agent(token.i - len(noun.words) + 1, token.i, noun, plural)
    return found


def _precedes(doc: Doc, i: int, noun: AgentNoun) -> bool:
    n = len(noun.words) - 1
    return n == 0 or (i >= n and all(doc[i - n + k].lower_ == noun.words[k] for k in range(n)))


class PhraseReader:
    """Reads what stands before and after an agent noun or a name."""

    def __init__(
        self, doc: Doc, sectors: Sectors, marks: dict[int, Mark], agents: dict[int, Agent], places: dict[int, str]
    ) -> None:
        self.doc, self.sectors, self.marks, self.agents, self.places = doc, sectors, marks, agents, places

    def before(self, start: int, head: Token) -> Portrait:
        """Return what the words before a position, inside the phrase of ``head``, say."""
        doc = self.doc
        left = max(min(head.left_edge.i, start), start - _LOOK_BACK, 0)
        first = start
        while first > left and not self._ends_phrase(doc[first - 1]):
            first -= 1
        portrait = Portrait(first)
        k = first
        while k < start:
            mark = self.marks.get(k)
            if mark:
                if not self._is_remote(mark):
                    portrait.owners.append(mark)
                k = max(mark.end, k + 1)
                continue
            self._modifier(portrait, k)
            k += 1
        portrait.owners = _joined(doc, portrait.owners)
        portrait.countries = _countries(portrait.owners)
        return portrait

    def _ends_phrase(self, token: Token) -> bool:
        if token.i in self.marks:
            return False
        pos = token.pos_
        if pos == "PUNCT":
            return token.text not in {"-", "–", ",", "'", "’", '"', "“", "”"}
        return pos in _STOPS and not (pos == "VERB" and (token.dep_ == "amod" or token.lower_ in self.sectors.strong))

    def _is_remote(self, mark: Mark) -> bool:
        """Say whether a name only begins a compound that places somebody elsewhere ("Iranian-backed")."""
        doc = self.doc
        if mark.end + 1 < len(doc) and doc[mark.end].text in {"-", "–"}:
            return doc[mark.end + 1].lower_ in _REMOTE
        return mark.end < len(doc) and doc[mark.end].lower_.lstrip("-") in _REMOTE

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
        """Return the whole portrait of an agent noun's phrase."""
        token = self.doc[agent.end]
        portrait = self.before(agent.start, token)
        after = self._after(token, portrait, depth)
        portrait.sector = self._sector(agent, portrait, after)
        if agent.noun.words[-1] in {"minister", "ministry", "secretary"} and portrait.portfolio is None:
            portrait.portfolio = next((w for w in agent.noun.words[:-1] if w in self.sectors.portfolios), None)
        return portrait

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
        return (said[1:] if said else None) or after or (self.sectors.default if portrait.countries else None)

    def _after(self, token: Token, portrait: Portrait, depth: int) -> str | None:
        """Fill in countries from complements ("of", "from" ...) and return the sector that they name."""
        sector: str | None = None
        for child in token.rights:
            if child.dep_ != "prep" or child.lower_ not in _COMPLEMENTS:
                continue
            if child.lower_ in {"to", "on"} and token.lower_ in {"ambassador", "envoy", "visitor"}:
                continue
            for noun in child.rights:
                if noun.dep_ == "pobj":
                    sector = self._complement(noun, portrait, depth) or sector
        return sector

    def _complement(self, noun: Token, portrait: Portrait, depth: int) -> str | None:
        mark = self.mark_around(noun)
        if mark and mark.sense.how != "adjective":
            if not portrait.countries:
                portrait.owners = _joined_after(self, mark)
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
