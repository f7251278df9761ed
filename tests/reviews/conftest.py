from __future__ import annotations

from pathlib import Path

import pytest
from judging import account

from sayso.ledger import Ledger
from sayso.reviews import Docket


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a ledger of one account."""
    made = Ledger(tmp_path / "news", create=True)
    made.append([account()])
    return made


@pytest.fixture
def docket(ledger: Ledger) -> Docket:
    """Return its docket, which is empty."""
    return Docket(ledger.path)
