"""Records made by hand, for tests of how they are rendered."""

from __future__ import annotations

from typing import Any

from sayso.records import Actor, CodedWith, Event, Lineage, Place, Quantity, Record, Span, Statement, Time

TEXT = (
    "Fighting near Brod\n"
    "Foreign Minister Anna Kovar said on Monday that Sylvanian troops killed 20 to 25 soldiers near Brod. "
    "“We will not withdraw,” she told reporters, “whatever happens.” "
    "Freedonia denied that it annexed Brod in 2014.\n"
    "Source: Daily Wire\n\n"
    "The author has written about politics for six years."
)
MODEL = CodedWith(sayso="0", pipeline="fast", knowledge="k", ontology="PLOVER")


def words(text: str, wanted: str, nth: int = 0) -> Span:
    """Return where some words stand in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(wanted, start + 1)
    return start, start + len(wanted)


def make_record(text: str = TEXT, **fields: Any) -> Record:
    """Return a Record of a text, without items but for those that are given."""
    made: dict[str, Any] = {"id": "sha256:1", "text_hash": "sha256:2", "text": text, "coded_with": MODEL}
    return Record(**{**made, **fields})


def make_event(anchor: Span, **fields: Any) -> Event:
    """Return a certain event without any parties."""
    made: dict[str, Any] = {
        "id": "e1",
        "anchor": anchor,
        "type": "ASSAULT",
        "quad": 4,
        "cameo": "19",
        "intensity": -9.0,
        "factuality": "CT+",
        "tense": "past",
        "hypothetical": False,
        "confidence": 0.6,
    }
    return Event(**{**made, **fields})


def sample() -> Record:
    """Return a Record that has something of everything."""
    body = (0, TEXT.index("Source: "))
    return make_record(
        origin="brod.txt",
        title="Fighting near Brod",
        publisher="The Herald",
        authors=["Jo Doe"],
        published="2024-10-25",
        language="en",
        body=[body],
        lineage=[Lineage(name="Daily Wire", relation="source", span=words(TEXT, "Source: Daily Wire"))],
        actors=[
            Actor(
                id="actor:anna-kovar",
                name="Anna Kovar",
                kind="person",
                country="FRD",
                sector="GOV",
                office="Foreign Minister",
                mentions=[words(TEXT, "Foreign Minister Anna Kovar"), words(TEXT, "she")],
                confidence=0.9,
            ),
            Actor(id="actor:syl", name="Sylvania", kind="country", mentions=[words(TEXT, "Sylvanian")], confidence=0.3),
        ],
        places=[
            Place(
                id="geonames:1",
                name="Brod",
                country="SYL",
                lat=1.5,
                lon=2.5,
                mentions=[words(TEXT, "Brod", 1)],
                confidence=0.8,
            )
        ],
        times=[Time(id="t1", span=words(TEXT, "2014"), type="DATE", value="2014")],
        statements=[
            Statement(
                id="s1",
                source=[words(TEXT, "Foreign Minister Anna Kovar")],
                cue=[words(TEXT, "said")],
                content=[words(TEXT, "that Sylvanian troops killed 20 to 25 soldiers near Brod")],
                speaker="actor:anna-kovar",
                kind="indirect",
                act="say",
                confidence=0.9,
            ),
            Statement(
                id="s2",
                source=[words(TEXT, "she")],
                cue=[words(TEXT, "told")],
                content=[words(TEXT, "“We will not withdraw,”"), words(TEXT, "“whatever happens.”")],
                speaker="actor:anna-kovar",
                kind="direct",
                act="promise",
                confidence=0.8,
            ),
            Statement(
                id="s3",
                source=[words(TEXT, "Freedonia")],
                cue=[words(TEXT, "denied")],
                content=[words(TEXT, "that it annexed Brod in 2014")],
                speaker=None,
                kind="indirect",
                act="deny",
                confidence=0.4,
            ),
        ],
        events=[
            make_event(
                words(TEXT, "killed"),
                mode="firearms",
                actors=["actor:syl"],
                actor_spans=[words(TEXT, "Sylvanian troops")],
                recipient_spans=[words(TEXT, "20 to 25 soldiers")],
                place="geonames:1",
                quantities=[Quantity(kind="killed", low=20, high=25, span=words(TEXT, "20 to 25"))],
                statement="s1",
                voucher="actor:anna-kovar",
            ),
            make_event(
                words(TEXT, "annexed"),
                id="e2",
                type="COERCE",
                mode="seize",
                factuality="CT-",
                time="t1",
                date="2014",
                statement="s3",
                confidence=0.5,
            ),
        ],
    )
