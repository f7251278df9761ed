"""The steps of reading as spaCy factories, in the order in which they run.

spaCy imports this module in every process that has Sayso installed, whether it reads news or not: so a step's own
module is imported only when that step is made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

Step = Callable[[Doc], Doc]

FIRST = "sayso_paragraphs"
"""Runs before the parser, which respects the sentence starts that it sets."""

AFTER_PARSING = (
    "sayso_quotes",
    "sayso_attribution",
    "sayso_times",
    "sayso_places",
    "sayso_actors",
    "sayso_coreference",
    "sayso_quantities",
    "sayso_factuality",
    "sayso_events",
    "sayso_event_mentions",
)


@Language.factory("sayso_paragraphs", assigns=["token.is_sent_start"])
def paragraphs(nlp: Language, name: str) -> Step:
    """Sentence starts at the beginning of paragraphs and headings."""
    from sayso.reading.paragraphs import mark_paragraphs

    return mark_paragraphs


@Language.factory("sayso_quotes", assigns=["doc._.quotations"])
def quotes(nlp: Language, name: str) -> Step:
    """Passages between quotation marks."""
    from sayso.reading.quotes import find_quotations

    return find_quotations


@Language.factory(
    "sayso_attribution", assigns=["doc._.statements"], default_config={"knowledge": None, "reader": "fast"}
)
def attribution(nlp: Language, name: str, knowledge: str | None, reader: str) -> Step:
    """Statements: source, cue and content; ``reader`` is fast or accurate."""
    from sayso.reading.attribution import AttributionTagger

    return AttributionTagger(knowledge, reader)


@Language.factory("sayso_categories", assigns=["doc._.events"], default_config={"knowledge": None, "ontologies": []})
def categories(nlp: Language, name: str, knowledge: str | None, ontologies: list[str]) -> Step:
    """Categories of the ontologies of a user's own, each a file; after ``sayso_events``."""
    from sayso.reading.categories import CategoryCoder

    return CategoryCoder(nlp, ontologies, knowledge)


def _step(factory: str, module: str, maker: str, assigns: list[str]) -> Any:
    """Register a factory whose maker takes the Language and the knowledge directory of the user, if any."""

    def make(nlp: Language, name: str, knowledge: str | None = None) -> Step:
        from importlib import import_module

        step: Step = getattr(import_module(f"sayso.reading.{module}"), maker)(nlp, knowledge)
        return step

    return Language.factory(factory, assigns=assigns, default_config={"knowledge": None}, func=make)


times = _step("sayso_times", "times", "TimeTagger", ["doc._.times"])
places = _step("sayso_places", "places", "PlaceTagger", ["doc._.toponyms"])
actors = _step("sayso_actors", "actors", "ActorTagger", ["doc._.actors", "token._.actors"])
coreference = _step("sayso_coreference", "coreference", "CoreferenceResolver", ["doc._.actors", "token._.actors"])
quantities = _step("sayso_quantities", "quantities", "QuantityTagger", ["doc._.quantities"])
factuality = _step("sayso_factuality", "factuality", "FactualityReader", ["token._.factuality"])
events = _step("sayso_events", "events", "EventCoder", ["doc._.events", "doc._.rejections"])
event_mentions = _step("sayso_event_mentions", "event_mentions", "EventMentionTagger", ["doc._.event_mentions"])
