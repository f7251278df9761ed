"""``sayso code``: from documents to accounts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import on_ray, parameters
from sayso.cli.ledger_output import LedgerOutput, Nowhere
from sayso.cli.messages import Messages, complain, explained
from sayso.cli.output import Format, Output, OutputError, chosen_format, open_output
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.engine.options import ReaderOptions
    from sayso.ledger import Ledger
    from sayso.records import Document

_INTERRUPTED = 130


class Engine(StrEnum):
    """Where documents are read."""

    local = "local"
    ray = "ray"


def code(
    paths: parameters.Paths,
    published: parameters.Published = None,
    publisher: parameters.Publisher = None,
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="pretty for people, jsonl for programs (one whole record a line), csv for spreadsheets (one row for "
            "each statement and event), html for one page that holds everything. Without it: what the name of the "
            "output suggests, else pretty on a terminal and jsonl elsewhere.",
            show_default=False,
        ),
    ] = None,
    output: parameters.Output = None,
    reader: parameters.Reader = "fast",
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Read in so many processes at a time: in one if it is not said, with [bold]--engine ray[/bold] in as "
            "many as the cluster has CPUs, less one.",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[
        Engine,
        typer.Option(
            help="Where documents are read: here, or by Ray, on this machine or on all machines of a cluster, into a "
            "ledger (needs the extra sayso[ray])."
        ),
    ] = Engine.local,
    ray_address: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            envvar="RAY_ADDRESS",
            help="With --engine ray: the cluster, as HOST:PORT, or auto for the one that this machine belongs to. "
            "Without it Ray is started on this machine, and ends with the command.",
            show_default=False,
        ),
    ] = None,
    link: Annotated[
        bool,
        typer.Option(
            "--link/--no-link",
            help="With --engine ray: find copies while documents are added, which takes 2 kB of memory for each "
            "document of the ledger; [bold]sayso ledger relink[/bold] finds them later.",
        ),
    ] = True,
    min_confidence: Annotated[
        float, typer.Option(metavar="P", min=0, max=1, help="Leave out items that are less certain to be right.")
    ] = 0.0,
    since: parameters.Since = None,
    knowledge: parameters.Knowledge = None,
    ontologies: parameters.Ontologies = None,
    columns: parameters.Columns = None,
    time_limit: parameters.TimeLimit = 60.0,
    max_characters: parameters.MaxCharacters = 1_000_000,
    ledger: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            callback=parameters.no_file,
            help="Keep the accounts in a ledger, a folder or s3://bucket/name, which is made where there is none. "
            "Documents that are in it already, "
            "coded by the same Sayso, are skipped, so that a run that was broken off goes on where it stopped. "
            "Nothing else is written unless [bold]-o[/bold] or [bold]--format[/bold] asks for it.",
            show_default=False,
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="With --ledger: code anew what could not be coded the last time.")
    ] = False,
) -> None:
    """Read documents and tell who said what, and who did what to whom, where, when, how certain, on whose word.

    Accounts come in the order of the documents. A document that cannot be read
    is named on standard error, with what to do about it; the others are read,
    and the exit status is 1.

    [bold]Examples[/bold]

    sayso code article.txt --published 2024-10-25 --publisher Stern

    sayso code article.txt -o account.html

    sayso code news.csv --map text=body,published=date --workers 4 -o news.jsonl

    sayso code news/ --ledger my-ledger --workers 2

    sayso code s3://news/2024/ --ledger s3://news-coded --engine ray --ray-address auto

    curl -s https://example.org/article.html | sayso code - --format csv
    """
    from sayso.engine.options import ReaderOptions

    if again and ledger is None:
        raise typer.BadParameter("there is nothing to code again without --ledger", param_hint="--again")

    _refuse_reading_own_output(paths, output)
    options = ReaderOptions(
        reader, str(knowledge) if knowledge else None, time_limit, max_characters, parameters.files(ontologies)
    )
    if engine is Engine.ray:
        if output is not None or format_ is not None:
            raise typer.BadParameter("with --engine ray accounts go to a ledger alone", param_hint="-o, --format")
        job = on_ray.Job(
            paths, parameters.columns_of(columns), published, publisher, options, workers, ray_address, link, again
        )
        on_ray.run(job, ledger)
        return
    shown = sys.stderr.isatty() and not (output is None and sys.stdout.isatty())
    total = _count(paths) if shown else None
    messages = Messages()
    with explained():
        documents = _documents(paths, columns, published, publisher)
        kept = _kept(ledger)
        if kept is not None:
            documents = _uncoded(documents, kept.ledger, options, messages, again=again)
        quiet = ledger is not None and output is None and format_ is None
        writing_to = Nowhere() if quiet else open_output(chosen_format(format_, output), output)
    with messages.progress(total) if shown else nullcontext():
        status = _code(documents, options, workers or 1, min_confidence, since, writing_to, kept, messages)
    if messages.failed or (shown and messages.done > 1) or kept or status == _INTERRUPTED:
        messages.note(("stopped: " if status == _INTERRUPTED else "") + messages.summary())
    if kept is not None:
        messages.note(kept.summary())
    if status:
        raise typer.Exit(status)


def _code(
    documents: Iterator[Document],
    options: ReaderOptions,
    workers: int,
    min_confidence: float,
    since: str | None,
    output: Output,
    kept: LedgerOutput | None,
    messages: Messages,
) -> int:
    """Code documents into the output and the ledger, if there is one; return the exit status."""
    from sayso.engine.local import code as coded
    from sayso.rendering.threshold import above, dated_from

    try:
        try:
            with kept or nullcontext(), closing(coded(documents, options, workers)) as records:
                for record in records:
                    if kept is not None:
                        kept.write(record)
                    output.write(dated_from(above(record, min_confidence), since))
                    messages.count(record)
        except KeyboardInterrupt:
            output.close()
            return _INTERRUPTED
        output.close()
    except SaysoError as error:
        complain(str(error))
        return 1 if messages.done or isinstance(error, OutputError) else 2
    return 1 if messages.failed else 0


def _kept(path: str | None) -> LedgerOutput | None:
    """Open the ledger, or make it."""
    if path is None:
        return None
    from sayso.ledger import Ledger

    return LedgerOutput(Ledger(path, create=True))


def _uncoded(
    documents: Iterator[Document], ledger: Ledger, options: ReaderOptions, messages: Messages, *, again: bool
) -> Iterator[Document]:
    """Return the documents that the ledger does not hold yet, as they would be coded now."""
    from sayso.engine.resumption import uncoded

    return uncoded(documents, ledger.coded(failed=not again), options.coded_with(), messages.skip)


def _documents(
    paths: list[str], columns: list[str] | None, published: str | None, publisher: str | None
) -> Iterator[Document]:
    from sayso.intake import documents

    return documents(paths, columns=parameters.columns_of(columns), published=published, publisher=publisher)


def _count(paths: list[str]) -> int | None:
    from sayso.intake import count

    return count(paths)


def _refuse_reading_own_output(paths: list[str], output: Path | None) -> None:
    """Raise a usage error where the output would be read as input, and could grow without end."""
    from sayso.intake import EXTENSIONS

    if output is None or output.suffix.lower() not in EXTENSIONS:
        return
    written = output.resolve()
    for path in map(Path, paths):
        read = path.resolve()
        if written == read or (read.is_dir() and written.is_relative_to(read)):
            raise typer.BadParameter(
                f"{output} would be read as one of the documents; write to another place", param_hint="-o"
            )
