"""The scores on gold sets made by others, which are not part of this repository."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measurement import Measurement, run_sayso


@dataclass(frozen=True)
class Scored:
    """A figure of a scorer; ``path`` leads to it in the scorer's JSON."""

    figure: str
    label: str
    gold: str
    scorer: str
    path: tuple[str, ...]
    beside: str
    reader: str = "fast"


FIGURES = (
    Scored(
        "attribution",
        "attribution, linked F1",
        "attribution/polnear_dev",
        "attribution",
        ("linked", "f1"),
        ".17 textacy, .53 Citron (trained), .77 another human",
    ),
    Scored(
        "attribution, accurate",
        "the same with `--reader accurate`",
        "attribution/polnear_dev",
        "attribution",
        ("linked", "f1"),
        "",
        "accurate",
    ),
    Scored("events, type", "events, PLOVER type F1", "events/plover_dev", "events", ("type", "f1"), ".41 PETRARCH-2"),
    Scored(
        "events, whole",
        "events, type + actor + recipient F1",
        "events/plover_dev",
        "events",
        ("full event", "f1"),
        ".33 PETRARCH-2",
    ),
    Scored("events, swapped", "events, actor and recipient swapped", "events/plover_dev", "events", ("swapped",), ""),
    Scored(
        "places, within 161 km",
        "places, right within 161 km, of all",
        "places/lgl",
        "places",
        ("acc161 all",),
        ".38 spaCy NER + gazetteer",
    ),
    Scored(
        "places, recognised",
        "places, recognised F1",
        "places/lgl",
        "places",
        ("recognised", "f1"),
        ".69 spaCy NER",
    ),
    Scored("times, value", "times, value F1", "times/aquaint", "times", ("value", "f1"), ".73 HeidelTime"),
    Scored(
        "false events",
        "false events in 1,000 words of sport and shows",
        "negatives/bbc_topics",
        "negatives",
        ("quiet",),
        "",
    ),
)


def gold_scores(shared: Path) -> list[Measurement]:
    """Code each gold set once with each reader that is wanted, and return its figures."""
    done: dict[tuple[str, str], dict[str, Any]] = {}
    found = []
    for figure in FIGURES:
        key = figure.gold, figure.reader
        if key not in done:
            done[key] = score(shared, figure)
        value: Any = done[key]
        for step in figure.path:
            value = value[step]
        found.append(
            Measurement(figure.figure, value, figure.label, f"{value:.3f}".replace("0.", ".", 1), figure.beside)
        )
    return found


def score(shared: Path, figure: Scored) -> dict[str, Any]:
    """Return what the scorer says of Sayso's account of a gold set."""
    gold = shared / "gold" / f"{figure.gold}.jsonl"
    with tempfile.TemporaryDirectory() as scratch:
        records = Path(scratch) / "records.jsonl"
        run_sayso("code", gold, "-o", records, "--workers", 2, "--reader", figure.reader)
        scorer = [sys.executable, shared / "bench" / f"score_{figure.scorer}.py", gold, records, "--json"]
        printed = subprocess.run([str(part) for part in scorer], check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(printed)
    return result
