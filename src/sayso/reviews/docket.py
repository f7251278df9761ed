"""The docket: the judgements on the items of a ledger, in the order in which they were given.

They are lines of JSON in the ledger's folder ``reviews``, which nobody changes but by adding a line. One line is one
write, under a lock and forced to the disk, so that any number of reviewers may judge at once. A line that a crash cut
off is passed over and reported.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from sayso.errors import ReviewError
from sayso.ledger.derived import exclusive
from sayso.reviews.judgement import Judgement

FILE = "judgements.jsonl"


class Docket:
    """The judgements of one ledger. Any number of threads may use it; it reads what others add as well."""

    def __init__(self, ledger: str | Path) -> None:
        self.path = Path(ledger) / "reviews" / FILE
        self.damaged: list[int] = []
        """Numbers of the lines that are no judgements."""
        self._given: dict[str, list[Judgement]] = {}
        self._order: list[Judgement] = []
        self._read = self._lines = 0
        self._busy = Lock()

    def append(self, judgement: Judgement) -> None:
        """Add a judgement; it is on the disk when this returns. Raises ReviewError where that cannot be done."""
        line = judgement.model_dump_json(exclude_defaults=True).encode() + b"\n"
        try:
            self.path.parent.mkdir(exist_ok=True)
            with exclusive(self.path.with_suffix(".lock")), self.path.open("ab") as file:
                begun = b"" if _is_whole(self.path) else b"\n"
                file.write(begun + line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ReviewError(f"{self.path}: cannot be written ({error.strerror or error})") from error

    def judgements(self, document: str | None = None) -> list[Judgement]:
        """Return the judgements, of one document or of all, as they were given."""
        with self._busy:
            self._catch_up()
            return list(self._order if document is None else self._given.get(document, ()))

    def standing(self, document: str | None = None) -> list[Judgement]:
        """Return those that stand: of each reviewer the last on each item."""
        last = {(j.document, j.item, j.seen.span, j.reviewer): j for j in self.judgements(document)}
        return list(last.values())

    def version(self) -> int:
        """Return what is the same only as long as nobody adds a judgement."""
        with self._busy:
            self._catch_up()
            return self._read

    def _catch_up(self) -> None:
        for line in self._new_lines():
            self._lines += 1
            try:
                judgement = Judgement.model_validate(json.loads(line))
            except (ValueError, RecursionError):
                if line.strip():
                    self.damaged.append(self._lines)
                continue
            self._order.append(judgement)
            self._given.setdefault(judgement.document, []).append(judgement)

    def _new_lines(self) -> Iterator[bytes]:
        """Yield whole lines that were added since last time: one that is just being written waits for its end."""
        try:
            with self.path.open("rb") as file:
                file.seek(self._read)
                new = file.read()
        except FileNotFoundError:
            return
        except OSError as error:
            raise ReviewError(f"{self.path}: cannot be read ({error.strerror or error})") from error
        whole = new.rfind(b"\n") + 1
        self._read += whole
        yield from new[:whole].splitlines()


def _is_whole(path: Path) -> bool:
    """Say whether the last line of a file has its end."""
    size = path.stat().st_size
    if not size:
        return True
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read() == b"\n"
