"""Build ``src/sayso/knowledge/data/gazetteer`` from its sources; the same sources make the same bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import marisa_trie
import numpy as np

from sayso.knowledge.gazetteer import DIRECTORY, normalise, prominence
from training.gazetteer.sources import (
    Source,
    alpha3,
    cities,
    countries,
    features,
    first_and_second_level,
    subdivisions,
    written,
)


def gather() -> list[Source]:
    """Return all places, the most prominent first."""
    found = [*countries(), *first_and_second_level(subdivisions()), *cities()]
    found += unmatched(found, features())
    respell(found)
    return sorted(found, key=lambda p: (-round(prominence(p.population, p.feature), 4), p.country, p.geonames, p.name))


def unmatched(found: list[Source], ours: Iterable[Source]) -> list[Source]:
    """Put our coordinates and names on the regions that GeoNames has too; return what it has not."""
    regions = [place for place in found if place.feature == "ADM1"]
    known = {(normalise(name), p.country): p for p in regions for name in sorted(p.aliases)}
    known |= {(normalise(p.name), p.country): p for p in regions}
    rest = []
    for place in ours:
        names = [(normalise(name), place.country) for name in (place.name, *sorted(place.aliases))]
        twin = next((known[name] for name in names if name in known), None) if place.feature == "ADM1" else None
        if twin is None:
            rest.append(place)
        else:
            twin.lat, twin.lon = place.lat, place.lon
            twin.aliases |= {twin.name, *place.aliases}
            twin.name = place.name
    return rest


def respell(found: list[Source]) -> None:
    """Add the spellings of English-language news that GeoNames lacks; raise KeyError for a place it does not have."""
    known: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for place in found:
        known[normalise(place.name), place.country].append(place)
    iso3 = alpha3()
    for row in written("spellings"):
        places = known[normalise(row["known_as"]), iso3[row["country"]]]
        if not places:
            raise KeyError(f"spellings.csv: no {row['known_as']} in {row['country']}")
        for place in places:
            place.aliases |= set(row["english"].split("|"))


def names_of(places: list[Source]) -> dict[str, list[int]]:
    """Return the postings of every name: twice the row, plus one where it is not the main name of the place."""
    postings: dict[str, dict[int, int]] = defaultdict(dict)
    for row, place in enumerate(places):
        for alias in sorted(place.aliases):
            postings[normalise(alias)][row] = 1
        postings[normalise(place.name)][row] = 0
    usable = {name: rows for name, rows in postings.items() if len(name) > 1 and not name.replace(" ", "").isdigit()}
    return {name: [2 * row + alias for row, alias in sorted(rows.items())] for name, rows in sorted(usable.items())}


def lines(values: Iterable[str]) -> np.ndarray:
    """Return strings as bytes, one to a line."""
    return np.frombuffer("\n".join(values).encode(), dtype=np.uint8)


def columns_of(places: list[Source]) -> dict[str, np.ndarray]:
    """Return one array per attribute of the places."""
    kinds = sorted({p.feature for p in places})
    lands = sorted({p.country for p in places})
    codes = sorted({p.code for p in places if p.feature == "ADM1"} | {""})
    admin1 = {p.code: row for row, p in enumerate(places) if p.feature == "ADM1" and p.code}
    kind, land, code = ({value: n for n, value in enumerate(values)} for values in (kinds, lands, codes))
    labels = [p.name.encode() for p in places]
    return {
        "lat": np.array([round(p.lat * 10_000) for p in places], dtype=np.int32),
        "lon": np.array([round(p.lon * 10_000) for p in places], dtype=np.int32),
        "population": np.array([p.population for p in places], dtype=np.uint32),
        "geonames": np.array([p.geonames for p in places], dtype=np.int32),
        "feature": np.array([kind[p.feature] for p in places], dtype=np.uint8),
        "country": np.array([land[p.country] for p in places], dtype=np.uint8),
        "admin1": np.array([admin1.get(p.admin1, -1) for p in places], dtype=np.int32),
        "code": np.array([code[p.code] if p.feature == "ADM1" else 0 for p in places], dtype=np.uint16),
        "labels": np.frombuffer(b"".join(labels), dtype=np.uint8),
        "label_lengths": np.array([len(label) for label in labels], dtype=np.uint8),
        "features": lines(kinds),
        "countries": lines(lands),
        "codes": lines(codes),
    }


def main() -> None:
    """Write the trie and the arrays."""
    places = gather()
    names = names_of(places)
    trie = marisa_trie.Trie(list(names))
    ordered = sorted(names, key=trie.__getitem__)
    columns = columns_of(places)
    columns["posting_counts"] = np.array([len(names[name]) for name in ordered], dtype=np.uint16)
    columns["postings"] = np.array([posting for name in ordered for posting in names[name]], dtype=np.int32)
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    trie.save(str(DIRECTORY / "names.marisa"))
    np.savez_compressed(DIRECTORY / "places.npz", **columns)
    print(f"{len(places)} places under {len(names)} names")


if __name__ == "__main__":
    main()
