"""The views of utterances: what each column means, as ``sayso.ledger.columns`` has it for those of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sayso.ledger.columns import Column, View

Row = dict[str, Any]


UTTERANCES = View(
    "utterances",
    "One row per utterance: one act of speaking, as one or several reports tell it.",
    "",
    (
        Column("utterance", "VARCHAR", "id of the utterance: that of its variant that came first"),
        Column("voice", "VARCHAR", "id of the voice, as of occurrences; null where it cannot be told"),
        Column("speaker", "VARCHAR", "who speaks, by the fullest name that reports give"),
        Column("speaker_ids", "VARCHAR[]", "ids of the actors that reports name"),
        Column("country", "VARCHAR", "whose voice it is, ISO 3166-1 alpha-3"),
        Column("act", "VARCHAR", "say, deny, accuse, promise, ...: the act of most variants"),
        Column("said", "VARCHAR", "when it was said, ISO 8601 prefix that most reports agree on"),
        Column("wording", "VARCHAR", "the fullest words in quotation marks, else the fullest paraphrase"),
        Column("is_quoted", "BOOLEAN", "whether these are the speaker's own words, as quoted"),
        Column("first_reported", "VARCHAR", "when the first report was published, copies aside"),
        Column("first_publisher", "VARCHAR", "by whom"),
        Column("last_reported", "VARCHAR", "when the last was published"),
        Column("variant_count", "BIGINT", "how many variants it has, those in copies included"),
        Column("document_count", "BIGINT", "how many documents those stand in"),
        Column("outlets", "BIGINT", "how many outlets tell it other than by a copy"),
        Column("independent", "BIGINT", "how many of these relay no other outlet that they quote or credit"),
        Column("copies", "BIGINT", "how many of its documents are copies"),
        Column("omitting", "BIGINT", "how many documents leave out a qualifier that another has"),
    ),
)

UTTERANCE_VARIANTS = View(
    "utterance_variants",
    "One row per variant of an utterance, copies included; joins statements by document and statement.",
    "",
    (
        Column("variant", "VARCHAR", "id of the variant"),
        Column("utterance", "VARCHAR", "id of the utterance"),
        Column("document", "VARCHAR", "id of the document, sha256:..."),
        Column("statement", "VARCHAR", "id of the statement (s3) within the document"),
        Column("publisher", "VARCHAR", "who published it"),
        Column("published", "VARCHAR", "when it was published, ISO 8601, as precise as known"),
        Column("title", "VARCHAR", "title of the document"),
        Column("ref", "VARCHAR", "the id that the input gave the document"),
        Column("said", "VARCHAR", "when it was said according to this report"),
        Column("source", "VARCHAR", "who is said to say so, as written"),
        Column("cue", "VARCHAR", "the words that attribute it"),
        Column("act", "VARCHAR", "say, deny, accuse, promise, ..."),
        Column("kind", "VARCHAR", "direct, indirect or mixed"),
        Column("words", "VARCHAR", "what is said, as written"),
        Column("quotes", "VARCHAR[]", "the words of it in quotation marks"),
        Column("relayed_by", "VARCHAR[]", "who stands between the speaker and the outlet"),
        Column("carries", "VARCHAR[]", "the qualifiers that it has, each as KIND: WORDS"),
        Column("omits", "VARCHAR[]", "those that it lacks and a fuller variant has, each as KIND: WORDS"),
        Column("fuller", "VARCHAR[]", "ids of the variants that have these, in the same order"),
        Column("start", "BIGINT", "where what is said begins, in code points of the text"),
        Column("end", "BIGINT", "where it ends, exclusive"),
        Column("is_copy", "BOOLEAN", "whether the document is a copy"),
        Column("copy_of", "VARCHAR", "id of the document that it is a copy of, where that is known"),
    ),
)

VIEWS = (UTTERANCES, UTTERANCE_VARIANTS)


def _utterances(told: Mapping[str, Any]) -> Iterator[Row]:
    yield {
        **told,
        "utterance": told["id"],
        "variant_count": len(told["variants"]),
        "document_count": told["documents"],
    }


def _variants(told: Mapping[str, Any]) -> Iterator[Row]:
    for variant in told["variants"]:
        yield {
            **variant,
            "variant": variant["id"],
            "utterance": told["id"],
            "quotes": [quote["words"] for quote in variant["quotes"]],
            "carries": [f"{qualifier['kind']}: {qualifier['words']}" for qualifier in variant["carries"]],
            "omits": [f"{omission['kind']}: {omission['words']}" for omission in variant["omits"]],
            "fuller": [omission["variant"] for omission in variant["omits"]],
            "start": min(start for start, _ in variant["content"]),
            "end": max(end for _, end in variant["content"]),
        }


ROWS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Row]]] = {
    UTTERANCES.name: _utterances,
    UTTERANCE_VARIANTS.name: _variants,
}
"""What makes the rows of each view, of one utterance given as JSON has it."""
