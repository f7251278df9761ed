"""The account: a Record told in words, in the order in which people ask.

Who speaks here, what do they say; who did what to whom, where, when, in what numbers, how certain, on whose word.
Nothing here knows how it will be laid out; every string is neutral and on one line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.records import Actor, Event, Place, Record, Span, Statement
from sayso.rendering.evidence import Passage, sentence_around
from sayso.rendering.neutral import one_line
from sayso.rendering.wording import ACTS, RELATIONS, certainty, counted, percent, quantity_in_words

UNNAMED = "an unnamed source"
OWN_VOICE = "the article itself"


@dataclass(frozen=True, slots=True)
class Telling:
    """One statement in words."""

    id: str
    act: str
    manner: str
    content: str
    attribution: str
    addressee: str | None
    within: str | None
    confidence: str


@dataclass(slots=True)
class Voice:
    """Somebody who speaks, with all that they say; ``about`` is empty where the text does not tell who it is."""

    name: str
    about: str
    tellings: list[Telling] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """One event in words; ``standing`` says how certain it is, the most important word first."""

    id: str
    actors: str
    recipients: str
    type: str
    mode: str | None
    contexts: list[str]
    categories: list[str]
    quad: int
    place: str | None
    date: str | None
    numbers: list[str]
    standing: list[str]
    voucher: str
    within: str | None
    evidence: Passage
    confidence: str


@dataclass(frozen=True, slots=True)
class Passing:
    """An actor or place that the text mentions, with what is known about it."""

    id: str
    name: str
    about: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Account:
    """A whole document in words."""

    title: str
    particulars: list[str]
    lineage: list[str]
    voices: list[Voice]
    reports: list[Report]
    actors: list[Passing]
    places: list[Passing]
    tally: str
    left_out: str | None
    error: str | None


def account(record: Record) -> Account:
    """Put a Record into words."""
    return _Teller(record).account()


def left_out(record: Record) -> list[Span]:
    """Return the stretches of the text that are not part of the article, white space apart."""
    position, gaps = 0, []
    for start, end in [*sorted(record.body), (len(record.text), len(record.text))] if record.body else []:
        if record.text[position:start].strip():
            gaps.append((position, start))
        position = max(position, end)
    return gaps


class _Teller:
    def __init__(self, record: Record) -> None:
        self.record = record
        self.actors: dict[str, Actor] = {actor.id: actor for actor in record.actors}
        self.places: dict[str, Place] = {place.id or place.name: place for place in record.places}
        self.statements: dict[str, Statement] = {statement.id: statement for statement in record.statements}

    def account(self) -> Account:
        record = self.record
        return Account(
            title=one_line(record.title or record.origin or "Untitled"),
            particulars=[one_line(part) for part in self._particulars() if part],
            lineage=[f"{RELATIONS[line.relation]} {one_line(line.name)}" for line in record.lineage],
            voices=self._voices(),
            reports=[self._report(event) for event in record.events],
            actors=[Passing(a.id, one_line(a.name), _about(a), percent(a.confidence)) for a in record.actors],
            places=[_place(place) for place in record.places],
            tally=self._tally(),
            left_out=self._left_out(),
            error=one_line(record.error) if record.error else None,
        )

    def _particulars(self) -> Iterable[str | None]:
        yield self.record.publisher
        yield self.record.published or "undated"
        yield f"by {', '.join(self.record.authors)}" if self.record.authors else None

    def _name(self, actor_id: str) -> str:
        actor = self.actors.get(actor_id)
        return one_line(actor.name if actor else actor_id)

    def _quote(self, spans: list[Span]) -> str:
        """Return the words of spans; those with nothing but white space between them stand together."""
        text, joined = self.record.text, list[Span]()
        for start, end in sorted(spans):
            if joined and not text[joined[-1][1] : start].strip():
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return one_line(self.record.quote(joined))

    def _voices(self) -> list[Voice]:
        voices: dict[str, Voice] = {}
        for statement in self.record.statements:
            written = self._quote(statement.source)
            key = statement.speaker or f"as written: {written.lower()}"
            voice = voices.setdefault(key, self._voice(statement, written))
            voice.tellings.append(self._telling(statement))
        return list(voices.values())

    def _voice(self, statement: Statement, written: str) -> Voice:
        actor = self.actors.get(statement.speaker or "")
        return Voice(one_line(actor.name), _about(actor)) if actor else Voice(written or UNNAMED, "")

    def _telling(self, statement: Statement) -> Telling:
        return Telling(
            id=statement.id,
            act=ACTS[statement.act],
            manner=statement.kind,
            content=self._quote(statement.content),
            attribution=self._quote(statement.source + statement.cue),
            addressee=self._name(statement.addressee) if statement.addressee else None,
            within=statement.parent,
            confidence=percent(statement.confidence),
        )

    def _report(self, event: Event) -> Report:
        spans = [*event.actor_spans, *event.recipient_spans, *(q.span for q in event.quantities)]
        return Report(
            id=event.id,
            actors=self._party(event.actors, event.actor_spans),
            recipients=self._party(event.recipients, event.recipient_spans),
            type=event.type,
            mode=event.mode,
            contexts=event.contexts,
            categories=event.categories,
            quad=event.quad,
            place=_located(self.places[event.place]) if event.place in self.places else None,
            date=event.date,
            numbers=[quantity_in_words(quantity) for quantity in event.quantities],
            standing=certainty(event, self.record.published),
            voucher=self._voucher(event),
            within=event.statement,
            evidence=sentence_around(self.record.text, event.anchor, spans),
            confidence=percent(event.confidence),
        )

    def _party(self, ids: list[str], spans: list[Span]) -> str:
        """Return the names of those who take part, or the words for them where nobody is resolved."""
        return ", ".join(self._name(actor) for actor in ids) or self._quote(spans)

    def _voucher(self, event: Event) -> str:
        if event.voucher:
            return self._name(event.voucher)
        statement = self.statements.get(event.statement or "")
        return OWN_VOICE if statement is None else self._quote(statement.source) or UNNAMED

    def _tally(self) -> str:
        record = self.record
        nouns = {
            "statement": len(record.statements),
            "event": len(record.events),
            "actor": len(record.actors),
            "place": len(record.places),
            "time": len(record.times),
        }
        return ", ".join(counted(number, noun) for noun, number in nouns.items())

    def _left_out(self) -> str | None:
        gaps = left_out(self.record)
        if not gaps:
            return None
        words = sum(len(self.record.text[start:end].split()) for start, end in gaps)
        start, end = gaps[0]
        opening = one_line(self.record.text[start : min(end, start + 400)])
        shown = opening if len(opening) <= 60 else opening[:60].rsplit(" ", 1)[0] + " …"
        return f"{counted(words, 'word')} that are not part of the article: “{shown}”"


def _about(actor: Actor) -> str:
    parts = [actor.kind, actor.office, actor.country, actor.sector]
    return ", ".join(one_line(part) for part in parts if part and part != actor.name)


def _located(place: Place) -> str:
    return ", ".join(dict.fromkeys(one_line(part) for part in (place.name, place.country) if part))


def _place(place: Place) -> Passing:
    where = f"{place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon is not None else "not located"
    about = ", ".join(one_line(part) for part in (place.admin1, place.country, where) if part)
    return Passing(place.id or place.name, one_line(place.name), about, percent(place.confidence))
