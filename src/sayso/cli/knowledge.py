"""``sayso knowledge``: what Sayso knows, and what users add to it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import typer

from sayso.cli import parameters
from sayso.cli.messages import complain
from sayso.errors import SaysoError

app = typer.Typer(no_args_is_help=True)


@app.callback()
def knowledge() -> None:
    """Look after what Sayso knows: actors, places, cues, events.

    [bold]Example[/bold]

    sayso knowledge validate --knowledge my-actors/
    """


@app.command()
def validate(knowledge: parameters.Knowledge = None) -> None:
    """Check every knowledge file that ships, and with --knowledge those of your own: their schema, ids and examples.

    [bold]Example[/bold]

    sayso knowledge validate --knowledge my-actors/
    """
    problems = list(_problems(str(knowledge) if knowledge else None))
    for problem in problems:
        complain(problem)
    if problems:
        complain(f"{len(problems)} problems; put them right and validate again")
        raise typer.Exit(1)
    typer.echo("The knowledge is valid.")


def _problems(user: str | None) -> Iterator[str]:
    """Ask every module of knowledge what is wrong with its files."""
    import sayso.knowledge

    for module in iter_modules(sayso.knowledge.__path__):
        check = getattr(import_module(f"sayso.knowledge.{module.name}"), "check", None)
        if check is None:
            continue
        try:
            yield from check(user)
        except SaysoError as error:
            yield str(error)
