"""``sayso show``: one occurrence as a dossier."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from sayso.cli import casebooks, parameters
from sayso.cli.messages import explained
from sayso.cli.output import Sink, screen


class Form(StrEnum):
    """How a dossier is written."""

    pretty = "pretty"
    json = "json"


def show(
    path: parameters.LedgerPath,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The id of an occurrence or of one of its reports, or DOCUMENT#e3 for an event; its beginning will "
            "do. sayso occurrences lists them.",
            show_default=False,
        ),
    ],
    format_: Annotated[
        Form | None,
        typer.Option(
            "--format",
            help="pretty for people, json for programs. Without it: what the name of the output suggests, else pretty "
            "on a terminal and json elsewhere.",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="pretty: every report and link, not the first few of each voice.")
    ] = False,
    output: parameters.Output = None,
    as_of: parameters.AsOf = None,
) -> None:
    """Show an occurrence: every voice with its own words, the figures, what is contested, what changed, what is linked.

    [bold]Examples[/bold]

    sayso show 3ab5ce04a33f --ledger news

    sayso show "sha256:41c09b…#e3" --ledger news --format json
    """
    from sayso.ledger import Ledger

    if format_ is None:
        suggested = output.suffix.lower() == ".txt" if output else sys.stdout.isatty()
        format_ = Form.pretty if suggested else Form.json
    shown_on = screen(output)
    with explained():
        with casebooks.current(Ledger(path, as_of=as_of)) as casebook:
            occurrence = casebook.occurrence(name)
        sink = Sink(output, shown_on.encoding if format_ is Form.pretty else "utf-8")
        if format_ is Form.json:
            sink.write(occurrence.model_dump_json(indent=2) + "\n")
        else:
            from sayso.cli.dossier import dossier

            sink.write(shown_on.show(dossier(occurrence, everything=everything)))
        sink.close()
