"""A telling: one place in one document where an occurrence is told of, with all that it is recognised and judged by.

It is an event of a Record, or a mention of one, put together with what the Record says of its parties, its place and
the statements that hold it, so that what follows needs no Record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.corroboration.narrators import Narrator
from sayso.corroboration.sentences import Sentences
from sayso.corroboration.speakers import Speaker, Speakers
from sayso.records import Actor, Event, EventMention, Place, Quantity, Record, Span, Statement

_RELATIVES = frozenset({"that", "which", "who", "whom"})
_DEEPEST = 8
_UTTERED = frozenset({"accuse", "threaten", "promise", "warn"})
"""Acts that are done by saying so: what they do stands on the word of who does it."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The document in which something is told.

    ``order`` counts the documents of the ledger as they came; ``country`` is the one that it is told from.
    """

    document: str
    ref: str | None
    publisher: str | None
    title: str | None
    published: str | None
    credits: tuple[str, ...]
    copy_of: str | None
    is_copy: bool
    order: int
    country: str | None = None

    @classmethod
    def of(cls, record: Record, order: int, country: str | None) -> Publication:
        """Return the publication of a Record."""
        return cls(
            document=record.id,
            ref=record.ref,
            publisher=record.publisher,
            title=record.title,
            published=record.published,
            credits=tuple(line.name for line in record.lineage if line.relation != "translation"),
            copy_of=record.copy_of.id if record.copy_of else None,
            is_copy=record.copy_of is not None,
            order=order,
            country=country,
        )


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement that holds a telling: who says it, in what words, and how it is said.

    ``country`` is the one whose voice that is, ``guessed`` where the text does not tell, ``naming`` the words that name
    who is "he" or "the statement" in ``source`` (see speakers.py). Where the word of the telling is itself the cue,
    as of a threat, the saying is the first of its sayings.
    """

    statement: str
    speaker: Actor | None
    country: str | None
    source: str
    naming: str
    cue: str
    act: str
    kind: str
    confidence: float
    guessed: bool = False

    @classmethod
    def of(cls, statement: Statement, speaker: Speaker, record: Record) -> Saying:
        """Return what a statement of a Record is, given who speaks in it."""
        return cls(
            statement=statement.id,
            speaker=speaker.actor.model_copy(update={"mentions": []}) if speaker.actor else None,
            country=speaker.country,
            source=speaker.source,
            naming=speaker.naming,
            cue=record.quote(statement.cue),
            act=statement.act,
            kind=statement.kind,
            confidence=statement.confidence,
            guessed=speaker.guessed,
        )


@dataclass(frozen=True, slots=True)
class Telling:
    """One place where an occurrence is told of. ``item`` is the id of the event or mention in its Record.

    ``type`` is None for a mention. ``sentence`` is the sentence as written; ``sayings`` are the statements that hold
    the telling, the innermost first. ``uttered``: to say so is what happens, as of a threat. ``passage`` is the
    sentence's span in the text.
    """

    id: str
    publication: Publication
    item: str
    anchor: Span
    word: str
    lemma: str | None
    passage: Span
    sentence: str
    type: str | None
    mode: str | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    actor_words: tuple[str, ...]
    recipient_words: tuple[str, ...]
    place: Place | None
    date: str | None
    factuality: str
    tense: str
    hypothetical: bool
    quantities: tuple[Quantity, ...]
    sayings: tuple[Saying, ...]
    confidence: float | None
    uttered: bool = False


def telling_id(document: str, anchor: Span) -> str:
    """Return the id of a telling: the same for the same word of the same document, however often it is coded."""
    named = f"{document}\x1f{anchor[0]}\x1f{anchor[1]}"
    return hashlib.blake2b(named.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def tellings(record: Record, order: int) -> list[Telling]:
    """Return all tellings of a Record, in text order; ``order`` is its place among the documents of the ledger."""
    return list(_Account(record, order).tellings())


class _Account:
    """One Record, looked up by id."""

    def __init__(self, record: Record, order: int) -> None:
        self.record = record
        self.actors = {actor.id: actor.model_copy(update={"mentions": []}) for actor in record.actors}
        self.places = {place.id or place.name: place.model_copy(update={"mentions": []}) for place in record.places}
        self.statements = {statement.id: statement for statement in record.statements}
        self.speakers = Speakers(record, Narrator.of(record))
        self.uttered = {end: s.id for s in reversed(record.statements) for _, end in s.cue if s.act in _UTTERED}
        self.described = _described(record)
        self.sentences = Sentences(record.text)
        self.publication = Publication.of(record, order, self.speakers.country)

    def tellings(self) -> Iterator[Telling]:
        told: list[Event | EventMention] = [*self.record.events, *self.record.event_mentions]
        for item in sorted(told, key=lambda item: item.anchor):
            yield self._telling(item)

    def _telling(self, item: Event | EventMention) -> Telling:
        text, event = self.record.text, item if isinstance(item, Event) else None
        passage = self.sentences.of(item.anchor)
        return Telling(
            id=telling_id(self.record.id, item.anchor),
            publication=self.publication,
            item=item.id,
            anchor=item.anchor,
            word=text[slice(*item.anchor)],
            lemma=None if isinstance(item, Event) else item.lemma,
            passage=passage,
            sentence=text[slice(*passage)],
            type=event.type if event else None,
            mode=event.mode if event else None,
            actors=self._parties(item.actors),
            recipients=self._parties(item.recipients),
            actor_words=tuple(text[start:end] for start, end in item.actor_spans),
            recipient_words=tuple(text[start:end] for start, end in item.recipient_spans),
            place=self.places.get(item.place) if item.place else None,
            date=item.date,
            factuality=item.factuality,
            tense=item.tense,
            hypothetical=item.hypothetical,
            quantities=tuple(item.quantities),
            sayings=tuple(self._sayings(self._statement(item))),
            confidence=event.confidence if event else None,
            uttered=item.anchor[1] in self.uttered,
        )

    def _statement(self, item: Event | EventMention) -> str | None:
        end = item.anchor[1]
        return self.uttered.get(end) or item.statement or self.described.get(end)

    def _parties(self, ids: Sequence[str]) -> tuple[Actor, ...]:
        return tuple(self.actors[i] for i in ids)

    def _sayings(self, statement: str | None) -> Iterator[Saying]:
        for _ in range(_DEEPEST):
            held: Statement | None = self.statements.get(statement) if statement else None
            if held is None:
                return
            yield Saying.of(held, self.speakers.of(held.id), self.record)
            statement = held.parent


def _described(record: Record) -> dict[int, str]:
    """Return the statements whose content is a clause about the word before it, by the end of that word.

    It is on their word that there is such a thing: "the bombs that, people say, came down on their houses".
    """
    return {
        statement.content[0][0] - 1: statement.id
        for statement in record.statements
        if len(statement.content) > 1 and record.text[slice(*statement.content[0])].lower() in _RELATIVES
    }
