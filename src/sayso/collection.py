"""Garbage collection put off while a batch is read, while an account is parsed, and while what reading needs is loaded.

Reading makes very many small objects, nearly all of which go when the last reference to them does. Python's collector
looks through all that are alive each time that their number has grown by a quarter, and finds nothing before a batch
ends: a tenth of the whole time, and two thirds of the time that accounts of workers take to parse.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do without the collector for a while; where it was off before, it stays off."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def lasting() -> Iterator[None]:
    """Do without the collector while things are made that stay; it then takes them for old ones, and is on as before.

    Without that it would look through all of them as soon as it is on again.
    """
    with uncollected():
        yield
        if not gc.get_freeze_count():  # what others have frozen stays so
            gc.freeze()
            gc.unfreeze()
