"""How quickly the explorer answers: ten readers at once on a ledger of 20,000 documents, while a writer appends.

Each reader asks for a page, looks at it for a second, and asks for another: pages of all kinds in turn, each time of
something else, so that what is kept from one answer to the next is of little use. A writer appends 25 documents every
three seconds. Told is how long each page took until its last byte, in milliseconds.

    python benchmarks/explorer.py --ledger LEDGER      # one that is there; what groups it is made first
    python benchmarks/explorer.py                      # one that is made up, of 20,000 documents (half an hour)
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from made_up import records

from sayso.corroboration import Casebook, Utterances
from sayso.ledger import Ledger

ITEMS = 20
BATCH, EVERY = 25, 3.0
LOOKING = 1.0
LIMIT = 60.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=90.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.ledger or made(Path(folder) / "ledger", options.documents)
        grouped(path)
        times = measure(path, options.readers, options.seconds)
    print(f"{'page':34s} {'asked':>6s} {'median':>7s} {'90 %':>7s} {'most':>7s}")
    for page, taken in sorted(times.items()):
        deciles = statistics.quantiles(taken, n=10) if len(taken) > 1 else taken * 9
        print(f"{page:34s} {len(taken):6d} {statistics.median(taken):7.0f} {deciles[8]:7.0f} {max(taken):7.0f}")


def made(path: Path, documents: int) -> Path:
    """Make a ledger of made-up documents."""
    ledger = Ledger(path, create=True)
    coming = records(documents, ITEMS)
    while some := list(islice(coming, 500)):
        ledger.append(some)
    return path


def grouped(path: Path) -> None:
    """Group the reports and the statements of a ledger."""
    for opened in (Casebook, Utterances):
        with opened(Ledger(path)) as book:
            book.update(lambda done, total: print(f"\rgrouping {done} of {total}", end="", file=sys.stderr))


def measure(path: Path, readers: int, seconds: float) -> dict[str, list[float]]:
    """Return how long each page took, in milliseconds."""
    times: dict[str, list[float]] = defaultdict(list)
    with served(path) as address:
        names = Names(address)
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=read, args=(address, names, n, end, times)) for n in range(readers)]
        threads.append(threading.Thread(target=write, args=(path, end)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return times


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Run the explorer, and give its address once it has loaded all occurrences and utterances."""
    command = [sys.executable, "-m", "sayso", "serve", "--ledger", str(path), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        address = next(w for line in process.stderr if "http" in line for w in line.split() if w.startswith("http"))
        threading.Thread(target=process.stderr.read, daemon=True).start()
        address = address.rstrip("/")
        end = time.monotonic() + 600
        while time.monotonic() < end and not counts(address)["utterances"]:
            time.sleep(1)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def counts(address: str) -> dict[str, int]:
    """Return how many of each there are."""
    return {row["view"]: row["count"] for row in asked(address, "/index.json")["rows"]}


def asked(address: str, path: str) -> dict:
    """Return what a page tells programs."""
    with urllib.request.urlopen(address + path, timeout=LIMIT) as answer:
        return json.load(answer)


class Names:
    """What there is to ask for: ids of documents, actors, places, occurrences and utterances, words."""

    def __init__(self, address: str) -> None:
        found = asked(address, "/search.json?limit=1000")["rows"]
        self.documents = [row["document"] for row in found]
        self.publishers = sorted({row["publisher"] for row in found if row["publisher"]})
        self.actors = [row["actor"] for row in asked(address, "/actors.json?limit=300")["rows"]]
        self.places = [row["place"] for row in asked(address, "/places.json?limit=300")["rows"]]
        self.occurrences = [row["occurrence"] for row in asked(address, "/occurrences.json?limit=1000")["rows"]]
        told = asked(address, "/utterances.json?single=true&limit=1000")["rows"]
        self.utterances = [row["utterance"] for row in told]
        text = asked(address, f"/documents/{self.documents[0]}.json")["document"]["text"]
        self.words = sorted({word for word in text.split() if len(word) > 5})

    def pages(self) -> dict[str, Callable[[random.Random], str]]:
        """Return for each page how to make an address of it."""
        types = ("AGREE", "CONSULT", "SUPPORT", "ASSAULT", "PROTEST", "SANCTION", "THREATEN", "AID")

        def since(chance: random.Random) -> str:
            return f"{chance.randint(2010, 2024)}-{chance.randint(1, 12):02d}"

        return {
            "front": lambda _: "/",
            "search, nothing asked": lambda c: f"/search?limit={c.randint(10, 40)}",
            "search, words": lambda c: f"/search?q={c.choice(self.words)}",
            "search, actor and type": lambda c: f"/search?actor={c.choice(self.actors)}&type={c.choice(types)}",
            "search, events since": lambda c: f"/search?of=events&since={since(c)}&type={c.choice(types)}",
            "search, statements": lambda c: f"/search?of=statements&speaker={c.choice(self.actors)}",
            "reader": lambda c: f"/documents/{c.choice(self.documents)}",
            "actors": lambda c: f"/actors?q={c.randint(1, 99)}",
            "actor": lambda c: f"/actors/{c.choice(self.actors)}?side={c.choice(('said', 'did', 'had'))}",
            "dyad": lambda c: f"/dyads?one={c.choice(self.actors)}&other={c.choice(self.actors)}",
            "places": lambda c: f"/places?q={c.randint(1, 99)}",
            "place": lambda c: f"/places/{c.choice(self.places)}",
            "map, points": lambda c: f"/map.json?since={since(c)}",
            "map": lambda c: f"/map?type={c.choice(types)}&since={since(c)}",
            "timeline": lambda c: f"/timeline?type={c.choice(types)}&since={since(c)}",
            "timeline, chart": lambda c: f"/timeline/chart.json?type={c.choice(types)}&since={since(c)}",
            "network": lambda c: f"/network?type={c.choice(types)}&since={since(c)}",
            "occurrences": lambda c: f"/occurrences?type={c.choice(types)}&since={since(c)}",
            "occurrence": lambda c: f"/occurrences/{c.choice(self.occurrences)}",
            "disputes": lambda c: f"/disputes?since={since(c)}",
            "utterances": lambda c: f"/utterances?since={since(c)}&speaker={c.choice(self.actors)}",
            "utterance": lambda c: f"/utterances/{c.choice(self.utterances)}",
            "compare": lambda c: (
                f"/compare?outlet={quote(c.choice(self.publishers))}&outlet={quote(c.choice(self.publishers))}"
            ),
            "ledger": lambda _: "/ledger",
            "reviews": lambda _: "/reviews",
        }


def read(address: str, names: Names, number: int, end: float, times: dict[str, list[float]]) -> None:
    """Ask for page after page until the end."""
    chance = random.Random(number)
    pages = list(names.pages().items())
    while time.monotonic() < end:
        chance.shuffle(pages)
        for page, make in pages:
            begun = time.perf_counter()
            with urllib.request.urlopen(address + make(chance), timeout=LIMIT) as answer:
                answer.read()
            times[page].append(1000 * (time.perf_counter() - begun))
            time.sleep(LOOKING)
            if time.monotonic() > end:
                return


def write(path: Path, end: float) -> None:
    """Append some documents again and again until the end."""
    ledger = Ledger(path)
    coming = records(1_000_000, ITEMS, seed=7, first=1_000_000)
    while time.monotonic() < end:
        ledger.append(list(islice(coming, BATCH)))
        time.sleep(EVERY)


if __name__ == "__main__":
    main()
