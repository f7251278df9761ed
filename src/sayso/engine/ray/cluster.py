"""The cluster: joined where there is one, started on this machine where none is named; nothing is sent home."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from sayso.errors import SaysoError

_PATIENCE = 5.0
"""Seconds that a cluster has to answer at all."""


def require_ray() -> None:
    """Raise SaysoError where Ray is not installed."""
    if find_spec("ray") is None:
        raise SaysoError("--engine ray needs Ray: pip install 'sayso[ray]'")


@contextmanager
def joined(address: str | None) -> Iterator[int]:
    """Be part of a cluster meanwhile, and give its number of CPUs; the one that the program is in already is kept.

    ``address`` is "auto" for the cluster that this machine belongs to, or HOST:PORT; without it Ray is started here,
    and ends with the block. Raises SaysoError where Ray is not installed or there is no such cluster.
    """
    require_ray()
    if address is not None:
        _refuse_unreachable(address)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # before Ray is loaded, which reads it
    import ray

    if ray.is_initialized():
        yield _processors(ray.cluster_resources())
        return
    _join(address)
    try:
        yield _processors(ray.cluster_resources())
    finally:
        ray.shutdown()


def _join(address: str | None) -> None:
    import ray

    if address is None:
        ray.init(address="local", include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
        return
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError) as error:
        told = " ".join(str(error).split())[:200]
        raise SaysoError(f"{_nobody(address)} ({told})") from error


def _refuse_unreachable(address: str) -> None:
    """Raise SaysoError where nobody listens at an address: Ray itself would try for minutes."""
    if "://" in address:
        raise SaysoError(
            f"{address}: only a machine of the cluster can be told to code; run sayso there with --ray-address auto, "
            "or send it there with ray job submit -- sayso code ..."
        )
    host, colon, port = address.rpartition(":")
    if not colon:
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()
    except (OSError, ValueError, OverflowError) as error:
        raise SaysoError(f"{_nobody(address)} ({error})") from error


def _nobody(address: str) -> str:
    return (
        f"there is no Ray cluster at {address}; start one with ray start --head, or leave out --ray-address to "
        "use this machine alone"
    )


def _processors(resources: dict[str, Any]) -> int:
    processors = int(resources.get("CPU", 0))
    if processors < 1:
        raise SaysoError("the Ray cluster has no CPU; start a node with ray start --address=... --num-cpus=N")
    return processors
