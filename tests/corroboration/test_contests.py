"""What voices contest without denying that something happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.corroboration.assembly import occurrence
from sayso.corroboration.telling import tellings
from sayso.records import Record

Coded = Callable[..., Record]


@pytest.mark.parametrize(
    ("text", "contested"),
    [
        ("Rebels opened fire at dawn, and each side blames the other.", ["actor"]),
        ("The two armies blamed each other after shells fired at dawn hit Elst.", ["actor"]),
        ("Rebels fired at dawn, and nobody blames them.", []),
    ],
)
def test_mutual_blame_contests_who_did_it(coded: Coded, text: str, contested: list[str]) -> None:
    found = [telling for telling in tellings(coded(text), 0) if telling.word in ("opened", "fired")]
    assert [contest.aspect for contest in occurrence(found, {}).contests] == contested
