"""Mentions of what happens that PLOVER has no type for, or that is no event of its own: "the withdrawal", "it sank".

They are what events are found again by. "The attack on Tuesday" names nobody and is not coded, but whoever says that it
never took place denies the attack that other sentences report. A mention is a verb or an event noun outside cues of
statements and outside coded events, with the parties, the place, the date and the numbers that its clause gives it.
So is what somebody says how high it is ("put the dead at 60"): that is how many voices there are on a number.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from sayso.knowledge import factuality, frames
from sayso.knowledge.actors import load_actors
from sayso.knowledge.cues import ESTIMATE
from sayso.reading.annotations import EventMention, Statement
from sayso.reading.event_circumstances import Circumstances
from sayso.reading.event_grounds import Grounds
from sayso.reading.event_parties import Parties
from sayso.reading.event_roles import Sides
from sayso.reading.event_scope import Scope
from sayso.reading.event_sentences import Sentences
from sayso.reading.event_syntax import Clauses, after_preposition, conjuncts, is_nominal
from sayso.reading.factuality import is_predicate

MOST = 2_000
"""A document has no more mentions than this: the first ones."""

_NAMING = ("VERB", "NOUN", "PROPN")
_PLAIN = Scope("none", False, None)


class EventMentionTagger:
    """Finds the mentions of a Doc; ``doc._.event_mentions`` holds the result."""

    def __init__(self, nlp: Language, knowledge: str | None = None) -> None:  # noqa: ARG002 - every step takes it
        """Load what tells event nouns and parties."""
        self._certainty = factuality.load(knowledge)
        self._lexicon = frames.load(knowledge)
        self._actors = load_actors(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a document; runs after its events are coded."""
        doc._.event_mentions = list(self._mentions(doc))
        return doc

    def _mentions(self, doc: Doc) -> Iterator[EventMention]:
        words = list(self._words(doc))[:MOST]
        if not words:
            return
        sentences, clauses = Sentences(doc), Clauses()
        parties = Parties(doc, self._lexicon, Grounds(doc, self._actors))
        circumstances = Circumstances(doc, sentences)
        for token in words:
            sides = _sides(token, clauses)
            given = circumstances.of(token, token, _PLAIN)
            yield EventMention(
                anchor=token.i,
                chars=(token.idx, token.idx + len(token.text)),
                lemma=token.lemma_.lower(),
                actors=parties.actors(sides.actors),
                recipients=parties.actors(sides.recipients),
                actor_spans=parties.spans(sides.actors),
                recipient_spans=parties.spans(sides.recipients),
                factuality=given.factuality,
                place=given.place,
                time=given.time,
                date=given.date,
                quantities=given.quantities,
                statement=given.statement,
            )

    def _words(self, doc: Doc) -> Iterator[Token]:
        """Yield the verbs and event nouns that are neither cues nor coded, nor say only that something is so."""
        taken = {event.anchor for event in doc._.events}
        taken.update(statement.cue_head for statement in doc._.statements if statement.cue_head is not None)
        estimated = {noun.i for statement in doc._.statements for noun in _estimated(doc, statement)}
        for token in doc:
            if token.i not in taken and (token.i in estimated or self._happens(token)):
                yield token

    def _happens(self, token: Token) -> bool:
        naming = token.pos_ in _NAMING and is_predicate(token, self._certainty)
        return naming and not self._is_empty(token)

    def _is_empty(self, token: Token) -> bool:
        """Say whether a verb leaves it to its noun to say what happens: "took a decision", "the talks were held"."""
        if token.pos_ != "VERB" or token.lemma_ not in self._certainty.light | self._certainty.occur:
            return False
        filled = [t for t in token.children if t.dep_ in ("dobj", "nsubjpass", "nsubj", "attr") and is_nominal(t)]
        return not filled or any(self._certainty.names_event(t.lemma_.lower()) for t in filled)


def _estimated(doc: Doc, statement: Statement) -> Iterator[Token]:
    """Yield what a statement says how much it is."""
    if statement.cue_head is not None and statement.rule.endswith(f":{ESTIMATE}"):
        cue = doc[statement.cue_head]
        nouns = (child for child in cue.children if child.dep_ in ("dobj", "nsubjpass"))
        yield from (noun for noun in nouns if noun.pos_ in (*_NAMING, "ADJ"))  # "put the dead at 60"


def _sides(token: Token, clauses: Clauses) -> Sides:
    """Return who does it to whom, by syntax alone: of a noun its possessor and "by", and "of", "on" and "against"."""
    if not is_nominal(token):
        clause = clauses.of(token)
        return Sides(_nouns(clause.doer), _nouns(clause.undergoer or clause.dative))
    doer = clauses.owner(token) or after_preposition(token, "by")
    undergoer = next((t for p in ("of", "on", "against", "with") if (t := after_preposition(token, p))), None)
    modifier = next((t for t in reversed(list(token.lefts)) if t.dep_ in ("compound", "amod") and t._.actors), None)
    return Sides(_nouns(doer or (modifier if undergoer else None)), _nouns(undergoer or (None if doer else modifier)))


def _nouns(token: Token | None) -> tuple[Token, ...]:
    return tuple(conjuncts(token)) if token is not None and token.pos_ != "VERB" else ()
