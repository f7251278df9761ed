"""Cursors: where a page of a result ends, so that the next begins right after it, whatever was added meanwhile.

A cursor holds the values by which the result is sorted, of the last row shown. To whoever follows it, it is a word.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Value = str | int | float

_GREATEST = 2.0**63
"""What SQL has no number for is no number of a page's."""


class CursorError(ValueError):
    """A cursor that no page has given."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order of rows: SQL expressions that are never null, the last of which tell any two rows apart."""

    keys: tuple[str, ...]
    descending: bool = True

    @property
    def names(self) -> list[str]:
        """The columns in which a page finds the values of a row: ``key0``, ``key1`` ..."""
        return [f"key{number}" for number in range(len(self.keys))]

    def sql(self) -> str:
        """Return what follows ORDER BY where the rows are selected."""
        return self._ordered(self.keys)

    def sorted(self) -> str:
        """Return the same by the columns of ``names``."""
        return self._ordered(self.names)

    def condition(self, cursor: str) -> tuple[str, dict[str, Value]]:
        """Return the condition that a row comes after a cursor, and its parameters; nothing for the first page."""
        if not cursor:
            return "true", {}
        values = decoded(cursor)
        if len(values) != len(self.keys):
            raise CursorError(cursor)
        marks = ", ".join(f"$after{number}" for number in range(len(values)))
        sign = "<" if self.descending else ">"
        return f"({', '.join(self.keys)}) {sign} ({marks})", {f"after{n}": value for n, value in enumerate(values)}

    def selected(self) -> str:
        """Return the columns of ``names`` as they are selected."""
        return ", ".join(f"{key} AS {name}" for key, name in zip(self.keys, self.names, strict=True))

    def cursor_of(self, row: dict[str, object]) -> str:
        """Return the cursor after a row that was selected with ``selected``."""
        return encoded([row[name] for name in self.names])

    def _ordered(self, keys: Iterable[str]) -> str:
        way = "DESC" if self.descending else "ASC"
        return ", ".join(f"{key} {way}" for key in keys)


def encoded(values: Sequence[object]) -> str:
    """Return a cursor of values."""
    return base64.urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")


def decoded(cursor: str) -> list[Value]:
    """Return the values of a cursor; raise CursorError where it has none."""
    try:
        values = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise CursorError(cursor) from error
    if not isinstance(values, list) or not all(isinstance(v, str | int | float) for v in values):
        raise CursorError(cursor)
    if any(isinstance(v, int | float) and not abs(v) < _GREATEST for v in values):
        raise CursorError(cursor)
    return values
