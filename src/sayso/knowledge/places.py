"""How texts name places: abbreviations of states, words that make a name something else, how much each cue weighs.

The lists are in ``data/places.yaml``, whose head explains them; peoples are those of ``data/actors/countries.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from sayso.errors import KnowledgeError
from sayso.knowledge.actor_files import CountryFile, country_files
from sayso.knowledge.files import knowledge_files, load_mapping, validated
from sayso.knowledge.gazetteer import gazetteer, normalise

_LISTS = (
    "organisations", "public_bodies", "streets", "titles", "offices", "regions", "towns", "landforms",
    "landforms_before", "locatives", "strong_locatives", "parts", "parties", "speech_verbs", "place_objects",
    "common_words", "demonyms", "given_names", "surnames",
)  # fmt: skip


class WrittenPlace(BaseModel):
    """A place that a user adds to the gazetteer."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    country: str | None = None
    feature: str = "LCTY"
    population: int = Field(default=0, ge=0)
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class PlaceCues:
    """Word lists about places, lower case; ``abbreviations`` lead from "Tex." to the codes of regions."""

    organisations: frozenset[str] = frozenset()
    public_bodies: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    landforms: frozenset[str] = frozenset()
    landforms_before: frozenset[str] = frozenset()
    locatives: frozenset[str] = frozenset()
    strong_locatives: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    speech_verbs: frozenset[str] = frozenset()
    place_objects: frozenset[str] = frozenset()
    common_words: frozenset[str] = frozenset()
    demonyms: frozenset[str] = frozenset()
    given_names: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    demonym_of: dict[str, str] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    weights: dict[str, float] = field(default_factory=dict)
    places: list[WrittenPlace] = field(default_factory=list)


def place_cues(user: str | None = None) -> PlaceCues:
    """Return what ships, extended by a user's ``places.yaml``; raise KnowledgeError for what has another shape."""
    cues = PlaceCues()
    for path in knowledge_files("places.yaml", user):
        for key, value in load_mapping(path).items():
            _add(cues, key, value, path)
    for _, file in country_files(user):
        cues.demonym_of |= _demonyms(file)
    return cues


def _demonyms(file: CountryFile) -> dict[str, str]:
    """Return the country of each people and adjective: "ukrainian", "ukrainians", "danes"."""
    found: dict[str, str] = {}
    for code, country in file.countries.items():
        for word in f"{country.adjectives};{country.people}".split(";"):
            if single := word.strip().lower():
                found |= {single: str(code), f"{single}s": str(code)}
    return found


def _add(cues: PlaceCues, key: str, value: Any, path: Path) -> None:
    if key in _LISTS:
        setattr(cues, key, getattr(cues, key) | _words(value, key, path))
    elif key == "alone":
        cues.alone |= frozenset(_text(value, key, path).split())
    elif key == "abbreviations":
        for code, forms in _mapping(value, key, path).items():
            cues.abbreviations |= dict.fromkeys(_text(forms, f"{key}.{code}", path).split(), str(code))
    elif key == "weights":
        cues.weights |= {name: _number(w, f"{key}.{name}", path) for name, w in _mapping(value, key, path).items()}
    elif key == "places":
        cues.places += [_place(item, f"places[{n}]", path) for n, item in enumerate(_sequence(value, key, path))]
    elif key not in {"version", "source"}:
        raise KnowledgeError(
            str(path), str(key), f"unknown; known are abbreviations, alone, weights, places, {', '.join(_LISTS)}"
        )


def _words(value: Any, where: str, path: Path) -> frozenset[str]:
    return frozenset(word.lower().replace("_", " ") for word in _text(value, where, path).split())


def _text(value: Any, where: str, path: Path) -> str:
    if not isinstance(value, str):
        raise KnowledgeError(str(path), where, "must be a string of words with white space between")
    return value


def _mapping(value: Any, where: str, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise KnowledgeError(str(path), where, "must be a mapping")
    return value


def _number(value: Any, where: str, path: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise KnowledgeError(str(path), where, "must be a number")
    return float(value)


def _sequence(value: Any, where: str, path: Path) -> list[Any]:
    if not isinstance(value or [], list):
        raise KnowledgeError(str(path), where, "must be a list")
    return value or []


def _place(item: Any, where: str, path: Path) -> WrittenPlace:
    place = validated(WrittenPlace, path, item, within=where)
    if not normalise(place.name):
        raise KnowledgeError(str(path), where, "name has no letters")
    return place


def check(user: str | None = None) -> list[str]:
    """Return problems beyond the schema: abbreviations of regions that the gazetteer does not have."""
    cues = place_cues(user)
    wrong = {code for code in cues.abbreviations.values() if gazetteer().region(code) is None}
    wrong_alone = cues.alone - cues.abbreviations.keys()
    return [f"places.yaml: abbreviations: no region has the code {code}" for code in sorted(wrong)] + [
        f"places.yaml: alone: {form} is not among the abbreviations" for form in sorted(wrong_alone)
    ]
