"""The errors that Sayso raises on purpose; catch ``SaysoError`` for all of them."""

from __future__ import annotations


class SaysoError(Exception):
    """Something that the user can put right; the message names the item and the remedy."""


class KnowledgeError(SaysoError):
    """A knowledge file does not follow its schema."""

    def __init__(self, file: str, where: str, problem: str) -> None:
        super().__init__(f"{file}: {where}: {problem}")


class IntakeError(SaysoError):
    """A source of documents cannot be read at all: no such file, unknown format, no text column."""


class GoldError(SaysoError):
    """An annotation to measure against cannot be used; the message names the file, the place in it and the remedy."""


class LedgerError(SaysoError):
    """A ledger cannot be opened, read or written to; the message names it and the remedy."""


class PlotError(SaysoError):
    """A picture cannot be drawn or written: nothing to show, an unknown format; the message says what to change."""


class ExportError(SaysoError):
    """An export cannot be made or read; the message names the file or the option and the remedy."""


class ReviewError(SaysoError):
    """A judgement makes no sense or cannot be kept; the message says which item, and what to do."""
