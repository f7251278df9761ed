"""What of the errors of a SQLite database says that its file is damaged, and not that something else is amiss."""

from __future__ import annotations

import sqlite3
import zlib

from sayso.errors import LedgerError

_DAMAGED = frozenset(
    {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH}
)
"""What a file can be blamed for: pages that are none, no database at all, rows that contradict their indexes."""
_PRIMARY = 0xFF
"""Bits of an error code that say what it is; the others say which of its kind."""


class DamagedError(LedgerError):
    """What was made from a ledger is damaged; it can be made again."""


def is_damage(error: BaseException) -> bool:
    """Say whether an error comes of a damaged file, or of what is stored in it."""
    if isinstance(error, zlib.error):
        return True
    if not isinstance(error, sqlite3.Error):
        return False
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # Python's own: a text is no text, or a connection is used as it cannot be
        return isinstance(error, sqlite3.OperationalError)
    return code == sqlite3.SQLITE_IOERR_SHORT_READ or code & _PRIMARY in _DAMAGED
