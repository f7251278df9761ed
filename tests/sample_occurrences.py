"""Occurrences made by hand: a dispute about an arrest, an unfinished toll on a wide scale, an outlet alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.corroboration.occurrence import Contest, Figure, Occurrence, Range, Report, Side, Voice, Where


def report(
    number: int, voice: str, position: Any, publisher: str | None, published: str | None, **parts: Any
) -> Report:
    word = parts.pop("word", "struck")
    sentence = parts.pop("sentence", f"They {word} it, somebody said.")
    start = sentence.index(word)
    told = {
        "id": f"{number:016x}",
        "ref": None,
        "document": f"sha256:{number:064x}",
        "event": "e1",
        "anchor": (start, start + len(word)),
        "word": word,
        "passage": (0, len(sentence)),
        "sentence": sentence,
        "type": "ASSAULT",
        "mode": None,
        "publisher": publisher,
        "title": None,
        "published": published,
        "date": None,
        "factuality": "CT+",
        "position": position,
        "voice": voice,
        "source": None,
        "copy_of": None,
        "is_copy": False,
    }
    return Report(**(told | parts))


def figure(
    voice: str, low: float | None, high: float | None, words: str, published: str, kind: Any = "killed"
) -> Figure:
    return Figure(kind=kind, low=low, high=high, words=words, voice=voice, report="0" * 16, published=published)


def voice(id_: str, name: str, reports: Sequence[Report], figures: Sequence[Figure] = (), **parts: Any) -> Voice:
    told = {
        "id": id_,
        "name": name,
        "kind": "outlet" if id_.startswith("outlet:") else "actor",
        "position": reports[-1].position,
        "independent": True,
        "because": "speaks for the state",
        "reports": [report.id for report in reports],
        "relayed_by": sorted({report.publisher for report in reports if report.publisher}),
        "first": min((report.published for report in reports if report.published), default=None),
        "figures": list(figures),
        "wording": list(dict.fromkeys(report.word for report in reports)),
    }
    return Voice(**(told | parts))


def occurrence(voices: Sequence[Voice], reports: Sequence[Report], **parts: Any) -> Occurrence:
    told = {
        "id": reports[0].id,
        "type": "ASSAULT",
        "modes": ["aerial"],
        "status": "disputed",
        "date": "2024-05-04",
        "where": Where(place=None, name="Grand Port", country="MUS"),
        "actor_names": ["The Blue Coast: military"],
        "recipient_names": ["The Red Coast"],
        "independent": sum(voice.independent for voice in voices),
        "copies": sum(report.is_copy for report in reports),
        "first_reported": "2024-05-04",
        "last_reported": "2024-06-01",
        "voices": list(voices),
        "reports": list(reports),
    }
    return Occurrence(**(told | parts))


def strike() -> Occurrence:
    """Four who say so in numbers from 20 to 2,500, one who denies it, one who doubts it, one who changes his mind."""
    red = [
        report(1, "state:RED", "asserts", "Harbour Gazette", "2024-05-04T09:00:00Z", word="attacked"),
        report(2, "state:RED", "asserts", "Lowland Courier", "2024-05-04", word="attacked"),
        report(3, "state:RED", "asserts", "Hill News", "2024-05-04", is_copy=True, word="attacked"),
        report(4, "state:RED", "asserts", "Bay Post", "2024-05-09", word="massacre"),
    ]
    blue = [
        report(5, "state:BLUE", "denies", "Harbour Gazette", "2024-05-05", word="attack"),
        report(6, "state:BLUE", "denies", "Coast Radio", "2024-05-05", word="attack"),
        report(7, "state:BLUE", "asserts", "Coast Radio", "2024-05-21", word="liberated"),
        report(8, "state:BLUE", "denies", "Bay Post", "2024-06-01", word="attack"),
    ]
    nurses = [report(9, "actor:nurses", "asserts", "Bay Post", "2024-05-07", word="bombed")]
    observers = [report(10, "actor:obs", "doubts", "Hill News", "2024-05-11", word="attack")]
    outlet = [report(11, "outlet:meridian post", "reports", "Meridian Post", "2024-05-13", word="strike")]
    lost = [report(12, "unnamed:residents", "asserts", "Bay Post", None, word="shelled")]
    copied = [report(13, "outlet:hill news", "asserts", "Hill News", "2024-05-04", is_copy=True, word="strike")]
    voices = [
        voice(
            "state:RED",
            "The Red Coast: government",
            red,
            [
                figure("state:RED", 2000, None, "more than 2,000", "2024-05-04"),
                figure("state:RED", 2500, 2500, "2,500", "2024-05-09"),
                figure("state:RED", 40, 60, "40 to 60", "2024-05-09", "wounded"),
            ],
        ),
        voice("state:BLUE", "The Blue Coast: government", blue),
        voice("actor:nurses", "Union of Nurses", nurses, [figure("actor:nurses", 20, 35, "20 to 35", "2024-05-07")]),
        voice(
            "actor:obs",
            "International Monitoring Mission on the Southern Islands and Reefs",
            observers,
            [figure("actor:obs", None, 300, "up to 300", "2024-05-11")],
        ),
        voice("outlet:meridian post", "Meridian Post", outlet),
        voice("unnamed:residents", "residents", lost, [figure("unnamed:residents", 30, 30, "30", "2024-05-09")]),
        voice("outlet:hill news", "Hill News", copied, independent=False, because="only copies have it"),
    ]
    ranges = [
        Range(kind="killed", low=20, high=2500, voices=["actor:nurses", "actor:obs", "state:RED", "unnamed:residents"]),
        Range(kind="wounded", low=40, high=60, voices=["state:RED"]),
    ]
    sides = [
        Side(value="asserted", voices=["state:RED"], wording=red[0].sentence, report=red[0].id),
        Side(value="denied or doubted", voices=["state:BLUE"], wording=blue[0].sentence, report=blue[0].id),
    ]
    every = [*red, *blue, *nurses, *observers, *outlet, *lost, *copied]
    return occurrence(voices, every, figures=ranges, contests=[Contest(aspect="happening", sides=sides)])


def remark() -> Occurrence:
    """One outlet alone, in one report that has no date, with a hostile name and no type."""
    name = "</script><b>\u202eHill\x1b[31m News"
    told = [report(1, "outlet:x", "asserts", name, None, type=None, word="met", sentence="They met.\x07")]
    return occurrence(
        [voice("outlet:x", name, told)],
        told,
        type=None,
        modes=[],
        status="single-source",
        actor_names=[],
        recipient_names=[],
        date=None,
        where=None,
        first_reported=None,
        last_reported=None,
    )


def relayed(outlets: int) -> Occurrence:
    """One voice that many outlets relay within three years, and forty who each say it once."""
    loud = [report(n, "state:RED", "asserts", f"Outlet {n}", f"{2021 + n % 3}-03-04") for n in range(outlets)]
    quiet = [
        report(1000 + n, f"actor:v{n}", "denies" if n % 3 else "asserts", f"Outlet {n}", f"2022-{n % 12 + 1:02}-01")
        for n in range(40)
    ]
    voices = [voice("state:RED", "The Red Coast", loud)]
    voices += [voice(one.voice, f"Speaker {n}", [one]) for n, one in enumerate(quiet)]
    return occurrence(voices, [*loud, *quiet])
