"""The address of a page: all of its state, so that whoever is given it sees the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

TWINS = ("json", "csv", "parquet")
"""Forms that each page has besides HTML."""


@dataclass(frozen=True, slots=True)
class Address:
    """A path and what follows its question mark, in order. Changing the question goes back to its first page."""

    path: str
    asked: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{quote(self.path, safe='/:@,')}?{urlencode(self.asked)}" if self.asked else quote(self.path, "/:@,")

    def having(self, **values: object) -> Address:
        """Return the address with values in place of those of the same name; None and "" take them away."""
        kept = [(name, value) for name, value in self.asked if name not in values and name != "after"]
        for name, value in values.items():
            each = value if isinstance(value, list | tuple) else [value]
            kept += [(name, _written(one)) for one in each if one not in (None, "", False)]
        return Address(self.path, tuple(kept))

    def adding(self, name: str, value: object) -> Address:
        """Return the address with one value more of a name."""
        return self.having(**{name: [*self.values(name), value]})

    def dropping(self, name: str, value: object) -> Address:
        """Return the address without one value of a name."""
        return self.having(**{name: [one for one in self.values(name) if one != _written(value)]})

    def values(self, name: str) -> list[str]:
        """Return the values of a name."""
        return [value for key, value in self.asked if key == name]

    def has(self, name: str, value: object) -> bool:
        """Say whether a name has a value."""
        return _written(value) in self.values(name)

    def at(self, path: str) -> Address:
        """Return the same question to another page."""
        return Address(path, tuple((name, value) for name, value in self.asked if name != "after"))

    def going_on(self, cursor: str) -> Address:
        """Return the address of the page after a cursor."""
        return Address(self.path, (*((n, v) for n, v in self.asked if n != "after"), ("after", cursor)))

    def twin(self, form: str) -> Address:
        """Return the address of the same page in another form."""
        return Address(f"{self.path if self.path != '/' else '/index'}.{form}", self.asked)


def to(path: str, /, *parts: str, **asked: object) -> Address:
    """Return the address of a page: ``to("/actors", "actor:x", since="2024")``."""
    return Address("/".join([path, *parts])).having(**asked)


def of(path: str, asked: Mapping[str, Any] | list[tuple[str, str]]) -> Address:
    """Return the address that a request came to, its form left aside."""
    for form in TWINS:
        path = path.removesuffix(f".{form}")
    pairs = asked.items() if isinstance(asked, Mapping) else asked
    return Address(path if path != "/index" else "/", tuple((name, str(value)) for name, value in pairs))


def _written(value: object) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
