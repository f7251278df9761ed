from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sayso.plotting import Chart, specification, svg


def _rows(spec: Any) -> Iterator[dict[str, Any]]:
    """Yield all rows of data of a specification, wherever they are."""
    if isinstance(spec, dict):
        if isinstance(spec.get("data"), dict):
            yield from spec["data"].get("values") or []
        for name, part in spec.items():
            if name == "datasets":
                for rows in part.values():
                    yield from rows
            elif name != "data":
                yield from _rows(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from _rows(part)


@pytest.fixture
def rows_of() -> Callable[..., list[dict[str, Any]]]:
    """Return the rows of a chart that have a field: ``rows_of(chart, "count")``, each once."""

    def find(chart: Chart, field: str) -> list[dict[str, Any]]:
        found = (row for row in _rows(specification(chart)) if field in row)
        return list({json.dumps(row): row for row in found}.values())

    return find


@pytest.fixture
def written() -> Callable[[Chart], list[str]]:
    """Return what is written on a picture, text by text."""

    def read(chart: Chart) -> list[str]:
        return re.findall(r"<(?:text|tspan)[^>]*>([^<]+)</", svg(chart))

    return read
