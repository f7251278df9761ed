"""Whether a file is what its format says: how many columns, which types, which ranges. Each check returns problems.

They read line by line and stop after a hundred problems, so that a file of another kind does not fill the screen.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from sayso.export import columns, ftm
from sayso.export.columns import FormatColumn

_MOST = 100
_INTEGER = re.compile(r"-?\d+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RANGES: Mapping[str, tuple[float, float]] = {
    "GLOBALEVENTID": (1, 2**63 - 1),
    "QuadClass": (1, 4),
    "GoldsteinScale": (-10, 10),
    "IsRootEvent": (0, 1),
    "ActionGeo_Type": (0, 5),
    "ActionGeo_Lat": (-90, 90),
    "ActionGeo_Long": (-180, 180),
    "NumMentions": (1, 2**31),
    "SQLDATE": (1000_01_01, 2999_12_31),
    "DATEADDED": (1970_01_01_00_00_00, 2999_12_31_23_59_59),
    "MentionType": (1, 2),
    "Confidence": (10, 100),
    "Intensity": (-10, 10),
    "Latitude": (-90, 90),
    "Longitude": (-180, 180),
    "quad_code": (1, 4),
    "event_scale": (-10, 10),
    "event_loc.lat": (-90, 90),
    "event_loc.lon": (-180, 180),
    "event_loc.resolution": (1, 5),
}
_CODES = {
    "EventRootCode": re.compile(r"0[1-9]|1\d|20"),
    "EventCode": re.compile(r"(0[1-9]|1\d|20)\d{1,2}"),
    "EventBaseCode": re.compile(r"(0[1-9]|1\d|20)\d"),
    "Actor1CountryCode": re.compile(r"[A-Z]{3}"),
    "Actor2CountryCode": re.compile(r"[A-Z]{3}"),
    "ActionGeo_CountryCode": re.compile(r"[A-Z]{2}"),
    "Event Date": _DAY,
    "Quad Code": re.compile(r"(VERBAL|MATERIAL) (COOPERATION|CONFLICT)"),
}


def gdelt_events(path: Path) -> list[str]:
    """Return what is wrong with an event table of GDELT, zipped or not."""
    return _problems(_tabbed(path, "gdelt_events", ""))


def gdelt_mentions(path: Path) -> list[str]:
    """Return what is wrong with a mentions table of GDELT, zipped or not."""
    return _problems(_tabbed(path, "gdelt_mentions", ""))


def polecat(path: Path) -> list[str]:
    """Return what is wrong with a file of POLECAT."""
    return _problems(_tabbed(path, "polecat", "None", header=True))


def plover(path: Path) -> list[str]:
    """Return what is wrong with PLOVER JSON Lines."""
    return _problems(_by_line(path, _plover_entry))


def ftm_entities(path: Path) -> list[str]:
    """Return what is wrong with entities of FollowTheMoney: schemata, properties, kinds of values."""
    known = ftm.types()
    return _problems(_by_line(path, lambda entity: _entity(entity, known)))


def ftm_statements(path: Path) -> list[str]:
    """Return what is wrong with statements of FollowTheMoney in CSV."""
    return _problems(_statements(path))


def _problems(found: Iterable[str]) -> list[str]:
    return list(islice(found, _MOST))


def _tabbed(path: Path, table: str, missing: str, *, header: bool = False) -> Iterator[str]:
    wanted = columns.columns(table)
    ids: set[str] = set()
    with _opened(path) as file:
        for number, line in enumerate(file, start=1):
            cells = line.removesuffix("\n").split("\t")
            if number == 1 and header:
                if cells != [column.name for column in wanted]:
                    yield f"line 1: the header is not that of {table}"
                continue
            if len(cells) != len(wanted):
                yield f"line {number}: {len(cells)} cells, not {len(wanted)}"
                continue
            for column, cell in zip(wanted, cells, strict=True):
                if cell != missing and (problem := _wrong(column, cell)):
                    yield f"line {number}: {column.name}: {problem}"
            if table != "gdelt_mentions" and cells[0] in ids:
                yield f"line {number}: the id {cells[0]} is there already"
            ids.add(cells[0])


def _wrong(column: FormatColumn, value: str) -> str | None:
    pattern = {"integer": _INTEGER, "number": _NUMBER}.get(column.type) or _CODES.get(column.name)
    if column.type == "empty":
        return f"must be empty, not {value!r}"
    if pattern and not pattern.fullmatch(value):
        return f"{value!r} is no {column.type if column.type != 'text' else 'code of its kind'}"
    return _out_of_range(column.name, float(value)) if column.type in ("integer", "number") else None


def _out_of_range(name: str, value: float) -> str | None:
    low, high = _RANGES.get(name, (value, value))
    return None if low <= value <= high else f"{value:g} is not between {low:g} and {high:g}"


def _by_line(path: Path, check: Callable[[dict[str, Any]], Iterable[str]]) -> Iterator[str]:
    ids: set[str] = set()
    with _opened(path) as file:
        for number, line in enumerate(file, start=1):
            try:
                entry = json.loads(line)
            except ValueError as error:
                yield f"line {number}: {error}"
                continue
            if entry.get("id") in ids:
                yield f"line {number}: the id {entry['id']} is there already"
            ids.add(entry.get("id"))
            yield from (f"line {number}: {problem}" for problem in check(entry))


_JSON_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "list": (list,),
    "object": (dict,),
    "integer": (int,),
    "number": (int, float),
}
_PLOVER_PARTS = {"actor": "actor", "recipient": "actor", "event_loc": "event_loc", "text_info": "text_info",
                 "cite_info": "cite_info"}  # fmt: skip


def _plover_entry(entry: dict[str, Any]) -> Iterator[str]:
    yield from (f"{name} is missing" for name in ("id", "date", "actor", "event") if name not in entry)
    known = {column.name: column.type for column in columns.columns("plover")}
    yield from _fields(entry, "", known)
    for name, prefix in _PLOVER_PARTS.items():
        part = entry.get(name, [])
        for one in part if isinstance(part, list) else [part]:
            yield from _fields(one, f"{prefix}.", known)
    if not _DAY.fullmatch(str(entry.get("date"))):
        yield f"date is {entry.get('date')!r}, not YYYY-MM-DD"


def _fields(part: dict[str, Any], prefix: str, known: Mapping[str, str]) -> Iterator[str]:
    for name, value in part.items():
        kind = known.get(prefix + name)
        if kind is None:
            yield f"{prefix}{name} is no field of PLOVER that Sayso fills"
        elif not isinstance(value, _JSON_TYPES[kind]):
            yield f"{prefix}{name}: {value!r} is no {kind}"
        elif kind in ("integer", "number") and (problem := _out_of_range(prefix + name, part[name])):
            yield f"{prefix}{name}: {problem}"


_FTM_VALUES = {
    "country": re.compile(r"[a-z]{2}"),
    "date": re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d)?)?)?"),
    "language": re.compile(r"[a-z]{3}"),
    "url": re.compile(r"https?://\S+"),
    "entity": re.compile(r"\S{1,255}"),
}


def _entity(entity: dict[str, Any], known: Mapping[tuple[str, str], str]) -> Iterator[str]:
    if entity.keys() != {"id", "schema", "properties"}:
        yield f"has {', '.join(entity)} instead of id, schema, properties"
        return
    for name, values in entity["properties"].items():
        kind = known.get((entity["schema"], name))
        if kind is None:
            yield f"{entity['schema']} has no property {name}"
            continue
        pattern = _FTM_VALUES.get(kind)
        for value in values:
            if not isinstance(value, str) or not value or (pattern and not pattern.fullmatch(value)):
                yield f"{entity['schema']}.{name}: {value!r} is no {kind}"


def _statements(path: Path) -> Iterator[str]:
    known = ftm.types()
    with _opened(path) as file:
        reader = csv.DictReader(file, dialect=csv.unix_dialect)
        if tuple(reader.fieldnames or ()) != ftm.STATEMENT_COLUMNS:
            yield "line 1: the header is not that of statements"
            return
        for row in reader:
            kind = "id" if row["prop"] == "id" else known.get((row["schema"], row["prop"]))
            if kind != row["prop_type"]:
                yield f"line {reader.line_num}: {row['schema']}.{row['prop']} is {kind}, not {row['prop_type']}"
            if not row["value"] or not row["origin"]:
                yield f"line {reader.line_num}: a statement needs a value and an origin"


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open a text file, or the one text file in a zip archive; lines end in line feeds alone."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as member:
            yield io.TextIOWrapper(member, encoding="utf-8", newline="\n")
    else:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield file
