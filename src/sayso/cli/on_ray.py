"""``sayso code --engine ray``: the same documents and accounts, read on the nodes of a cluster."""

from __future__ import annotations

import sys
import time
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import typer

from sayso.cli.ledger_output import LedgerOutput
from sayso.cli.messages import Messages, complain, explained
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from sayso.engine.options import ReaderOptions
    from sayso.engine.ray.run import Progress

EVERY = 60.0
"""Seconds between two lines that say how far the work is, where nobody sees a progress bar."""

_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be coded, and how."""

    paths: list[str]
    columns: Mapping[str, str]
    published: str | None
    publisher: str | None
    options: ReaderOptions
    workers: int | None
    address: str | None
    linked: bool
    again: bool


def run(job: Job, ledger: str | None) -> None:
    """Code documents into a ledger; end the command with its exit status where that is not 0."""
    from sayso.engine.ray.cluster import joined, require_ray
    from sayso.engine.ray.sources import Intake, sources
    from sayso.ledger import Ledger

    if ledger is None:
        raise typer.BadParameter("--engine ray keeps accounts in a ledger: say where", param_hint="--ledger")
    messages = Messages()
    intake = Intake(job.columns, job.published, job.publisher)
    with explained():
        require_ray()
        intake.documents([])  # says at once what is wrong with the options
        found = sources(job.paths)
        kept = LedgerOutput(Ledger(ledger, create=True))
        known = kept.ledger.coded_by(job.options.coded_with(), failed=not job.again)
    with explained(), joined(job.address) as processors:
        from sayso.engine.ray.run import code

        readers = job.workers or max(1, processors - 1)
        append = partial(kept.write_rows, linked=job.linked)
        shown = sys.stderr.isatty()
        with messages.progress(_count(job.paths)) if shown else nullcontext():
            status = _follow(code(found, intake, job.options, readers, known, append), messages, said=not shown)
    messages.note(("stopped: " if status == _INTERRUPTED else "") + messages.summary())
    messages.note(kept.summary())
    if status:
        raise typer.Exit(status)


def _follow(run: Generator[Progress], messages: Messages, *, said: bool) -> int:
    """Tell how far a run is until it ends, in words from time to time if so ``said``; return the exit status."""
    told = time.monotonic()
    try:
        with closing(run) as steps:
            for step in steps:
                _count_step(step, messages)
                if said and time.monotonic() - told > EVERY:
                    told = time.monotonic()
                    messages.note(f"so far {messages.summary()}")
    except KeyboardInterrupt:
        return _INTERRUPTED
    except SaysoError as error:
        complain(str(error))
        return 1 if messages.done else 2
    return 1 if messages.failed else 0


def _count_step(step: Progress, messages: Messages) -> None:
    messages.count_many(step.coded)
    messages.skip(step.skipped)
    for record in step.failed:
        messages.count(record)


def _count(paths: list[str]) -> int | None:
    from sayso.intake import count

    return count(paths)
