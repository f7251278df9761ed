"""Which occurrence each event is a report of, and the occurrences as rows, one each, with who their voices are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sayso.corroboration import columns
from sayso.export.grouping import Account, Grouping, Row
from sayso.ledger.arrow import VOICES
from sayso.ledger.columns import Column, View

OF_AN_EVENT = {
    Column("occurrence", "VARCHAR", "id of the occurrence that it is a report of"): "id",
    Column("occurrence_status", "VARCHAR", "single-source, corroborated, disputed or denied"): "status",
    Column("independent_voices", "BIGINT", "how many independent voices speak of the occurrence"): "independent",
}
"""What an export adds to the columns of events, each with what of the occurrence that is."""

VIEW = View(
    columns.OCCURRENCES.name,
    columns.OCCURRENCES.meaning,
    "",
    (
        *columns.OCCURRENCES.columns,
        Column("voices", VOICES, "each voice, where it stands, and how many reports stand on its word"),
    ),
)
"""The view ``occurrences``, and who the voices are."""


def rows(told: Account) -> Iterator[Row]:
    """Yield the row of VIEW of an occurrence."""
    from sayso.corroboration.views import rows as rows_of

    for row in rows_of(columns.OCCURRENCES, told):
        yield row | {"voices": [_voice(voice) for voice in told["voices"]]}


def _voice(voice: Mapping[str, Any]) -> Row:
    return {
        "voice": voice["id"],
        "name": voice["name"],
        "position": voice["position"],
        "independent": voice["independent"],
        "reports": len(voice["reports"]),
    }


OCCURRENCES = Grouping(
    view=VIEW,
    of="events",
    item="event",
    parts="reports",
    belonging=OF_AN_EVENT,
    rows=rows,
    book="Casebook",
    everything="untyped",
)
