"""POLECAT: 40 columns between tabs, with a header; lists between semicolons, "None" where there is nothing.

An event's lists of names, countries, Correlates of War numbers, sectors and titles run in parallel: the second country
belongs to the second name. Public readers of the data set disagree on whether countries are names or codes: Sayso
writes ISO 3166-1 alpha-3.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sayso.export import columns, dates
from sayso.export.codes import country_codes
from sayso.export.output import tab_line, text_file
from sayso.export.plover import geonames_number, level_of
from sayso.export.selection import UNREAL, Exported, Row, Source, Story, happened, stories

NONE = "None"
QUADS = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}
_VIEWS = {
    "events": None,
    "actors": ("document", "name", "kind"),
    "places": ("document", "place", "name", "words"),
}
_NUMBER = re.compile(r"\d+")


def write(source: Source, path: Path, *, unreal: bool = False) -> Exported:
    """Write the events of a ledger to a file; an event without any date has "None" for one."""
    done = Exported([path])
    names = columns.names("polecat")
    with text_file(path) as file:
        file.write(tab_line(names))
        for story in stories(source, _VIEWS):
            about = _story(story)
            for event in story.items["events"]:
                if not unreal and not happened(event):
                    done.leave_out(UNREAL)
                    continue
                cells = _event(event) | _place(event, story) | about
                file.write(tab_line(_or_none(cells.get(name)) for name in names))
                done.rows += 1
    return done


def _event(event: Row) -> Row:
    days = dates.days(event["date"], event["published"])
    return {
        "Event ID": event_id(event),
        "Event Date": days.first.isoformat() if days else None,
        "Event Type": event["type"],
        "Event Mode": event["mode"],
        "Intensity": event["intensity"],
        "Quad Code": QUADS[event["quad"]],
        "Contexts": _list(event["contexts"]),
        **_party(event, "actor", "Actor"),
        **_party(event, "recipient", "Recipient"),
        "Source": event["publisher"],
        "Publication Date": (event["published"] or "")[:10],
    }


def event_id(event: Row) -> str:
    """Return an id as POLECAT's look; the hash makes it unique, and the same at each export."""
    days = dates.days(event["date"], event["published"])
    day = days.first.strftime("%Y%m%d") if days else "00000000"
    number = _NUMBER.search(event["event"])
    digest = hashlib.sha256(f"{event['document']}\x1f{event['event']}".encode()).hexdigest()[:16]
    return f"{day}-{int(number.group()) if number else 0:04d}-{digest}_{event['type']}_{event['mode'] or NONE}"


def _party(event: Row, role: str, title: str) -> Row:
    countries, sectors = event[f"{role}_countries"], event[f"{role}_sectors"]
    return {
        f"{title} Name": _list(event[f"{role}_names"]),
        f"{title} Country": _list(countries),
        f"{title} COW": _list(country_codes(country).cow for country in countries),
        f"Primary {title} Sector": sectors[0] if sectors else None,
        f"{title} Sectors": _list(sectors),
        f"{title} Title": _list(event[f"{role}_offices"]),
        f"{title} Name Raw": event[f"{role}_words"],
    }


def _place(event: Row, story: Story) -> Row:
    place, name = event["place"], event["place_name"]
    if not place:
        return {}
    level = level_of(event["place_feature"] or "")
    return {
        "Placename": name,
        "City": name if level == "city" else None,
        "District": name if level == "district" else None,
        "Province": event["place_admin1"],
        "Country": event["place_country"],
        "Latitude": event["lat"],
        "Longitude": event["lon"],
        "GeoNames ID": geonames_number(place),
        "Raw Placename": next((row["words"] for row in story.items["places"] if row["place"] == place), None),
        "Feature Type": event["place_feature"],
    }


def _story(story: Story) -> Row:
    actors = story.items["actors"]
    sayso = story.document["sayso"]
    return {
        "Story People": _list(row["name"] for row in actors if row["kind"] == "person"),
        "Story Organizations": _list(row["name"] for row in actors if row["kind"] == "organization"),
        "Story Locations": _list(row["name"] for row in story.items["places"]),
        "Language": story.document["language"],
        "Version": f"sayso {sayso}" if sayso else "sayso",
    }


def _list(values: Iterable[Any]) -> str:
    """Return values between semicolons, "None" for one that is missing, nothing where all are."""
    cells = [NONE if value in (None, "") else str(value).replace(";", ",") for value in values]
    return ";".join(cells) if any(cell != NONE for cell in cells) else ""


def _or_none(value: Any) -> Any:
    return NONE if value is None or value == "" else value
