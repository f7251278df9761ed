from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from sayso.corroboration.utterances.assembly import utterance
from sayso.corroboration.utterances.rendition import Rendition, renditions
from sayso.corroboration.utterances.utterance import Utterance
from sayso.records import Record

Coded = Callable[..., Record]
Told = Callable[..., list[Rendition]]
Joined = Callable[[Sequence[str]], Utterance]


@pytest.fixture(scope="session")
def told(coded: Coded) -> Told:
    """Read the renditions of a text: ``told(text, "Sample Wire", "2024-10-22")``; ``order`` is its place."""

    def read(
        text: str, publisher: str = "Sample Wire", published: str = "2024-10-22", order: int = 1
    ) -> list[Rendition]:
        return renditions(coded(text, publisher, published), order)

    return read


@pytest.fixture(scope="session")
def joined(told: Told) -> Joined:
    """Make one utterance of all that some texts tell, each the report of another outlet."""

    def join(texts: Sequence[str]) -> Utterance:
        found = [each for order, text in enumerate(texts) for each in told(text, f"Outlet {order}", order=order)]
        return utterance(found, {})

    return join
