from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache

import pytest
from baseline import Baseline
from spacy.language import Language
from spacy.tokens import Doc

from sayso.reading import annotations  # noqa: F401 - declares what the steps write on a Doc
from sayso.reading.factories import AFTER_PARSING
from sayso.reading.pipeline import base_pipeline

Read = Callable[..., Doc]
HoldToFloor = Callable[[str, float, str], None]


@cache
def _base() -> Language:
    return base_pipeline()


@cache
def _step(name: str) -> Callable[[Doc], Doc]:
    return _base().create_pipe(name)


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a text up to and including a step: ``read(text, upto="sayso_times", published="2024-10-25")``."""

    def run(
        text: str, upto: str = AFTER_PARSING[-1], published: str | None = None, publisher: str | None = None
    ) -> Doc:
        doc = _base().make_doc(text)
        doc._.published, doc._.publisher, doc._.body = published, publisher, [(0, len(text))]
        doc = _base()(doc)
        for name in AFTER_PARSING[: AFTER_PARSING.index(upto) + 1]:
            doc = _step(name)(doc)
        return doc

    return run


@pytest.fixture
def hold_to_floor(record_property: Callable[[str, object], None]) -> HoldToFloor:
    """Hold a score to its floor in benchmarks/baseline.json: ``hold_to_floor("speakers, home", share, told)``.

    The score stands in pytest's report too, where it writes one: there `make bench` finds it.
    """

    def hold(figure: str, score: float, told: str) -> None:
        record_property(figure, score)
        floor = Baseline.load().floor(figure)
        assert score >= floor, f"{figure}: {score:.3f}, of {floor:.3f} at least\n{told}"

    return hold


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    """Return what Sayso's modules log, though a command that was run before may have taken it to itself."""
    monkeypatch.setattr(logging.getLogger("sayso"), "propagate", True)
    return caplog
