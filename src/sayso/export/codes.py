"""Countries, sectors and bodies in the codes of other data sets; the tables are in ``data``, with their sources."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from sayso.knowledge.files import load_mapping, validated

DATA = Path(__file__).parent / "data"


class CountryCodes(BaseModel):
    """One country; None where a list has no code for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    iso2: str | None = None
    fips: str | None = None
    cow: int | None = None
    cameo: str | None = None


class _Countries(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    version: str
    source: str
    countries: dict[str, CountryCodes]
    states: dict[str, str]


class Cameo(BaseModel):
    """Scores by root code, type codes by PLOVER sector, codes of known groups by actor id."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    version: str
    source: str
    goldstein: dict[str, float]
    types: dict[str, str]
    groups: dict[str, str]


_NONE = CountryCodes()


@lru_cache(maxsize=1)
def _tables() -> _Countries:
    path = DATA / "countries.yaml"
    return validated(_Countries, path, load_mapping(path))


@lru_cache(maxsize=1)
def cameo() -> Cameo:
    """Return the tables of CAMEO."""
    path = DATA / "cameo.yaml"
    return validated(Cameo, path, load_mapping(path))


def country_codes(alpha3: str | None) -> CountryCodes:
    """Return the codes of a country; one that is not in the table has none."""
    return _tables().countries.get(alpha3 or "", _NONE)


def cameo_country(alpha3: str | None) -> str:
    """Return CAMEO's code of a country, "" for none."""
    return country_codes(alpha3).cameo or alpha3 or ""


def state_letters(name: str | None) -> str | None:
    """Return the two letters of a state of the United States."""
    return _tables().states.get(name or "")
