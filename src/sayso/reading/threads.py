"""Threads of the library that multiplies matrices."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Multiply on one thread for a while.

    Matrices as small as a reader's are slower on several, and far slower where other processes want the cores.
    """
    limited: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limited


@cache
def _controller() -> ThreadpoolController:
    """Look for the libraries once: they are loaded with NumPy."""
    return ThreadpoolController()
