"""Records made by hand."""

from __future__ import annotations

from typing import Any

from sayso.records import (
    Actor,
    CodedWith,
    Document,
    Event,
    Place,
    Record,
    Statement,
    Time,
    document_id,
    text_hash,
)

CODED_WITH = CodedWith(sayso="1", pipeline="fast", models={"tagger": "a1"}, knowledge="k1", ontology="PLOVER")

SENTENCE = "Anna Berg of Norway said on Monday that the army of Sudan shelled El Fasher."


def bare(text: str, **given: Any) -> Record:
    """Return a record in which nothing was found."""
    document = Document(text=text, publisher=given.get("publisher"), origin=given.get("origin"), ref=given.get("ref"))
    fields = {"id": document_id(document), "text_hash": text_hash(text), "text": text, "coded_with": CODED_WITH}
    return Record(**fields | given)


def failed(name: str) -> Record:
    """Return the record of a document that could not be read."""
    document = Document(text="", origin=name, error="the file is empty")
    return bare("", id=document_id(document), origin=name, error="the file is empty")


def account(
    text: str = SENTENCE,
    *,
    statement: dict[str, Any] | None = None,
    event: dict[str, Any] | None = None,
    actor: dict[str, Any] | None = None,
    place: dict[str, Any] | None = None,
    **given: Any,
) -> Record:
    """Return the account of ``SENTENCE`` (and what follows it), with some fields of its items changed."""
    assert text.startswith(SENTENCE)
    anna = Actor(
        id="actor:anna-berg",
        name="Anna Berg",
        kind="person",
        country="NOR",
        sector="GOV",
        office="Minister of Defence",
        mentions=[(0, 9)],
        confidence=0.9,
    )
    army = Actor(
        id="actor:army-of-sudan", name="Army of Sudan", kind="group", country="SDN", mentions=[(40, 57)], confidence=0.7
    )
    where = Place(
        id="geonames:379253",
        name="El Fasher",
        country="SDN",
        admin1="North Darfur",
        lat=13.6,
        lon=25.3,
        feature="PPLA",
        mentions=[(66, 75)],
        confidence=0.8,
    )
    said = Statement(
        id="s1",
        source=[(0, 19)],
        cue=[(20, 24)],
        content=[(40, 75)],
        speaker=anna.id,
        kind="indirect",
        act="say",
        addressee=None,
        confidence=0.8,
    )
    shelled = Event(
        id="e1",
        anchor=(58, 65),
        type="ASSAULT",
        mode="artillery",
        contexts=["military"],
        categories=["Siege"],
        quad=4,
        cameo="19",
        intensity=-9.0,
        actors=[army.id],
        recipients=[],
        actor_spans=[(40, 57)],
        place=where.id,
        time="t1",
        date="2024-10-21",
        factuality="CT+",
        tense="past",
        hypothetical=False,
        statement="s1",
        voucher=anna.id,
        confidence=0.6,
    )
    return bare(
        text,
        **{
            "title": "Shells on El Fasher",
            "publisher": "The Herald",
            "published": "2024-10-22",
            "language": "en",
            "body": [(0, len(text))],
            "actors": [anna, army.model_copy(update=actor or {})],
            "places": [where.model_copy(update=place or {})],
            "times": [Time(id="t1", span=(25, 34), type="DATE", value="2024-10-21")],
            "statements": [said.model_copy(update=statement or {})],
            "events": [shelled.model_copy(update=event or {})],
        }
        | given,
    )


def story(letters: str, length: int = 60) -> str:
    """Return a text of paragraphs, one a letter, which shares no run of words with others but for those letters."""
    digits = str.maketrans("0123456789", "klmnopqrst")
    return "\n\n".join(
        " ".join(letter + str(number).translate(digits) for number in range(length)) for letter in letters
    )
