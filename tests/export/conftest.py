"""A small ledger: a summit, a raid with a hostile text, an undated rumour, and a copy of the first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sayso.ledger import Ledger
from sayso.records import (
    Actor,
    CodedWith,
    Document,
    Event,
    Place,
    Quantity,
    Record,
    Span,
    Statement,
    Time,
    document_id,
    text_hash,
)

SUMMIT = (
    "PARIS — France and Germany met in Paris on Tuesday. “We will not send troops,” the French foreign minister said. "
    "Berlin denied that it had threatened Russia. Filler follows here so that the text is long enough to be compared "
    "with another by the runs of words that both of them have, sentence after sentence, without anything being shared "
    "by accident with a report on something else altogether."
)
RAID = (
    "Gunmen\tattacked a market in Austin, Texas, in March 2021, killing between ten and twelve people, =HYPERLINK() "
    "police said; the World Health Organization\nwould help the wounded if it were asked."
)
RUMOUR = "The rebels seized the Blue Lake, a herdsman said."
CODED = CodedWith(sayso="0.1.0", pipeline="fast", knowledge="sha256:0", ontology="PLOVER 2024-02-04.1")


def spot(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def record(text: str, **parts: Any) -> Record:
    about = {name: parts.get(name) for name in ("publisher", "published", "title", "origin")}
    return Record(
        id=document_id(Document(text=text, **about)),
        text_hash=text_hash(text),
        text=text,
        language="en",
        coded_with=CODED,
        **parts,
    )


def actor(text: str, words: str, id_: str, kind: Any, **parts: Any) -> Actor:
    return Actor(id=f"actor:{id_}", kind=kind, mentions=[spot(text, words)], confidence=0.9, **parts)


def summit(publisher: str = "Stern", origin: str | None = "https://www.stern.example/a?b=1") -> Record:
    return record(
        SUMMIT,
        publisher=publisher,
        origin=origin,
        published="2024-10-25T23:30:00+02:00",
        published_from="page",
        title="A meeting\nin Paris",
        authors=["Jo Roe", "Al Poe"],
        actors=[
            actor(SUMMIT, "France", "france", "country", name="France", country="FRA", sector="GOV"),
            actor(SUMMIT, "Germany", "germany", "country", name="Germany", country="DEU", sector="GOV"),
            actor(SUMMIT, "Russia", "russia", "country", name="Russia", country="RUS", sector="GOV"),
            actor(
                SUMMIT,
                "French foreign minister",
                "amelie-roux",
                "person",
                name="Amélie Roux",
                country="FRA",
                sector="GOV",
                office="Foreign Minister; of France",
            ),
        ],
        places=[
            Place(
                id="geonames:2988507",
                name="Paris",
                country="FRA",
                admin1="Île-de-France",
                lat=48.8534,
                lon=2.3488,
                feature="PPLC",
                mentions=[spot(SUMMIT, "PARIS")],
                confidence=0.9,
            )
        ],
        times=[Time(id="t1", span=spot(SUMMIT, "Tuesday"), type="DATE", value="2024-10-22")],
        statements=[
            Statement(
                id="s1",
                source=[spot(SUMMIT, "the French foreign minister")],
                cue=[spot(SUMMIT, "said")],
                content=[spot(SUMMIT, "“We will not send troops,”")],
                speaker="actor:amelie-roux",
                kind="direct",
                act="say",
                confidence=0.97,
            ),
            Statement(
                id="s2",
                source=[spot(SUMMIT, "Berlin")],
                cue=[spot(SUMMIT, "denied")],
                content=[spot(SUMMIT, "that it had threatened Russia")],
                speaker="actor:germany",
                addressee="actor:russia",
                parent="s1",
                kind="indirect",
                act="deny",
                confidence=0.6,
            ),
        ],
        events=[
            Event(
                id="e1",
                anchor=spot(SUMMIT, "met"),
                type="CONSULT",
                mode="visit",
                contexts=["diplomatic", "executive"],
                categories=["mine.summit"],
                quad=1,
                cameo="04",
                intensity=4,
                actors=["actor:france", "actor:germany"],
                recipients=["actor:france", "actor:germany"],
                actor_spans=[spot(SUMMIT, "France and Germany")],
                recipient_spans=[spot(SUMMIT, "France and Germany")],
                place="geonames:2988507",
                time="t1",
                date="2024-10-22",
                factuality="CT+",
                tense="past",
                hypothetical=False,
                voucher="Stern",
                confidence=0.87,
            ),
            Event(
                id="e2",
                anchor=spot(SUMMIT, "threatened"),
                type="THREATEN",
                quad=3,
                cameo="13",
                intensity=-3.5,
                actors=["actor:germany"],
                recipients=["actor:russia"],
                actor_spans=[spot(SUMMIT, "it had")],
                recipient_spans=[spot(SUMMIT, "Russia")],
                factuality="CT-",
                tense="past",
                hypothetical=False,
                statement="s2",
                voucher="actor:germany",
                confidence=0.55,
            ),
        ],
    )


def raid() -> Record:
    return record(
        RAID,
        publisher="=cmd|' /C calc'!A0",
        published="2021-04",
        title="Raid\ton a market; many dead",
        actors=[
            actor(RAID, "police", "usa-cop", "group", name="United States: police; all", country="USA", sector="COP"),
            actor(
                RAID,
                "World Health Organization",
                "world-health-organization",
                "organization",
                name="World Health Organization",
                sector="IGO",
            ),
        ],
        places=[
            Place(
                id="geonames:4671654",
                name="Austin",
                country="USA",
                admin1="Texas",
                lat=30.26715,
                lon=-97.74306,
                feature="PPLA",
                mentions=[spot(RAID, "Austin")],
                confidence=0.9,
            )
        ],
        events=[
            Event(
                id="e1",
                anchor=spot(RAID, "attacked"),
                type="ASSAULT",
                quad=4,
                cameo="19",
                intensity=-9,
                actor_spans=[spot(RAID, "Gunmen")],
                recipients=["actor:usa-cop"],
                recipient_spans=[spot(RAID, "market in Austin")],
                place="geonames:4671654",
                date="2021-03",
                factuality="PR+",
                tense="past",
                hypothetical=False,
                quantities=[Quantity(kind="killed", low=10, high=12, span=spot(RAID, "between ten and twelve"))],
                voucher="actor:usa-cop",
                confidence=0.02,
            ),
            Event(
                id="e2",
                anchor=spot(RAID, "help"),
                type="AID",
                quad=2,
                cameo="07",
                intensity=10,
                actors=["actor:world-health-organization"],
                factuality="Uu",
                tense="none",
                hypothetical=True,
                voucher="Stern",
                confidence=0.9,
            ),
        ],
    )


def rumour() -> Record:
    return record(
        RUMOUR,
        actors=[actor(RUMOUR, "rebels", "rebels", "group", name="rebels", sector="REB")],
        places=[
            Place(id=None, name="Blue Lake", feature="LK", mentions=[spot(RUMOUR, "Blue Lake")], confidence=0.4),
        ],
        events=[
            Event(
                id="e1",
                anchor=spot(RUMOUR, "seized"),
                type="COERCE",
                mode="seize",
                quad=4,
                cameo="17",
                intensity=-7,
                actors=["actor:rebels"],
                place="Blue Lake",
                factuality="CT+",
                tense="past",
                hypothetical=False,
                confidence=0.5,
            )
        ],
    )


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    opened = Ledger(tmp_path_factory.mktemp("ledger") / "news", create=True)
    opened.append([summit(), raid(), rumour()])
    opened.append([summit("Other Paper", None)])
    return opened


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"
