"""The command line: what people type, one module a command.

Data go to standard output, everything else to standard error. The exit status is 0 where all documents were coded, 1
where some were not, 2 where the command made no sense, 130 after Ctrl-C. Modules that load a parser are imported by the
commands that need them, so that help appears at once.
"""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from sayso.cli import evaluate, knowledge, ledger, ontology, plot, reviews
from sayso.cli.code import code
from sayso.cli.explain import explain
from sayso.cli.export import export
from sayso.cli.occurrences import disputes, occurrences
from sayso.cli.query import query
from sayso.cli.schema import schema
from sayso.cli.search import search
from sayso.cli.serve import serve
from sayso.cli.show import show
from sayso.cli.utterances import utterances
from sayso.cli.watch import watch
from sayso.version import __version__

__all__ = ["app", "run"]

app = typer.Typer(
    name="sayso",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
app.command()(code)
app.command()(explain)
app.command()(watch)
app.command()(query)
app.command()(search)
app.command()(occurrences)
app.command()(disputes)
app.command()(utterances)
app.command()(show)
app.command()(serve)
app.command()(export)
app.command()(schema)
app.add_typer(plot.app, name="plot")
app.add_typer(ledger.app, name="ledger")
app.add_typer(reviews.app, name="reviews")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(ontology.app, name="ontology")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sayso {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Read news reports and keep on whose word: who said what, who did what to whom, where, when, how certain.

    [bold]Examples[/bold]

    sayso code article.txt --published 2024-10-25 --publisher Stern

    sayso code articles/ --format html -o account.html

    sayso explain article.txt
    """


def run() -> None:
    """Run the command line; the entry point of ``sayso``."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # else Python looks through all that is loaded, for a tenth of a second, before it ends
