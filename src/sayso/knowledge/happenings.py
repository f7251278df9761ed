"""What kinds of things words tell of, finer than PLOVER's types: a withdrawal, a downing, a stoppage.

``data/happenings.yaml`` has the schema; a user's file of the same name adds words and kinds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import Stemmer
from pydantic import BaseModel, ConfigDict, Field

from sayso.knowledge.files import knowledge_files, load_mapping, validated

_MODIFIERS = 3
"""Words before a noun among which what introduces it stands: "the bloody two-day siege"."""
_OWNING = ("'s", "’s", "s'", "s’")


class HappeningsFile(BaseModel):
    """The schema of happenings.yaml."""

    model_config = ConfigDict(extra="forbid")

    forms: dict[str, list[str]] = Field(default_factory=dict)
    kinds: dict[str, dict[str, list[str]]] = Field(default_factory=dict)
    vague: list[str] = Field(default_factory=list)
    known: list[str] = Field(default_factory=list)
    new: list[str] = Field(default_factory=list)
    apart: list[str] = Field(default_factory=list)
    version: str = ""
    source: str = ""


@dataclass(frozen=True)
class Happenings:
    """``kinds`` has those that a word can be of, by its stem; ``fields`` the field of each kind."""

    kinds: dict[str, frozenset[str]]
    fields: dict[str, str]
    vague: frozenset[str]
    forms: dict[str, str]
    known: frozenset[str]
    new: frozenset[str]
    apart: frozenset[str]

    def of(self, word: str) -> frozenset[str]:
        """Return the kinds that a word can be of, in whatever form; none where it is not known."""
        return self.kinds.get(self._stem(word), frozenset())

    def is_vague(self, word: str) -> bool:
        """Say whether a word may be of any kind."""
        return self._stem(word) in self.vague

    def is_known(self, before: Sequence[str]) -> bool:
        """Say whether the words before a noun, the last ones of them, take what it tells of for known."""
        return self._has(self.known, before[-_MODIFIERS:]) or any(
            word.endswith(_OWNING) for word in before[-_MODIFIERS:]
        )

    def is_new(self, before: Sequence[str]) -> bool:
        """Say whether the words before a noun introduce what it tells of."""
        return self._has(self.new, before[-_MODIFIERS:])

    def is_apart(self, around: Sequence[str]) -> bool:
        """Say whether words around one set what it tells of apart."""
        return self._has(self.apart, around)

    @staticmethod
    def _has(words: frozenset[str], some: Sequence[str]) -> bool:
        return any(word.lower() in words for word in some)

    def _stem(self, word: str) -> str:
        lowered = word.lower()
        return _stem(self.forms.get(lowered, lowered))


@lru_cache(maxsize=4)
def load(user: str | Path | None = None) -> Happenings:
    """Return the kinds that ship with Sayso and the user's; raise KnowledgeError where malformed."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    fields: dict[str, str] = {}
    forms: dict[str, str] = {}
    files = [validated(HappeningsFile, path, load_mapping(path)) for path in knowledge_files("happenings.yaml", user)]
    for file in files:
        forms.update({form: word for word, irregular in file.forms.items() for form in irregular})
        for field, of_field in file.kinds.items():
            for kind, words in of_field.items():
                fields.setdefault(kind, field)
                for word in words:
                    kinds[_stem(word)].add(kind)
    known, new, apart = (
        frozenset(word.lower() for file in files for word in getattr(file, name)) for name in ("known", "new", "apart")
    )
    return Happenings(
        kinds={word: frozenset(found) for word, found in kinds.items()},
        fields=fields,
        vague=frozenset(_stem(word) for file in files for word in file.vague),
        forms=forms,
        known=known,
        new=new,
        apart=apart,
    )


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Return the stem of a word (Porter's for English, as Snowball has it)."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def check(user: str | None = None) -> list[str]:
    """Return problems beyond the schema: none but what loading raises."""
    load(user)
    return []
