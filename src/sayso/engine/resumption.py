"""Going on where an earlier run stopped: what a ledger holds, coded by the same Sayso, need not be coded again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sayso.ledger.shape import coding_key, coding_of
from sayso.records import CodedWith, Document, document_id


def uncoded(
    documents: Iterable[Document], coded: set[int], coded_with: CodedWith, skipped: Callable[[], None]
) -> Iterator[Document]:
    """Yield the documents that are not among those coded, each once; ``skipped`` is called for every other.

    ``coded`` holds numbers as ``Ledger.coded`` gives them, and gets those of the documents that are yielded;
    ``coded_with`` is what is going to code now.
    """
    coding = coding_of(coded_with)
    for document in documents:
        key = coding_key(document_id(document), coding)
        if key in coded:
            skipped()
            continue
        coded.add(key)
        yield document
