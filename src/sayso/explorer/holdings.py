"""What the explorer reads from: a ledger's rows on the shelf, its accounts, occurrences, utterances, its reviews."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from threading import Event, Thread
from typing import Annotated, Any, TypeVar

import pyarrow as pa
from fastapi import Depends, Request

from sayso.corroboration import Casebook, Utterances
from sayso.corroboration.views import ALL, schema
from sayso.explorer.follower import Follower, Progress, bring_up_to_date
from sayso.explorer.shelf import Row, Shelf, Tables
from sayso.ledger import Ledger
from sayso.ledger.shape import record_of
from sayso.records import CopyOf, Record
from sayso.reviews import Docket

T = TypeVar("T")

_CACHED = 500
"""Answers that are kept, as long as they are true."""
LASTING = 15.0
"""Seconds for which counts beside a result may be older than it: while documents come in, they are never of now."""
_KEPT = 200
"""Accounts that are kept in memory, those asked for last."""
_EVERY = 2.0
"""Seconds after which it is looked whether the ledger has changed."""


class Holdings:
    """One ledger, open for reading by many threads at once.

    It is brought up to date once when it is opened; ``follow`` keeps it so. Raises LedgerError where the ledger cannot
    be opened.
    """

    def __init__(self, path: str | Path) -> None:
        self.ledger = Ledger(path)
        self.path = Path(path)
        self.name = self.path.resolve().name
        self.shelf = Shelf(self.ledger)
        self.docket = Docket(path)
        self.progress = Progress()
        for view in ALL:
            self.shelf.put(view.name, schema(view).empty_table(), schema(view))
        self._ended = Event()
        self._follower: Follower | None = None
        self._grouped = 0
        self._cache: dict[object, tuple[tuple[int, int], float, Any]] = {}
        self._record = lru_cache(maxsize=_KEPT)(self._read)

    @property
    def version(self) -> int:
        """The version of the ledger that is shown."""
        return self.shelf.version

    def catch_up(self) -> None:
        """Take in what the ledger has got, its occurrences and utterances too; return when that is done."""
        self.shelf.catch_up()
        for files in bring_up_to_date(self.ledger):
            self._take_in(files)

    def follow(self) -> None:
        """Follow the ledger from now on: rows at once, what groups them as soon as another process has grouped them."""
        self._follower = Follower(self.path, self.progress, self._take_in)
        Thread(target=self._following, name="following the ledger", daemon=True).start()

    def close(self) -> None:
        """Stop following, and give back what reading takes."""
        self._ended.set()
        if self._follower:
            self._follower.end()
        self.shelf.close()

    def select(
        self, query: str, parameters: Mapping[str, object] | None = None, tables: Tables | None = None
    ) -> list[Row]:
        """Return the rows of a query over the views; see ``sayso.explorer.shelf``."""
        return self.shelf.select(query, parameters, tables)

    def arrow(
        self, query: str, parameters: Mapping[str, object] | None = None, tables: Tables | None = None
    ) -> pa.Table:
        """Return the same as a table."""
        return self.shelf.arrow(query, parameters, tables)

    def record(self, document: str) -> Record | None:
        """Return the newest account of a document; None where the ledger does not show it. Not to be changed."""
        at = self.shelf.file_of(document)
        if at is None:
            return None
        [live] = self.select("SELECT * FROM live WHERE document = $document", {"document": document})
        found = self._record(*at)
        linked = live["copy_reason"] is not None
        copied = live["copy_of"], live["copy_similarity"] or 0.0, live["copy_reason"]
        copy_of = CopyOf(id=copied[0], similarity=copied[1], reason=copied[2]) if linked else None
        return found.model_copy(update={"copy_of": copy_of})

    def cached(self, name: object, make: Callable[[], T], lasting: float = 0.0) -> T:
        """Return what ``make`` makes, kept by its name as long as nothing is added to what is shown.

        What need not be of this moment may be kept for some seconds all the same: ``lasting`` so many.
        """
        state = (self.version, self._grouped)
        kept = self._cache.get(name)
        if kept is None or (kept[0] != state and time.monotonic() - kept[1] > lasting):
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            kept = self._cache[name] = (state, time.monotonic(), make())
        found: T = kept[2]
        return found

    def casebook(self) -> Casebook:
        """Open the casebook for reading, as it is now; it is brought up to date elsewhere."""
        return Casebook(self.ledger)

    def utterances(self) -> Utterances:
        """Open the utterances for reading, likewise."""
        return Utterances(self.ledger)

    def _read(self, file: str, row: int) -> Record:
        [found] = self.select("SELECT * FROM read_parquet($file) WHERE row = $row", {"file": file, "row": row})
        return record_of(found)

    def _take_in(self, files: Mapping[str, Path]) -> None:
        for view in ALL:
            if view.name in files:
                self.shelf.put(view.name, files[view.name], schema(view))
        self._grouped += 1

    def _following(self) -> None:
        while not self._ended.wait(_EVERY):
            self.progress.trying(self.shelf.catch_up)


def holdings_of(request: Request) -> Holdings:
    """Return the holdings that the application was made for."""
    found: Any = request.app.state.holdings
    assert isinstance(found, Holdings)
    return found


Reading = Annotated[Holdings, Depends(holdings_of)]
