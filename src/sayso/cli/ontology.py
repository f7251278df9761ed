"""``sayso ontology``: categories of events of a user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sayso.cli import parameters
from sayso.cli.messages import complain, explained

app = typer.Typer(no_args_is_help=True)


@app.callback()
def ontology() -> None:
    """Make and test categories of events of your own, which are coded beside PLOVER.

    [bold]Example[/bold]

    sayso ontology test health-care.yaml
    """


@app.command(name="test")
def try_examples(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="An ontology: docs/ontology.md tells how."),
    ],
    knowledge: parameters.Knowledge = None,
) -> None:
    """Code the examples and counter-examples of an ontology, and tell which do not come out as they say.

    The exit status is 0 where all do, 1 where some do not, 2 where the file is malformed.

    [bold]Example[/bold]

    sayso ontology test examples/health-care.yaml
    """
    from sayso.reading.category_examples import judged
    from sayso.reading.pipeline import CATEGORIES, pipeline

    user = str(knowledge) if knowledge else None
    with explained():
        nlp = pipeline(user, ontologies=[str(file)])
    own = nlp.get_pipe(CATEGORIES).ontologies[0]  # type: ignore[attr-defined]
    verdicts = list(judged(nlp, own))
    for verdict in verdicts:
        if verdict.problem:
            complain(f"{file}, {verdict.category}: {verdict.text!r} {verdict.problem}")
    wrong = sum(verdict.problem is not None for verdict in verdicts)
    for name in own.categories:
        if all(verdict.category != name for verdict in verdicts):
            complain(f"{file}, {name}: has no example and no counter-example; add some, so that it can be tested")
    typer.echo(f"{own.name} {own.version}: {len(verdicts) - wrong} of {len(verdicts)} examples come out as they say")
    if wrong:
        raise typer.Exit(1)
