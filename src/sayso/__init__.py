"""Sayso reads news reports and keeps on whose word: who said what, who did what to whom, where, when, how certain.

import sayso
record = sayso.code("...", published="2024-10-25", publisher="Stern")
for statement in record.statements:
    print(statement.speaker, statement.act, record.quote(statement.content))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sayso.version import __version__

__all__ = ["Document", "Ledger", "Reader", "Record", "SaysoError", "__version__", "code", "pipeline"]

_HOMES = {
    "Document": "sayso.records",
    "Record": "sayso.records",
    "Ledger": "sayso.ledger",
    "Reader": "sayso.reading.reader",
    "SaysoError": "sayso.errors",
    "pipeline": "sayso.reading.pipeline",
}

if TYPE_CHECKING:
    from sayso.errors import SaysoError
    from sayso.ledger import Ledger
    from sayso.reading.pipeline import pipeline
    from sayso.reading.reader import Reader
    from sayso.records import Document, Record


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used: ``sayso --help`` need not load a parser."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def code(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    knowledge: str | None = None,
) -> Record:
    """Return the account of one text.

    ``published`` is an ISO 8601 date; relative times and dated offices are resolved against it. A text that cannot be
    read gives a Record with ``error``. The reader is loaded once in a process and kept; for many texts, use Reader.
    """
    from sayso.reading.reader import shared_reader
    from sayso.records import Document

    document = Document(text=text, published=published, publisher=publisher, title=title)
    return next(shared_reader(knowledge).read([document]))
