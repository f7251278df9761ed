"""Reading in a process that may end: of what is read only the document that it ends of is lost.

Where it ends, those that are left are read one by one. A document of which it has ended twice is set aside: its Record
says so, and has no items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sayso.engine.process import WorkerDiedError
from sayso.errors import SaysoError
from sayso.records import Document, Record

MOST_DEATHS = 2
"""Processes that may end of a document."""

Read = Callable[[list[Document]], Iterator[Record]]
"""Yields the Record of each Document; raises WorkerDiedError where the process ends, and has another one next time."""


def read_all(documents: Sequence[Document], read: Read) -> list[Record]:
    """Return the Record of each Document, in order; raise SaysoError where processes end of anything at all."""
    records: list[Record] = []
    try:
        for record in read(list(documents)):
            records.append(record)  # noqa: PERF402 - what was read before a death is kept
    except WorkerDiedError as death:
        suspect, *others = documents[len(records) :]
        records.append(_read_alone(suspect, read, death))
        records += [_read_alone(document, read) for document in others]
    return records


def _read_alone(document: Document, read: Read, death: WorkerDiedError | None = None) -> Record:
    """Read a document of which a process may have ended before, in a death that is given."""
    for _ in range(MOST_DEATHS - (death is not None)):
        try:
            [record] = read([document])
        except WorkerDiedError as another:
            death = another
        else:
            return record
    problem = f"the process that read the text ended twice ({death}); there may be too little memory for it"
    try:
        [record] = read([replace(document, error=problem)])
    except WorkerDiedError as again:
        raise SaysoError(f"the processes that read keep ending ({again}); try fewer --workers") from again
    return record
