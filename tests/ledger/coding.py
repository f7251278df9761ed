"""``sayso`` with a reader that takes no parser and a little time for each document, and that appends after a few.

``python coding.py SECONDS ARGUMENT ...``
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from making import bare

from sayso.cli import run
from sayso.engine.options import ReaderOptions
from sayso.ledger import appender
from sayso.records import CodedWith, Document, Record, document_id

FEW = 5
"""Records in a commit."""


class StandIn:
    """Reads every text as one without statements."""

    def __init__(self, coded_with: CodedWith, seconds: float = 0.0) -> None:
        self.coded_with = coded_with
        self.seconds = seconds

    def read(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            time.sleep(self.seconds)
            problem = document.error or (None if document.text.strip() else "the text is empty")
            yield bare(
                document.text,
                id=document_id(document),
                ref=document.ref,
                origin=document.origin,
                title=document.title,
                publisher=document.publisher,
                published=document.published,
                coded_with=self.coded_with,
                error=problem,
            )


if __name__ == "__main__":
    seconds = float(sys.argv.pop(1))
    ReaderOptions.make = lambda options: StandIn(options.coded_with(), seconds)  # type: ignore[assignment]
    appender.RECORDS = FEW
    run()
