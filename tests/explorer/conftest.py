"""A small ledger, the holdings on it, and clients that ask the application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import sayso
from sayso.explorer import Guard, Holdings, application
from sayso.intake import documents
from sayso.ledger import Ledger
from sayso.reading.reader import shared_reader

EXAMPLES = Path(__file__).parents[2] / "examples"
TOKEN = "a-token-for-tests-only"


@pytest.fixture(scope="session")
def ledger_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the sample articles and of the four reports of one occurrence, of which one is a copy."""
    path = tmp_path_factory.mktemp("ledgers") / "sample"
    ledger = Ledger(path, create=True)
    records = [
        sayso.code(file.read_text(encoding="utf-8"), published="2024-10-25", publisher="Sample Wire", title=file.stem)
        for file in sorted(EXAMPLES.glob("*.txt"))
    ]
    ledger.append(records)
    ledger.append(shared_reader(None).read(documents([str(EXAMPLES / "occurrences" / "brest.jsonl")])))
    return path


@pytest.fixture(scope="session")
def holdings(ledger_path: Path) -> Iterator[Holdings]:
    """The holdings on it, up to date, which follow nothing."""
    found = Holdings(ledger_path)
    found.catch_up()
    yield found
    found.close()


@pytest.fixture(scope="session")
def client(holdings: Holdings) -> TestClient:
    """A client who has not signed in."""
    guard = Guard(hosts=("testserver",), token=TOKEN)
    return TestClient(application(holdings, guard), raise_server_exceptions=True)


@pytest.fixture
def reviewer(holdings: Holdings) -> TestClient:
    """A client who has the token."""
    guard = Guard(hosts=("testserver",), token=TOKEN)
    return TestClient(application(holdings, guard), headers={"Authorization": f"Bearer {TOKEN}"})
