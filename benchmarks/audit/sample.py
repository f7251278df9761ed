"""Draw coded events to be judged by reading.

usage: python benchmarks/audit/sample.py RECORDS.jsonl... --articles 200 --events 100 --sheet SHEET.csv > reading.txt

RECORDS are what ``sayso code`` wrote for the gold sets. Articles are drawn first, evenly from the files, then events
from them, each event with the same chance, with a fixed seed. Standard output has each event with its sentence, for
reading; it holds text that is not ours, so keep it out of the repository. The sheet has one row an event with ids and
codes only, and empty columns for what the reader says: 1 right, 0 wrong.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from pathlib import Path
from typing import Any

SEED = 29
JUDGED = ("type", "actor", "recipient", "factuality", "voucher")
COLUMNS = ("set", "document", "start", "end", "coded", "confidence", *JUDGED, "note")


def articles(path: Path, wanted: int, chance: random.Random) -> list[dict[str, Any]]:
    """Return some records of a file that could be read."""
    records = [record for record in map(json.loads, path.open(encoding="utf-8")) if not record["error"]]
    return chance.sample(records, min(wanted, len(records)))


def sentence(text: str, start: int, end: int) -> str:
    """Return the words around an event, its anchor in brackets."""
    before, after = text[max(0, start - 260) : start], text[end : end + 260]
    return re.sub(r"\s+", " ", f"{before}[[{text[start:end]}]]{after}")


def coded(event: dict[str, Any]) -> str:
    """Return type and mode of an event."""
    return f"{event['type']}/{event['mode']}" if event["mode"] else str(event["type"])


def described(record: dict[str, Any], event: dict[str, Any]) -> str:
    """Return the codes of an event as a reader sees them."""
    names = {actor["id"]: f"{actor['name']} ({actor['country']}, {actor['sector']})" for actor in record["actors"]}

    def side(ids: list[str], spans: list[list[int]]) -> str:
        words = " / ".join(record["text"][a:b] for a, b in spans)
        return f"{'; '.join(names.get(i, i) for i in ids) or '-'} <{words}>"

    voucher = names.get(event["voucher"] or "", event["voucher"] or "the article")
    actor, recipient = (side(event[f"{name}s"], event[f"{name}_spans"]) for name in ("actor", "recipient"))
    hypothetical = " hypothetical" if event["hypothetical"] else ""
    return (
        f"{actor} --{coded(event)}--> {recipient} | {event['factuality']} {event['tense']}{hypothetical}"
        f" | on the word of {voucher} | {event['date'] or '-'} (published {record['published'] or '?'})"
    )


def main() -> None:
    """Draw, print for reading, and write the empty sheet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, nargs="+")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--sheet", type=Path, required=True)
    opts = parser.parse_args()
    chance = random.Random(SEED)
    drawn = [
        (path.stem, record, event)
        for path in opts.records
        for record in articles(path, opts.articles // len(opts.records), chance)
        for event in record["events"]
    ]
    chosen = chance.sample(drawn, min(opts.events, len(drawn)))
    with opts.sheet.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        sheet.writeheader()
        for number, (name, record, event) in enumerate(chosen, 1):
            start, end = event["anchor"]
            print(
                f"{number}. {record['ref']}\n   {sentence(record['text'], start, end)}\n   {described(record, event)}\n"
            )
            row = {"set": name, "document": record["ref"], "start": start, "end": end, "coded": coded(event)}
            sheet.writerow(row | {"confidence": event["confidence"]})


if __name__ == "__main__":
    main()
