"""The gazetteer: places of the world by name, with coordinates, from GeoNames (CC BY 4.0).

The data are built by ``python -m training.gazetteer`` and lie in ``data/gazetteer``: a MARISA trie from normalised
names to numbers, and one array per attribute. Rows are sorted by prominence, the most prominent first, and so are the
candidates of a name.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from sayso.errors import KnowledgeError
from sayso.knowledge.files import DATA

DIRECTORY = DATA / "gazetteer"
MAX_CANDIDATES = 100
"""No name needs more: the hundredth Springfield is a hamlet."""

_COORDINATE = 10_000
"""Coordinates are kept as whole numbers of ten-thousandths of a degree, about ten metres."""

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("'’‘ʻʼ`´ʹ“”\".·", None),
        **dict.fromkeys("-‐‑–—/_", " "),
    }
    | {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"}
)
_SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "&": "and"}
_COUNTRY_FEATURES = frozenset({"PCLI", "PCLD", "PCLS", "PCLH", "CONT"})
_BONUS = {
    "PCLI": 3.0, "PCLS": 3.0, "PCLD": 2.5, "PCLH": 2.0, "CONT": 3.0, "PPLC": 1.8, "ADM1": 0.6, "ADM2": -0.6,
    "PPL": 0.0, "PPLA": 0.5,
}  # fmt: skip
_WRITTEN_BONUS = 1.5
_WRITTEN_POPULATION = 100_000


def normalise(name: str) -> str:
    """Return a name as the gazetteer looks it up: lower case, no accents, "St." for "Saint", no leading "the"."""
    lowered = name.lower()
    if not lowered.isascii():
        lowered = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    words = [_SHORT.get(word, word) for word in lowered.translate(_LETTERS).split()]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def prominence(population: int, feature: str) -> float:
    """Return how likely news is to mean a place, as a base-ten logarithm: people, plus what kind of place it is."""
    people = population or (_WRITTEN_POPULATION if feature not in _BONUS else 0)
    return math.log10(people + 100) + _BONUS.get(feature, _WRITTEN_BONUS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. ``admin1`` is the row of its first-level region; ``alias``: it was asked for by another name."""

    row: int
    id: str | None
    name: str
    lat: float
    lon: float
    population: int
    feature: str
    country: str | None
    admin1: int | None
    admin1_code: str | None
    admin1_name: str | None
    prominence: float
    alias: bool = False

    @property
    def is_country(self) -> bool:
        """Say whether it is a country, a territory or a continent."""
        return self.feature in _COUNTRY_FEATURES

    @property
    def is_region(self) -> bool:
        """Say whether it is a state, a province or a region of another kind that holds towns."""
        return self.feature in {"ADM1", "ADM2", "RGN"}

    @property
    def feature_class(self) -> str:
        """Return the GeoNames feature class: A, P, H, T, L, S or V."""
        return feature_class(self.feature)


_CLASSES = {
    "A": ("PCL", "ADM"), "P": ("PPL",),
    "H": ("SEA", "OCN", "STM", "LK", "BAY", "GULF", "STRT", "CHN", "CNL", "RSV", "SWMP", "REEF"),
    "T": ("MT", "ISL", "PEN", "VAL", "DSRT", "CAPE", "DLTA", "PLN", "VLC"),
    "S": ("BLDG", "HSP", "FAC", "AIRP", "SQR", "DAM", "BDG", "INSM"),
    "R": ("ST",),
}  # fmt: skip


def feature_class(feature: str) -> str:
    """Return the GeoNames feature class of a feature code; areas that are none of the others are L."""
    for letter, codes in _CLASSES.items():
        if feature.startswith(codes):
            return letter
    return "L"


class Gazetteer:
    """Places by name. Opening takes a few hundredths of a second; use :func:`gazetteer` to open it once."""

    def __init__(self, directory: Path = DIRECTORY) -> None:
        try:
            self._names = marisa_trie.Trie()
            self._names.load(str(directory / "names.marisa"))
            with np.load(directory / "places.npz", allow_pickle=False) as arrays:
                columns: dict[str, NDArray[Any]] = {name: arrays[name] for name in arrays.files}
        except (OSError, ValueError, RuntimeError) as error:
            raise KnowledgeError(str(directory), "gazetteer", f"cannot be opened: {error}") from error
        self._labels = columns.pop("labels").tobytes()
        self._codes = columns.pop("codes").tobytes().decode().split("\n")
        self._features = columns.pop("features").tobytes().decode().split("\n")
        self._countries = columns.pop("countries").tobytes().decode().split("\n")
        self._label_ends = np.cumsum(columns.pop("label_lengths").astype(np.int64))
        self._starts = np.concatenate(([0], np.cumsum(columns.pop("posting_counts").astype(np.int64))))
        self._postings = columns.pop("postings")
        self._columns = columns
        self._entry = lru_cache(maxsize=20_000)(self._make_entry)

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._label_ends)

    def lookup(self, name: str) -> list[Entry]:
        """Return the places of a name, the most prominent first, at most ``MAX_CANDIDATES``; none for unknown names."""
        return list(self.candidates(normalise(name)))

    def candidates(self, key: str, limit: int = MAX_CANDIDATES) -> Sequence[Entry]:
        """Return the places of a name that is normalised already."""
        number = self._names.get(key)
        if number is None:
            return ()
        start, end = self._starts[number], self._starts[number + 1]
        return [self._entry(posting >> 1, bool(posting & 1)) for posting in self._postings[start:end][:limit].tolist()]

    def knows(self, key: str) -> bool:
        """Say whether a normalised name is one of a place."""
        return key in self._names

    def continues(self, prefix: str) -> bool:
        """Say whether a name begins with these normalised characters."""
        return next(iter(self._names.iterkeys(prefix)), None) is not None

    def country_named(self, alpha3: str) -> Entry | None:
        """Return the country of an ISO 3166-1 alpha-3 code."""
        return self._country_rows.get(alpha3)

    def __iter__(self) -> Iterator[Entry]:
        """Yield all places, the most prominent first."""
        return (self._make_entry(row, False) for row in range(len(self)))

    def region(self, code: str) -> Entry | None:
        """Return the first-level region of a code: "US.LA", "UA.11"."""
        row = self._region_rows.get(code)
        return None if row is None else self._entry(row, False)

    @cached_property
    def _region_rows(self) -> dict[str, int]:
        rows = np.flatnonzero(self._columns["code"])
        return {
            self._codes[code]: row
            for code, row in zip(self._columns["code"][rows].tolist(), rows.tolist(), strict=True)
        }

    @cached_property
    def _country_rows(self) -> dict[str, Entry]:
        wanted = {self._features.index(code) for code in ("PCLI", "PCLS", "PCLD") if code in self._features}
        rows = np.flatnonzero(np.isin(self._columns["feature"], list(wanted))).tolist()
        entries = [self._entry(row, False) for row in rows]
        return {entry.country: entry for entry in reversed(entries) if entry.country}

    def _label(self, row: int) -> str:
        start = int(self._label_ends[row - 1]) if row else 0
        return self._labels[start : int(self._label_ends[row])].decode()

    def _make_entry(self, row: int, alias: bool) -> Entry:
        columns = self._columns
        admin1, number = int(columns["admin1"][row]), int(columns["geonames"][row])
        population, feature = int(columns["population"][row]), self._features[columns["feature"][row]]
        return Entry(
            row=row,
            id=f"geonames:{number}" if number else None,
            name=self._label(row),
            lat=int(columns["lat"][row]) / _COORDINATE,
            lon=int(columns["lon"][row]) / _COORDINATE,
            population=population,
            feature=feature,
            country=self._countries[columns["country"][row]] or None,
            admin1=None if admin1 < 0 else admin1,
            admin1_code=None if admin1 < 0 else self._codes[int(columns["code"][admin1])],
            admin1_name=None if admin1 < 0 else self._label(admin1),
            prominence=prominence(population, feature),
            alias=alias,
        )


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with Sayso, opened once in a process."""
    return Gazetteer()


def check(user: str | None = None) -> list[str]:  # noqa: ARG001 - every loader module has this signature
    """Return problems of the gazetteer that ships: names that lead nowhere, places off the map."""
    places = Gazetteer()
    problems = [f"gazetteer: no entry for {name}" for name in ("Russia", "Ohio", "Kazan") if not places.lookup(name)]
    astray = (e.name for e in places if not (-90 <= e.lat <= 90 and -180 <= e.lon <= 180))
    return problems + [f"gazetteer: {name} lies off the map" for name in astray]
