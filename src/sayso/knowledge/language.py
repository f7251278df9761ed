"""What tells English from other languages: function words, and the languages that news is written in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.errors import KnowledgeError
from sayso.knowledge.files import knowledge_files, load_mapping, only_known

FILE = "language.yaml"
_FIELDS = ("function_words", "languages")


@dataclass(frozen=True, slots=True)
class Languages:
    """English function words, and the codes (ISO 639-1) of the languages that are told apart."""

    function_words: frozenset[str]
    languages: tuple[str, ...]


@cache
def load(user: str | None = None) -> Languages:
    """Return what ships, extended by the user's; raise KnowledgeError where a file does not follow its schema."""
    words: set[str] = set()
    codes: dict[str, None] = {}
    for path in knowledge_files(FILE, user):
        data = load_mapping(path)
        only_known(path, data, _FIELDS)
        for field in _FIELDS:
            if not isinstance(data.get(field, ""), str):
                raise KnowledgeError(str(path), field, "give words with blanks between them")
        words.update(data.get("function_words", "").lower().split())
        codes.update(dict.fromkeys(data.get("languages", "").split()))
    return Languages(frozenset(words), tuple(codes))


def check(user: str | None = None) -> list[str]:
    """Return what is wrong beyond the schema."""
    return [f"{FILE}: languages: {code!r} is not a two-letter code" for code in load(user).languages if len(code) != 2]
