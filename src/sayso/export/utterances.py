"""Which utterance each statement is a variant of, and the utterances as rows, one each."""

from __future__ import annotations

from sayso.corroboration.utterances import columns
from sayso.export.grouping import Grouping
from sayso.ledger.columns import Column

OF_A_STATEMENT = {
    Column(
        "utterance", "VARCHAR", "id of the utterance that it is a variant of, null where it is taken for none"
    ): "id",
    Column("utterance_outlets", "BIGINT", "how many outlets tell the utterance other than by a copy"): "outlets",
    Column("utterance_independent", "BIGINT", "how many of these relay no other outlet that they quote or credit"): (
        "independent"
    ),
}
"""What an export adds to the columns of statements, each with what of the utterance that is."""

UTTERANCES = Grouping(
    view=columns.UTTERANCES,
    of="statements",
    item="statement",
    parts="variants",
    belonging=OF_A_STATEMENT,
    rows=columns.ROWS[columns.UTTERANCES.name],
    book="Utterances",
    everything="single",
)
