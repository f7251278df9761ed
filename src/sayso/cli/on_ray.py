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
    from collections.abc import Mapping

    from sayso.engine.options import ReaderOptions
    from sayso.engine.ray.known import Keys
    from sayso.engine.ray.sources import Intake

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
    from sayso.engine.ray.sources import Intake
    from sayso.ledger import Ledger

    if ledger is None:
        raise typer.BadParameter(
            "--engine ray keeps accounts in a ledger: say where with --ledger", param_hint="ledger"
        )
    messages = Messages()
    intake = Intake(job.columns, job.published, job.publisher)
    with explained():
        require_ray()
        intake.documents([])  # says at once what is wrong with the options
        kept = LedgerOutput(Ledger(ledger, create=True))
        known = kept.ledger.coded_by(job.options.coded_with(), failed=not job.again)
    with explained(), joined(job.address) as processors:
        readers = job.workers or max(1, processors - 1)
        shown = sys.stderr.isatty()
        with messages.progress(_count(job.paths)) if shown else nullcontext():
            status = _code(job, intake, readers, known, kept, messages)
    messages.note(("stopped: " if status == _INTERRUPTED else "") + messages.summary())
    messages.note(kept.summary())
    if status:
        raise typer.Exit(status)


def _code(job: Job, intake: Intake, readers: int, known: Keys, kept: LedgerOutput, messages: Messages) -> int:
    """Code documents into the ledger and tell how far it is; return the exit status."""
    from sayso.engine.ray.run import code

    append = partial(kept.write_rows, linked=job.linked)
    told = time.monotonic()
    try:
        with closing(code(job.paths, intake, job.options, readers, known, append)) as steps:
            for step in steps:
                messages.count_many(step.coded)
                messages.skip(step.skipped)
                for record in step.failed:
                    messages.count(record)
                if time.monotonic() - told > EVERY and not sys.stderr.isatty():
                    told = time.monotonic()
                    messages.note(f"so far {messages.summary()}")
    except KeyboardInterrupt:
        return _INTERRUPTED
    except SaysoError as error:
        complain(str(error))
        return 1 if messages.done else 2
    return 1 if messages.failed else 0


def _count(paths: list[str]) -> int | None:
    from sayso.intake import count

    return count(paths)
