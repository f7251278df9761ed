"""Records of all kinds, for hypothesis."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st
from making import CODED_WITH

from sayso.records import (
    Act,
    Actor,
    ActorKind,
    CodedWith,
    DateSource,
    Event,
    EventType,
    FactualityValue,
    Lineage,
    Place,
    Quantity,
    QuantityKind,
    Record,
    Relation,
    Span,
    Statement,
    StatementKind,
    Tense,
    Time,
    TimexType,
    text_hash,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["𝄞 é 👩‍👩‍👧 said\r\n\0no", "'; DROP TABLE live; --", "Ω\u0301\u2028 … ", "null", "NaN"]
)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
PROBABILITIES = st.floats(0, 1)
DATES = st.sampled_from([None, "2024", "2024-10", "2024-10-25", "2024-10-25T09:30", "2024-10-25T09:30:00+02:00"])


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _one_of(literal: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


def _few(strategy: st.SearchStrategy[Any], **given: Any) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=3, **given)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Return a sound record, whatever is in it."""
    text = draw(TEXTS)
    span = _spans(len(text))
    spans = _few(span) if text else st.just([])
    actors = draw(_few(_actors(spans), unique_by=lambda actor: actor.id))
    places = draw(_few(_places(spans), unique_by=lambda place: place.id or place.name))
    times = draw(_few(_times(span), unique_by=lambda time: time.id)) if text else []
    actor_ids = st.sampled_from([actor.id for actor in actors]) if actors else st.nothing()
    statements = draw(_few(_statements(spans, _optional(actor_ids)), unique_by=lambda statement: statement.id))
    within = [statement.id for statement in statements]
    events = (
        _events(
            span,
            spans,
            actors=_few(actor_ids) if actors else st.just([]),
            place=st.sampled_from([None, *(place.id or place.name for place in places)]),
            time=st.sampled_from([None, *(time.id for time in times)]),
            statement=st.sampled_from([None, *within]),
            voucher=_optional(actor_ids) | NAMES,
        )
        if text
        else st.nothing()
    )
    return Record(
        id="sha256:" + draw(st.text("0123456789abcdef", min_size=8, max_size=8)),
        text_hash=text_hash(text),
        ref=draw(_maybe(TEXTS)),
        origin=draw(_maybe(TEXTS)),
        title=draw(_maybe(TEXTS)),
        publisher=draw(_maybe(NAMES)),
        authors=draw(_few(NAMES)),
        published=draw(DATES),
        published_from=draw(_maybe(_one_of(DateSource))),
        language=draw(_maybe(NAMES)),
        text=text,
        body=draw(spans),
        lineage=draw(_few(_lineage(span))) if text else [],
        actors=actors,
        places=places,
        times=times,
        statements=statements,
        events=draw(_few(events)) if text else [],
        coded_with=draw(st.just(CODED_WITH) | _coded_with()),
        error=draw(_maybe(TEXTS)),
    )


@st.composite
def _spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    return start, draw(st.integers(start + 1, length))


def _optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


def _coded_with() -> st.SearchStrategy[CodedWith]:
    models = st.dictionaries(NAMES, TEXTS, max_size=3)
    return st.builds(CodedWith, sayso=TEXTS, pipeline=TEXTS, models=models, knowledge=TEXTS, ontology=TEXTS)


def _lineage(span: st.SearchStrategy[Span]) -> st.SearchStrategy[Lineage]:
    return st.builds(Lineage, name=NAMES, relation=_one_of(Relation), span=span)


def _actors(spans: st.SearchStrategy[list[Span]]) -> st.SearchStrategy[Actor]:
    return st.builds(
        Actor,
        id=NAMES,
        name=TEXTS,
        kind=_one_of(ActorKind),
        country=_maybe(NAMES),
        sector=_maybe(NAMES),
        office=_maybe(TEXTS),
        mentions=spans,
        confidence=PROBABILITIES,
    )


def _places(spans: st.SearchStrategy[list[Span]]) -> st.SearchStrategy[Place]:
    return st.builds(
        Place,
        id=_maybe(NAMES),
        name=NAMES,
        country=_maybe(NAMES),
        admin1=_maybe(TEXTS),
        lat=_maybe(st.floats(-90, 90)),
        lon=_maybe(st.floats(-180, 180)),
        feature=_maybe(NAMES),
        mentions=spans,
        confidence=PROBABILITIES,
    )


def _times(span: st.SearchStrategy[Span]) -> st.SearchStrategy[Time]:
    return st.builds(Time, id=NAMES, span=span, type=_one_of(TimexType), value=TEXTS)


def _statements(
    spans: st.SearchStrategy[list[Span]], who: st.SearchStrategy[str | None]
) -> st.SearchStrategy[Statement]:
    return st.builds(
        Statement,
        id=NAMES,
        source=spans,
        cue=spans,
        content=spans,
        speaker=who,
        kind=_one_of(StatementKind),
        act=_one_of(Act),
        addressee=who,
        parent=st.none(),
        confidence=PROBABILITIES,
    )


def _events(span: st.SearchStrategy[Span], spans: st.SearchStrategy[list[Span]], **given: Any) -> Any:
    bound = _maybe(st.floats(allow_nan=False, allow_infinity=False))
    quantity = st.builds(Quantity, kind=_one_of(QuantityKind), low=bound, high=bound, span=span)
    return st.builds(
        Event,
        id=NAMES,
        anchor=span,
        type=_one_of(EventType),
        mode=_maybe(NAMES),
        contexts=_few(NAMES),
        categories=_few(NAMES),
        quad=st.sampled_from([1, 2, 3, 4]),
        cameo=NAMES,
        intensity=st.floats(-10, 10),
        actors=given["actors"],
        recipients=given["actors"],
        actor_spans=spans,
        recipient_spans=spans,
        place=given["place"],
        time=given["time"],
        date=DATES,
        factuality=_one_of(FactualityValue),
        tense=_one_of(Tense),
        hypothetical=st.booleans(),
        quantities=_few(quantity),
        statement=given["statement"],
        voucher=given["voucher"],
        confidence=PROBABILITIES,
    )
