"""Families: the PLOVER types that a word can be of, as far as the frames know it, whatever its sentence makes of it.

"Raid", "bombed" and "strike" are of one family, "complaint" of another. A word of many types says little, and so
weighs less.
"""

from __future__ import annotations

from functools import cache

from sayso.knowledge import frames

_MANY = 3
"""Words that can be of more types than this are of no family."""


@cache
def families() -> dict[str, dict[str, float]]:
    """Return for each lemma the types that its frames give it, each with its share of them."""
    lexicon = frames.load()
    found: dict[str, set[str]] = {}
    for triggers in (lexicon.verbs, lexicon.nouns):
        for lemma, options in triggers.items():
            found.setdefault(lemma, set()).update(option.type for option in options)
    return {lemma: dict.fromkeys(types, 1 / len(types)) for lemma, types in found.items() if len(types) <= _MANY}
