"""The words of the pages, one file a page, in one folder a language: all that a translator needs to see."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent


class Words:
    """Words by name, in groups; a name that is not there is an error in the template that uses it."""

    def __init__(self, path: str, words: dict[str, Any]) -> None:
        self._path, self._words = path, words

    def __getattr__(self, name: str) -> Any:
        try:
            found = self._words[name]
        except KeyError:
            raise AttributeError(f"there are no words {self._path}.{name}") from None
        return Words(f"{self._path}.{name}", found) if isinstance(found, dict) else found

    def get(self, name: str, default: str) -> str:
        """Return the words of a name that comes from data, or others."""
        return str(self._words.get(name, default))


@cache
def texts(language: str = "en") -> Words:
    """Return the words of a language: ``texts().base.search`` is ``search`` in en/base.yaml."""
    files = sorted((_FOLDER / language).glob("*.yaml"))
    return Words("texts", {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files})
