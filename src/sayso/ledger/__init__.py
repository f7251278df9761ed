"""The ledger: many Records, kept for ever, every version of them readable, and questions to them."""

from __future__ import annotations

from sayso.ledger.ledger import Appended, Ledger
from sayso.ledger.queries import Selection

__all__ = ["Appended", "Ledger", "Selection"]
