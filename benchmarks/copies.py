"""How well copies are recognised, by kind of change, and what a document costs in a ledger that grows.

Real articles are changed the way papers change what they take over; what comes out is placed among all the articles in
a shuffled order. A link is right where it leads to the article that was changed. Articles of different stories, stories
that share a paragraph, and forms with other figures must get none. Articles of even number are for tuning, those of odd
number for the figures. Articles that repeat another one by themselves are set aside (more than ``REPEATS`` of their
runs of words). Without the shared articles, the samples in ``examples`` and made-up text take their place, and the
figures say little.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from sayso.intake.lineage import examine
from sayso.ledger.copy_finder import CopyFinder
from sayso.ledger.publications import Publication
from sayso.ledger.sketch import RUN, Sketch, sketch, words
from sayso.records import text_hash

HERE = Path(__file__).parent
SETS = (
    "attribution/polnear_dev", "attribution/polnear_train", "places/lgl", "negatives/bbc_topics", "times/aquaint",
)  # fmt: skip
SHORTEST = 100
"""Words of an article that is taken."""
REPEATS = 0.4
SEED = 7
CURVE = (10_000, 20_000, 40_000, 80_000, 160_000)

SWAPS = {
    "said": "stated", "big": "large", "began": "started", "help": "assist", "buy": "purchase", "show": "demonstrate",
    "about": "around", "many": "numerous", "also": "too", "however": "but", "people": "persons", "while": "as",
    "later": "afterwards", "need": "require", "end": "conclude", "ended": "concluded", "officials": "authorities",
    "killed": "slain", "told": "informed", "called": "termed", "because": "since", "several": "some",
    "near": "close to",
    "colour": "color", "labour": "labor", "defence": "defense", "centre": "center", "organisation": "organization",
    "percent": "per cent", "programme": "program", "toward": "towards", "among": "amongst",
}  # fmt: skip
FORMS = {
    "markets": "Stocks in {place} closed {way} on {day}. The main index {way2} {n1} points, or {n2} percent, to {n3}. "
    "Turnover came to {n4} million dollars, after {n5} million the day before. Of the shares traded {n6} rose and {n7} "
    "fell, while {n8} stood where they had been. The currency was quoted at {n9} to the dollar in late trading, "
    "compared with {n10} late on the day before. Dealers said that investors were waiting for figures on prices.",
    "weather": "The weather for {place} on {day}: cloudy at first with sunny spells later, and a chance of showers in "
    "the evening. Highs near {n1} degrees, lows around {n2}. Winds from the west at {n3} to {n4} miles an hour. The "
    "chance of rain is {n5} percent. The sun rises at {n6}:{n2} and sets at {n7}:{n1}. Pollen is low and the air is "
    "good. The water at the beach has {n8} degrees. The outlook for the rest of the week is dry.",
    "quake": "An earthquake of magnitude {n1}.{n2} struck near {place} on {day}, the geological survey said. The quake "
    "was centred {n3} kilometres from the town at a depth of {n4} kilometres, and struck at {n5}:{n6} in local time. "
    "There were no reports at first of damage or injuries, and no warning of a tsunami was issued. The region lies on "
    "a belt of faults around the ocean where quakes are common. One of magnitude {n7}.{n8} killed {n9} people there.",
    "polls": "{name} leads {name2} by {n1} points among likely voters in {place}, a poll out on {day} found. The "
    "survey has {name} at {n2} percent and {name2} at {n3} percent, with {n4} percent undecided. Among women the lead "
    "is {n5} points, among men {n6}. The poll asked {n7} likely voters by telephone and has a margin of error of plus "
    "or minus {n8} points. In the last survey, taken a month before, the two stood at {n9} and {n10} percent.",
    "blotter": "Police in {place} arrested a man of {n1} on {day} on suspicion of driving under the influence. {name}, "
    "of {n2} Station Road, was stopped at {n3}:{n4} near exit {n5} and had {n6} times the permitted level of alcohol "
    "in the blood, according to the report. He was released on a bail of {n7} dollars and is due in court on the "
    "{n8}th. All persons are presumed innocent until they are found guilty in a court of law.",
}
PLACES = (
    "Aldbury",
    "Brenton",
    "Carrow",
    "Dunmere",
    "Elsworth",
    "Farley",
    "Gorsley",
    "Hadwick",
    "Ibsley",
    "Kelmarsh",
    "Lowick",
    "Marden",
    "Norley",
)
NAMES = (
    "Abel",
    "Baines",
    "Corder",
    "Dayton",
    "Ellwood",
    "Finch",
    "Garner",
    "Hollis",
    "Ivers",
    "Jessop",
    "Kemble",
    "Lorne",
    "Maddox",
    "Nash",
    "Orwell",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Article:
    """A text that was not made from another in the set."""

    name: str
    text: str
    published: str


@dataclass
class Trial:
    """Documents to be placed, which article each was made of (none for those that are no copies), and its kind."""

    documents: list[Publication] = field(default_factory=list)
    made_of: dict[str, set[str]] = field(default_factory=dict)
    kind: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, name: str, text: str, made_of: set[str], **given: str | None) -> None:
        """Take in a text, laid out as the reader would."""
        layout = examine(text)
        body = " ".join(text[start:end] for start, end in layout.body)
        self.documents.append(
            Publication(
                id=name,
                text_hash=text_hash(text),
                sketch=sketch(body),
                words=len(body.split()),
                lineage=layout.lineage,
                arrived=len(self.documents),
                **given,
            )
        )
        self.made_of[name] = made_of
        self.kind[name] = kind


Change = Callable[[random.Random, Article, Article], str]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, roughly."""
    return re.split(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])", text)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, made of four sentences each where it has none."""
    found = [part for part in re.split(r"\n\s*\n|\n", text) if part.strip()]
    if len(found) > 3:
        return found
    parts = sentences(text)
    return [" ".join(parts[i : i + 4]) for i in range(0, len(parts), 4)]


def first(share: float) -> Change:
    """Return the change that keeps the beginning of an article."""

    def trim(_chance: random.Random, article: Article, _other: Article) -> str:
        kept = article.text.split(" ")
        return " ".join(kept[: max(30, round(share * len(kept)))])

    return trim


def another_headline(chance: random.Random, article: Article, other: Article) -> str:
    """Replace the headline, and what stands before the first sentence."""
    return " ".join(chance.sample(words(other.text), 9)).title() + "\n\n" + article.text.split("\n", 1)[-1].strip()


def another_byline(chance: random.Random, article: Article, _other: Article) -> str:
    """Sign an article with another name and dateline."""
    name = f"By {chance.choice(NAMES)} {chance.choice(NAMES)}"
    return f"{name}\n\n{chance.choice(PLACES).upper()} (AP) — {article.text.strip()}"


def another_order(chance: random.Random, article: Article, _other: Article) -> str:
    """Change the order of the paragraphs."""
    parts = paragraphs(article.text)
    chance.shuffle(parts)
    return "\n\n".join(parts)


def light_edit(chance: random.Random, article: Article, _other: Article) -> str:
    """Drop one sentence in eight, put other words or spellings for some, and leave one word in forty out."""
    kept = [part for part in sentences(article.text) if chance.random() > 1 / 8]
    edited = []
    for word in " ".join(kept).split(" "):
        swapped = SWAPS.get(word)
        if swapped and chance.random() < 0.5:
            edited.append(swapped)
        elif chance.random() > 1 / 40:
            edited.append(word)
    return " ".join(edited)


def heavy_edit(chance: random.Random, article: Article, other: Article) -> str:
    """Put another word for one in twelve: two in three runs of five words stay as they were."""
    fresh = words(other.text)
    return " ".join(chance.choice(fresh) if chance.random() < 1 / 12 else word for word in article.text.split(" "))


def half_edited(chance: random.Random, article: Article, other: Article) -> str:
    """Keep half of an article, edit it lightly, and sign it with another name."""
    edited = light_edit(chance, Article("", first(0.5)(chance, article, other), ""), other)
    return another_byline(chance, Article("", edited, ""), other)


def house_style(_chance: random.Random, article: Article, _other: Article) -> str:
    """Change quotation marks, abbreviations, numbers and spelling as house styles have it."""
    text = article.text.replace("“", '"').replace("”", '"').replace("’", "'").replace(" - ", " — ")
    text = re.sub(r"\bU\.S\.", "US", re.sub(r"\bU\.N\.", "UN", text))
    text = re.sub(r"\bpercent\b|%", " per cent", text)
    text = re.sub(r"\b(\w{3,})iz(e[ds]?|ing|ation)\b", r"\1is\2", text)
    return re.sub(r"\b(Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\. ", r"\1 ", text)


def merged(chance: random.Random, article: Article, other: Article) -> str:
    """Put two stories together."""
    parts = [article.text.strip(), other.text.strip()]
    chance.shuffle(parts)
    return "\n\n".join(parts)


def own_paragraph(_chance: random.Random, article: Article, other: Article) -> str:
    """Put a paragraph of about 80 words of another article in front."""
    return " ".join(other.text.split()[40:120]) + "\n\n" + article.text


def update(chance: random.Random, article: Article, other: Article) -> str:
    """Replace one sentence in five by one of another article."""
    fresh = sentences(other.text)
    return " ".join(chance.choice(fresh) if chance.random() < 0.2 else part for part in sentences(article.text))


CHANGES: dict[str, Change] = {
    "the same text": lambda _chance, article, _other: article.text,
    "first 80 %": first(0.8),
    "first 50 %": first(0.5),
    "first 30 %": first(0.3),
    "first 10 %, or 30 words": first(0.1),
    "another headline": another_headline,
    "another by-line, dateline": another_byline,
    "paragraphs in another order": another_order,
    "light edit, sentences dropped": light_edit,
    "half, edited, another by-line": half_edited,
    "one word in twelve replaced": heavy_edit,
    "house style": house_style,
    "two stories in one": merged,
    "own paragraph in front": own_paragraph,
    "update by the same outlet": update,
}


def articles(shared: Path) -> tuple[list[Article], int]:
    """Return the articles, each once, and how many were set aside because they repeat another."""
    found = []
    for name in SETS:
        path = shared / "gold" / f"{name}.jsonl"
        if path.exists():
            for line in filter(str.strip, path.read_text(encoding="utf-8").split("\n")):
                row = json.loads(line)
                found.append(Article(f"{name}/{row['id']}", row["text"], (row.get("published") or "2009-03-01")[:10]))
    if not found:
        found = list(made_up())
    found = [article for article in found if len(words(article.text)) >= SHORTEST]
    kept = [article for article, repeats in zip(found, repeating([a.text for a in found]), strict=True) if not repeats]
    random.Random(SEED).shuffle(kept)
    return kept, len(found) - len(kept)


def repeating(texts: list[str]) -> list[bool]:
    """Say of each text whether it shares too much with one before it, all runs of words counted."""
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes: list[int] = []
    verdicts = []
    for number, text in enumerate(texts):
        of = words(text)
        runs = {tuple(of[i : i + RUN]) for i in range(len(of) - RUN + 1)}
        common = Counter(holder for run in runs for holder in holders[run])
        verdicts.append(any(n > REPEATS * min(len(runs), sizes[k]) for k, n in common.items()))
        for run in runs:
            holders[run].append(number)
        sizes.append(len(runs))
    return verdicts


def made_up() -> Iterator[Article]:
    """Yield the samples of the repository, and texts of words drawn by chance from them."""
    samples = [path.read_text(encoding="utf-8") for path in sorted((HERE.parent / "examples").glob("*.txt"))]
    chance = random.Random(SEED)
    vocabulary = " ".join(samples).split()
    for number, text in enumerate(samples):
        yield Article(f"sample/{number}", text, "2024-05-01")
    for number in range(300):
        lines = [" ".join(chance.choices(vocabulary, k=20)).capitalize() + "." for _ in range(chance.randint(8, 40))]
        yield Article(f"made up/{number}", "\n\n".join(lines), "2024-05-02")


def trial(bases: list[Article], others: list[Article]) -> Trial:
    """Return all documents: the articles, every change of each, and what must not be linked."""
    made = Trial()
    chance = random.Random(SEED)
    for number, article in enumerate(bases):
        lineage = examine(article.text).lineage  # what credits an agency is taken for the agency's own
        outlet = lineage[0].name if lineage else f"Outlet {number % 40}"
        timed = number % 4 > 0  # a day without a time counts as its end, and says nothing on copies of that day
        published = article.published + "T06:00" * timed
        made.add("different articles", article.name, article.text, set(), published=published, publisher=outlet)
        for kind, change in CHANGES.items():
            other = chance.choice(bases if kind == "two stories in one" else others)
            made_of = {article.name, other.name} if kind == "two stories in one" else {article.name}
            name = f"{article.name}#{kind}"
            later = max(article.published, other.published) if len(made_of) > 1 else article.published
            later = str(
                date.fromisoformat(later) + timedelta(days=chance.randint(0 if timed and len(made_of) == 1 else 1, 3))
            )
            same = kind.startswith("update")
            text = change(chance, article, other)
            if not same and chance.random() < 0.3:
                text = f"{text.rstrip()}\n\nThis article was originally published by {outlet}."
            publisher = outlet if same else f"Paper {chance.randint(1, 400)}"
            published = None if chance.random() < 0.1 else later + "T12:00"
            made.add(kind, name, text, made_of, published=published, publisher=publisher)
    strangers(made, chance, others)
    forms(made, chance)
    return made


def strangers(made: Trial, chance: random.Random, others: list[Article]) -> None:
    """Add pairs of different articles that share a paragraph of 60 words: a quotation, an agency's background."""
    long = [article for article in others if len(article.text.split()) >= 200]
    for number in range(0, len(long) - 2, 3):
        shared = " ".join(long[number + 2].text.split()[60:120])
        for article in long[number : number + 2]:
            parts = paragraphs(article.text)
            parts.insert(chance.randint(1, len(parts)), shared)
            given = {"published": article.published, "publisher": f"Outlet {chance.randint(0, 40)}"}
            made.add("one paragraph shared", f"shares/{article.name}", "\n\n".join(parts), set(), **given)


def forms(made: Trial, chance: random.Random) -> None:
    """Add texts that fill in the same form: the frame is kept, the figures and names are others."""
    for form, frame in FORMS.items():
        for number in range(100):
            figures = {
                f"n{i}": chance.choice((chance.randint(2, 60), chance.randint(100, 2_000))) for i in range(1, 11)
            }
            ways = {"way": chance.choice(("higher", "lower")), "way2": chance.choice(("gained", "lost", "added"))}
            people = {"name": chance.choice(NAMES), "name2": chance.choice(NAMES)}
            text = frame.format(place=chance.choice(PLACES), day=chance.choice(DAYS), **figures, **ways, **people)
            day = str(date(2024, 1, 1) + timedelta(days=number))
            made.add(f"form: {form}", f"{form}/{number}", text, set(), published=day, publisher="Sample Wire")


def score(made: Trial) -> dict[str, dict[str, float]]:
    """Place all documents in a shuffled order, and return what came of it by kind, and in all."""
    finder = CopyFinder()
    order = list(made.documents)
    random.Random(SEED + 1).shuffle(order)
    for document in order:
        finder.add(document)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, made_of in made.made_of.items():
        link = finder.link(name)
        for kind in (made.kind[name], "all"):
            counts[kind]["documents"] += 1
            counts[kind]["copies"] += bool(made_of)
            counts[kind]["links"] += link is not None
            counts[kind]["right"] += link is not None and link.id in made_of
    return {kind: dict(of) | rates(of) for kind, of in counts.items()}


def rates(of: Counter[str]) -> dict[str, float]:
    """Return recall and precision where there is something to find or found."""
    recall = {"recall": round(of["right"] / of["copies"], 4)} if of["copies"] else {}
    return recall | ({"precision": round(of["right"] / of["links"], 4)} if of["links"] else {})


def curve(sizes: tuple[int, ...]) -> list[dict[str, float]]:
    """Return what a document costs in a finder that grows; one in four is a copy of a story of the day, ten of each."""
    chance = np.random.default_rng(SEED)
    stories = [fresh(chance, 64) for _ in range(100)]
    finder, spent, done, rows = CopyFinder(), 0.0, 0, []
    longest = 0.0
    for number in range(max(sizes, default=0)):
        hashes = fresh(chance, 64)
        if number % 40 == 0:
            stories[int(chance.integers(len(stories)))] = hashes
        elif number % 4 == 0:
            hashes = np.unique(np.concatenate((stories[int(chance.integers(len(stories)))][:52], hashes[:12])))
        name = f"{number:071d}"
        day = str(date(2024, 1, 1) + timedelta(days=number // 1000 + int(chance.integers(3))))
        document = Publication(id=name, text_hash="h" + name, sketch=hashes, words=450, published=day, publisher="P")
        start = time.process_time()
        finder.add(document)
        took = time.process_time() - start
        spent, longest = spent + took, max(longest, took)
        if number + 1 in sizes:
            rows.append(
                {
                    "documents": number + 1,
                    "us a document": round(1e6 * spent / (number + 1 - done)),
                    "longest, ms": round(1000 * longest),
                    "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                }
            )
            spent, longest, done = 0.0, 0.0, number + 1
    return rows


def fresh(chance: np.random.Generator, count: int) -> Sketch:
    """Return a sketch that nobody else has."""
    return np.unique(chance.integers(0, 1 << 29, size=count, dtype=np.uint32))


def sketching(texts: list[str]) -> float:
    """Return the microseconds of making a sketch, a word."""
    start = time.process_time()
    for text in texts:
        sketch(text)
    return 1e6 * (time.process_time() - start) / sum(len(text.split()) for text in texts)


def table(rows: dict[str, dict[str, float]]) -> str:
    """Return the figures by kind as a Markdown table."""
    lines = ["| kind | documents | links | right | recall | precision |", "|---|---|---|---|---|---|"]
    for kind, of in rows.items():
        share = [f"{of[name]:.3f}" if name in of else "" for name in ("recall", "precision")]
        lines.append(f"| {kind} | {of['documents']} | {of['links']} | {of['right']} | {' | '.join(share)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--half", choices=("even", "odd"), default="odd", help="even: for tuning")
    parser.add_argument("--curve", type=int, nargs="*", default=CURVE, help="sizes at which the cost is measured")
    parser.add_argument("--json", action="store_true")
    opts = parser.parse_args()
    figures: dict[str, object] = {"cost": curve(tuple(opts.curve))}  # first, so that the memory is its own
    every, aside = articles(opts.shared)
    if every[0].name.startswith(("sample", "made up")):
        print(f"No articles under {opts.shared}: samples and made-up text instead.", file=sys.stderr)
    halves = every[::2], every[1::2]
    bases, others = halves if opts.half == "even" else halves[::-1]
    rows = score(trial(bases, others))
    figures |= {"half": opts.half, "articles": len(bases), "set aside": aside, "kinds": rows}
    figures["sketch, us a word"] = round(sketching([article.text for article in bases[:200]]), 2)
    if opts.json:
        print(json.dumps(figures))
        return
    print(table(rows))
    print(f"\n{len(bases)} articles of {opts.half} number; {aside} set aside. A sketch costs", end=" ")
    print(f"{figures['sketch, us a word']} us a word.")
    for row in figures["cost"]:
        print("  ".join(f"{name} {value:,}" for name, value in row.items()))


if __name__ == "__main__":
    main()
