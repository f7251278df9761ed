"""Key words of PLOVER's contexts, and of pages that are not about politics; ``data/contexts.yaml`` has the schema."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import KnowledgeError
from sayso.knowledge import ontology
from sayso.knowledge.files import knowledge_files, load_mapping, only_known

_WEIGHTS = {"fighting": 2, "maybe": 1, "otherwise": -2}


@dataclass(frozen=True, slots=True)
class ContextWords:
    """Word or pair of words -> the contexts it speaks for; words of politics and words of other walks of life.

    ``violence`` weighs words by how surely they speak of fighting: below zero of an accident or a crime.
    """

    contexts: dict[str, frozenset[str]]
    inside: frozenset[str]
    outside: frozenset[str]
    violence: dict[str, int]


def load(user: str | Path | None = None) -> ContextWords:
    """Return the key words that ship with Sayso and the user's; raise KnowledgeError where malformed."""
    known = ontology.load(user).contexts
    words: dict[str, set[str]] = defaultdict(set)
    sides: dict[str, set[str]] = {"inside": set(), "outside": set()}
    violence: dict[str, int] = {}
    for path in knowledge_files("contexts.yaml", user):
        content = load_mapping(path)
        only_known(path, content, ("contexts", "inside", "outside", "violence"))
        for name, listed in _section(path, content, "contexts").items():
            if name not in known:
                raise KnowledgeError(str(path), f"contexts.{name}", "is not a PLOVER context")
            for word in _strings(path, name, listed):
                words[word.lower()].add(name)
        for side, found in sides.items():
            for name, listed in _section(path, content, side).items():
                found |= {word.lower() for word in _strings(path, name, listed)}
        for name, listed in _section(path, content, "violence").items():
            if name not in _WEIGHTS:
                raise KnowledgeError(str(path), f"violence.{name}", "is not one of " + ", ".join(_WEIGHTS))
            violence |= dict.fromkeys(map(str.lower, _strings(path, name, listed)), _WEIGHTS[name])
    return ContextWords(
        {word: frozenset(names) for word, names in words.items()},
        frozenset(sides["inside"]),
        frozenset(sides["outside"] - sides["inside"]),
        violence,
    )


def check(user: str | None = None) -> list[str]:
    """Return problems beyond the schema: contexts without key words."""
    words, known = load(user), ontology.load(user).contexts
    named = {name for names in words.contexts.values() for name in names}
    return [f"contexts.yaml: {name} has no key words" for name in known if name not in named]


def _section(path: Path, content: dict[Any, Any], name: str) -> dict[str, Any]:
    section = content.get(name) or {}
    if not isinstance(section, dict):
        raise KnowledgeError(str(path), name, "is not a mapping")
    return section


def _strings(path: Path, name: str, listed: Any) -> list[str]:
    if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
        raise KnowledgeError(str(path), name, "is not a list of words; quote yes, no, on and off")
    return listed
