"""Events counted by place, and how precisely each place is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyarrow as pa

from sayso.plotting.balance import CONFLICT_SQL
from sayso.plotting.standing import STANDING_SQL
from sayso.plotting.tables import NUMBER, TEXT, TRUTH, counted

COLUMNS: Final = {
    "document": TEXT,
    "date": TEXT,
    "quad": NUMBER,
    "place": TEXT,
    "place_name": TEXT,
    "place_country": TEXT,
    "place_feature": TEXT,
    "lat": NUMBER,
    "lon": NUMBER,
    "factuality": TEXT,
    "hypothetical": TRUTH,
}


class Precision(StrEnum):
    """What the point of a place stands for."""

    site = "town or site"
    region = "region, by its middle"
    country = "country, by its middle"


_REGIONS = ("ADM1", "ADM2", "ADM3", "RGN", "CONT", "OCN", "SEA", "GULF", "BAY", "STRT", "DSRT", "MTS", "PEN", "ISLS")


PRECISION_SQL: Final = f"""
    CASE WHEN starts_with(place_feature, 'PCL') OR place_feature IN ('ADM0', 'TERR') THEN 'country'
         WHEN place_feature IN ({", ".join(f"'{code}'" for code in _REGIONS)}) THEN 'region' ELSE 'site' END
"""
"""The name of the precision of a row of the events view, as DuckDB says it; see ``precision_of``."""


def precision_of(feature: str | None) -> Precision:
    """Return what a GeoNames feature code says of how precise a point is."""
    if feature and (feature.startswith("PCL") or feature in {"ADM0", "TERR"}):
        return Precision.country
    return Precision.region if feature in _REGIONS else Precision.site


@dataclass(frozen=True, slots=True)
class Spotted:
    """A place with its number of events: how many are conflict, how many denied, possible or hypothetical."""

    name: str
    country: str | None
    precision: Precision
    lat: float
    lon: float
    count: int
    conflict: int
    not_told: int


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    """All places, those with most events first, and how many events have none."""

    places: list[Spotted]
    unresolved: int
    nowhere: int
    """Events without any place."""


_QUERY = f"""
    SELECT place, any_value(place_name) AS name, any_value(place_country) AS country,
           any_value(place_feature) AS feature,
           CASE WHEN isfinite(lat) AND isfinite(lon) AND NOT (lat = 0 AND lon = 0)
                THEN [round(lat, 4), round(lon, 4)] END AS point,
           count(*) AS count, {CONFLICT_SQL} AS conflict, count(*) FILTER ({STANDING_SQL} <> 'told') AS not_told
    FROM t GROUP BY place, point ORDER BY count DESC, name, place
"""  # noqa: S608 - all parts are ours


def by_place(table: pa.Table) -> PlaceCounts:
    """Count the events of each place; 0° N 0° E, in the open sea, is what a missing place is often written as."""
    places, unresolved, nowhere = [], 0, 0
    for row in counted(table, _QUERY):
        if row["place"] is None and row["point"] is None:
            nowhere += row["count"]
        elif row["point"] is None:
            unresolved += row["count"]
        else:
            lat, lon = row["point"]
            name = row["name"] or row["place"] or "unnamed place"
            precision = precision_of(row["feature"])
            numbers = (row["count"], row["conflict"], row["not_told"])
            places.append(Spotted(name, row["country"], precision, lat, lon, *numbers))
    return PlaceCounts(places, unresolved, nowhere)
