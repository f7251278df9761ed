"""What occurrences cost: the CPU seconds that a casebook takes to follow a growing ledger, a point for each slice.

Documents are made up: reports of stories, whose words are drawn as often as news articles use them, with some of the
story's own. ``--plain`` leaves out the comparison of tellings, whose cost for a document depends on how many documents
it is compared with alone: each gets as many pairs as it might have got, at random, so that what storing, looking up,
grouping and making of occurrences cost can be seen by themselves, and for many tellings.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np

from sayso.corroboration import archive
from sayso.corroboration.casebook import Casebook
from sayso.corroboration.likeness import Pair
from sayso.corroboration.traits import DocumentTraits
from sayso.corroboration.vocabulary import vocabulary
from sayso.ledger import Ledger
from sayso.plotting.saving import save
from sayso.records import Actor, CodedWith, Event, EventMention, Place, Record, text_hash

WORDS = 300
SENTENCE = 20
TELLINGS = 12
ABOUT = 4
"""Tellings of a document that are of its story."""
OPEN = 200
"""Stories that are told of at the same time."""
COMMIT = 500
COUNTRIES = ("RUS", "UKR", "USA", "CHN", "IRN", "ISR", "FRA", "DEU", "TUR", "SYR")
TYPES = ("AGREE", "CONSULT", "SUPPORT", "ASSAULT", "PROTEST", "SANCTION", "THREATEN", "AID")
FACTUALITIES = ("CT+", "CT+", "CT+", "PR+", "CT-")


class Story:
    """What the reports of a story have in common."""

    def __init__(self, number: int, chance: random.Random, words: Sequence[str]) -> None:
        self.number = number
        self.words = chance.sample(words, 15)
        self.told = [chance.choice(words) for _ in range(ABOUT)]
        self.types = [chance.choice(TYPES) for _ in range(ABOUT)]
        self.actors = chance.sample(range(300), 4)
        self.place = chance.randrange(1000)
        self.day = f"20{10 + number // 7000 % 15}-{1 + number // 560 % 12:02d}-{1 + number // 20 % 28:02d}"


def records(count: int, reports: int, seed: int = 1) -> Iterator[Record]:
    """Yield made-up records of twelve tellings each, so many for each story as a rule."""
    chance = random.Random(seed)
    words = list(vocabulary().rows)
    draw = np.random.default_rng(seed)
    often = np.exp(-np.array([vocabulary().look_up(word)[2] for word in words]))
    often /= often.sum()
    stories = [Story(number, chance, words) for number in range(OPEN)]
    for number in range(count):
        at = chance.randrange(OPEN)
        if chance.random() < 1 / reports:
            stories[at] = Story(number, chance, words)
        drawn = [words[i] for i in draw.choice(len(words), WORDS, p=often)]
        yield _record(number, stories[at], drawn, chance)


def _record(number: int, story: Story, drawn: list[str], chance: random.Random) -> Record:
    for word in story.words:
        for _ in range(2):
            drawn[chance.randrange(WORDS)] = word
    places = sorted(chance.sample(range(WORDS), TELLINGS))
    for place, word in zip(places, story.told, strict=False):
        drawn[place] = word
    for end in range(SENTENCE - 1, WORDS, SENTENCE):
        drawn[end] += "."
        drawn[end - SENTENCE + 1] = drawn[end - SENTENCE + 1].capitalize()
    starts = np.cumsum([0, *(len(word) + 1 for word in drawn)])
    text = " ".join(drawn)
    actors = [
        Actor(id=f"actor:a{k}", name=f"Actor {k}", kind="country", country=COUNTRIES[k % 10], sector="GOV",
              mentions=[(0, 3)], confidence=0.9)
        for k in story.actors
    ]  # fmt: skip
    where = Place(id=f"geonames:{story.place}", name=f"Place {story.place}", country=COUNTRIES[story.place % 10],
                  lat=1, lon=1, feature="PPL", mentions=[(0, 3)], confidence=0.9)  # fmt: skip
    spans = [(int(starts[place]), int(starts[place]) + len(drawn[place].rstrip("."))) for place in places]
    told: dict[str, Any] = {
        "actors": [actors[0].id], "recipients": [actors[1].id], "place": where.id, "date": story.day,
        "factuality": chance.choice(FACTUALITIES), "tense": "past", "hypothetical": False,
    }  # fmt: skip
    events = [
        Event(id=f"e{n}", anchor=spans[n], type=story.types[n], quad=1, cameo="04", intensity=1.0, voucher=None,
              confidence=0.9, **told)
        for n in range(ABOUT)
    ]  # fmt: skip
    mentions = [
        EventMention(id=f"m{n}", anchor=spans[n], lemma=text[slice(*spans[n])], factuality="CT+", tense="past",
                     hypothetical=False)
        for n in range(ABOUT, TELLINGS)
    ]  # fmt: skip
    return Record(
        id=f"sha256:{hashlib.sha256(str(number).encode()).hexdigest()}",
        text_hash=text_hash(text),
        title=" ".join(story.words[:5]),
        publisher=f"Paper {number % 50}",
        published=story.day,
        text=text,
        body=[(0, len(text))],
        actors=actors,
        places=[where],
        events=events,
        event_mentions=mentions,
        coded_with=CodedWith(sayso="0", pipeline="none", knowledge="none", ontology="none"),
    )


def plain(traits: DocumentTraits, others: Sequence[DocumentTraits]) -> list[Pair]:
    """Return pairs as there might be between a document and others: of their stories, and by chance."""
    chance, pairs = random.Random(traits.document), []
    mine = set(traits.keys)
    for other in others:
        likely = len(mine.intersection(other.keys)) > 12
        pairs += [
            Pair(other.tellings[n], traits.tellings[n], chance.uniform(0.6, 1), ("the same word",))
            for n in range(ABOUT if likely else 0)
        ]
        for _ in range(10):
            one, two = chance.choice(other.tellings), chance.choice(traits.tellings)
            pairs.append(Pair(one, two, chance.uniform(0.05, 0.3), ()))
    return pairs


class Watch:
    """Counts the CPU seconds that a function takes."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function, self.spent = function, 0.0

    def __call__(self, *arguments: Any) -> Any:
        """Call the function."""
        start = time.process_time()
        try:
            return self.function(*arguments)
        finally:
            self.spent += time.process_time() - start


def curve(documents: int, slices: int, reports: int, *, compared: bool) -> Iterator[dict[str, Any]]:
    """Follow a growing ledger; yield for each slice of it what a telling cost."""
    links = Watch(archive.links if compared else plain)
    traits = Watch(DocumentTraits.of)
    archive.links = links
    archive.DocumentTraits = type("Timed", (), {"of": traits, "unpack": DocumentTraits.unpack})  # type: ignore[misc]
    made = records(documents, reports)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder, "ledger"), create=True)
        with Casebook(ledger) as casebook:
            for slice_ in range(1, slices + 1):
                for _ in range(documents // slices // COMMIT):
                    ledger.append(islice(made, COMMIT))
                links.spent = traits.spent = 0.0
                start, clock = time.process_time(), time.perf_counter()
                updated = casebook.update()
                spent = time.process_time() - start
                tellings = updated.added * TELLINGS
                yield {
                    "tellings": slice_ * tellings,
                    "ms a telling": 1000 * spent / tellings,
                    "traits": 1000 * traits.spent / tellings,
                    "links": 1000 * links.spent / tellings,
                    "casebook": 1000 * (spent - traits.spent - links.spent) / tellings,
                    "clock": time.perf_counter() - clock,
                    "occurrences": casebook.count(untyped=True),
                    "bytes a telling": Path(casebook.folder, "occurrences.sqlite").stat().st_size / (slice_ * tellings),
                    "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                }


def picture(points: Sequence[dict[str, Any]]) -> alt.Chart:
    """Draw how the seconds add up with the tellings."""
    seconds = np.cumsum([point["clock"] for point in points]).tolist()
    rows = [{"reports": 0, "seconds": 0.0}]
    rows += [{"reports": p["tellings"], "seconds": total} for p, total in zip(points, seconds, strict=True)]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(alt.X("reports:Q", title="reports of events"), alt.Y("seconds:Q", title="seconds on one core"))
        .properties(width=560, height=260)
    )


def main() -> None:
    """Measure and print a line of JSON for each slice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000, help="of twelve tellings each")
    parser.add_argument("--slices", type=int, default=5)
    parser.add_argument("--reports", type=int, default=8, help="of each story, as a rule")
    parser.add_argument("--plain", action="store_true", help="do not compare; see above")
    parser.add_argument("--picture", type=Path, help="also draw the curve into this file: .svg or .png")
    opts = parser.parse_args()
    points = []
    for point in curve(opts.documents, opts.slices, opts.reports, compared=not opts.plain):
        points.append(point)
        print(json.dumps({name: round(value, 3) for name, value in point.items()}))
        sys.stdout.flush()
    if opts.picture:
        save(picture(points), opts.picture)


if __name__ == "__main__":
    main()
