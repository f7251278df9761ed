"""Categories of users' own ontologies, coded beside PLOVER: ``event.categories`` of each event.

Events of PLOVER keep their type and get the names of the categories they belong to. What only a category's own frames
see becomes an event of the category's parent type. For these a user's frame is the authority: that nobody political is
party to it is no objection, as it is for PLOVER's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from sayso.knowledge.own_ontology import Category, OwnOntology, Within, load
from sayso.reading.annotations import Event
from sayso.reading.event_syntax import conjuncts
from sayso.reading.events import EventCoder

_ARGUMENTS = {"dobj", "nsubj", "nsubjpass", "pobj", "prep", "agent", "dative", "compound", "nmod", "amod", "poss"}
_DEEPEST = 4


class CategoryCoder:
    """Adds the categories of some ontologies to the events of a Doc; runs after ``sayso_events``."""

    def __init__(self, nlp: Language, paths: Iterable[str], knowledge: str | None = None) -> None:
        self._ontologies = [_Coder(nlp, load(path, knowledge), knowledge) for path in paths]

    def __call__(self, doc: Doc) -> Doc:
        """Code the categories of a document."""
        for ontology in self._ontologies:
            ontology.add(doc)
        return doc


class _Coder:
    """One ontology at work."""

    def __init__(self, nlp: Language, own: OwnOntology, knowledge: str | None) -> None:
        self._own = own
        self._frames = EventCoder(nlp, knowledge, own.lexicon)
        self._rules = [(category, rule) for category in own.categories.values() for rule in category.within]
        expand = own.lexicon.expand
        self._words = {id(rule): (expand(rule.words), expand(rule.none)) for _, rule in self._rules}

    def add(self, doc: Doc) -> None:
        """Add categories to the events that are there, and the events that only own frames see."""
        known: dict[int, Event] = {}
        for event in doc._.events:
            known.setdefault(event.anchor, event)
            self._name(event, self._within(doc, event))
        for event in self._found(doc):
            there = known.get(event.anchor)
            if there is None:
                doc._.events.append(event)
            else:
                self._name(there, event.categories)

    def _name(self, event: Event, categories: Iterable[str]) -> None:
        event.categories = list(dict.fromkeys([*event.categories, *categories]))

    def _within(self, doc: Doc, event: Event) -> Iterator[str]:
        words: frozenset[str] | None = None
        for category, rule in self._rules:
            if not _is_of_type(event, category, rule):
                continue
            words = _argument_words(doc[event.anchor]) if words is None else words
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


def _is_of_type(event: Event, category: Category, rule: Within) -> bool:
    return event.type in (rule.types or [category.parent]) and (not rule.modes or event.mode in rule.modes)


def _argument_words(anchor: Token) -> frozenset[str]:
    """Return the lemmas of the arguments of an event word, those coordinated with them and before them included."""
    found: set[str] = set()
    waiting = [(child, _DEEPEST) for child in anchor.children if child.dep_ in _ARGUMENTS]
    while waiting:
        token, depth = waiting.pop()
        for word in conjuncts(token):
            found.add(word.lemma_.lower())
            if depth:
                waiting += [(child, depth - 1) for child in word.children if child.dep_ in _ARGUMENTS]
    return frozenset(found)
