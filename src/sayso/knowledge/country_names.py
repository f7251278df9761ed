"""The names by which countries are called in what people read, and the countries that words name."""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.knowledge.actor_files import country_files
from sayso.knowledge.actor_names import items, pieces
from sayso.knowledge.actors import load_actors

_LONGEST = 6


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {
        code: items(entry.names)[0]
        for _, file in country_files()
        for code, entry in file.countries.items()
        if entry.names
    }


def country_name(alpha3: str | None) -> str | None:
    """Return the display name of a country, None for no country or one that is not known."""
    return _names().get(alpha3 or "")


@lru_cache(maxsize=10_000)
def country_in(words: str) -> str | None:
    """Return the country that words name first, by its name, adjective, people, capital or a body of it.

    A country that something is merely "in" is not the one it belongs to ("the fleet in Bahrain"); a capital is.
    """
    tokens = re.findall(r"[\w.]+(?:['’-][\w.]+)*", words)
    for at, token in enumerate(tokens):
        if token[:1].isupper():
            found = _named_at(tokens, at)
            if found and not (found[1] == "name" and at and tokens[at - 1].lower() == "in"):
                return found[0]
    return None


def _named_at(tokens: list[str], at: int) -> tuple[str, str] | None:
    names = load_actors().names
    wanted = pieces(" ".join(tokens[at : at + _LONGEST]))
    for key, _, sense in names.starting(wanted[0]) if wanted else ():
        country = sense.known.country
        if country and wanted[: len(key)] == key and not sense.shared:
            return country, sense.how
    return None
