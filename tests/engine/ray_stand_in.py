"""What Ray's processes load first in these tests, and a driver that can be killed.

``python ray_stand_in.py ADDRESS ARGUMENT ...`` is ``sayso`` in a cluster, with a reader that takes no parser, and that
commits after a few documents.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import stand_in_worker

from sayso.engine import process
from sayso.engine.options import ReaderOptions
from sayso.engine.ray import commits
from sayso.engine.ray.feeder import Fed, Feeder
from sayso.engine.ray.known import Keys
from sayso.records import Document

FEW = 10
"""Accounts in a commit."""

ENVIRONMENT = {"worker_process_setup_hook": "ray_stand_in.use"}


LOST_ONCE = "lost-once"
"""What is in the name of a file whose feeder is lost, the first time, before the second chunk."""


def lose_feeders() -> None:
    feed, paths_of = Feeder.next, dict[Feeder, str]()

    def feed_or_fall(feeder: Feeder, paths: Sequence[str], fresh: Keys) -> tuple[Fed, list[Document]]:
        if paths:
            paths_of[feeder] = paths[0]
        elif LOST_ONCE in paths_of[feeder] and not (lost := Path(paths_of[feeder] + ".lost")).exists():
            lost.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return feed(feeder, paths, fresh)

    Feeder.next = feed_or_fall  # type: ignore[method-assign]


def use() -> None:
    lose_feeders()
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
