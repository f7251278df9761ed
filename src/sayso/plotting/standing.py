"""How an event stands in its report: told as a fact, left open, or denied. Pictures never add these up unsaid."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Standing(StrEnum):
    """What a text commits its voucher to, in three steps, in the order of a legend."""

    told = "certain or probable"
    open = "possible, uncertain or hypothetical"
    denied = "denied or negated"


STANDING_SQL: Final = """
    CASE WHEN NOT coalesce(hypothetical, false) AND factuality IN ('CT+', 'PR+') THEN 'told'
         WHEN NOT coalesce(hypothetical, false) AND factuality IN ('CT-', 'PR-', 'PS-') THEN 'denied'
         ELSE 'open' END
"""
"""The name of the standing of a row of the events view, as DuckDB says it."""

FILLS: Final[dict[Standing, float]] = {Standing.told: 1.0, Standing.open: 0.4, Standing.denied: 0.0}
"""How solid the fill of a mark is; the outline stays."""
