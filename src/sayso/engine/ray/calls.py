"""Calls to processes of Ray's that have not answered yet, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import ray
from ray import exceptions

from sayso.errors import SaysoError

Outcome = Any | Literal["lost", "gone"]
"""An answer; "lost" where the process is, "gone" where what it was to work on is, both as a rule with a node."""

_LOST = (
    exceptions.RayActorError,
    exceptions.WorkerCrashedError,
    exceptions.NodeDiedError,
    exceptions.OutOfMemoryError,
)
_GONE = (exceptions.ObjectLostError, exceptions.OwnerDiedError, exceptions.ObjectFetchTimedOutError)


class Calls:
    """All calls that are under way, each with who is to be told its outcome."""

    def __init__(self) -> None:
        self._under_way: dict[Any, Callable[[Outcome], None]] = {}

    def add(self, answer: Any, told: Callable[[Outcome], None]) -> None:
        """Wait for the answer of a call."""
        self._under_way[answer] = told

    def collect(self, seconds: float) -> None:
        """Wait until there is an answer, but not longer; tell the outcome of all calls that are answered then."""
        refs = list(self._under_way)
        if not refs:
            return
        ray.wait(refs, num_returns=1, timeout=seconds)
        answered, _ = ray.wait(refs, num_returns=len(refs), timeout=0)
        for ref in answered:
            self._under_way.pop(ref)(outcome(ref))


def outcome(answer: Any) -> Outcome:
    """Return what a call that is answered came to.

    Raises SaysoError where the process says one, or fails otherwise: that is not the loss of anything.
    """
    try:
        return ray.get(answer)
    except _LOST:
        return "lost"
    except _GONE:
        return "gone"
    except exceptions.RayTaskError as error:
        return _cause(error)


def _cause(error: exceptions.RayTaskError) -> Literal["gone"]:
    cause = error.cause
    if isinstance(cause, _GONE):  # what the call was given could not be fetched
        return "gone"
    if isinstance(cause, SaysoError):
        raise SaysoError(str(cause)) from error
    raise SaysoError(f"a process on a node failed ({type(cause).__name__}: {cause}); please report it") from error
