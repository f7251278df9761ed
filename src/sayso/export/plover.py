"""PLOVER JSON Lines: one event a line, with the fields that the PLOVER manual lists.

The format has no field for the voucher, factuality, numbers and confidence. They stand in ``comment``, as a JSON object
of its own: ``{"voucher": "actor:vladimir-putin", "factuality": "CT+", ...}``; ``read_plover`` takes them from there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sayso.export import dates
from sayso.export.output import json_line, text_file
from sayso.export.selection import UNDATED, UNREAL, Exported, Row, Source, happened, stories
from sayso.knowledge.country_names import country_name
from sayso.knowledge.gazetteer import feature_class

BODIES = {"actor:united-nations": "UNO", "actor:european-union": "EUR"}
"""Bodies that PLOVER gives codes of their own."""

KINDS_OF_BODY = ("IGO", "NGO", "ISM", "IMG", "MNC")
"""What PLOVER writes for the country of bodies above states; a Record has it as their sector."""

REMARKS = (
    "voucher", "voucher_name", "factuality", "tense", "hypothetical", "confidence", "statement", "published", "undated",
    "cameo", "categories", "quantities", "copies", "occurrence", "occurrence_status", "independent_voices",
)  # fmt: skip
"""What stands in ``comment``; ``undated`` is true where ``date`` is that of the report alone."""


def write(source: Source, path: Path, *, unreal: bool = False) -> Exported:
    """Write the events of a ledger to a file; see the module for what becomes of them."""
    done = Exported([path])
    with text_file(path) as file:
        for story in stories(source, {"events": None}):
            for event in story.items["events"]:
                if not unreal and not happened(event):
                    done.leave_out(UNREAL)
                    continue
                entry = entry_of(event, story.document)
                if entry is None:
                    done.leave_out(UNDATED)
                    continue
                file.write(json_line(entry))
                done.rows += 1
    return done


def entry_of(event: Row, document: Row) -> dict[str, Any] | None:
    """Return the PLOVER object of an event, without fields that have no value; None where it has no date at all."""
    days = dates.days(event["date"], event["published"])
    if days is None:
        return None
    coded = dates.moment(document.get("coded"))
    entry = {
        "id": f"{event['document']}#{event['event']}",
        "date": days.first.isoformat(),
        "enddate": days.last.isoformat() if days.last != days.first else None,
        "actor": entities(event, "actor"),
        "recipient": entities(event, "recipient") or None,
        "event": [event["type"]],
        "mode": [event["mode"]] if event["mode"] else None,
        "context": event["contexts"] or None,
        "quad_code": event["quad"],
        "event_scale": event["intensity"],
        "event_loc": _location(event),
        "event_text": [event["anchor"]] if event["anchor"] else None,
        "text_info": {"start": event["start"], "end": event["end"]},
        "link": url_of(document),
        "cite_info": _filled(
            url=url_of(document),
            title=event["title"],
            language=document.get("language"),
            publication=event["publisher"],
            coder=document.get("pipeline"),
            codebook=document.get("ontology"),
            version=document.get("sayso"),
        ),
        "coder": f"sayso {document['sayso']}" if document.get("sayso") else "sayso",
        "coded_date": coded.date().isoformat() if coded else None,
        "coded_time": coded.time().isoformat() if coded else None,
        "comment": json.dumps(_remarks(event, days), ensure_ascii=False, separators=(",", ":")),
    }
    return _filled(**entry)


def url_of(document: Row) -> str | None:
    """Return the URL of a document; a path on somebody's machine is not one."""
    origin = document.get("origin") or ""
    return origin if origin.startswith(("http://", "https://")) else None


def entities(event: Row, role: str) -> list[dict[str, Any]]:
    """Return the entity objects of "actor" or "recipient"; the words alone, where nobody is resolved."""
    found = [
        _filled(
            code=_code(id_, country, sector),
            sector=sector if sector not in KINDS_OF_BODY else None,
            entity_text=name,
            identifier_text=id_,
            office=office,
        )
        for id_, name, country, sector, office in zip(
            event[f"{role}s"],
            event[f"{role}_names"],
            event[f"{role}_countries"],
            event[f"{role}_sectors"],
            event[f"{role}_offices"],
            strict=True,
        )
    ]
    words = event[f"{role}_words"]
    return found or ([{"entity_text": words}] if words else [])


def _code(id_: str, country: str | None, sector: str | None) -> str | None:
    return BODIES.get(id_) or country or (sector if sector in KINDS_OF_BODY else None)


def _location(event: Row) -> dict[str, Any] | None:
    name, feature, place = event["place_name"], event["place_feature"] or "", event["place"]
    if not place:
        return None
    level = level_of(feature)
    return _filled(
        resolved_place=name or place,
        geonameid=geonames_number(place),
        lat=event["lat"],
        lon=event["lon"],
        city=name if level == "city" else None,
        district=name if level == "district" else None,
        province=event["place_admin1"],
        country=country_name(event["place_country"]),
        country_code=event["place_country"],
        feature_class=feature_class(feature) if feature else None,
        feature_code=feature or None,
        resolution=_RESOLUTION.get(level),
    )


_RESOLUTION = {"city": 4, "district": 3, "province": 2, "country": 1}


def level_of(feature: str) -> str:
    """Return what a place is, by its GeoNames feature: city, district, province, country, or "" for anything else."""
    if feature.startswith("PPL"):
        return "city"
    if feature.startswith("PCL"):
        return "country"
    return {"ADM1": "province", "ADM2": "district"}.get(feature, "")


def geonames_number(place: str | None) -> str | None:
    """Return the digits of a GeoNames id; a place that is known by its name has none."""
    return place.removeprefix("geonames:") if place and place.startswith("geonames:") else None


def _remarks(event: Row, days: dates.Days) -> dict[str, Any]:
    remarks = {name: event.get(name) for name in REMARKS}
    remarks["undated"] = days.reported or None
    return {name: value for name, value in remarks.items() if value is not None and value != []}


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
