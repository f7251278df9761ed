from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import sayso
from sayso.ledger import Ledger
from sayso.records import Record

Coded = Callable[..., Record]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a new ledger."""
    return Ledger(tmp_path / "ledger", create=True)


@pytest.fixture(scope="session")
def coded() -> Coded:
    """Code a text: ``coded(text, "Sample Wire", "2024-10-22")``."""

    def code(text: str, publisher: str | None = "Sample Wire", published: str = "2024-10-22") -> Record:
        return sayso.code(text, publisher=publisher, published=published)

    return code
