"""What a ledger holds, in the formats of others: GDELT, POLECAT, PLOVER, FollowTheMoney, CSV and Parquet.

    from sayso.export import export
    export("polecat", ledger, "events.tsv", since="2024-10", actor="RUS")

Every other format is poorer than the Record; what each one cannot carry is written in ``EXPORTERS[name].lost``.
"""

from __future__ import annotations

from sayso.export.plover_reader import read_plover
from sayso.export.registry import EXPORTERS, Exporter, export
from sayso.export.selection import Exported

__all__ = ["EXPORTERS", "Exported", "Exporter", "export", "read_plover"]
