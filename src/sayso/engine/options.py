"""What every engine needs to know to make its readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.reading.reader import Reader
    from sayso.records import CodedWith


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """The arguments of a Reader, as values that can be handed to another process."""

    reader: str = "fast"
    knowledge: str | None = None
    time_limit: float = 60.0
    max_characters: int = 1_000_000
    ontologies: tuple[str, ...] = ()

    def make(self) -> Reader:
        """Load a reader; raise SaysoError where the options do not allow one."""
        from sayso.reading.reader import Reader  # not before it is needed: it loads a parser's libraries

        return Reader(self.reader, self.knowledge, self.time_limit, self.max_characters, self.ontologies)

    def coded_with(self) -> CodedWith:
        """Return what accounts of these readers will say of what made them, without making a reader."""
        from sayso.reading.provenance import coded_with

        return coded_with(self.reader, self.knowledge, self.ontologies)
