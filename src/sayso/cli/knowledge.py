"""``sayso knowledge``: what Sayso knows, and what users add to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated

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


@app.command()
def members(
    body: Annotated[str, typer.Argument(metavar="BODY", help="An international body, by any of its names: EU, Nato.")],
    on: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            callback=parameters.day,
            help="A day, month or year, as 2010-05-01.",
            show_default="today",
        ),
    ] = None,
    knowledge: parameters.Knowledge = None,
) -> None:
    """List the states that belonged to an international body on a day, as code and name with a tab between them.

    [bold]Example[/bold]

    sayso knowledge members EU --on 2010-05-01
    """
    from sayso.knowledge.actors import load_actors
    from sayso.knowledge.memberships import load_memberships

    user = str(knowledge) if knowledge else None
    actors, memberships = load_actors(user), load_memberships(user)
    known = actors.body(body)
    if known is None or known.name not in memberships.bodies:
        listed = ", ".join(sorted(memberships.bodies))
        raise typer.BadParameter(f"no members of {body!r} are known; known are those of {listed}", param_hint="BODY")
    for code in memberships.members(known.name, on or date.today().isoformat()):
        typer.echo(f"{code}\t{actors.states[code].name}")


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
