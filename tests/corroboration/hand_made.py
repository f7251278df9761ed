"""Tellings and voices made by hand, for tests of what is made of them."""

from __future__ import annotations

from typing import Any

from sayso.corroboration.standing import Standing, standings
from sayso.corroboration.telling import Publication, Saying, Telling, telling_id
from sayso.corroboration.voices import Word, words_of
from sayso.records import Actor, CodedWith, Place, Quantity, Record, text_hash


def record(text: str = "Nothing is told here.", **given: Any) -> Record:
    """Return a record of a text in which nothing was found but what is given."""
    fields: dict[str, Any] = {
        "id": "a", "text_hash": text_hash(text), "body": [(0, len(text))],
        "coded_with": CodedWith(sayso="1", pipeline="fast", knowledge="k1", ontology="PLOVER"),
    }  # fmt: skip
    return Record(text=text, **fields | given)


def publication(document: str = "a", **given: Any) -> Publication:
    """Return a publication of the Sample Wire, in the order of its document's name."""
    fields: dict[str, Any] = {
        "ref": document, "publisher": "Sample Wire", "title": None, "published": "2024-10-22", "credits": (),
        "copy_of": None, "is_copy": False, "order": sum(map(ord, document)),
    }  # fmt: skip
    return Publication(document=document, **fields | given)


def telling(sentence: str, word: str, of: Publication | None = None, **given: Any) -> Telling:
    """Return the telling at a word of a sentence that is the whole text."""
    start, of = sentence.index(word), of or publication()
    anchor = (start, start + len(word))
    fields: dict[str, Any] = {
        "id": telling_id(of.document, anchor), "item": "e1", "lemma": None, "type": "ASSAULT", "mode": None,
        "passage": (0, len(sentence)), "actors": (), "recipients": (), "actor_words": (), "recipient_words": (),
        "place": None, "date": None, "factuality": "CT+", "tense": "past", "hypothetical": False, "quantities": (),
        "sayings": (), "confidence": 0.9,
    }  # fmt: skip
    return Telling(publication=of, anchor=anchor, word=word, sentence=sentence, **fields | given)


def actor(name: str, country: str | None, sector: str | None = "GOV", kind: Any = "organization") -> Actor:
    return Actor(
        id=f"actor:{name.lower().replace(' ', '-')}",
        name=name,
        kind=kind,
        country=country,
        sector=sector,
        mentions=[],
        confidence=0.9,
    )


def said_by(name: str, country: str | None, sector: str | None = "GOV", **given: Any) -> tuple[Saying, ...]:
    """Return that somebody says it."""
    fields: dict[str, Any] = {
        "statement": "s1", "speaker": actor(name, country, sector), "country": country, "source": name, "naming": name,
        "cue": "said", "act": "say", "kind": "indirect", "confidence": 0.9,
    }  # fmt: skip
    return (Saying(**fields | given),)


def place(name: str, id_: str | None, feature: str, country: str = "UKR") -> Place:
    return Place(id=id_, name=name, country=country, lat=50, lon=30, feature=feature, mentions=[], confidence=0.9)


def killed(low: float | None, high: float | None, words: str, sentence: str) -> tuple[Quantity, ...]:
    """Return so many killed, as some words of a sentence have it."""
    start = sentence.index(words)
    return (Quantity(kind="killed", low=low, high=high, span=(start, start + len(words))),)


def standing(*tellings: Telling) -> list[Standing]:
    """Return where the voices of tellings stand."""
    return standings(tellings, words_of(tellings))


def voice(id_: str, *tellings: Telling, kind: Any = "actor", **given: Any) -> Standing:
    """Return a voice as told."""
    return Standing(Word(id_, id_, kind, "is said to say so"), list(tellings), **given)
