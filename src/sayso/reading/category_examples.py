"""The examples of a user's ontology as tests: whether each sentence comes out as it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from sayso.knowledge.frames import Example
from sayso.knowledge.own_ontology import OwnOntology
from sayso.reading.annotations import Event


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence of a category and what is wrong with how it was coded, None where nothing is."""

    category: str
    text: str
    problem: str | None


def judged(nlp: Language, own: OwnOntology) -> Iterator[Verdict]:
    """Code every example and counter-example by a pipeline that has the ontology, and yield what came of it."""
    for name, category in own.categories.items():
        for example in [*category.examples, *(e for frame in category.frames for e in frame.examples)]:
            yield Verdict(name, example.text, _missing(nlp(example.text), name, example))
        for text in [*category.counter, *(text for frame in category.frames for text in frame.counter)]:
            coded = [event for event in nlp(text)._.events if name in event.categories]
            yield Verdict(name, text, f"should not be coded, but is by {coded[0].rule}" if coded else None)


def _missing(doc: Doc, name: str, example: Example) -> str | None:
    events = [event for event in doc._.events if name in event.categories]
    if not events:
        others = ", ".join(event.rule for event in doc._.events)
        reasons = ", ".join(f"{rejection.rule} ({rejection.reason})" for rejection in doc._.rejections)
        return f"is not coded; coded as {others or 'nothing'}" + (f"; left out: {reasons}" if reasons else "")
    if any(_holds(doc, event, example) for event in events):
        return None
    if all(example.type not in (None, e.type) or example.mode not in (None, e.mode) for e in events):
        return f"is coded as {events[0].type}/{events[0].mode or 'no mode'}"
    actor, recipient = _sides(doc, events[0])
    return f"has other parties: {actor or 'nobody'} to {recipient or 'nobody'}"


def _holds(doc: Doc, event: Event, example: Example) -> bool:
    actor, recipient = _sides(doc, event)
    kind = example.type in (None, event.type) and example.mode in (None, event.mode)
    return (
        kind
        and (example.actor or "").lower() in actor.lower()
        and (example.recipient or "").lower() in recipient.lower()
    )


def _sides(doc: Doc, event: Event) -> tuple[str, str]:
    actor, recipient = (
        "; ".join(doc.text[a:b] for a, b in spans) for spans in (event.actor_spans, event.recipient_spans)
    )
    return actor, recipient
