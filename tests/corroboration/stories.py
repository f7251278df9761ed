"""Reports made by hand, a likeness that says of them what a test wants, and processes that follow them."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from sayso.corroboration import archive
from sayso.corroboration.casebook import Casebook
from sayso.corroboration.likeness import Pair
from sayso.corroboration.traits import DocumentTraits
from sayso.ledger import Ledger
from sayso.records import Actor, CodedWith, Document, Event, EventMention, Place, Record, document_id, text_hash

COMMON = "Zembla"
"""Stands in all reports, so that each is looked at beside the others."""
TOWNS = ("Elst", "Hoek", "Zoom", "Goor")
PATIENCE = 120
"""Seconds that a process may take."""
_FOLLOWING = Path(__file__).with_name("following.py")

Likelihood = Callable[[str, str], float]
"""How likely two tellings are of one occurrence, given "REF/ITEM" of each, the earlier one first."""


def report(ref: str, town: str = "Elst", *, verb: str = "shelled", **given: Any) -> Record:
    """Return a record of one event, e1, and one mention, m1: the army of Zembla did something to a town."""
    text = f"The army of {COMMON} {verb} {town} on Monday. After the attack {ref} wrote of smoke over {town}."
    start, after = text.index(verb), text.index("attack")
    army = Actor(id="actor:army-of-zembla", name="Army of Zembla", kind="organization", country="RUS", sector="MIL",
                 mentions=[(0, 18)], confidence=0.9)  # fmt: skip
    people = Actor(id="actor:people", name="People", kind="group", country="UKR", mentions=[(0, 3)], confidence=0.9)
    where = Place(id=f"geonames:{sum(map(ord, town))}", name=town, country="UKR", lat=50, lon=30, feature="PPL",
                  mentions=[(text.index(town), text.index(town) + len(town))], confidence=0.9)  # fmt: skip
    told: dict[str, Any] = {
        "place": where.id, "date": "2024-10-21", "factuality": "CT+", "tense": "past", "hypothetical": False,
    }  # fmt: skip
    acted: dict[str, Any] = {
        "id": "e1", "anchor": (start, start + len(verb)), "type": "ASSAULT", "mode": "artillery", "quad": 4,
        "cameo": "19", "intensity": -9.0, "actors": [army.id], "recipients": [people.id], "voucher": None,
        "confidence": 0.9,
    }  # fmt: skip
    event = Event(**acted | told | given.pop("event", {}))
    mention = EventMention(id="m1", anchor=(after, after + 6), lemma="attack", **told)
    document = Document(text=text, publisher=given.get("publisher"), ref=ref)
    fields = {
        "id": document_id(document), "text_hash": text_hash(text), "text": text, "ref": ref, "title": f"{town} shelled",
        "publisher": f"{ref} Post", "published": "2024-10-22", "body": [(0, len(text))], "actors": [army, people],
        "places": [where], "events": [event], "event_mentions": [mention],
        "coded_with": CodedWith(sayso="1", pipeline="fast", knowledge="k1", ontology="PLOVER"),
    }  # fmt: skip
    return Record(**fields | given)


def likeness(monkeypatch: pytest.MonkeyPatch, likelihood: Likelihood) -> None:
    """Compare all documents with all, and find their tellings as likely to be of one occurrence as told."""
    known: dict[str, list[str]] = {}
    told = archive.tellings

    def tellings(record: Record, order: int) -> Any:
        found = told(record, order)
        known[record.id] = [f"{record.ref}/{telling.item}" for telling in found]
        return found

    def links(traits: DocumentTraits, others: Sequence[DocumentTraits]) -> list[Pair]:
        pairs = []
        for other in (traits, *others):
            for one, first in zip(other.tellings, known[other.document], strict=True):
                for two, second in zip(traits.tellings, known[traits.document], strict=True):
                    value = likelihood(first, second) if one != two else 0.0
                    if value >= 0.05 and not (other is traits and one >= two):
                        pairs.append(Pair(one, two, value, ("the same word",) if value >= 0.5 else ()))
        return pairs

    def nearest(_: DocumentTraits, sharing: Mapping[int, int]) -> list[int]:
        return sorted(sharing, reverse=True)[:40]

    monkeypatch.setattr(archive, "tellings", tellings)
    monkeypatch.setattr(archive, "links", links)
    monkeypatch.setattr(archive, "nearest", nearest)


def by_story(one: str, other: str) -> float:
    """Find the same items of reports alike whose names begin with the same letter: "a1/e1" and "a2/e1"."""
    return 0.95 if one[0] == other[0] and one.split("/")[1] == other.split("/")[1] else 0.0


def by_chance(one: str, other: str) -> float:
    """Find some pairs likely and many less so, always the same."""
    chance = random.Random(f"{one} {other}")
    return chance.choice([0.0, 0.0, 0.1, 0.3, 0.4, 0.6, 0.9]) * chance.random()


def told(casebook: Casebook) -> list[str]:
    """Return all that a casebook says, but for numbers that are its own."""
    return [occurrence.model_dump_json() for occurrence in casebook.occurrences(untyped=True)]


def groups(casebook: Casebook) -> set[frozenset[str]]:
    """Return which reports are of one occurrence, each as "REF/ITEM"."""
    return {
        frozenset(f"{report.ref}/{report.event}" for report in occurrence.reports)
        for occurrence in casebook.occurrences(untyped=True)
    }


def made_again(ledger: Ledger) -> list[str]:
    """Return what a casebook says that has just been made of all that the ledger has."""
    with Casebook(ledger) as casebook:
        casebook.rebuild()
        return told(casebook)


def follow(ledger: Ledger) -> subprocess.Popen[str]:
    """Begin a process that brings the casebook of a ledger up to date."""
    command = [sys.executable, str(_FOLLOWING), ledger.path]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
