"""Grouping (INTERFACE): which tellings are of one occurrence, given the pairs among them."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.corroboration.likeness import Pair

WEAKEST = 0.3
"""Pairs below this are not kept; connected components over kept pairs are what is grouped at once."""


def groups(tellings: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """Return a partition of the tellings; the result does not depend on the order of either."""
    raise NotImplementedError
