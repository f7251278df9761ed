"""``sayso show``: one occurrence, or one utterance, as a dossier."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import casebooks, parameters
from sayso.cli.messages import explained
from sayso.cli.output import Sink, screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.cli.dossier import Part
    from sayso.corroboration import Occurrence, Utterance
    from sayso.ledger import Ledger


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
            help="The id of an occurrence or of one of its reports, or DOCUMENT#e3 for an event; that of an utterance "
            "(it begins with u) or of one of its variants, or DOCUMENT#s3 for a statement. Its beginning will do. "
            "sayso occurrences and sayso utterances list them.",
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
        bool, typer.Option("--all", help="pretty: every report, variant and link, not the first few.")
    ] = False,
    output: parameters.Output = None,
    as_of: parameters.AsOf = None,
) -> None:
    """Show an occurrence or an utterance.

    Of an occurrence every voice with its own words, the figures, what is contested,
    what changed, what is linked. Of an utterance its variants side by side, and who
    left out what.

    [bold]Examples[/bold]

    sayso show 3ab5ce04a33f --ledger news

    sayso show "sha256:41c09b…#e3" --ledger news --format json

    sayso show u5b1c2f7a90de --ledger news
    """
    from sayso.ledger import Ledger

    if format_ is None:
        suggested = output.suffix.lower() == ".txt" if output else sys.stdout.isatty()
        format_ = Form.pretty if suggested else Form.json
    shown_on = screen(output)
    with explained():
        found = _found(Ledger(path, as_of=as_of), name)
        sink = Sink(output, shown_on.encoding if format_ is Form.pretty else "utf-8")
        if format_ is Form.json:
            sink.write(found.model_dump_json(indent=2) + "\n")
        else:
            sink.write(shown_on.show(_laid_out(found, everything)))
        sink.close()


def _found(ledger: Ledger, name: str) -> Occurrence | Utterance:
    from sayso.corroboration.utterances.rendition import is_rendition

    if is_rendition(name):
        with casebooks.utterances(ledger) as utterances:
            return utterances.utterance(name)
    with casebooks.current(ledger) as casebook:
        return casebook.occurrence(name)


def _laid_out(found: Occurrence | Utterance, everything: bool) -> Iterable[Part]:
    from sayso.cli import dossier, utterance_dossier
    from sayso.corroboration import Utterance

    if isinstance(found, Utterance):
        return utterance_dossier.dossier(found, everything=everything)
    return dossier.dossier(found, everything=everything)
