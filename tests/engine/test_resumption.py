"""What is coded already, and what is still to be coded."""

from __future__ import annotations

from sayso.engine.resumption import uncoded
from sayso.ledger.shape import coding_key, coding_of
from sayso.records import CodedWith, Document, document_id

CODED_WITH = CodedWith(sayso="1", pipeline="fast", models={}, knowledge="k", ontology="PLOVER")


def test_a_document_is_yielded_once_however_many_batches_hold_it() -> None:
    known, new = Document(text="Known."), Document(text="New.")
    coded = {coding_key(document_id(known), coding_of(CODED_WITH))}
    skipped: list[None] = []
    batches = [[known, new, new], [new]]
    yielded = [list(uncoded(batch, coded, CODED_WITH, lambda: skipped.append(None))) for batch in batches]
    assert yielded == [[new], []]
    assert len(skipped) == 3
