"""GDELT 2.0: the event table of 61 columns and the mentions table of 16, zipped under the names that GDELT gives.

An event of one report is one row, or one for each pair of parties, as GDELT does it. Rows are of originals; copies of a
document count as mentions of its events. After the GDELT Event Codebook V2.0 (2015): Sayso knows CAMEO's root alone, so
the event code is the generic leaf below it ("040"), and the score is Goldstein's for that leaf.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from sayso.export import columns, dates, gdelt_actors
from sayso.export.codes import cameo, country_codes, state_letters
from sayso.export.copies import copies_of
from sayso.export.output import folder, tab_line, written
from sayso.export.plover import level_of, url_of
from sayso.export.selection import UNDATED, UNREAL, Exported, Row, Source, happened, stories
from sayso.knowledge.country_names import country_name

LEAD = 400
"""Characters from the beginning of a text that are taken for its lead paragraph."""

_NOWHERE = 0
_COUNTRY, _US_STATE, _US_CITY, _PLACE, _REGION = 1, 2, 3, 4, 5
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_OLDEST_IN_ZIP = 1980


def write(source: Source, path: Path, *, unreal: bool = False) -> Exported:
    """Write both tables into a folder; the newest document gives the files their time, so that names do not change."""
    folder(path)
    with copies_of(source) as copies, ExitStack() as files:
        stamp = copies.newest or _NEVER
        name = _stamp(stamp)
        done = Exported([path / f"{name}.export.CSV.zip", path / f"{name}.mentions.CSV.zip"])
        tables = [files.enter_context(_zipped(file, stamp)) for file in done.files]
        for story in stories(source, {"events": None}):
            elsewhere = None
            for event in story.items["events"]:
                if not unreal and not happened(event):
                    done.leave_out(UNREAL)
                    continue
                if elsewhere is None:
                    elsewhere = copies.of(event["document"]) if event.get("copies") else []
                _write_event(event, story.document, elsewhere, tables, done)
    return done


def _write_event(event: Row, document: Row, elsewhere: list[Row], tables: list[TextIO], done: Exported) -> None:
    days = dates.days(event["date"], event["published"])
    if days is None:
        done.leave_out(UNDATED)
        return
    added = _stamp(dates.moment(document["coded"]) or _NEVER)
    shared = _event(event, days.first) | _counts(document, elsewhere) | _place(event)
    shared |= {"DATEADDED": added, "SOURCEURL": _citation(document)}
    mentions = list(_mentions(event, document, elsewhere, added))
    for number, (actor, recipient) in enumerate(gdelt_actors.pairs(event)):
        id_ = {"GLOBALEVENTID": event_id(event["document"], event["event"], number)}
        sides = gdelt_actors.cells(actor, "Actor1") | gdelt_actors.cells(recipient, "Actor2")
        tables[0].write(_line("gdelt_events", shared | sides | id_))
        tables[1].writelines(_line("gdelt_mentions", mention | id_) for mention in mentions)
        done.rows += 1


def event_id(document: str, event: str, pair: int) -> int:
    """Return a positive 63-bit number that stays the same; among a million, two alike are one chance in 20 million."""
    digest = hashlib.sha256(f"{document}\x1f{event}\x1f{pair}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1 or 1


def _event(event: Row, day: date) -> Row:
    leaf = f"{event['cameo']}0"
    return {
        "SQLDATE": day.strftime("%Y%m%d"),
        "MonthYear": day.strftime("%Y%m"),
        "Year": day.year,
        "FractionDate": f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}",
        "IsRootEvent": int(event["start"] < LEAD),
        "EventCode": leaf,
        "EventBaseCode": leaf,
        "EventRootCode": event["cameo"],
        "QuadClass": event["quad"],
        "GoldsteinScale": f"{cameo().goldstein.get(event['cameo'], 0.0):.1f}",
        "Actor1Geo_Type": _NOWHERE,
        "Actor2Geo_Type": _NOWHERE,
    }


def _counts(document: Row, elsewhere: list[Row]) -> Row:
    sources = {row["publisher"] for row in (document, *elsewhere)}
    return {
        "NumMentions": 1 + len(elsewhere),
        "NumSources": len(sources),
        "NumArticles": 1 + len(elsewhere),
    }


def _place(event: Row) -> Row:
    fips = country_codes(event["place_country"]).fips or ""
    kind = _kind_of_place(event, fips)
    if not kind:
        return {"ActionGeo_Type": kind}
    state = state_letters(event["place_admin1"] or event["place_name"]) if fips == "US" and kind != _COUNTRY else None
    region = fips + (state or "")
    name, admin1 = event["place_name"], event["place_admin1"]
    parts = (
        name,
        admin1 if admin1 != name or kind in (_US_CITY, _PLACE) else None,
        country_name(event["place_country"]),
    )
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_FullName": name if kind == _COUNTRY else ", ".join(part for part in parts if part),
        "ActionGeo_CountryCode": fips,
        "ActionGeo_ADM1Code": region,
        "ActionGeo_Lat": event["lat"],
        "ActionGeo_Long": event["lon"],
        "ActionGeo_FeatureID": {_COUNTRY: fips, _US_STATE: region}.get(kind, ""),
    }


def _kind_of_place(event: Row, fips: str) -> int:
    """Return the Geo_Type; a place without coordinates is none, for GDELT has no row of that kind."""
    if not event["place"] or event["lat"] is None:
        return _NOWHERE
    level = level_of(event["place_feature"] or "")
    if level == "country":
        return _COUNTRY
    if fips == "US":
        return _US_STATE if level == "province" else _US_CITY
    return _REGION if level == "province" else _PLACE


def _mentions(event: Row, document: Row, elsewhere: list[Row], added: str) -> Iterator[Row]:
    confidence, occurrence = max(10, round(event["confidence"] * 10) * 10), event.get("occurrence")
    for row in (document, *elsewhere):
        is_own = row is document
        url = url_of(row)
        yield {
            "EventTimeDate": added,
            "MentionTimeDate": _stamp(dates.moment(row["coded"]) or _NEVER),
            "MentionType": 1 if url else 2,
            "MentionSourceName": _host(url) if url else row["publisher"],
            "MentionIdentifier": _citation(row),
            "Actor1CharOffset": -1,
            "Actor2CharOffset": -1,
            "ActionCharOffset": event["start"] if is_own else -1,
            "InRawText": int(is_own),
            "Confidence": confidence,
            "MentionDocLen": row["characters"],
            "Extras": f"occurrence:{occurrence}" if occurrence else None,
        }


def _citation(document: Row) -> str:
    """Return the URL of a document, else what names it in print; never a path on somebody's machine."""
    cited = (document["publisher"], document["published"], document["title"])
    return url_of(document) or ", ".join(part for part in cited if part) or str(document["document"])


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # such as half an IPv6 address
        return ""
    return host.removeprefix("www.")


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%d%H%M%S")


def _line(table: str, cells: Row) -> str:
    return tab_line(cells.get(name) for name in columns.names(table))


@contextmanager
def _zipped(path: Path, stamp: datetime) -> Iterator[TextIO]:
    """Open the one file in a zip archive; the archive is the same, byte for byte, whenever it is made."""
    inner = zipfile.ZipInfo(
        path.name.removesuffix(".zip"), max(stamp, datetime(_OLDEST_IN_ZIP, 1, 1, tzinfo=UTC)).timetuple()[:6]
    )
    inner.compress_type = zipfile.ZIP_DEFLATED
    inner.external_attr = 0o644 << 16
    with (
        written(path) as beside,
        zipfile.ZipFile(beside, "w", allowZip64=True) as archive,
        archive.open(inner, "w", force_zip64=True) as member,
        io.TextIOWrapper(member, encoding="utf-8", errors="replace", newline="") as text,
    ):
        yield text
