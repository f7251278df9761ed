"""Names as they are matched: folded to pieces that no spelling, hyphen or full stop can part.

"U.S.", "US" and "U. S." are one piece; "Al-Qaeda", "al Qaeda" and a tokeniser's "Al", "-", "Qaeda" are two. Capitals
are compared separately, so that "us" is not the United States and "Who" is not the WHO.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Use = TypeVar("Use")
Pieces = tuple[str, ...]

_SEPARATORS = re.compile(r"[\s\-‐‑–/'’‘`]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Return the text without diacritics."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def pieces(text: str) -> Pieces:
    """Return the folded pieces of a name or token; a full stop between letters separates nothing."""
    folded = plain(text).lower()
    if not folded.isascii():
        folded = folded.replace("ı", "i").replace("ø", "o").replace("ł", "l")
    if len(folded) > 1:
        folded = folded.replace(".", "")
    return tuple(filter(None, _SEPARATORS.split(folded)))


def slug(text: str) -> str:
    """Return a name as it stands in ids: "vladimir-putin"."""
    return _NOT_SLUG.sub("-", plain(text).lower().replace("'", "").replace("’", "")).strip("-") or "unnamed"


def items(listed: str) -> list[str]:
    """Return the items of a list that is written as one string with semicolons."""
    return [item for item in (part.strip() for part in listed.split(";")) if item]


def is_acronym(name: str) -> bool:
    """Say whether a name is written in capitals alone, so that its capitals tell it from a word."""
    letters = [c for c in name if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters) and " " not in name


@dataclass(slots=True)
class NameIndex(Generic[Use]):
    """Names by their first piece, the longest first."""

    by_first: dict[str, list[tuple[Pieces, str, Use]]] = field(default_factory=dict)
    sorted: bool = False

    def add(self, names: Iterable[str], use: Use) -> None:
        """Let each name stand for a use; a name may have several."""
        for name in names:
            key = pieces(name)
            if key:
                self.by_first.setdefault(key[0], []).append((key, name, use))
        self.sorted = False

    def starting(self, piece: str) -> list[tuple[Pieces, str, Use]]:
        """Return what names begin with a piece, the longest first and otherwise in order of addition."""
        if not self.sorted:
            for entries in self.by_first.values():
                entries.sort(key=lambda entry: -len(entry[0]))
            self.sorted = True
        return self.by_first.get(piece, [])
