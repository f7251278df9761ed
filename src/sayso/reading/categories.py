"""Categories of users' own ontologies, coded beside PLOVER: ``event.categories`` of each event.

Events of PLOVER keep their type and get the names of the categories they belong to. What only a category's own frames
see becomes an event of the category's parent type. For these a user's frame is the authority: that nobody political is
party to it is no objection, as it is for PLOVER's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from sayso.knowledge.own_ontology import Category, OwnOntology, Within, load
from sayso.reading.annotations import Event
from sayso.reading.event_syntax import conjuncts
from sayso.reading.events import EventCoder

_ARGUMENTS = {"dobj", "nsubj", "nsubjpass", "pobj", "prep", "agent", "dative", "compound", "nmod", "amod", "poss"}
_DOERS = {"nsubj", "agent", "poss"}
_DEEPEST = 4


class CategoryCoder:
    """Adds the categories of some ontologies to the events of a Doc; runs after ``sayso_events``."""

    def __init__(self, nlp: Language, paths: Iterable[str], knowledge: str | None = None) -> None:
        self.ontologies = [load(path, knowledge) for path in paths]
        self._coders = [_Coder(nlp, own, knowledge) for own in self.ontologies]

    def __call__(self, doc: Doc) -> Doc:
        """Code the categories of a document; no ontology sees what another has added."""
        plover = list(doc._.events)
        for coder in self._coders:
            doc._.events += coder.add(doc, plover)
        return doc


class _Coder:
    """One ontology at work."""

    def __init__(self, nlp: Language, own: OwnOntology, knowledge: str | None) -> None:
        self._own = own
        self._frames = EventCoder(nlp, knowledge, own.lexicon)
        self._rules = [(category, rule) for category in own.categories.values() for rule in category.within]
        expand = own.lexicon.expand
        self._words = {id(rule): (expand(rule.words), expand(rule.none)) for _, rule in self._rules}

    def add(self, doc: Doc, plover: list[Event]) -> list[Event]:
        """Name the categories of PLOVER's events, and return the events that only own frames see."""
        new: list[Event] = []
        known = _Anchored(doc, plover)
        for event in self._found(doc):
            there = known.same(event)
            if there is None:
                new.append(event)
            else:
                _name(there, event.categories)
        for event in [*plover, *new]:
            _name(event, self._within(doc, event))
        return new

    def _within(self, doc: Doc, event: Event) -> Iterator[str]:
        words: frozenset[str] | None = None
        for category, rule in self._rules:
            if not _is_of_type(event, category, rule):
                continue
            words = _words_of_what_it_is_done_to(doc, event) if words is None else words
            wanted, unwanted = self._words[id(rule)]
            if (not rule.words or words & wanted) and not words & unwanted:
                yield category.name

    def _found(self, doc: Doc) -> Iterator[Event]:
        """Yield the events of own frames; under a threat, a promise or a refusal they are not of the category."""
        if not self._own.owners:
            return
        events, rejections = doc._.events, doc._.rejections
        self._frames(doc)
        own = [rejection for rejection in doc._.rejections if rejection.rule in self._own.owners]
        found, doc._.events, doc._.rejections = doc._.events, events, rejections + own
        for event in found:
            name = self._own.owners.get(event.rule)
            if name is not None and event.type == self._own.categories[name].parent:
                event.categories = [name]
                yield event


def _name(event: Event, categories: Iterable[str]) -> None:
    event.categories = list(dict.fromkeys([*event.categories, *categories]))


class _Anchored:
    """Events by the words that they hang on, and by type and the words above these."""

    def __init__(self, doc: Doc, events: list[Event]) -> None:
        self._doc = doc
        self._at: dict[int, Event] = {}
        self._below: dict[tuple[int, str], Event] = {}
        for event in events:
            self._at.setdefault(event.anchor, event)
            for i in self._above(event):
                self._below.setdefault((i, event.type), event)

    def _above(self, event: Event) -> tuple[int, int]:
        head = self._doc[event.anchor].head
        return head.i, head.head.i

    def same(self, event: Event) -> Event | None:
        """Return the event on the same word, or one of its type on the verb or noun beside it: "began a strike"."""
        if event.anchor in self._at:
            return self._at[event.anchor]
        for i in self._above(event):
            if i in self._at and self._at[i].type == event.type:
                return self._at[i]
        return self._below.get((event.anchor, event.type))


def _is_of_type(event: Event, category: Category, rule: Within) -> bool:
    return event.type in (rule.types or [category.parent]) and (not rule.modes or event.mode in rule.modes)


def _words_of_what_it_is_done_to(doc: Doc, event: Event) -> frozenset[str]:
    """Return the lemmas of the arguments of an event word but for who does it, and of its recipients."""
    anchor = doc[event.anchor]
    spans = (doc.char_span(start, end, alignment_mode="expand") for start, end in event.recipient_spans)
    found = {token.lemma_.lower() for span in spans if span is not None for token in span}
    waiting = [(child, _DEEPEST) for child in anchor.children if child.dep_ in _ARGUMENTS - _DOERS]
    while waiting:
        token, depth = waiting.pop()
        for word in conjuncts(token):
            found.add(word.lemma_.lower())
            if depth:
                waiting += [(child, depth - 1) for child in word.children if child.dep_ in _ARGUMENTS]
    return frozenset(found)
