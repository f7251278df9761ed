"""Assembly: from the annotations on a Doc to a Record, and to the reasons behind each of its items.

Items outside the body of the article are left out here and nowhere else. Ids are given in text order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc

from sayso import records
from sayso.knowledge.ontology import Ontology
from sayso.reading import annotations as notes
from sayso.records import Span

_INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item of a Record was coded: the rule, lexicon entry or model, and the words it rests on."""

    item: str
    kind: Literal["actor", "place", "time", "statement", "event", "quantity"]
    rule: str
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a Record, before the document's own particulars are added."""

    actors: list[records.Actor]
    places: list[records.Place]
    times: list[records.Time]
    statements: list[records.Statement]
    events: list[records.Event]
    event_mentions: list[records.EventMention]
    reasons: list[Reason]
    rejections: list[notes.Rejection]


def assemble(doc: Doc, ontology: Ontology) -> Items:
    """Return what the steps found in the body of a document, as the items of a Record."""
    return _Assembly(doc, ontology).items()


@dataclass(slots=True)
class _Body:
    """The spans of the text that are the article, in order."""

    spans: list[Span]
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [start for start, _ in self.spans]

    def holds(self, span: Span) -> bool:
        before = bisect_right(self.starts, span[0]) - 1
        return before >= 0 and span[0] < self.spans[before][1]

    def within(self, spans: Iterable[Span]) -> list[Span]:
        return sorted({span for span in spans if self.holds(span)})


@dataclass(slots=True)
class _Words:
    """The text as its readers see it: an invisible character that the tokenizer left on a word is not part of it."""

    text: str

    def tight(self, spans: Iterable[Span]) -> list[Span]:
        return sorted(tight for tight in map(self.bare, spans) if tight[0] < tight[1])

    def bare(self, span: Span) -> Span:
        start, end = span
        while start < end and (self.text[start] in _INVISIBLE or self.text[start].isspace()):
            start += 1
        while end > start and (self.text[end - 1] in _INVISIBLE or self.text[end - 1].isspace()):
            end -= 1
        return start, end


class _Assembly:
    """One document's annotations on their way into a Record."""

    def __init__(self, doc: Doc, ontology: Ontology) -> None:
        self.ontology = ontology
        self.publisher: str | None = doc._.publisher
        body = _Body(doc._.body or [(0, len(doc.text))])
        self.body = body
        self.words = _Words(doc.text)
        self.timexes = [t for t in doc._.times if body.holds(t.chars)]
        self.toponyms = [t for t in doc._.toponyms if body.holds(t.chars)]
        self.attributions = sorted(
            (s for s in doc._.statements if s.content and body.holds(s.content[0])),
            key=lambda s: min(s.content + s.cue + s.source),
        )
        self.reports = sorted((e for e in doc._.events if body.holds(e.chars)), key=lambda e: e.chars)
        self.passing = sorted((m for m in doc._.event_mentions if body.holds(m.chars)), key=lambda m: m.chars)
        self.rejections = [r for r in doc._.rejections if body.holds(r.chars)]
        self.time_ids = {id(t): f"t{n}" for n, t in enumerate(self.timexes, 1)}
        self.statement_ids = {id(s): f"s{n}" for n, s in enumerate(self.attributions, 1)}
        self.event_ids = {id(e): f"e{n}" for n, e in enumerate(self.reports, 1)}
        self.named = self._actors_by_id(doc)
        self.located = self._toponyms_by_place()
        self.reasons: list[Reason] = []

    def items(self) -> Items:
        actors = [self._actor(i, group) for i, group in self.named.items()]
        places = [self._place(key, group) for key, group in self.located.items()]
        return Items(
            actors=sorted(actors, key=lambda a: (a.mentions or [(0, 0)])[0]),
            places=sorted(places, key=lambda p: p.mentions[0]),
            times=[self._time(t) for t in self.timexes],
            statements=[self._statement(s) for s in self.attributions],
            events=[self._event(e) for e in self.reports],
            event_mentions=[self._event_mention(n, m) for n, m in enumerate(self.passing, 1)],
            reasons=self.reasons,
            rejections=self.rejections,
        )

    def _because(self, item: str, kind: str, rule: str, spans: list[Span]) -> None:
        self.reasons.append(Reason(item, kind, rule, spans))  # type: ignore[arg-type]

    # Actors and places are global: several annotations of one id make one item.

    def _actors_by_id(self, doc: Doc) -> dict[str, list[notes.Actor]]:
        referred = [a for e in [*self.reports, *self.passing] for a in e.actors + e.recipients]
        referred += [a for s in self.attributions for a in (s.speaker, s.addressee) if a]
        needed = {actor.id for actor in referred}
        found: dict[str, list[notes.Actor]] = {}
        for actor in [*doc._.actors, *referred]:
            group = found.setdefault(actor.id, [])
            if all(actor is not other for other in group):
                group.append(actor)
        return {i: g for i, g in found.items() if i in needed or self._mentions(g)}

    def _mentions(self, group: list[notes.Actor]) -> list[Span]:
        return self.words.tight(self.body.within(m.chars for actor in group for m in actor.mentions))

    def _actor(self, actor_id: str, group: list[notes.Actor]) -> records.Actor:
        first = group[0]
        spans = self._mentions(group) or self.words.tight({m.chars for actor in group for m in actor.mentions})
        self._because(actor_id, "actor", first.rule, spans)
        return records.Actor(
            id=actor_id,
            name=first.name,
            kind=first.kind,
            country=first.country,
            sector=first.sector,
            office=first.office,
            mentions=spans,
            confidence=_probability(max(a.confidence for a in group)),
        )

    def _toponyms_by_place(self) -> dict[str, list[notes.Toponym]]:
        found: dict[str, list[notes.Toponym]] = {}
        for toponym in self.toponyms:
            found.setdefault(_place_key(toponym), []).append(toponym)
        return found

    def _place(self, key: str, group: list[notes.Toponym]) -> records.Place:
        spans = self.words.tight(t.chars for t in group)
        best = max(group, key=lambda t: t.confidence)
        self._because(key, "place", best.rule, spans)
        confidence = _probability(best.confidence)
        where = best.place
        if where is None:
            return records.Place(id=None, name=key, mentions=spans, confidence=confidence)
        return records.Place(
            id=where.id,
            name=where.name if where.id else key,
            country=where.country,
            admin1=where.admin1,
            lat=where.lat,
            lon=where.lon,
            feature=where.feature,
            mentions=spans,
            confidence=confidence,
        )

    def _time(self, timex: notes.Timex) -> records.Time:
        name = self.time_ids[id(timex)]
        self._because(name, "time", timex.rule, [timex.chars])
        return records.Time(id=name, span=self.words.bare(timex.chars), type=timex.type, value=timex.value)

    def _statement(self, statement: notes.Statement) -> records.Statement:
        name = self.statement_ids[id(statement)]
        self._because(name, "statement", statement.rule, statement.cue or statement.content)
        return records.Statement(
            id=name,
            source=self.words.tight(statement.source),
            cue=self.words.tight(statement.cue),
            content=self.words.tight(statement.content),
            speaker=statement.speaker.id if statement.speaker else None,
            kind=statement.kind,
            act=statement.act,
            addressee=statement.addressee.id if statement.addressee else None,
            parent=self.statement_ids.get(id(statement.parent)),
            confidence=_probability(statement.confidence),
        )

    def _event(self, event: notes.Event) -> records.Event:
        ontology = self.ontology
        name = self.event_ids[id(event)]
        self._because(name, "event", event.rule, [event.chars])
        return records.Event(
            id=name,
            anchor=self.words.bare(event.chars),
            type=event.type,
            mode=event.mode,
            contexts=event.contexts,
            categories=event.categories,
            quad=ontology.quad(event.type),
            cameo=ontology.cameo_root(event.type, event.mode),
            intensity=ontology.intensity(event.type, event.mode),
            actors=_unique(a.id for a in event.actors),
            recipients=_unique(a.id for a in event.recipients),
            actor_spans=self.words.tight(event.actor_spans),
            recipient_spans=self.words.tight(event.recipient_spans),
            place=self._place_of(event),
            time=self.time_ids.get(id(event.time)),
            date=event.date,
            factuality=event.factuality.value,
            tense=event.factuality.tense,
            hypothetical=event.factuality.hypothetical,
            quantities=[self._reasoned(name, q) for q in sorted(event.quantities, key=lambda q: q.chars)],
            statement=self.statement_ids.get(id(event.statement)),
            voucher=self._voucher(event),
            confidence=_probability(event.confidence),
        )

    def _event_mention(self, number: int, mention: notes.EventMention) -> records.EventMention:
        return records.EventMention(
            id=f"m{number}",
            anchor=self.words.bare(mention.chars),
            lemma=mention.lemma,
            actors=_unique(a.id for a in mention.actors),
            recipients=_unique(a.id for a in mention.recipients),
            actor_spans=self.words.tight(mention.actor_spans),
            recipient_spans=self.words.tight(mention.recipient_spans),
            place=self._place_of(mention),
            time=self.time_ids.get(id(mention.time)),
            date=mention.date,
            factuality=mention.factuality.value,
            tense=mention.factuality.tense,
            hypothetical=mention.factuality.hypothetical,
            quantities=[self._quantity(q) for q in sorted(mention.quantities, key=lambda q: q.chars)],
            statement=self.statement_ids.get(id(mention.statement)),
            voucher=self._voucher(mention),
        )

    def _reasoned(self, event: str, quantity: notes.Quantity) -> records.Quantity:
        self._because(event, "quantity", quantity.rule, [quantity.chars])
        return self._quantity(quantity)

    def _quantity(self, quantity: notes.Quantity) -> records.Quantity:
        return records.Quantity(
            kind=quantity.kind, low=quantity.low, high=quantity.high, span=self.words.bare(quantity.chars)
        )

    def _place_of(self, event: notes.Event | notes.EventMention) -> str | None:
        if event.place is None or not self.body.holds(event.place.chars):
            return None
        return _place_key(event.place)

    def _voucher(self, event: notes.Event | notes.EventMention) -> str | None:
        """The speaker of the statement that holds the event; the publisher only for what it says in its own voice."""
        statement = event.statement
        if statement is None or id(statement) not in self.statement_ids:
            return self.publisher
        return statement.speaker.id if statement.speaker else None


def _place_key(toponym: notes.Toponym) -> str:
    """The id of a place, else a name that stands for it within the Record."""
    place = toponym.place
    if place is None:
        return toponym.name
    return place.id or place.name


def _unique(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _probability(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)
