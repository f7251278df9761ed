"""Committing: accounts gathered until there are enough for one commit, each document once."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sayso.engine.ray.known import Keys, Known

ROWS = 5_000
BYTES = 128 << 20
SECONDS = 15.0
"""A commit is made once there are so many accounts, or so many bytes of them, or the oldest has waited so long."""


class Commits:
    """Takes accounts as rows; ``append`` puts many of them into the ledger at once."""

    def __init__(self, append: Callable[[pa.Table], object], known: Known) -> None:
        self._append, self._known = append, known
        self._waiting: list[pa.Table] = []
        self._rows = self._bytes = 0
        self._since = 0.0

    def take(self, rows: pa.Table, keys: Keys) -> NDArray[np.bool_]:
        """Take the accounts whose documents are new; say of each whether its is."""
        new = self._known.take(keys)
        kept = rows.filter(pa.array(new))  # a copy, so that what came from a node can be let go
        if kept.num_rows:
            self._since = self._since if self._waiting else time.monotonic()
            self._waiting.append(kept)
            self._rows += kept.num_rows
            self._bytes += kept.nbytes
        return new

    def flush(self, *, due: bool = False) -> None:
        """Append what is waiting; with ``due`` only if it is time to."""
        full = self._rows >= ROWS or self._bytes >= BYTES
        if not self._waiting or (due and not full and time.monotonic() - self._since < SECONDS):
            return
        rows, self._waiting, self._rows, self._bytes = pa.concat_tables(self._waiting), [], 0, 0
        self._append(rows)
