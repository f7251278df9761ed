"""Batches: what is worked on together, so that it costs less than one by one and no more memory than there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], most: int, weight: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield items in order, as many at once as weigh no more than ``most`` together, or one that alone weighs more."""
    batch: list[T] = []
    sum_ = 0
    for item in items:
        weighs = weight(item)
        if batch and sum_ + weighs > most:
            yield batch
            batch, sum_ = [], 0
        batch.append(item)
        sum_ += weighs
    if batch:
        yield batch
