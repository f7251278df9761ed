"""What Ray's processes load first in these tests, and a driver that can be killed.

``python ray_stand_in.py ADDRESS ARGUMENT ...`` is ``sayso`` in a cluster, with a reader that takes no parser, and that
commits after a few documents.
"""

from __future__ import annotations

import sys

import stand_in_worker

from sayso.engine import process
from sayso.engine.options import ReaderOptions
from sayso.engine.ray import commits

FEW = 10
"""Accounts in a commit."""

ENVIRONMENT = {"worker_process_setup_hook": "ray_stand_in.use"}


def use() -> None:
    process._COMMAND = [sys.executable, stand_in_worker.__file__]
    process.GRACE = 0.5
    ReaderOptions.coded_with = lambda _: stand_in_worker.MODEL  # type: ignore[method-assign]


if __name__ == "__main__":
    import ray

    from sayso.cli import run

    use()
    ray.init(sys.argv.pop(1), runtime_env=ENVIRONMENT, log_to_driver=False)
    commits.ROWS = FEW
    run()
