"""Documents and records made up by the thousand, for measuring what does not depend on what texts say."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path

from sayso.records import Actor, CodedWith, Event, Place, Record, Statement, Time, text_hash

COUNTRIES = ("RUS", "UKR", "USA", "CHN", "IRN", "ISR", "FRA", "DEU", "TUR", "SYR")
TYPES = ("AGREE", "CONSULT", "SUPPORT", "ASSAULT", "PROTEST", "SANCTION", "THREATEN", "AID")
WORDS = 450
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]


def vocabulary(chance: random.Random, size: int) -> list[str]:
    """Return made-up words, the first ones the most used."""
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(size)]


def records(count: int, items: int, seed: int = 1, first: int = 0) -> Iterator[Record]:
    """Yield records of so many items each, half statements and half events, with texts of 450 words.

    ``first`` is the number of the first: those of other numbers are other documents.
    """
    chance = random.Random(seed)
    words = vocabulary(chance, 20_000)
    weights = [1 / (rank + 10) for rank in range(len(words))]
    for number in range(first, first + count):
        yield _record(number, " ".join(chance.choices(words, weights, k=WORDS)), items // 2, chance)


def _record(number: int, text: str, items: int, chance: random.Random) -> Record:
    actors = [
        Actor(id=f"actor:a{k}", name=f"Actor {k}", kind="country", country=COUNTRIES[k % 10], sector="GOV",
              mentions=[(10 * at, 10 * at + 5)], confidence=0.9)
        for at, k in enumerate(chance.sample(range(300), 6))
    ]  # fmt: skip
    places = [
        Place(id=f"geonames:{k}", name=f"Place {k}", country=COUNTRIES[k % 10], lat=k % 90, lon=k % 180, feature="PPL",
              mentions=[(3 * at, 3 * at + 2)], confidence=0.9)
        for at, k in enumerate(chance.sample(range(1000), 3))
    ]  # fmt: skip
    return Record(
        id=f"sha256:{hashlib.sha256(str(number).encode()).hexdigest()}",
        text_hash=text_hash(text),
        origin=f"https://paper.example/{number}",
        title=f"Title {number}",
        publisher=f"Paper {number % 50}",
        published=f"2024-{1 + number % 12:02d}-{1 + number % 28:02d}",
        language="en",
        text=text,
        body=[(0, len(text))],
        actors=actors,
        places=places,
        times=[Time(id="t1", span=(5, 9), type="DATE", value="2024-10-25")],
        statements=[_statement(n, chance.choice(actors).id, chance) for n in range(1, items + 1)],
        events=[_event(n, actors, places, chance) for n in range(1, items + 1)],
        coded_with=CodedWith(sayso="0", pipeline="none", knowledge="none", ontology="none"),
    )


def _statement(number: int, speaker: str, chance: random.Random) -> Statement:
    at = 20 * number
    return Statement(
        id=f"s{number}", source=[(at, at + 4)], cue=[(at + 5, at + 9)], content=[(at + 10, at + 60)], speaker=speaker,
        kind="indirect", act="say", confidence=chance.random(),
    )  # fmt: skip


def _event(number: int, actors: list[Actor], places: list[Place], chance: random.Random) -> Event:
    at = 20 * number
    day = f"20{chance.randint(10, 24)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    return Event(
        id=f"e{number}", anchor=(at, at + 6), type=chance.choice(TYPES), quad=chance.choice((1, 2, 3, 4)), cameo="04",
        intensity=1.0, actors=[chance.choice(actors).id], recipients=[chance.choice(actors).id],
        actor_spans=[(at, at + 3)], recipient_spans=[(at + 8, at + 12)], place=chance.choice(places).id, date=day,
        factuality="CT+", tense="past", hypothetical=False, statement="s1", voucher=actors[0].id,
        confidence=chance.random(),
    )  # fmt: skip


def write_reports(path: Path, count: int, seed: int = 1) -> None:
    """Write short reports of names that hardly ever return, as a table for ``sayso code``."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as table:
        for number in range(count):
            town, leader, minister = (name.title() for name in vocabulary(chance, 3))
            text = (
                f"{town}, May {1 + number % 28} (Sample Wire) - President {leader} said on Monday that "
                f"{chance.randint(2, 900)} soldiers had attacked {town} in Ukraine. "
                f"Foreign Minister {minister} denied it."
            )
            row = {"id": str(number), "text": text, "published": "2024-05-29", "publisher": "Sample Wire"}
            table.write(json.dumps(row) + "\n")
