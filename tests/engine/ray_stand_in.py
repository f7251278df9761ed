"""What Ray's processes load first in these tests, and a driver that can be killed.

``python ray_stand_in.py ADDRESS ARGUMENT ...`` is ``sayso`` in a cluster, with a reader that takes no parser, and that
commits after a few documents.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sayso.engine import process
from sayso.engine.ray import commits

FEW = 10
"""Accounts in a commit."""

ENVIRONMENT = {"worker_process_setup_hook": "ray_stand_in.use"}


def use() -> None:
    worker = Path(__file__).with_name("stand_in_worker.py")
    process._COMMAND = [sys.executable, str(worker), "honest"]
    process.GRACE = 0.5


if __name__ == "__main__":
    import ray

    from sayso.cli import run

    ray.init(sys.argv.pop(1), runtime_env=ENVIRONMENT, log_to_driver=False)
    commits.ROWS = FEW
    run()
