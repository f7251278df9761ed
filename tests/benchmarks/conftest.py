from __future__ import annotations

from datetime import date

import pytest
from baseline import Baseline, Standard

WRITTEN = date(2026, 1, 2)


@pytest.fixture
def baseline() -> Baseline:
    """A ratio of 1 with a floor of .85, a score of .8 with one of .79, false finds of .03 that may be .04, seconds."""
    figures = {
        "speed": Standard(kind="ratio", better="higher", group="fast", tolerance=0.15),
        "score": Standard(kind="score", better="higher", group="slow", tolerance=0.01),
        "false": Standard(kind="score", better="lower", group="slow", tolerance=0.01),
        "seconds": Standard(kind="measured", better="lower", group="fast"),
    }
    return Baseline(figures=figures).updated({"speed": 1, "score": 0.8, "false": 0.03, "seconds": 2}, WRITTEN)
