"""PLOVER JSON Lines read back: rows with the columns of the view ``events``, as far as the format carries them.

What Sayso wrote comes back with its ids, vouchers and factuality. PLOVER of other making comes back with nulls there.
Columns that the format does not carry are absent; those of the document (origin, language, sayso, ...) are among the
rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sayso.errors import ExportError
from sayso.export.dates import days
from sayso.export.plover import KINDS_OF_BODY, REMARKS
from sayso.export.selection import Row

_LONGEST = 1_000_000
"""Characters of a line: an event takes one or two thousand."""


def read_plover(path: str | Path) -> Iterator[Row]:
    """Yield a row for each event; raise ExportError, naming the line, for what is not PLOVER JSON."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            number = 0
            while line := file.readline(_LONGEST):
                number += 1
                if line.strip():
                    yield _row(line, f"{path}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"{path} cannot be read as UTF-8 text: {error}") from error


def _row(line: str, where: str) -> Row:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ExportError(f"{where} is not JSON: {error}") from error
    try:
        return _row_of(entry)
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        raise ExportError(f"{where} is not a PLOVER event: {error!r}; needed are id, date, actor and event") from error


def _row_of(entry: dict[str, Any]) -> Row:
    document, _, event = str(entry["id"]).rpartition("#")
    place, cited, text = entry.get("event_loc", {}), entry.get("cite_info", {}), entry.get("text_info", {})
    number = place.get("geonameid")
    remarks = _remarks(entry.get("comment"))
    return {
        "event": event,
        "document": document,
        "type": entry["event"][0],
        "mode": next(iter(entry.get("mode", [])), None),
        "contexts": entry.get("context", []),
        "quad": entry.get("quad_code"),
        "intensity": entry.get("event_scale"),
        **_party(entry["actor"], "actor"),
        **_party(entry.get("recipient", []), "recipient"),
        "place": f"geonames:{number}" if number else place.get("resolved_place"),
        "place_name": place.get("resolved_place"),
        "place_country": place.get("country_code"),
        "place_admin1": place.get("province"),
        "place_feature": place.get("feature_code"),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "anchor": next(iter(entry.get("event_text", [])), None),
        "start": text.get("start"),
        "end": text.get("end"),
        "publisher": cited.get("publication"),
        "title": cited.get("title"),
        "origin": cited.get("url") or entry.get("link"),
        "language": cited.get("language"),
        "pipeline": cited.get("coder"),
        "ontology": cited.get("codebook"),
        "sayso": cited.get("version"),
        "coded": _coded(entry),
        **{name: remarks.get(name, [] if name in {"categories", "quantities"} else None) for name in REMARKS},
        "date": None if remarks.get("undated") else _happened(entry),
    }


def _party(entities: list[dict[str, Any]], role: str) -> Row:
    known = [entity for entity in entities if "identifier_text" in entity or "code" in entity]
    return {
        f"{role}s": [entity.get("identifier_text") for entity in known],
        f"{role}_names": [entity.get("entity_text") for entity in known],
        f"{role}_countries": [_country(entity) for entity in known],
        f"{role}_sectors": [_sector(entity) for entity in known],
        f"{role}_offices": [entity.get("office") for entity in known],
        f"{role}_words": " … ".join(e["entity_text"] for e in entities if e not in known and "entity_text" in e)
        or None,
    }


def _country(entity: dict[str, Any]) -> str | None:
    code = entity.get("code")
    return None if code in {*KINDS_OF_BODY, "UNO", "EUR"} else code


def _sector(entity: dict[str, Any]) -> str | None:
    sector, code = entity.get("sector"), entity.get("code")
    if sector is None and code in {*KINDS_OF_BODY, "UNO", "EUR"}:
        return "IGO" if code in {"UNO", "EUR"} else code
    return sector


def _happened(entry: dict[str, Any]) -> str:
    """Return the shortest prefix that means the same days: "2022" for the first to the last day of a year."""
    first, last = (date.fromisoformat(str(entry.get(name) or entry["date"])) for name in ("date", "enddate"))
    for prefix in (f"{first:%Y}", f"{first:%Y-%m}"):
        spanned = days(prefix, None)
        if spanned and (spanned.first, spanned.last) == (first, last):
            return prefix
    return first.isoformat()


def _coded(entry: dict[str, Any]) -> str | None:
    day, time = entry.get("coded_date"), entry.get("coded_time")
    return f"{day}T{time}+00:00" if day and time else day


def _remarks(comment: str | None) -> dict[str, Any]:
    """Return what Sayso put into ``comment``; remarks of others are free text, and none of ours."""
    try:
        remarks = json.loads(comment or "{}")
    except ValueError:
        return {}
    return remarks if isinstance(remarks, dict) else {}
