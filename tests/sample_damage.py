"""Ways in which the file of a SQLite database may be damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

Damage = Callable[[Path], object]


def truncated(file: Path) -> None:
    """Cut a file off in its middle, and not between two pages."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2 - 100])


def garbage(file: Path) -> None:
    """Fill a file with what is no database."""
    file.write_bytes(b"no database" * 500)


def empty(file: Path) -> None:
    """Leave nothing of a file."""
    file.write_bytes(b"")


def without_a_table(file: Path) -> None:
    """Drop a table of a database."""
    with closing(sqlite3.connect(file)) as database:
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        database.execute(f"DROP TABLE {min(names & {'known', 'stale'})}")


def flipped(file: Path) -> None:
    """Change the bytes of all pages but the first, which says what tables there are."""
    content = bytearray(file.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    content[size:] = bytes(byte ^ 0x5A for byte in content[size:])
    file.write_bytes(content)


DAMAGES: tuple[Damage, ...] = (truncated, garbage, empty, without_a_table, flipped)
