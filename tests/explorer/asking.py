"""Asking the explorer: as a browser asks for a page, and as a program that wants all rows."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

HTML = {"accept": "text/html"}


def all_rows(client: TestClient, path: str) -> list[dict[str, Any]]:
    """Return the rows of all pages, and assert that these have as many as the first says."""
    found: list[dict[str, Any]] = []
    for _ in range(50):
        answer = client.get(path).json()
        found += answer["rows"]
        if answer["next"] is None:
            assert len(found) == answer["total"]
            return found
        path = answer["next"]
    raise AssertionError("the pages do not end")
